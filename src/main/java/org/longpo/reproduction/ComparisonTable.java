package org.longpo.reproduction;

import java.util.List;
import java.util.Optional;
import org.longpo.evaluation.comparison.Difference;

/** Differences of long and short scores between two models, a line for each two. */
final class ComparisonTable {
  private final MarkdownTable table;

  /**
   * @param head of the first column
   */
  ComparisonTable(String head) {
    table =
        new MarkdownTable(
            1, List.of(head, "round", "long [95 %]", "p", "short [95 %]", "p", "seeds"));
  }

  /**
   * The first one's scores minus the second one's; nothing if they have no seed in common.
   *
   * @param name of the line
   * @param longScore which long score is compared
   */
  void add(String name, Trained first, Trained second, Measure longScore) {
    Comparison ofLong = new Comparison(first, second, longScore);
    if (ofLong.seeds().isEmpty()) {
      return;
    }
    Optional<Difference> inLong = ofLong.difference();
    Optional<Difference> inShort = new Comparison(first, second, Measure.SHORT).difference();
    table.add(
        List.of(
            name,
            Integer.toString(Math.max(first.round(), second.round())),
            text(inLong),
            p(inLong),
            text(inShort),
            p(inShort),
            Trained.text(ofLong.seeds())));
  }

  boolean isEmpty() {
    return table.isEmpty();
  }

  Section.Text text() {
    return table.text();
  }

  private static String text(Optional<Difference> difference) {
    return difference.map(Figures::difference).orElse(Figures.NONE);
  }

  private static String p(Optional<Difference> difference) {
    return difference.map(known -> Figures.p(known.p())).orElse(Figures.NONE);
  }
}
