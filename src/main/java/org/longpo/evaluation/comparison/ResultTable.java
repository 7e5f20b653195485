package org.longpo.evaluation.comparison;

import java.util.List;
import java.util.Optional;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.TaskInfo;

/**
 * The headline figures of several models: a row for each task and length, and one for the mean over
 * lengths where there are several.
 *
 * @param models the names of the columns
 * @param reference the name of the one that all others are compared with
 * @param notes a sentence for each task of a model that is not compared, and why
 */
public record ResultTable(
    List<String> models, String reference, List<Row> rows, List<String> notes) {
  public ResultTable {
    models = List.copyOf(models);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /**
   * @param task as the first column has it that was evaluated on it
   * @param lengths in tokens: one, or those that the row is the mean over; empty where the task has
   *     none
   * @param cells one for each model; empty if it has no such figure
   */
  public record Row(TaskInfo task, List<Integer> lengths, List<Optional<Cell>> cells) {
    public Row {
      lengths = List.copyOf(lengths);
      cells = List.copyOf(cells);
    }

    public boolean isMean() {
      return lengths.size() > 1;
    }
  }

  /**
   * @param metric what the figure is
   * @param measuresOther why it measures something else than the reference's figure does; empty if
   *     it does not
   * @param difference from the reference; empty for the reference itself, where that has no such
   *     figure or measures something else, and where there is only one text
   */
  public record Cell(
      Metric metric,
      Estimate estimate,
      Optional<String> measuresOther,
      Optional<Difference> difference) {}

  /** All differences that were tested. */
  public List<Difference> differences() {
    return rows.stream()
        .flatMap(row -> row.cells().stream())
        .flatMap(Optional::stream)
        .flatMap(cell -> cell.difference().stream())
        .toList();
  }
}
