package org.longpo.report.charts;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.longpo.files.Csv;
import org.longpo.report.ReportData.Evaluations;
import org.longpo.report.paper.PaperTable;
import org.longpo.report.paper.PaperTables;
import org.longpo.report.paper.ShortMargins;
import org.longpo.report.paper.ShortMargins.Margins;

/** The paper's tables, with one's own rows, and its Fig. 3. */
final class PaperCharts {
  private static final String OWN = "this run";

  private PaperCharts() {}

  static List<ReportChart> of(Evaluations evaluations) {
    List<ReportChart> charts = new ArrayList<>();
    for (PaperTable table : PaperTables.of(evaluations)) {
      charts.add(ReportChart.table(table.name(), numbers(table)));
    }
    ShortMargins.of(evaluations)
        .ifPresent(
            margins ->
                charts.add(
                    ReportChart.of(
                        ShortMargins.NAME, numbers(margins), new Picture(() -> picture(margins)))));
    return charts;
  }

  private static Csv numbers(PaperTable table) {
    List<String> head = new ArrayList<>(List.of("source", "model"));
    if (!table.detailHead().isEmpty()) {
      head.add(table.detailHead());
    }
    head.addAll(table.heads());
    List<List<String>> rows = new ArrayList<>();
    table.own().forEach(row -> rows.add(line(table, OWN, row)));
    table.published().forEach(row -> rows.add(line(table, table.remarks().source(), row)));
    return new Csv(head, rows);
  }

  private static List<String> line(PaperTable table, String source, PaperTable.Row row) {
    List<String> line = new ArrayList<>(List.of(source, row.model()));
    if (!table.detailHead().isEmpty()) {
      line.add(row.detail());
    }
    row.figures().forEach(figure -> line.add(Numbers.text(figure)));
    return line;
  }

  private static Csv numbers(ShortMargins margins) {
    List<List<String>> rows = new ArrayList<>();
    margins.own().forEach(model -> rows.addAll(lines(margins, OWN, model)));
    margins.published().forEach(model -> rows.addAll(lines(margins, margins.source(), model)));
    return new Csv(List.of("source", "model", "task", "margin"), rows);
  }

  private static List<List<String>> lines(ShortMargins margins, String source, Margins model) {
    List<List<String>> lines = new ArrayList<>();
    for (int i = 0; i < margins.tasks().size(); i++) {
      lines.add(
          List.of(
              source, model.model(), margins.tasks().get(i), Numbers.text(model.figures().get(i))));
    }
    return lines;
  }

  private static Chart<?, ?> picture(ShortMargins margins) {
    List<String> names = new ArrayList<>();
    margins.own().forEach(model -> names.add(model.model()));
    margins.published().forEach(model -> names.add(model.model() + " (published)"));
    CategoryChart chart =
        ChartStyle.categories(
            ShortMargins.TITLE, "", "points of 100 above the model before", names);
    List<Color> colours =
        new ArrayList<>(
            Arrays.asList(ChartStyle.models(margins.own().size() + 1))
                .subList(1, margins.own().size() + 1));
    colours.addAll(Arrays.asList(ChartStyle.PUBLISHED));
    chart.getStyler().setSeriesColors(colours.toArray(Color[]::new));
    chart.getStyler().setYAxisTickLabelsFormattingFunction(Numbers::plain);
    List<Margins> all = new ArrayList<>(margins.own());
    all.addAll(margins.published());
    for (int i = 0; i < names.size(); i++) {
      add(chart, margins, names.get(i), all.get(i));
    }
    return chart;
  }

  private static void add(CategoryChart chart, ShortMargins margins, String name, Margins model) {
    List<@Nullable Double> values = new ArrayList<>();
    for (OptionalDouble figure : model.figures()) {
      values.add(figure.isPresent() ? Numbers.drawn(figure.getAsDouble()) : null);
    }
    chart.addSeries(name, margins.tasks(), values);
  }
}
