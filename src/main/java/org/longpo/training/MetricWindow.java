package org.longpo.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means of metrics over the documents since the last line of the log. */
final class MetricWindow {
  /** A sum and how many documents are in it. */
  record Sum(double sum, long count) {
    Sum plus(double value) {
      return new Sum(sum + value, count + 1);
    }

    double mean() {
      return sum / count;
    }
  }

  private final Map<String, Sum> sums;

  /** Continues from the sums of a checkpoint. */
  MetricWindow(Map<String, Sum> sums) {
    this.sums = new LinkedHashMap<>(sums);
  }

  void add(TrainingStep.Outcome outcome) {
    add(TrainingMetric.LOSS, outcome.loss());
    outcome.metrics().forEach(this::add);
  }

  /** A value that is not finite belongs to no mean: JSON has no number for it. */
  private void add(String name, double value) {
    if (Double.isFinite(value)) {
      sums.put(name, sums.getOrDefault(name, new Sum(0, 0)).plus(value));
    }
  }

  boolean isEmpty() {
    return sums.isEmpty();
  }

  Map<String, Sum> sums() {
    return new LinkedHashMap<>(sums);
  }

  /** The means by name; the window is empty afterwards. */
  Map<String, Double> drain() {
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, sum.mean()));
    sums.clear();
    return means;
  }
}
