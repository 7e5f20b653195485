package org.longpo.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * The standard error of a mean whose values come in groups, such as the questions about one
 * haystack: within a group they may be right or wrong together, so only groups are independent.
 *
 * <p>sqrt(sum over groups of (sum of their values' deviations)^2) / n (Liang and Zeger 1986; for
 * evaluations of language models Miller 2024, arXiv:2411.00640). For groups of one value it is
 * sqrt(variance / n), of right and wrong answers sqrt(p (1 - p) / n). A single group shows nothing
 * of how groups differ (the sum is 0): its values are taken as independent.
 */
final class ClusteredError {
  private ClusteredError() {}

  static double of(List<double[]> groups) {
    double mean = groups.stream().flatMapToDouble(Arrays::stream).average().orElseThrow();
    long n = groups.stream().mapToLong(group -> group.length).sum();
    List<double[]> independent =
        groups.size() == 1
            ? Arrays.stream(groups.getFirst()).mapToObj(value -> new double[] {value}).toList()
            : groups;
    double squares =
        independent.stream()
            .mapToDouble(group -> Arrays.stream(group).map(value -> value - mean).sum())
            .map(sum -> sum * sum)
            .sum();
    return Math.sqrt(squares) / n;
  }
}
