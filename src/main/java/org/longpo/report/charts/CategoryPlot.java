package org.longpo.report.charts;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.longpo.files.Csv;

/**
 * Values of several series by category, with their standard errors.
 *
 * @param x what the categories are
 * @param y what the values are, with their unit
 */
public record CategoryPlot(
    String title, String x, String y, List<String> categories, List<Series> series, Form form) {
  /** With more, a chart is wider: xchart leaves out names that it has no room for. */
  private static final int CATEGORIES_OF_WIDTH = 10;

  /** Of the room of a category, so that series of neighbours are told apart. */
  private static final double FILLED = 0.7;

  public CategoryPlot {
    categories = List.copyOf(categories);
    series = List.copyOf(series);
    for (Series one : series) {
      if (one.points().size() != categories.size()) {
        throw new IllegalArgumentException(one.name() + " has not a point for each category");
      }
    }
  }

  /** How values are drawn. */
  public enum Form {
    /** Joined, each series at the places of the categories. */
    LINES,
    /** The series beside each other at each category, with a line at 0. */
    POINTS
  }

  /**
   * @param points by category; empty where there is no value
   */
  public record Series(String name, SeriesColour colour, List<Optional<Point>> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * @param error empty where it is not known
   */
  public record Point(double value, OptionalDouble error) {}

  /**
   * @param name of its files
   */
  public ReportChart chart(String name) {
    return ReportChart.of(name, numbers(), new Picture(this::picture));
  }

  private Csv numbers() {
    List<List<String>> rows = new ArrayList<>();
    for (Series one : series) {
      for (int i = 0; i < categories.size(); i++) {
        String category = categories.get(i);
        one.points()
            .get(i)
            .ifPresent(
                point ->
                    rows.add(
                        List.of(
                            one.name(),
                            category,
                            Double.toString(point.value()),
                            Numbers.text(point.error()))));
      }
    }
    return new Csv(List.of("model", "category", "value", "standard_error"), rows);
  }

  private int width() {
    return ChartStyle.WIDTH
        * Math.max(CATEGORIES_OF_WIDTH, categories.size())
        / CATEGORIES_OF_WIDTH;
  }

  private Chart<?, ?> picture() {
    CategoryChart chart =
        ChartStyle.categories(title, x, y, series.stream().map(Series::name).toList(), width());
    chart
        .getStyler()
        .setDefaultSeriesRenderStyle(
            form == Form.LINES ? CategorySeriesRenderStyle.Line : CategorySeriesRenderStyle.Scatter)
        .setSeriesColors(series.stream().map(one -> one.colour().awt()).toArray(Color[]::new));
    chart.getStyler().setOverlapped(form == Form.LINES);
    chart.getStyler().setYAxisTickLabelsFormattingFunction(Numbers::plain);
    if (form == Form.POINTS) {
      chart.getStyler().setMarkerSize(9);
      chart.getStyler().setAvailableSpaceFill(FILLED);
      chart.getStyler().setAnnotationLineColor(ChartStyle.BEFORE);
      chart.addAnnotation(
          new AnnotationLine(0, /* isVertical= */ false, /* isValueInScreenSpace= */ false));
    }
    for (Series one : series) {
      List<@Nullable Double> values = new ArrayList<>();
      List<@Nullable Double> errors = new ArrayList<>();
      for (Optional<Point> point : one.points()) {
        values.add(point.map(Point::value).map(Numbers::drawn).orElse(null));
        errors.add(point.map(known -> known.error().orElse(0)).orElse(null));
      }
      chart.addSeries(one.name(), categories, values, errors);
    }
    return chart;
  }
}
