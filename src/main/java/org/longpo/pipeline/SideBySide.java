package org.longpo.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.longpo.model.Workers;
import org.longpo.progress.Cancellation;

/**
 * Parts of work that run side by side and whose results are taken as if one had run after the
 * other: a log has the same lines in the same order whatever the number of workers.
 */
final class SideBySide {
  /** A part of the work. */
  @FunctionalInterface
  interface Part {
    /**
     * Does the part, on a thread of its own.
     *
     * @param results takes what is to be done with results, in the order in which it is to be done;
     *     the caller's thread does it after that of all earlier parts
     * @param cancellation requested also where another part failed
     */
    void run(Consumer<Runnable> results, Cancellation cancellation);
  }

  private SideBySide() {}

  /**
   * Runs all parts; the first failure in their order ends the others and is thrown, after the
   * results that came before it were taken.
   */
  static void run(List<Part> parts, Workers workers, Cancellation cancellation) {
    AtomicBoolean failed = new AtomicBoolean();
    Cancellation any = () -> failed.get() || cancellation.requested();
    Iterator<Part> waiting = parts.iterator();
    Deque<Running> running = new ArrayDeque<>();
    // Where there are several workers, none waits until the results of another are taken.
    int most = workers.count() == 1 ? 1 : workers.count() + 1;
    try {
      while (waiting.hasNext() || !running.isEmpty()) {
        while (waiting.hasNext() && running.size() < most) {
          running.add(Running.begin(waiting.next(), workers, any));
        }
        running.remove().takeResults();
      }
    } finally {
      failed.set(true);
      running.forEach(part -> part.work().cancel(/* mayInterruptIfRunning= */ false));
    }
  }

  /**
   * A part that was begun.
   *
   * @param results empty at their end
   */
  private record Running(BlockingQueue<Optional<Runnable>> results, Future<?> work) {
    static Running begin(Part part, Workers workers, Cancellation cancellation) {
      BlockingQueue<Optional<Runnable>> results = new LinkedBlockingQueue<>();
      Consumer<Runnable> take =
          workers.count() == 1 ? Runnable::run : result -> results.add(Optional.of(result));
      Future<?> work =
          workers.begin(
              () -> {
                try {
                  part.run(take, cancellation);
                  return null;
                } finally {
                  results.add(Optional.empty());
                }
              });
      return new Running(results, work);
    }

    void takeResults() {
      try {
        Optional<Runnable> next = results.take();
        while (next.isPresent()) {
          next.get().run();
          next = results.take();
        }
        Workers.result(work);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a worker", e);
      }
    }
  }
}
