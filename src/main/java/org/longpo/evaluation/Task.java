package org.longpo.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * A benchmark: it makes {@link TaskItem}s for a model and says which {@link Metric}s are computed
 * from their results. A task is one class in {@code evaluation.tasks} and one line in its registry;
 * the log, resuming, statistics, terminal text, {@code evaluation.json} and report come from here.
 *
 * @param <O> the task's own options: a record with {@link org.longpo.settings.Option}s, which
 *     become flags, keys of a settings file and lines of the help. All results depend on them
 */
public interface Task<O extends Record> {
  TaskInfo info();

  /** The record of the task's own options; their defaults are in it. */
  Class<O> options();

  /**
   * What the task needs and is not there, as the end of a sentence: "a file of questions (--qa)".
   * Empty where it can run.
   */
  Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings);

  /** Where the task's data comes from, for {@code longpo evaluate --list}: a few words. */
  String data();

  /** Solved examples before each question, by default; 0 where the task has none. */
  default int shots() {
    return 0;
  }

  /**
   * What a reader must know of how a score came about, in a few words each: "5 shots", "chat
   * template off". They stand beside the score.
   */
  default List<String> conditions(O options) {
    return List.of();
  }

  /** Names under which a user may select it together with other tasks, such as "ruler". */
  default List<String> groups() {
    return List.of();
  }

  /** Whether it runs only where it or a group of it is named: it takes long, or needs no input. */
  default boolean onlyWhenNamed() {
    return false;
  }

  /** The items, and what they depend on besides the options. Called where nothing is missing. */
  TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, O options);
}
