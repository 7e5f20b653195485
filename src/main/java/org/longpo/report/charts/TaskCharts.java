package org.longpo.report.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.TaskInfo;
import org.longpo.files.Csv;
import org.longpo.report.ReportData.Evaluations;
import org.longpo.report.ReportData.ModelRows;

/** A task's headline metric of all models: by length, or beside each other where it has none. */
final class TaskCharts {
  private static final List<String> HEAD =
      List.of("model", "length_tokens", "metric", "value", "standard_error", "n");

  private final TaskInfo task;
  private final List<ModelRows> models;

  private TaskCharts(TaskInfo task, List<ModelRows> models) {
    this.task = task;
    this.models = models;
  }

  static List<ReportChart> of(Evaluations evaluations) {
    List<ReportChart> charts = new ArrayList<>();
    for (TaskInfo task : evaluations.tasks()) {
      List<ModelRows> models =
          evaluations.models().stream().filter(model -> !rows(task, model).isEmpty()).toList();
      if (!models.isEmpty()) {
        charts.add(new TaskCharts(task, models).chart());
      }
    }
    return charts;
  }

  static List<ResultRow> rows(TaskInfo task, ModelRows model) {
    return model.rows().stream()
        .filter(
            row ->
                row.task().equals(task.id())
                    && row.metric().equals(task.headline().id())
                    && row.coversAllSamples())
        .toList();
  }

  private ReportChart chart() {
    List<List<String>> numbers = new ArrayList<>();
    for (ModelRows model : models) {
      for (ResultRow row : rows(task, model)) {
        numbers.add(
            List.of(
                model.model(),
                Numbers.text(row.length()),
                row.metric(),
                Double.toString(row.estimate().value()),
                Numbers.text(row.estimate().standardError()),
                Integer.toString(row.estimate().n())));
      }
    }
    return ReportChart.of("task-" + task.id(), new Csv(HEAD, numbers), new Picture(this::picture));
  }

  private Chart<?, ?> picture() {
    TreeSet<Integer> lengths = new TreeSet<>();
    models.forEach(model -> rows(task, model).forEach(row -> row.length().ifPresent(lengths::add)));
    return lengths.isEmpty() ? besideEachOther() : byLength(List.copyOf(lengths));
  }

  private CategoryChart byLength(List<Integer> lengths) {
    CategoryChart chart = chart("tokens of context");
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
    if (task.headline().scale() == Metric.Scale.PERCENT) {
      chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    }
    List<String> heads =
        lengths.stream().map(length -> String.format(Locale.ROOT, "%,d", length)).toList();
    for (ModelRows model : models) {
      List<ResultRow> rows = rows(task, model);
      List<@Nullable Double> values = new ArrayList<>();
      List<@Nullable Double> errors = new ArrayList<>();
      for (int length : lengths) {
        Optional<Estimate> found = at(rows, length);
        values.add(found.map(Estimate::value).map(Numbers::drawn).orElse(null));
        errors.add(found.map(estimate -> estimate.standardError().orElse(0)).orElse(null));
      }
      chart.addSeries(model.model(), heads, values, errors);
    }
    return chart;
  }

  private static Optional<Estimate> at(List<ResultRow> rows, int length) {
    return rows.stream()
        .filter(row -> row.length().equals(OptionalInt.of(length)))
        .map(ResultRow::estimate)
        .findFirst();
  }

  private CategoryChart besideEachOther() {
    CategoryChart chart = chart("");
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    chart.getStyler().setMarkerSize(12);
    for (ModelRows model : models) {
      ResultRow row = rows(task, model).getFirst();
      List<@Nullable Double> values = new ArrayList<>();
      List<@Nullable Double> errors = new ArrayList<>();
      for (ModelRows place : models) {
        boolean own = place == model;
        values.add(own ? Numbers.drawn(row.estimate().value()) : null);
        errors.add(own ? row.estimate().standardError().orElse(0) : null);
      }
      chart.addSeries(
          model.model(), models.stream().map(ModelRows::model).toList(), values, errors);
    }
    chart.getStyler().setLegendVisible(false);
    return chart;
  }

  private CategoryChart chart(String x) {
    CategoryChart chart =
        ChartStyle.categories(
            task.name(),
            x,
            task.headline().label(),
            models.stream().map(ModelRows::model).toList());
    // Else the models would stand beside each other, and none of them at its length.
    chart.getStyler().setOverlapped(true);
    chart.getStyler().setSeriesColors(ChartStyle.models(models.size()));
    chart
        .getStyler()
        .setYAxisTickLabelsFormattingFunction(value -> Numbers.tick(task.headline(), value));
    return chart;
  }
}
