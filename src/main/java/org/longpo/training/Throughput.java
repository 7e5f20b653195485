package org.longpo.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the clock says about the steps since the last line of the log. */
final class Throughput {
  private final double peakFlops;
  private long tokens;
  private double flops;
  private long start = System.nanoTime();

  /**
   * @param peakFlops operations per second of large matrix products, which {@code mfu} is relative
   *     to
   */
  Throughput(double peakFlops) {
    this.peakFlops = peakFlops;
  }

  void add(TrainingStep.Outcome outcome) {
    tokens += outcome.tokens();
    flops += outcome.usefulFlops();
  }

  /** The figures by name; counting starts again from zero. */
  Map<String, Object> drain() {
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put(TrainingMetric.SECONDS, seconds);
    figures.put(TrainingMetric.TOKENS_PER_SECOND, tokens / seconds);
    figures.put(TrainingMetric.MFU, flops / seconds / peakFlops);
    ProcessMemory.peak().ifPresent(bytes -> figures.put(TrainingMetric.PEAK_MEMORY, bytes));
    tokens = 0;
    flops = 0;
    start = System.nanoTime();
    return figures;
  }

  /** Takes out time that was not spent on steps. */
  void exclude(long nanoseconds) {
    start += nanoseconds;
  }
}
