package org.longpo.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.longpo.tensor.Libtorch;

/** Threads that share the processor's threads. */
class WorkersTest {
  private static int threadsOfANewThread() throws Exception {
    FutureTask<Integer> asked = new FutureTask<>(Libtorch::threads);
    Thread.ofPlatform().start(asked);
    return asked.get();
  }

  @Test
  void shouldGiveEachWorkerItsShareAndLeaveOthersAsTheyWere() throws Exception {
    int before = Libtorch.threads();
    Set<Integer> ofWorkers = Collections.synchronizedSet(new HashSet<>());
    try (Workers workers = Workers.start(2)) {
      assertThat(workers.count()).isEqualTo(2);
      workers.begin(() -> ofWorkers.add(Libtorch.threads())).get();
      assertThat(Libtorch.threads()).isEqualTo(before);
    }
    assertThat(ofWorkers).containsExactly(Math.max(1, before / 2));
    assertThat(Libtorch.threads()).isEqualTo(before);
    assertThat(threadsOfANewThread()).isEqualTo(before);
  }

  @Test
  void shouldWorkOnTheCallersThreadWhereThereIsOneWorker() throws Exception {
    int before = Libtorch.threads();
    Set<Thread> threads = new HashSet<>();
    try (Workers one = Workers.start(1)) {
      Future<?> done = one.begin(() -> threads.add(Thread.currentThread()));
      assertThat(done.isDone()).isTrue();
    }
    assertThat(threads).containsExactly(Thread.currentThread());
    assertThat(Libtorch.threads()).isEqualTo(before);
  }

  @Test
  void shouldEndOnlyWhenAllWorkHasEnded() {
    CountDownLatch ended = new CountDownLatch(3);
    try (Workers workers = Workers.start(2)) {
      for (int i = 0; i < 3; i++) {
        workers.begin(
            () -> {
              Thread.sleep(20);
              ended.countDown();
              return null;
            });
      }
    }
    assertThat(ended.getCount()).isZero();
  }
}
