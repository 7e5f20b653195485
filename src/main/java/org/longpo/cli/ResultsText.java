package org.longpo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.comparison.Difference;
import org.longpo.evaluation.comparison.ResultTable;
import org.longpo.evaluation.comparison.ResultTable.Cell;
import org.longpo.evaluation.comparison.ResultTable.Row;

/** The figures of several models as a table of plain text. */
final class ResultsText {
  private static final String SIGNIFICANT = " *";
  private static final String MEASURES_OTHER = " #";

  /** So that figures stand below each other whether or not they have a mark. */
  private static final String NO_MARK = "  ";

  private static final String GAP = "  ";

  private ResultsText() {}

  static String of(ResultTable table) {
    List<List<String>> lines = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of("", "n"));
    table.models().forEach(model -> heads.add(model + NO_MARK));
    lines.add(heads);
    Optional<TaskInfo> task = Optional.empty();
    for (Row row : table.rows()) {
      if (!task.equals(Optional.of(row.task()))) {
        task = Optional.of(row.task());
        lines.add(List.of(row.task().id() + ", " + row.task().headline().label()));
      }
      lines.add(cells(row));
    }
    String figures = aligned(lines);
    return figures + FigureText.legend(figures) + "\n" + legend(table) + notes(table);
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>(List.of("  " + name(row), samples(row)));
    row.cells().forEach(cell -> cells.add(cell.map(ResultsText::text).orElse("-" + NO_MARK)));
    return cells;
  }

  private static String name(Row row) {
    String lengths =
        row.lengths().stream()
            .map(length -> String.format(Locale.ROOT, "%,d", length))
            .collect(Collectors.joining("; "));
    if (row.isMean()) {
      return "mean of " + lengths;
    }
    return lengths.isEmpty() ? "all" : lengths + " tokens";
  }

  /** One number, or that of each column where they are not the same. */
  private static String samples(Row row) {
    return row.cells().stream()
        .flatMap(Optional::stream)
        .map(cell -> String.format(Locale.ROOT, "%,d", cell.estimate().n()))
        .distinct()
        .collect(Collectors.joining("/"));
  }

  private static String text(Cell cell) {
    String mark =
        cell.measuresOther().isPresent()
            ? MEASURES_OTHER
            : cell.difference().filter(Difference::isSignificant).isPresent()
                ? SIGNIFICANT
                : NO_MARK;
    return cell.metric().text(cell.estimate()) + mark;
  }

  private static String legend(ResultTable table) {
    List<Difference> tested = table.differences();
    if (tested.isEmpty()) {
      return table.models().size() > 1 ? "No difference could be tested.\n" : "";
    }
    long significant = tested.stream().filter(Difference::isSignificant).count();
    return String.format(
        Locale.ROOT,
        "* differs from %s with p < %.2f (paired bootstrap over texts, each comparison by itself)\n"
            + "%,d of %,d comparisons have the mark; where nothing differs, about %.1f of so many"
            + " would have it by chance.\n",
        table.reference(),
        Difference.SIGNIFICANCE,
        significant,
        tested.size(),
        Difference.SIGNIFICANCE * tested.size());
  }

  private static String notes(ResultTable table) {
    if (table.notes().isEmpty()) {
      return "";
    }
    return "# measures something else, or cannot be compared:\n"
        + table.notes().stream().map(note -> "  " + note + "\n").collect(Collectors.joining());
  }

  /** The first column to the left, all others to the right; a line of one cell is a heading. */
  private static String aligned(List<List<String>> lines) {
    int columns = lines.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int column = 0; line.size() > 1 && column < columns; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder aligned = new StringBuilder(line.getFirst());
      for (int column = 1; column < line.size(); column++) {
        if (column == 1) {
          aligned.append(" ".repeat(widths[0] - line.getFirst().length()));
        }
        String cell = line.get(column);
        aligned.append(GAP).append(" ".repeat(widths[column] - cell.length())).append(cell);
      }
      text.append(aligned.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
