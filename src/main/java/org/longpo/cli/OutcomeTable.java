package org.longpo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskResult;
import org.longpo.pipeline.EvolveRun;

/** The figures of a whole run as a table of plain text, with its first and its last model. */
final class OutcomeTable {
  private final List<Column> columns;
  private final StringBuilder table = new StringBuilder("\n");

  private OutcomeTable(List<Column> columns) {
    this.columns = columns;
  }

  private record Column(String head, Evaluation evaluation) {}

  static String of(EvolveRun.Outcome outcome) {
    List<Column> columns = new ArrayList<>(List.of(new Column("before", outcome.base())));
    outcome.ropeAlone().ifPresent(evaluation -> columns.add(new Column("RoPE alone", evaluation)));
    columns.add(new Column("after", outcome.evolved()));
    OutcomeTable table = new OutcomeTable(columns);
    for (TaskInfo.Context context : TaskInfo.Context.values()) {
      outcome.evolved().tasks().stream()
          .filter(result -> result.task().context() == context)
          .forEach(table::add);
    }
    if (outcome.ropeAlone().isPresent()) {
      table.line("RoPE alone: the position embedding of after, without its training");
    }
    table.line(FigureText.legend(table.table));
    table.line("");
    return table.table.toString();
  }

  private void add(TaskResult result) {
    TaskInfo task = result.task();
    switch (task.context()) {
      case LONG -> {
        line(task.subject() + ", by the text's length");
        row("tokens", heads());
      }
      case LONG_TEXTS -> {
        line("Long texts: " + task.subject());
        row("", heads());
      }
      case SHORT -> {
        line("Short context: " + task.subject());
        row("", heads());
      }
    }
    for (ResultRow row : result.headlines()) {
      row(
          name(task, row.length()),
          columns.stream().map(c -> cell(c, task, row.length())).toList());
    }
  }

  private static String name(TaskInfo task, OptionalInt length) {
    return length.isPresent()
        ? String.format(Locale.ROOT, "%,d", length.getAsInt())
        : task.headline().label();
  }

  private static String cell(Column column, TaskInfo task, OptionalInt length) {
    return column
        .evaluation()
        .task(task.id())
        .flatMap(result -> result.headline(length))
        .map(task.headline()::text)
        .orElse("-");
  }

  private List<String> heads() {
    return columns.stream().map(Column::head).toList();
  }

  private void row(String name, List<String> cells) {
    StringBuilder row = new StringBuilder(String.format("  %-14s", name));
    cells.forEach(cell -> row.append(String.format("%20s", cell)));
    line(row.toString());
  }

  private void line(String text) {
    table.append(text).append('\n');
  }
}
