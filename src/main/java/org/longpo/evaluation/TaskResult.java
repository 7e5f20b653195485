package org.longpo.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * A task's figures of one model.
 *
 * @param conditions as {@link Task#conditions}
 * @param measured all but the model that the figures depend on: inputs by hash, and settings
 * @param reasoning how often the model reasoned before it answered
 * @param modelTokens tokens that went through the model, shared ones once
 * @param rows as {@link ResultRows} orders them
 */
public record TaskResult(
    TaskInfo task,
    List<String> conditions,
    JsonNode measured,
    ReasoningCounts reasoning,
    long modelTokens,
    List<ResultRow> rows) {
  public TaskResult {
    conditions = List.copyOf(conditions);
    rows = List.copyOf(rows);
  }

  /**
   * @param measured all but the model that the results depend on
   */
  public static TaskResult of(
      TaskInfo task, List<String> conditions, JsonNode measured, List<ItemResult> results) {
    return new TaskResult(
        task,
        conditions,
        measured,
        ReasoningCounts.of(results),
        results.stream().mapToLong(ItemResult::modelTokens).sum(),
        ResultRows.of(task, results));
  }

  /** The headline metric over all samples, by length. */
  public List<ResultRow> headlines() {
    return rows.stream()
        .filter(row -> row.coversAllSamples() && row.metric().equals(task.headline().id()))
        .toList();
  }

  /** The headline metric at a length; empty if it was not measured there. */
  public Optional<Estimate> headline(OptionalInt length) {
    return headlines().stream()
        .filter(row -> row.length().equals(length))
        .map(ResultRow::estimate)
        .findFirst();
  }

  /** A number among the settings that the figures depend on; empty if it is not among them. */
  public OptionalInt setting(String name) {
    JsonNode value = measured.path("settings").path(name);
    return value.isInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
  }

  /** Whether both say how good a model is at the same thing. */
  public boolean isComparableTo(TaskResult other) {
    return task.equals(other.task) && measured.equals(other.measured);
  }
}
