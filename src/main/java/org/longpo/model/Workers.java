package org.longpo.model;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.longpo.tensor.Libtorch;

/**
 * Threads that use one frozen model side by side, each with its share of the processor's threads.
 *
 * <p>An operation of a small model is over before a second thread has begun to help with it. Work
 * that falls into independent parts is therefore faster as parts side by side than part after part
 * with all threads in every operation.
 */
public final class Workers implements AutoCloseable {
  /** Each worker needs memory for activations of its own; more of them hardly help. */
  static final int MOST = 8;

  private final int count;
  private final int threadsBefore = Libtorch.threads();
  private final ExecutorService threads;

  private Workers(int count) {
    this.count = count;
    int each = Math.max(1, threadsBefore / count);
    this.threads =
        Executors.newFixedThreadPool(
            count,
            work ->
                Thread.ofPlatform()
                    .name("worker")
                    .unstarted(
                        () -> {
                          Libtorch.useThreads(each);
                          work.run();
                        }));
  }

  /**
   * @param count at least 1; a single one is the thread that hands in the work
   */
  public static Workers start(int count) {
    return new Workers(count);
  }

  public int count() {
    return count;
  }

  /** Begins work as soon as a worker is free; a single worker does it at once. */
  public Future<?> begin(Callable<?> work) {
    if (count > 1) {
      return threads.submit(work);
    }
    try {
      work.call();
      return CompletableFuture.completedFuture(null);
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * The result of work on another thread; what it failed with is thrown as it is.
   *
   * @throws IllegalStateException if this thread is interrupted while it waits
   */
  public static <T> T result(Future<T> work) {
    try {
      return work.get();
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case Error error -> throw error;
        case RuntimeException failure -> failure;
        case null, default -> new IllegalStateException(e);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for another thread", e);
    }
  }

  /** Returns when all work has ended. */
  @Override
  public void close() {
    threads.close();
    if (count > 1) {
      // The library gives threads that start later what was set last.
      Libtorch.useThreads(threadsBefore);
    }
  }
}
