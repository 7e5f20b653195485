package org.longpo.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;

class OnceTest {
  private final Once<String, Integer> once = new Once<>();

  @Test
  void shouldComputeAValueOnceForAllThreads() throws Exception {
    AtomicInteger computed = new AtomicInteger();
    CountDownLatch allAsk = new CountDownLatch(4);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> asked =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            allAsk.countDown();
                            allAsk.await();
                            return once.get("a", computed::incrementAndGet);
                          }))
              .toList();
      for (Future<Integer> one : asked) {
        assertThat(one.get()).isEqualTo(1);
      }
    }
    assertThat(once.get("b", computed::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void shouldComputeValuesFromOneAnother() {
    assertThat(once.get("a", () -> 1 + once.get("b", () -> 2))).isEqualTo(3);
    assertThat(once.get("b", () -> 5)).isEqualTo(2);
  }

  @Test
  void shouldThrowWhatTheFirstMet() {
    UserError error = new UserError("No.");
    assertThatThrownBy(
            () ->
                once.get(
                    "a",
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThatThrownBy(() -> once.get("a", () -> 1)).isSameAs(error);
  }
}
