package org.longpo.report.paper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.TaskInfo;
import org.longpo.report.ReportData.Evaluations;
import org.longpo.report.ReportData.ModelRows;

/**
 * The figures of one model as the paper's tables have them: shares in per cent, all else as it is.
 *
 * @param tasks those that models were evaluated on
 */
record OwnFigures(ModelRows model, List<TaskInfo> tasks) {
  private static final double PERCENT = 100;

  /** All models of a run. */
  static List<OwnFigures> of(Evaluations evaluations) {
    return evaluations.models().stream()
        .map(model -> new OwnFigures(model, evaluations.tasks()))
        .toList();
  }

  String name() {
    return model.model();
  }

  /** Whether any of a column's tasks was run. */
  boolean hasAnyOf(PaperColumn column) {
    return column.tasks().stream().anyMatch(this::isRun);
  }

  /** Those of a column's tasks that were run, if it lacks others. */
  Optional<List<String>> incomplete(PaperColumn column) {
    List<String> run = column.tasks().stream().filter(this::isRun).toList();
    return run.isEmpty() || run.size() == column.tasks().size()
        ? Optional.empty()
        : Optional.of(run);
  }

  private boolean isRun(String task) {
    return !headlines(task).isEmpty();
  }

  /** The lengths, in tokens, at which all of a column's tasks were run. */
  TreeSet<Integer> lengths(PaperColumn column) {
    TreeSet<Integer> common = lengths(column.tasks().getFirst());
    column.tasks().forEach(task -> common.retainAll(lengths(task)));
    return common;
  }

  private TreeSet<Integer> lengths(String task) {
    TreeSet<Integer> lengths = new TreeSet<>();
    headlines(task).forEach(row -> row.length().ifPresent(lengths::add));
    return lengths;
  }

  /**
   * The mean over a column's tasks.
   *
   * @param length in tokens; empty for tasks that have none
   * @return empty unless all of them were run
   */
  OptionalDouble value(PaperColumn column, OptionalInt length) {
    List<OptionalDouble> values = column.tasks().stream().map(task -> value(task, length)).toList();
    return Means.of(values);
  }

  /** The mean over lengths of the mean over tasks; empty unless all of them were run. */
  OptionalDouble value(PaperColumn column, Collection<Integer> lengths) {
    List<OptionalDouble> values = new ArrayList<>();
    lengths.forEach(length -> values.add(value(column, OptionalInt.of(length))));
    return Means.of(values);
  }

  private OptionalDouble value(String task, OptionalInt length) {
    return headlines(task).stream()
        .filter(row -> row.length().equals(length))
        .mapToDouble(row -> scaled(task, row.estimate().value()))
        .findFirst();
  }

  private double scaled(String task, double value) {
    return switch (headline(task).orElseThrow().scale()) {
      case PERCENT -> PERCENT * value;
      case NUMBER -> value;
    };
  }

  private List<ResultRow> headlines(String task) {
    return headline(task).stream()
        .flatMap(
            metric ->
                model.rows().stream()
                    .filter(
                        row ->
                            row.task().equals(task)
                                && row.metric().equals(metric.id())
                                && row.coversAllSamples()))
        .toList();
  }

  private Optional<Metric> headline(String task) {
    return tasks.stream()
        .filter(info -> info.id().equals(task))
        .map(TaskInfo::headline)
        .findFirst();
  }
}
