package org.longpo.evaluation;

import java.util.Collection;
import java.util.OptionalDouble;

/**
 * A mean, or a ratio of two totals such as bits by bytes.
 *
 * @param standardError the {@link ClusteredError}; empty where there is only one cluster
 * @param n samples: questions or windows
 * @param clusters the texts that these share: haystacks, passages or documents
 */
public record Estimate(double value, OptionalDouble standardError, int n, int clusters) {
  /** The total of the numerators by that of the denominators. */
  static Estimate ofRatio(int n, Collection<ClusteredError.Totals> clusters) {
    double numerator = clusters.stream().mapToDouble(ClusteredError.Totals::numerator).sum();
    double denominator = clusters.stream().mapToDouble(ClusteredError.Totals::denominator).sum();
    double ratio = numerator / denominator;
    return new Estimate(ratio, ClusteredError.of(ratio, clusters), n, clusters.size());
  }
}
