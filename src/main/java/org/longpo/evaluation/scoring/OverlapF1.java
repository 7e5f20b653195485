package org.longpo.evaluation.scoring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** F1 of what two lists have in common, each element as often as both have it. */
final class OverlapF1 {
  private OverlapF1() {}

  /** The harmonic mean of precision and recall; 0 where nothing is in common. */
  static <T> double of(List<T> answer, List<T> reference) {
    Map<T, Integer> unmatched = new HashMap<>();
    reference.forEach(element -> unmatched.merge(element, 1, Integer::sum));
    int common = 0;
    for (T element : answer) {
      Integer left = unmatched.get(element);
      if (left != null && left > 0) {
        unmatched.put(element, left - 1);
        common++;
      }
    }
    return common == 0
        ? 0
        : f1((double) common / answer.size(), (double) common / reference.size());
  }

  /** The harmonic mean, in the order of operations that published scorers have. */
  static double f1(double precision, double recall) {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }
}
