package org.longpo.evaluation;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The share of right answers.
 *
 * @param n questions
 * @param accuracy in [0, 1]
 * @param standardError 0 where all or none are right; where questions share a text, the {@link
 *     ClusteredError}, else binomial, sqrt(p (1 - p) / n)
 */
public record Accuracy(int n, double accuracy, double standardError) {
  /** Of questions that are independent of each other. */
  static Accuracy of(Collection<Answered> answers) {
    return ofGroups(answers.stream().map(List::of).toList());
  }

  /** Of questions in groups, each about one text. */
  static Accuracy ofGroups(List<List<Answered>> groups) {
    List<double[]> values =
        groups.stream()
            .map(group -> group.stream().mapToDouble(answer -> answer.correct() ? 1 : 0).toArray())
            .toList();
    double[] all = values.stream().flatMapToDouble(Arrays::stream).toArray();
    double accuracy = Arrays.stream(all).average().orElseThrow();
    return new Accuracy(all.length, accuracy, ClusteredError.of(values));
  }
}
