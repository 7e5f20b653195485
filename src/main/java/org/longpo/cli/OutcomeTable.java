package org.longpo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.LengthScore;
import org.longpo.evaluation.LongScore;
import org.longpo.pipeline.EvolveRun;

/** What a whole run came to, as a table of plain text: its last model beside its first. */
final class OutcomeTable {
  private OutcomeTable() {}

  private record Column(String head, Evaluation evaluation) {}

  static String of(EvolveRun.Outcome outcome) {
    List<Column> columns = new ArrayList<>(List.of(new Column("before", outcome.base())));
    outcome.ropeAlone().ifPresent(evaluation -> columns.add(new Column("RoPE alone", evaluation)));
    columns.add(new Column("after", outcome.evolved()));

    List<String> heads = columns.stream().map(Column::head).toList();
    StringBuilder table = new StringBuilder("\n");
    outcome.evolved().needle().ifPresent(after -> needles(table, heads, columns, after));
    if (outcome.evolved().bitsPerByte().isPresent()) {
      table.append("Short context: held-out text\n");
      line(table, "", heads);
      line(table, "bits per byte", columns.stream().map(c -> bits(c.evaluation())).toList());
    }
    outcome
        .ropeAlone()
        .ifPresent(
            evaluation ->
                table.append(
                    "RoPE alone: the position embedding of after, without its training\n"));
    return table.append(FigureText.legend(table)).append("\n\n").toString();
  }

  private static void needles(
      StringBuilder table, List<String> heads, List<Column> columns, LongScore after) {
    table.append("Right answers about a fact in the text, by the text's length\n");
    line(table, "tokens", heads);
    for (LengthScore score : after.byLength()) {
      line(
          table,
          String.format(Locale.ROOT, "%,d", score.length()),
          columns.stream().map(column -> accuracy(column.evaluation(), score.length())).toList());
    }
  }

  private static void line(StringBuilder table, String name, List<String> cells) {
    table.append(String.format("  %-14s", name));
    cells.forEach(cell -> table.append(String.format("%20s", cell)));
    table.append('\n');
  }

  private static String accuracy(Evaluation evaluation, int length) {
    return evaluation
        .needle()
        .flatMap(
            scores -> scores.byLength().stream().filter(one -> one.length() == length).findFirst())
        .map(one -> FigureText.of(one.accuracy()))
        .orElse("-");
  }

  private static String bits(Evaluation evaluation) {
    return evaluation.bitsPerByte().map(FigureText::of).orElse("-");
  }
}
