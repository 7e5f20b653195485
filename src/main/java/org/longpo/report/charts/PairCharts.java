package org.longpo.report.charts;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.longpo.files.Csv;
import org.longpo.report.ReportData.DropCount;
import org.longpo.report.ReportData.Generation;

/** How many candidates for pairs were kept, and why the others were not. */
final class PairCharts {
  private static final String KEPT = "kept";
  private static final int ROW_HEIGHT = 46;
  private static final int MARGINS = 130;

  private PairCharts() {}

  static List<ReportChart> of(List<Generation> rounds) {
    if (rounds.isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    for (Generation round : rounds) {
      String number = Integer.toString(round.round());
      rows.add(List.of(number, KEPT, Long.toString(round.kept())));
      for (DropCount drop : round.dropped()) {
        rows.add(List.of(number, drop.reason(), Long.toString(drop.count())));
      }
    }
    return List.of(
        ReportChart.of(
            "pairs",
            new Csv(List.of("round", "outcome", "candidates"), rows),
            new Picture(() -> picture(rounds))));
  }

  private static Chart<?, ?> picture(List<Generation> rounds) {
    Map<String, Long> dropped = new LinkedHashMap<>();
    long kept = 0;
    for (Generation round : rounds) {
      kept += round.kept();
      round.dropped().forEach(drop -> dropped.merge(drop.reason(), drop.count(), Long::sum));
    }
    List<String> outcomes = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    outcomes.add(KEPT);
    counts.add(kept);
    dropped.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(
            entry -> {
              outcomes.add(entry.getKey());
              counts.add(entry.getValue());
            });
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(MARGINS + ROW_HEIGHT * outcomes.size())
            .title("Candidates kept and dropped")
            .build();
    ChartStyle.apply(chart.getStyler());
    chart
        .getStyler()
        .setLabelsVisible(true)
        .setSeriesColors(new Color[] {ChartStyle.AFTER})
        .setLegendVisible(false);
    chart.getStyler().setXAxisDecimalPattern("#,##0");
    // Every bar has its name: for this chart the hint is about names, which stand at the side.
    chart.getStyler().setXAxisTickMarkSpacingHint(ROW_HEIGHT / 2);
    chart.getStyler().setXAxisTicksVisible(false);
    chart.addSeries("candidates", counts, outcomes);
    return chart;
  }
}
