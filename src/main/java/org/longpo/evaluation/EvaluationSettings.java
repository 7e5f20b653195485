package org.longpo.evaluation;

import java.util.List;
import org.longpo.error.UserError;

/**
 * How a model is evaluated.
 *
 * @param tasks ids of the tasks to run; empty: all whose inputs are there
 * @param haystacks long contexts, for all tasks that have some
 * @param answerTokens the limit of an answer
 * @param seed of everything drawn: needles, places, order of questions
 * @param options of single tasks
 */
public record EvaluationSettings(
    List<String> tasks,
    HaystackSettings haystacks,
    int answerTokens,
    long seed,
    TaskOptions options) {
  public EvaluationSettings {
    tasks = List.copyOf(tasks);
    if (answerTokens < 1) {
      throw new UserError("answer_tokens is " + answerTokens + ", it must be at least 1.");
    }
  }

  /** All tasks, with ten questions at five depths about ten haystacks of every length. */
  public static EvaluationSettings defaults(List<Integer> lengths, long seed) {
    return new EvaluationSettings(
        List.of(), HaystackSettings.defaults(lengths), 32, seed, TaskOptions.DEFAULTS);
  }
}
