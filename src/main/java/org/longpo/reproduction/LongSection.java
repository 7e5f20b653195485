package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.longpo.report.charts.CategoryPlot;
import org.longpo.report.charts.SeriesColour;

/** The paper's Table 1: long scores by length, with what is to be kept beside them. */
final class LongSection implements Section {
  @Override
  public String title() {
    return "Table 1: long scores by length";
  }

  @Override
  public List<Block> blocks(Results results) {
    ScoreTable table = new ScoreTable(results.longLengths());
    results.base().ifPresent(table::add);
    results.baseRope().ifPresent(table::add);
    for (Arm arm : Arms.HEADLINE) {
      results.rounds().forEach(round -> results.trained(arm, round).ifPresent(table::add));
    }
    return table.isEmpty() ? List.of() : List.of(table.text(), figure(results));
  }

  private static Figure figure(Results results) {
    List<Integer> lengths = new ArrayList<>(List.of(Measure.WINDOW_TOKENS));
    lengths.addAll(results.longLengths());
    List<CategoryPlot.Series> series = new ArrayList<>();
    for (Arm arm : Arms.HEADLINE) {
      results
          .lastRound(arm)
          .flatMap(round -> results.trained(arm, round))
          .ifPresent(model -> series.add(series(model, ArmColours.of(model), lengths)));
    }
    results.baseRope().ifPresent(model -> series.add(series(model, SeriesColour.DARK, lengths)));
    results.base().ifPresent(model -> series.add(series(model, SeriesColour.GREY, lengths)));
    return new Figure(
        new CategoryPlot(
                "Questions about texts, by length",
                "tokens of prompt and answer",
                "score in %",
                lengths.stream().map(Figures::count).toList(),
                series,
                CategoryPlot.Form.LINES)
            .chart("long-by-length"),
        "Scores of questions about texts by their length, with standard errors.");
  }

  private static CategoryPlot.Series series(
      Trained model, SeriesColour colour, List<Integer> lengths) {
    return new CategoryPlot.Series(
        model.nameWithRound(),
        colour,
        lengths.stream().map(length -> model.scores(Measure.at(length)).map(Points::of)).toList());
  }
}
