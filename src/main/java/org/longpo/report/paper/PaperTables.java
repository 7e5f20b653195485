package org.longpo.report.paper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.longpo.report.ReportData.Evaluations;
import org.longpo.report.paper.PaperTable.Remarks;
import org.longpo.report.paper.PaperTable.Row;
import org.longpo.report.paper.PaperTable.Titles;

/** Lays out a run's figures as the paper's Tables 1, 2 and 3. */
public final class PaperTables {
  private static final String MEAN = "mean";

  private final List<OwnFigures> models;

  private PaperTables(List<OwnFigures> models) {
    this.models = models;
  }

  /** Those of which at least one task was run. */
  public static List<PaperTable> of(Evaluations evaluations) {
    PaperTables tables = new PaperTables(OwnFigures.of(evaluations));
    return Stream.of(tables.main(), tables.ruler(), tables.shortContext())
        .flatMap(Optional::stream)
        .toList();
  }

  private List<OwnFigures> modelsWithAnyOf(List<PaperColumn> columns) {
    return models.stream().filter(model -> columns.stream().anyMatch(model::hasAnyOf)).toList();
  }

  /** Table 1. */
  private Optional<PaperTable> main() {
    List<OwnFigures> own = modelsWithAnyOf(PaperColumn.LONG);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    TreeSet<Integer> lengths = commonLengths(own, PaperColumn.RULER_OF_MAIN_TABLE);
    List<String> heads = new ArrayList<>(heads(PaperColumn.INFINITEBENCH));
    heads.add("InfiniteBench " + MEAN);
    heads.addAll(heads(PaperColumn.RULER_OF_MAIN_TABLE));
    heads.add("RULER " + MEAN);
    heads.add(PaperColumn.LONGBENCH_CHAT.head());
    String caption =
        "InfiniteBench: ROUGE-L-Sum, F1 and right answers. RULER: the mean over lengths, the"
            + " paper's over "
            + Lengths.text(Published.RULER_LENGTHS)
            + " tokens"
            + (lengths.isEmpty() ? "" : ", yours over " + Lengths.text(lengths))
            + "; its mean leaves aggregation out. All of these in per cent. LongBench-Chat: a"
            + " judge's points, 10 at most.";
    return Optional.of(
        new PaperTable(
            "paper-table-1",
            new Titles("Table 1: long contexts", caption),
            "trained at",
            heads,
            own.stream().map(model -> mainRow(model, lengths)).toList(),
            published(Published.PAPER.mainTable()),
            remarks("Table 1", own, PaperColumn.LONG).with(Published.SLIP)));
  }

  private static Row mainRow(OwnFigures model, Collection<Integer> lengths) {
    List<OptionalDouble> infiniteBench =
        figures(PaperColumn.INFINITEBENCH, column -> model.value(column, OptionalInt.empty()));
    List<OptionalDouble> ruler =
        figures(PaperColumn.RULER_OF_MAIN_TABLE, column -> model.value(column, lengths));
    List<OptionalDouble> figures = new ArrayList<>(infiniteBench);
    figures.add(Means.of(infiniteBench));
    figures.addAll(ruler);
    figures.add(Means.of(ruler));
    figures.add(model.value(PaperColumn.LONGBENCH_CHAT, OptionalInt.empty()));
    return new Row(model.name(), "", figures);
  }

  /** Table 2. */
  private Optional<PaperTable> ruler() {
    List<OwnFigures> own = modelsWithAnyOf(PaperColumn.RULER);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    List<PaperColumn> parts = new ArrayList<>(PaperColumn.RULER);
    parts.add(PaperColumn.RULER_ALL);
    TreeSet<Integer> all = new TreeSet<>(Published.RULER_LENGTHS);
    own.forEach(model -> parts.forEach(part -> all.addAll(model.lengths(part))));
    List<String> heads = new ArrayList<>(all.stream().map(Lengths::text).toList());
    heads.add(MEAN);
    List<Row> rows = new ArrayList<>();
    own.forEach(
        model ->
            parts.stream()
                .filter(part -> isShown(model, part))
                .forEach(part -> rows.add(rulerRow(model, part, all))));
    return Optional.of(
        new PaperTable(
            "paper-table-2",
            new Titles(
                "Table 2: RULER by length",
                "In per cent, by tokens of context: needles (NIAH), variable tracking (VT),"
                    + " aggregation (AGG), questions (QA), and the mean of all 13 tasks. A row's"
                    + " last figure is the mean over its own lengths."),
            "part",
            heads,
            rows,
            Published.PAPER.ruler().stream()
                .map(line -> new Row(line.model(), line.detail(), spread(line, all)))
                .toList(),
            remarks("Table 2", own, PaperColumn.RULER)));
  }

