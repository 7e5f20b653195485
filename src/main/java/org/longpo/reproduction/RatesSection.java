package org.longpo.reproduction;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Learning rates that were tried, and those that were taken. */
final class RatesSection implements Section {
  @Override
  public String title() {
    return "Learning rates";
  }

  @Override
  public List<Block> blocks(Results results) {
    MarkdownTable table =
        new MarkdownTable(
            1, List.of("", "learning rate", "long", "short", "window, " + Measure.WINDOW_TOKENS));
    results
        .arms()
        .filter(Arm::choosesRate)
        .forEach(
            arm ->
                results
                    .scale()
                    .rates()
                    .forEach(
                        rate ->
                            results
                                .validation(arm, rate)
                                .ifPresent(tried -> table.add(row(results, arm, rate, tried)))));
    return table.isEmpty()
        ? List.of()
        : List.of(
            Text.of(
                "Scores on other questions than those of the test, after the first round with the"
                    + " first seed. The long score is the mean over the lengths beyond the base's"
                    + " window that were asked. The rate in bold is the one that the arm was then"
                    + " trained with; arms that are not listed have LongPO's."),
            table.text());
  }

  private static List<String> row(Results results, Arm arm, double rate, Trained tried) {
    Measure ofLong =
        Measure.ofLengths(
            new TreeSet<>(
                tried.keys().stream()
                    .map(ScoreKey::length)
                    .filter(length -> length > Measure.WINDOW_TOKENS)
                    .toList()));
    return List.of(
        arm.name(),
        isTaken(results, arm, rate) ? "**" + Figures.rate(rate) + "**" : Figures.rate(rate),
        ScoreTable.cell(tried, ofLong),
        ScoreTable.cell(tried, Measure.SHORT),
        ScoreTable.cell(tried, Measure.WINDOW));
  }

  private static boolean isTaken(Results results, Arm arm, double rate) {
    Optional<Trained> trained = results.trained(arm, 1);
    return trained.isPresent()
        && trained.get().bySeed().values().stream()
            .anyMatch(record -> record.learningRate() == rate);
  }
}
