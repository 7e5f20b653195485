package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.List;

/** Models with their scores: long by length, in the base's window, and short. */
final class ScoreTable {
  private final List<Measure> measures = new ArrayList<>();
  private final MarkdownTable table;

  /**
   * @param lengths of the columns of long scores, in tokens
   */
  ScoreTable(List<Integer> lengths) {
    List<String> heads = new ArrayList<>(List.of("", "round"));
    for (int length : lengths) {
      heads.add("long, " + Figures.count(length));
      measures.add(Measure.at(length));
    }
    heads.add("short");
    measures.add(Measure.SHORT);
    heads.add("window, " + Measure.WINDOW_TOKENS);
    measures.add(Measure.WINDOW);
    heads.add("seeds");
    table = new MarkdownTable(1, heads);
  }

  void add(Trained model) {
    List<String> cells = new ArrayList<>();
    cells.add(model.name());
    cells.add(model.isBase() ? Figures.NONE : Integer.toString(model.round()));
    for (Measure measure : measures) {
      cells.add(cell(model, measure));
    }
    cells.add(model.seedsText());
    table.add(cells);
  }

  /** The figure with its error; a dash where it was not measured. */
  static String cell(Trained model, Measure measure) {
    return model.scores(measure).map(Figures::share).orElse(Figures.NONE);
  }

  boolean isEmpty() {
    return table.isEmpty();
  }

  Section.Text text() {
    return table.text();
  }
}
