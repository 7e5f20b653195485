package org.longpo.report.charts;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.longpo.files.Csv;
import org.longpo.report.ReportData.TrainingStep;

/** The course of training. */
final class TrainingCharts {
  /** More points than this have no markers. */
  private static final int FEW = 60;

  /**
   * @param key of the steps' metrics
   */
  private record Curve(String name, String key, Color colour) {}

  private record Plot(String name, String title, String unit, List<Curve> curves) {}

  /** The same as the page's. */
  private static final List<Plot> PLOTS =
      List.of(
          new Plot(
              "training-rewards",
              "Rewards",
              "nats",
              List.of(
                  new Curve("chosen", "rewards/chosen", ChartStyle.CHOSEN),
                  new Curve("rejected", "rewards/rejected", ChartStyle.REJECTED),
                  new Curve("margin", "rewards/margins", ChartStyle.AFTER))),
          new Plot(
              "training-loss",
              "Loss",
              "nats",
              List.of(
                  new Curve("loss", "loss", ChartStyle.AFTER),
                  new Curve("NLL", "nll", ChartStyle.BEFORE))),
          new Plot(
              "training-kl",
              "Short-to-long KL",
              "nats per token",
              List.of(new Curve("KL", "kl/short_to_long", ChartStyle.FOURTH))),
          new Plot(
              "training-learning-rate",
              "Learning rate",
              "",
              List.of(new Curve("learning rate", "learning_rate", ChartStyle.BEFORE))));

  private TrainingCharts() {}

  static List<ReportChart> of(List<TrainingStep> steps) {
    List<ReportChart> charts = new ArrayList<>();
    for (Plot plot : PLOTS) {
      List<Curve> present =
          plot.curves().stream()
              .filter(curve -> steps.stream().anyMatch(step -> isDrawn(step, curve)))
              .toList();
      if (!present.isEmpty()) {
        charts.add(
            ReportChart.of(
                plot.name(),
                numbers(steps, present),
                new Picture(() -> picture(plot, steps, present))));
      }
    }
    return charts;
  }

  private static boolean isDrawn(TrainingStep step, Curve curve) {
    Double value = step.metrics().get(curve.key());
    return value != null && Double.isFinite(value);
  }

  private static Csv numbers(List<TrainingStep> steps, List<Curve> curves) {
    List<String> head = new ArrayList<>(List.of("round", "first_step", "step"));
    curves.forEach(curve -> head.add(curve.key()));
    List<List<String>> rows = new ArrayList<>();
    for (TrainingStep step : steps) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(step.round()));
      row.add(Integer.toString(step.firstStep()));
      row.add(Integer.toString(step.step()));
      for (Curve curve : curves) {
        Double value = step.metrics().get(curve.key());
        row.add(value == null ? "" : value.toString());
      }
      rows.add(row);
    }
    return new Csv(head, rows);
  }

  private static Chart<?, ?> picture(Plot plot, List<TrainingStep> steps, List<Curve> curves) {
    XYChart chart =
        new XYChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(ChartStyle.HEIGHT)
            .title(plot.title())
            .xAxisTitle("step")
            .yAxisTitle(plot.unit())
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setYAxisTickLabelsFormattingFunction(Numbers::plain);
    chart.getStyler().setXAxisDecimalPattern("#,##0");
    chart
        .getStyler()
        .setSeriesColors(curves.stream().map(Curve::colour).toArray(Color[]::new))
        .setLegendVisible(curves.size() > 1);
    for (Curve curve : curves) {
      List<TrainingStep> drawn = steps.stream().filter(step -> isDrawn(step, curve)).toList();
      XYSeries series =
          chart.addSeries(
              curve.name(),
              drawn.stream().mapToDouble(TrainingStep::step).toArray(),
              drawn.stream().mapToDouble(step -> step.metrics().get(curve.key())).toArray());
      if (drawn.size() > FEW) {
        series.setMarker(SeriesMarkers.NONE);
      }
    }
    return chart;
  }
}
