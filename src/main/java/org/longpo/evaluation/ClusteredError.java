package org.longpo.evaluation;

import java.util.Collection;
import java.util.OptionalDouble;

/**
 * The standard error of a ratio of totals whose parts come in clusters, such as the questions about
 * one text or the windows of one document: within a cluster they may come out well or badly
 * together, so only clusters are independent. A mean is the ratio of a total to a count.
 *
 * <p>sqrt(sum over clusters of (numerator - ratio * denominator)^2) / total of the denominators:
 * the ratio's linearisation (delta method; Cochran 1977, chapter 6) with cluster-robust variance
 * (Liang and Zeger 1986; for evaluations of language models Miller 2024, arXiv:2411.00640). For a
 * mean over clusters of one value it is sqrt(variance / n), of right and wrong answers sqrt(p (1 -
 * p) / n).
 */
final class ClusteredError {
  /** What one cluster adds to the numerator and to the denominator. */
  record Totals(double numerator, double denominator) {}

  private ClusteredError() {}

  /** Empty for a single cluster: it shows nothing of how clusters differ. */
  static OptionalDouble of(double ratio, Collection<Totals> clusters) {
    if (clusters.size() < 2) {
      return OptionalDouble.empty();
    }
    double squares = 0;
    double denominator = 0;
    for (Totals cluster : clusters) {
      double residual = cluster.numerator() - ratio * cluster.denominator();
      squares += residual * residual;
      denominator += cluster.denominator();
    }
    return OptionalDouble.of(Math.sqrt(squares) / denominator);
  }
}
