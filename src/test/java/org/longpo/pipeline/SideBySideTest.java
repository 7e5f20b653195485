package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.error.UserError;
import org.longpo.model.Workers;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;

/** Parts of work on several threads, with their results in the order of the parts. */
class SideBySideTest {
  private final List<String> taken = new ArrayList<>();

  /** Two results of every part. */
  private List<SideBySide.Part> parts(int count) {
    return IntStream.range(0, count).mapToObj(this::part).toList();
  }

  private SideBySide.Part part(int number) {
    return (results, cancellation) -> {
      results.accept(() -> taken.add(number + "a"));
      cancellation.throwIfRequested();
      results.accept(() -> taken.add(number + "b"));
    };
  }

  private void run(List<SideBySide.Part> parts, int count, Cancellation cancellation) {
    try (Workers workers = Workers.start(count)) {
      SideBySide.run(parts, workers, cancellation);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void shouldTakeResultsInTheOrderOfTheParts(int workers) {
    run(parts(20), workers, Cancellation.NEVER);
    assertThat(taken)
        .isEqualTo(
            IntStream.range(0, 20)
                .boxed()
                .flatMap(i -> List.of(i + "a", i + "b").stream())
                .toList());
  }

  @Test
  void shouldRunPartsAtTheSameTime() {
    CountDownLatch bothRun = new CountDownLatch(2);
    SideBySide.Part meeting =
        (results, cancellation) -> {
          bothRun.countDown();
          try {
            bothRun.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          results.accept(() -> taken.add("met"));
        };
    run(List.of(meeting, meeting), 2, Cancellation.NEVER);
    assertThat(taken).containsExactly("met", "met");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void shouldTakeWhatCameBeforeAFailureAndBeginNothingElse(int workers) {
    AtomicInteger begun = new AtomicInteger();
    List<SideBySide.Part> parts = new ArrayList<>(parts(2));
    parts.add(
        (results, cancellation) -> {
          results.accept(() -> taken.add("2a"));
          throw new UserError("The third part fails.");
        });
    for (int i = 0; i < 50; i++) {
      parts.add((results, cancellation) -> begun.incrementAndGet());
    }
    assertThatThrownBy(() -> run(parts, workers, Cancellation.NEVER))
        .isInstanceOf(UserError.class)
        .hasMessage("The third part fails.");
    assertThat(taken).containsExactly("0a", "0b", "1a", "1b", "2a");
    assertThat(begun.get()).isLessThanOrEqualTo(workers);
  }

  @Test
  void shouldEndOtherPartsWhereOneFailed() {
    CountDownLatch begun = new CountDownLatch(1);
    SideBySide.Part failing =
        (results, cancellation) -> {
          try {
            begun.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          throw new UserError("The first part fails.");
        };
    SideBySide.Part endless =
        (results, cancellation) -> {
          begun.countDown();
          while (true) {
            cancellation.throwIfRequested();
            Thread.onSpinWait();
          }
        };
    assertThatThrownBy(() -> run(List.of(failing, endless), 2, Cancellation.NEVER))
        .hasMessage("The first part fails.");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldStopWhereAsked(int workers) {
    assertThatThrownBy(() -> run(parts(4), workers, () -> true))
        .isInstanceOf(CancelledException.class);
    assertThat(taken).containsExactly("0a");
  }
}
