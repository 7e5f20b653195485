package org.longpo.evaluation;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A mean, or a ratio of two totals such as bits by bytes.
 *
 * @param n questions or windows that went into it
 * @param clusters the texts that these share: haystacks, passages or documents
 * @param standardError the {@link ClusteredError}; empty where there is but one cluster
 */
public record MeanScore(int n, int clusters, double mean, OptionalDouble standardError) {
  /** The mean of values in clusters. */
  static MeanScore of(Collection<double[]> clusters) {
    return ofRatio(
        clusters.stream().mapToInt(values -> values.length).sum(),
        clusters.stream()
            .map(values -> new ClusteredError.Totals(Arrays.stream(values).sum(), values.length))
            .toList());
  }

  /** The mean of SQuAD's token F1 of answers in clusters, each about one text. */
  static MeanScore ofTokenF1(Collection<List<Answered>> clusters) {
    return of(
        clusters.stream()
            .map(answers -> answers.stream().mapToDouble(Answered::tokenF1).toArray())
            .toList());
  }

  /** The total of the numerators by that of the denominators. */
  static MeanScore ofRatio(int n, Collection<ClusteredError.Totals> clusters) {
    double numerator = clusters.stream().mapToDouble(ClusteredError.Totals::numerator).sum();
    double denominator = clusters.stream().mapToDouble(ClusteredError.Totals::denominator).sum();
    double ratio = numerator / denominator;
    return new MeanScore(n, clusters.size(), ratio, ClusteredError.of(ratio, clusters));
  }
}
