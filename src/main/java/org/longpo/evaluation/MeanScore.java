package org.longpo.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * A mean.
 *
 * @param n values
 * @param standardError sample standard deviation / sqrt(n), and 0 for a single value, which tells
 *     none; where values come in groups, the {@link ClusteredError}
 */
public record MeanScore(int n, double mean, double standardError) {
  static MeanScore of(double[] values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    return new MeanScore(n, mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n));
  }

  static MeanScore ofGroups(List<double[]> groups) {
    double[] all = groups.stream().flatMapToDouble(Arrays::stream).toArray();
    double mean = Arrays.stream(all).average().orElseThrow();
    return new MeanScore(all.length, mean, ClusteredError.of(groups));
  }
}
