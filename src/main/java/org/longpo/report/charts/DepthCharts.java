package org.longpo.report.charts;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.TaskInfo;
import org.longpo.files.Csv;
import org.longpo.report.ReportData.Evaluations;
import org.longpo.report.ReportData.ModelRows;

/** A model's headline metric of a long task by length and slice, such as the answer's depth. */
final class DepthCharts {
  private static final int ROW_HEIGHT = 60;
  private static final int MARGINS = 190;

  private DepthCharts() {}

  /** As on the page: shares only, as colours need a scale with two ends. */
  static List<ReportChart> of(Evaluations evaluations) {
    List<ReportChart> charts = new ArrayList<>();
    for (TaskInfo task : evaluations.tasks()) {
      if (task.context() != TaskInfo.Context.LONG
          || task.headline().scale() != Metric.Scale.PERCENT) {
        continue;
      }
      for (int i = 0; i < evaluations.models().size(); i++) {
        ModelRows model = evaluations.models().get(i);
        List<ResultRow> rows =
            model.rows().stream()
                .filter(row -> row.task().equals(task.id()) && row.slice().isPresent())
                .filter(row -> row.length().isPresent())
                .toList();
        if (!rows.isEmpty()) {
          charts.add(chart("depth-%s-%d".formatted(task.id(), i + 1), task, model, rows));
        }
      }
    }
    return charts;
  }

  private static ReportChart chart(
      String name, TaskInfo task, ModelRows model, List<ResultRow> rows) {
    String by = rows.getFirst().slice().orElseThrow().by();
    List<List<String>> numbers =
        rows.stream()
            .map(
                row ->
                    List.of(
                        model.model(),
                        Numbers.text(row.length()),
                        row.slice().orElseThrow().label(),
                        row.metric(),
                        Double.toString(row.estimate().value()),
                        Integer.toString(row.estimate().n())))
            .toList();
    return ReportChart.of(
        name,
        new Csv(List.of("model", "length_tokens", by, "metric", "value", "n"), numbers),
        new Picture(() -> picture(task, model, by, rows)));
  }

  private static Chart<?, ?> picture(
      TaskInfo task, ModelRows model, String by, List<ResultRow> rows) {
    List<Integer> lengths =
        List.copyOf(new TreeSet<>(rows.stream().map(row -> row.length().orElseThrow()).toList()));
    // From the bottom: the beginning of the context stands at the top.
    List<Slice> slices =
        List.copyOf(
            new TreeSet<>(rows.stream().map(ResultRow::slice).flatMap(Optional::stream).toList())
                .descendingSet());
    List<Number[]> cells = new ArrayList<>();
    for (ResultRow row : rows) {
      cells.add(
          new Number[] {
            lengths.indexOf(row.length().orElseThrow()),
            slices.indexOf(row.slice().orElseThrow()),
            Math.round(100 * row.estimate().value())
          });
    }
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(MARGINS + ROW_HEIGHT * slices.size())
            .title("%s, %s: %s, %%".formatted(task.name(), model.model(), task.headline().label()))
            .xAxisTitle("tokens of context")
            .yAxisTitle(by)
            .build();
    ChartStyle.apply(chart.getStyler());
    chart
        .getStyler()
        .setRangeColors(new Color[] {ChartStyle.HEAT_LOW, ChartStyle.HEAT_HIGH})
        .setShowValue(true)
        .setValueFont(new Font(ChartStyle.FONT, Font.PLAIN, 14))
        .setHeatMapDecimalValueFormatter(value -> String.format(Locale.ROOT, "%.0f", value))
        .setMin(0)
        .setMax(100)
        .setLegendVisible(false);
    chart.addSeries(
        model.model(),
        lengths.stream().map(length -> String.format(Locale.ROOT, "%,d", length)).toList(),
        slices.stream().map(Slice::label).toList(),
        cells);
    return chart;
  }
}
