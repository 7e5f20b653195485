package org.longpo.evaluation.tasks.choice;

import java.util.List;

/**
 * Which option a model chooses, as lm-evaluation-harness 0.4.13 computes {@code acc} and {@code
 * acc_norm} of multiple choice (ConfigurableTask.process_results in lm_eval/api/task.py): the
 * largest log-likelihood, the first of equal ones.
 *
 * @param chosen the option of the largest log-likelihood
 * @param chosenByLength the option of the largest log-likelihood per character, for which long
 *     options are no handicap
 */
record ChoiceScore(int chosen, int chosenByLength) {
  /**
   * Compares options.
   *
   * @param logLikelihoods in nats, of every option's answer
   * @param answers their texts; a length is the number of Unicode code points
   */
  static ChoiceScore of(double[] logLikelihoods, List<String> answers) {
    double[] perCharacter = new double[logLikelihoods.length];
    for (int i = 0; i < perCharacter.length; i++) {
      String answer = answers.get(i);
      perCharacter[i] = logLikelihoods[i] / answer.codePointCount(0, answer.length());
    }
    return new ChoiceScore(largest(logLikelihoods), largest(perCharacter));
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
