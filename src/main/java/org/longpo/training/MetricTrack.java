package org.longpo.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * The moving mean of a metric.
 *
 * @param recent values of the last steps, oldest first
 * @param levels empty until as many steps are there as are averaged
 */
record MetricTrack(List<Double> recent, Optional<Levels> levels) {
  static final MetricTrack EMPTY = new MetricTrack(List.of(), Optional.empty());

  MetricTrack {
    recent = List.copyOf(recent);
  }

  /** The moving mean at first, at best and now. */
  record Levels(Level first, Level best, Level now) {}

  /**
   * A mean over the last steps.
   *
   * @param squaredError the square of its standard error, the values being independent
   * @param step the last of these steps
   */
  record Level(double mean, double squaredError, int step) {
    static final Comparator<Level> BY_MEAN = Comparator.comparingDouble(Level::mean);

    private static Level of(List<Double> values, int step) {
      int n = values.size();
      double mean = values.stream().mapToDouble(value -> value).sum() / n;
      double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
      return new Level(mean, squares / (n - 1) / n, step);
    }

    /** The standard error of the difference from another mean. */
    double errorOfDifference(Level other) {
      return Math.sqrt(squaredError + other.squaredError);
    }
  }

  /**
   * With the value of one more step.
   *
   * @param size steps that are averaged, at least 2
   * @param byQuality the greatest mean by it is the best
   */
  MetricTrack plus(double value, int step, int size, Comparator<Level> byQuality) {
    List<Double> values = new ArrayList<>(recent);
    values.add(value);
    if (values.size() < size) {
      return new MetricTrack(values, Optional.empty());
    }
    List<Double> last = values.subList(values.size() - size, values.size());
    Level now = Level.of(last, step);
    Levels before = levels.orElse(new Levels(now, now, now));
    Level best = BinaryOperator.maxBy(byQuality).apply(before.best(), now);
    return new MetricTrack(last, Optional.of(new Levels(before.first(), best, now)));
  }
}
