package org.longpo.evaluation;

import java.util.Optional;

/**
 * A benchmark: it makes {@link TaskItem}s for a model and says which {@link Metric}s are computed
 * from their results. A task is one class in {@code evaluation.tasks} and one line in its registry;
 * the log, resuming, statistics, terminal text, {@code evaluation.json} and report come from here.
 *
 * @param <O> options that no other task has, as a record that is part of the task
 */
public interface Task<O extends Record> {
  TaskInfo info();

  O defaults();

  /**
   * What the task needs and is not there, as the end of a sentence: "a file of questions (--qa)".
   * Empty where it can run.
   */
  Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings);

  /** The items, and all that they depend on. Called only where nothing is missing. */
  TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, O options);
}
