package org.longpo.evaluation;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The share of right answers.
 *
 * @param n questions
 * @param clusters the texts that these are about: haystacks or passages
 * @param accuracy in [0, 1]
 * @param standardError the {@link ClusteredError}: 0 where all or none are right; empty where there
 *     is but one text
 */
public record Accuracy(int n, int clusters, double accuracy, OptionalDouble standardError) {
  /** Of questions in clusters, each about one text. */
  static Accuracy of(Collection<List<Answered>> clusters) {
    MeanScore share =
        MeanScore.of(
            clusters.stream()
                .map(
                    answers ->
                        answers.stream().mapToDouble(answer -> answer.correct() ? 1 : 0).toArray())
                .toList());
    return new Accuracy(share.n(), share.clusters(), share.mean(), share.standardError());
  }
}