  /** A part of which some tasks ran has a row, and a note why it is empty; their mean has none. */
  private static boolean isShown(OwnFigures model, PaperColumn part) {
    return part.equals(PaperColumn.RULER_ALL)
        ? !model.lengths(part).isEmpty()
        : model.hasAnyOf(part);
  }

  private static Row rulerRow(OwnFigures model, PaperColumn part, Collection<Integer> lengths) {
    List<OptionalDouble> figures = new ArrayList<>();
    lengths.forEach(length -> figures.add(model.value(part, OptionalInt.of(length))));
    figures.add(model.value(part, model.lengths(part)));
    return new Row(model.name(), part.head(), figures);
  }

  /** A published line where the table has more lengths than the paper. */
  private static List<OptionalDouble> spread(Published.Line line, Collection<Integer> lengths) {
    List<OptionalDouble> figures = new ArrayList<>();
    for (int length : lengths) {
      int column = Published.RULER_LENGTHS.indexOf(length);
      figures.add(column < 0 ? OptionalDouble.empty() : line.figures().get(column));
    }
    figures.add(line.figures().getLast());
    return figures;
  }

  /** Table 3. */
  private Optional<PaperTable> shortContext() {
    List<OwnFigures> own = modelsWithAnyOf(PaperColumn.SHORT);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PaperTable(
            "paper-table-3",
            new Titles(
                "Table 3: short contexts",
                "What the model could do before. In per cent; MT-Bench: a judge's points, 10 at"
                    + " most."),
            "",
            heads(PaperColumn.SHORT),
            own.stream()
                .map(
                    model ->
                        new Row(
                            model.name(),
                            "",
                            figures(
                                PaperColumn.SHORT,
                                column -> model.value(column, OptionalInt.empty()))))
                .toList(),
            published(Published.PAPER.shortTable()),
            remarks("Table 3", own, PaperColumn.SHORT)));
  }

  /** The lengths that every figure of some columns can be the mean over. */
  private static TreeSet<Integer> commonLengths(
      List<OwnFigures> models, List<PaperColumn> columns) {
    List<TreeSet<Integer>> all =
        models.stream()
            .flatMap(model -> columns.stream().map(model::lengths))
            .filter(lengths -> !lengths.isEmpty())
            .toList();
    TreeSet<Integer> common = new TreeSet<>();
    all.stream().findFirst().ifPresent(common::addAll);
    all.forEach(common::retainAll);
    return common;
  }

  private static List<String> heads(List<PaperColumn> columns) {
    return columns.stream().map(PaperColumn::head).toList();
  }

  private interface Figure {
    OptionalDouble of(PaperColumn column);
  }

  private static List<OptionalDouble> figures(List<PaperColumn> columns, Figure figure) {
    return columns.stream().map(figure::of).toList();
  }

  private static List<Row> published(List<Published.Line> lines) {
    return lines.stream()
        .map(line -> new Row(line.model(), line.detail(), line.figures()))
        .toList();
  }

  /** What stands below a table: most of all, why a figure is missing although tasks of it ran. */
  private static Remarks remarks(String table, List<OwnFigures> models, List<PaperColumn> columns) {
    List<String> notes = new ArrayList<>();
    for (PaperColumn column : columns) {
      models.stream()
          .flatMap(model -> model.incomplete(column).stream())
          .findFirst()
          .ifPresent(
              run ->
                  notes.add(
                      "%s is the mean of %d tasks, of which only %s was run."
                          .formatted(
                              column.head(), column.tasks().size(), String.join(", ", run))));
    }
    return new Remarks(Published.PAPER.source() + ", " + table, notes);
  }
}
