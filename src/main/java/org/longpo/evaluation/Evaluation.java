package org.longpo.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/**
 * All figures of one model: the content of {@code evaluation.json}.
 *
 * @param format version of the file's layout
 * @param model fingerprint of weights, tokenizer and template
 * @param tasks those that are finished, in the order of the registry
 */
public record Evaluation(int format, String model, List<TaskResult> tasks) {
  public static final int FORMAT = 4;

  public Evaluation {
    tasks = List.copyOf(tasks);
  }

  /**
   * Reads figures.
   *
   * @throws UserError if the file is of another format, or damaged
   */
  public static Evaluation read(Path file) {
    JsonNode format = Json.read(file, JsonNode.class).path("format");
    if (!format.isInt() || format.intValue() != FORMAT) {
      throw new UserError(
          "%s is of another version of longpo (format %s, expected %d); give another folder."
              .formatted(file, format.isInt() ? format.intValue() : "missing", FORMAT));
    }
    return Json.read(file, Evaluation.class);
  }

  /** The figures of some tasks, by their ids. */
  public Evaluation only(Set<String> ids) {
    return new Evaluation(
        format, model, tasks.stream().filter(result -> ids.contains(result.task().id())).toList());
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
