package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All figures of one model: the content of {@code evaluation.json}.
 *
 * @param format version of the file's layout
 * @param model fingerprint of weights, tokenizer and template
 * @param tasks those that were run, in the order of the registry
 */
public record Evaluation(int format, String model, List<TaskResult> tasks) {
  public static final int FORMAT = 3;

  public Evaluation {
    tasks = List.copyOf(tasks);
  }

  /** The results of a task; empty if it was not run. */
  public Optional<TaskResult> task(String id) {
    return tasks.stream().filter(result -> result.task().id().equals(id)).findFirst();
  }

  /** How often the model reasoned before it answered, over all tasks. */
  public ReasoningCounts reasoning() {
    return tasks.stream()
        .map(TaskResult::reasoning)
        .reduce(ReasoningCounts.NONE, ReasoningCounts::plus);
  }

  /**
   * Checks, before figures of two models stand side by side, that they measure the same.
   *
   * @throws IllegalArgumentException if tasks, settings or texts differ
   */
  public void requireComparableTo(Evaluation other) {
    List<String> differences = new ArrayList<>();
    for (TaskResult result : tasks) {
      if (other.task(result.task().id()).filter(result::isComparableTo).isEmpty()) {
        differences.add(result.task().id());
      }
    }
    if (!differences.isEmpty() || tasks.size() != other.tasks.size()) {
      throw new IllegalArgumentException(
          "evaluations that measure different things: "
              + ids(this)
              + " and "
              + ids(other)
              + ", not the same in "
              + differences);
    }
  }

  private static List<String> ids(Evaluation evaluation) {
    return evaluation.tasks.stream().map(result -> result.task().id()).toList();
  }
}
