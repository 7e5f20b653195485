package org.longpo.evaluation;

import java.util.Collection;

/**
 * The share of right answers.
 *
 * @param n questions
 * @param accuracy in [0, 1]
 * @param standardError binomial, sqrt(p (1 - p) / n); it takes questions as independent, and says 0
 *     where all or none are right
 */
public record Accuracy(int n, double accuracy, double standardError) {
  static Accuracy of(Collection<Answered> answers) {
    int n = answers.size();
    long right = answers.stream().filter(Answered::correct).count();
    double p = (double) right / n;
    return new Accuracy(n, p, Math.sqrt(p * (1 - p) / n));
  }
}
