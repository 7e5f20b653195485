package org.longpo.evaluation.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskResult;
import org.longpo.evaluation.comparison.ResultTable.Cell;
import org.longpo.evaluation.comparison.ResultTable.Row;

/** Makes the {@link ResultTable} of some models. */
public final class TableBuilder {
  /** One for all comparisons: what a result depends on is the two models alone. */
  private static final long SEED = 0;

  private final List<ModelResults> models;
  private final ModelResults reference;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private TableBuilder(List<ModelResults> models, ModelResults reference) {
    this.models = models;
    this.reference = reference;
  }

  /**
   * @param models in the order of the columns, with different names
   * @param reference the name of the one that all others are compared with
   */
  public static ResultTable of(List<ModelResults> models, String reference) {
    ModelResults compared =
        models.stream().filter(model -> model.name().equals(reference)).findFirst().orElseThrow();
    TableBuilder builder = new TableBuilder(models, compared);
    builder.tasks().forEach(builder::add);
    return new ResultTable(
        models.stream().map(ModelResults::name).toList(), reference, builder.rows, builder.notes);
  }

  private SequencedSet<String> tasks() {
    SequencedSet<String> ids = new LinkedHashSet<>();
    models.forEach(model -> model.figures().tasks().forEach(result -> ids.add(result.task().id())));
    return ids;
  }

  private void add(String task) {
    Map<String, TaskResult> results = new LinkedHashMap<>();
    Map<String, String> others = new LinkedHashMap<>();
    for (ModelResults model : models) {
      Optional<TaskResult> result = model.figures().task(task);
      result.ifPresent(found -> results.put(model.name(), found));
      if (result.isPresent() && model != reference && hasFigures(reference, task)) {
        Comparability.difference(reference, model, task)
            .ifPresent(what -> others.put(model.name(), what));
      }
    }
    addNotes(task, results, others);
    TaskInfo info = results.values().iterator().next().task();
    TreeSet<Integer> all = new TreeSet<>();
    results.values().forEach(result -> all.addAll(lengths(result)));
    all.forEach(length -> rows.add(row(info, List.of(length), others)));
    TreeSet<Integer> common = new TreeSet<>(all);
    results.values().forEach(result -> common.retainAll(lengths(result)));
    if (common.size() > 1) {
      rows.add(row(info, List.copyOf(common), others));
    }
  }

  private void addNotes(String task, Map<String, TaskResult> results, Map<String, String> others) {
    others.forEach(
        (model, what) ->
            notes.add(
                "%s: %s and %s measure different things and are not compared: %s."
                    .formatted(task, reference.name(), model, what)));
    if (!hasFigures(reference, task)) {
      notes.add(
          "%s: %s has no figures of it, so nothing is compared.".formatted(task, reference.name()));
    }
  }

  private static boolean hasFigures(ModelResults model, String task) {
    return model.figures().task(task).isPresent();
  }

  /** 0 stands for none. */
  private static List<Integer> lengths(TaskResult result) {
    return result.headlines().stream().map(row -> row.length().orElse(0)).toList();
  }

  private Row row(TaskInfo info, List<Integer> lengths, Map<String, String> others) {
    List<Optional<Cell>> cells =
        models.stream().map(model -> cell(model, info.id(), lengths, others)).toList();
    return new Row(info, lengths.equals(List.of(0)) ? List.of() : lengths, cells);
  }

  private Optional<Cell> cell(
      ModelResults model, String task, List<Integer> lengths, Map<String, String> others) {
    return estimate(model, task, lengths)
        .map(
            estimate -> {
              Optional<String> other = Optional.ofNullable(others.get(model.name()));
              Optional<Difference> difference =
                  other.isPresent() || model == reference
                      ? Optional.empty()
                      : difference(model, task, lengths);
              return new Cell(metric(model, task), estimate, other, difference);
            });
  }

  /** One length's estimate is that of the figures; a mean is computed from the items. */
  private static Optional<Estimate> estimate(
      ModelResults model, String task, List<Integer> lengths) {
    Optional<TaskResult> result = model.figures().task(task);
    if (result.isEmpty() || !lengths(result.get()).containsAll(lengths)) {
      return Optional.empty();
    }
    return lengths.size() > 1
        ? Optional.of(totals(model, task, lengths).estimate())
        : result.get().headlines().stream()
            .filter(row -> row.length().equals(length(lengths.getFirst())))
            .map(ResultRow::estimate)
            .findFirst();
  }

  private static OptionalInt length(int tokens) {
    return tokens == 0 ? OptionalInt.empty() : OptionalInt.of(tokens);
  }

  private Optional<Difference> difference(ModelResults model, String task, List<Integer> lengths) {
    return estimate(reference, task, lengths).isEmpty()
        ? Optional.empty()
        : PairedBootstrap.of(totals(reference, task, lengths), totals(model, task, lengths), SEED);
  }

  private static MetricTotals totals(ModelResults model, String task, List<Integer> lengths) {
    List<ItemResult> items = model.items().getOrDefault(task, List.of());
    return MetricTotals.of(metric(model, task), items, lengths);
  }

  private static Metric metric(ModelResults model, String task) {
    return model.figures().task(task).orElseThrow().task().headline();
  }
}
