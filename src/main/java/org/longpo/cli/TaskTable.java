package org.longpo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.longpo.evaluation.Task;

/** All tasks: what {@code longpo evaluate --list} prints. */
final class TaskTable {
  private static final List<String> HEAD = List.of("task", "groups", "metric", "shots", "data");

  private TaskTable() {}

  static String of(List<Task<?>> tasks) {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    for (Task<?> task : tasks) {
      rows.add(
          List.of(
              task.info().id(),
              task.groups().isEmpty() ? "-" : String.join(", ", task.groups()),
              task.info().headline().label(),
              Integer.toString(task.shots()),
              task.data()));
    }
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      line.append(row.get(column))
          .append(" ".repeat(widths[column] - row.get(column).length() + 2));
    }
    return line.toString().stripTrailing() + "\n";
  }
}
