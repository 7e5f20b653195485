package org.longpo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.comparison.Difference;
import org.longpo.evaluation.comparison.ResultTable;
import org.longpo.evaluation.comparison.ResultTable.Cell;
import org.longpo.evaluation.comparison.ResultTable.Row;
import org.longpo.files.Csv;

/**
 * The figures of several models, a row for each figure. Shares are in [0, 1]; {@code length_tokens}
 * has several lengths, with spaces, where the figure is the mean over them.
 */
final class ResultsCsv {
  private static final List<String> HEAD =
      List.of(
          "task",
          "metric",
          "length_tokens",
          "model",
          "value",
          "standard_error",
          "n",
          "texts",
          "compared_with",
          "difference",
          "low",
          "high",
          "p",
          "not_compared_because");

  private ResultsCsv() {}

  static Csv of(ResultTable table) {
    List<List<String>> rows = new ArrayList<>();
    for (Row row : table.rows()) {
      for (int i = 0; i < table.models().size(); i++) {
        String model = table.models().get(i);
        row.cells().get(i).ifPresent(cell -> rows.add(line(table, row, model, cell)));
      }
    }
    return new Csv(HEAD, rows);
  }

  private static List<String> line(ResultTable table, Row row, String model, Cell cell) {
    Estimate estimate = cell.estimate();
    Optional<Difference> difference = cell.difference();
    return List.of(
        row.task().id(),
        cell.metric().id(),
        row.lengths().stream().map(String::valueOf).collect(Collectors.joining(" ")),
        model,
        Double.toString(estimate.value()),
        text(estimate.standardError()),
        Integer.toString(estimate.n()),
        Integer.toString(estimate.clusters()),
        difference.isPresent() ? table.reference() : "",
        text(difference, Difference::value),
        text(difference, Difference::low),
        text(difference, Difference::high),
        text(difference, Difference::p),
        cell.measuresOther().orElse(""));
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  private static String text(Optional<Difference> difference, ToDoubleFunction<Difference> value) {
    return difference.map(found -> Double.toString(value.applyAsDouble(found))).orElse("");
  }
}
