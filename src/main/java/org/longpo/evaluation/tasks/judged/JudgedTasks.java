package org.longpo.evaluation.tasks.judged;

import java.util.List;
import org.longpo.evaluation.Task;

/** All tasks whose answers a judge reads. */
public final class JudgedTasks {
  private static final MtBench MT_BENCH = new MtBench();
  private static final LongBenchChat LONG_BENCH_CHAT = new LongBenchChat();

  /** In the order in which they run and are shown. */
  public static final List<Task<?>> ALL =
      List.of(
          new GradingTask<>(LONG_BENCH_CHAT),
          new GradingTask<>(MT_BENCH),
          new ComparisonTask<>(LONG_BENCH_CHAT),
          new ComparisonTask<>(MT_BENCH));

  private JudgedTasks() {}
}
