package org.longpo.report.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.longpo.files.Csv;

/**
 * Values by step of training, with a line where a round begins.
 *
 * @param y what the values are, with their unit
 * @param roundStarts first steps of the rounds after the first one
 */
public record StepPlot(String title, String y, List<Curve> curves, List<Integer> roundStarts) {
  private static final float LINE = 1.6f;

  public StepPlot {
    curves = List.copyOf(curves);
    roundStarts = List.copyOf(roundStarts);
  }

  /**
   * @param points by step, ascending
   */
  public record Curve(String name, SeriesColour colour, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }

    private Optional<Point> at(int step) {
      return points.stream().filter(point -> point.step() == step).findFirst();
    }
  }

  /**
   * @param step counted on over the rounds
   */
  public record Point(int step, double value) {}

  /**
   * @param name of its files
   */
  public ReportChart chart(String name) {
    return ReportChart.of(name, numbers(), new Picture(this::picture));
  }

  private Csv numbers() {
    List<String> head = new ArrayList<>(List.of("step"));
    TreeSet<Integer> steps = new TreeSet<>();
    for (Curve curve : curves) {
      head.add(curve.name());
      curve.points().forEach(point -> steps.add(point.step()));
    }
    List<List<String>> rows = new ArrayList<>();
    for (int step : steps) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(step)));
      curves.forEach(
          curve -> row.add(curve.at(step).map(point -> Double.toString(point.value())).orElse("")));
      rows.add(row);
    }
    return new Csv(head, rows);
  }

  private Chart<?, ?> picture() {
    XYChart chart =
        new XYChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(ChartStyle.HEIGHT)
            .title(title)
            .xAxisTitle("step")
            .yAxisTitle(y)
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setYAxisTickLabelsFormattingFunction(Numbers::plain);
    chart.getStyler().setXAxisDecimalPattern("#,##0");
    chart
        .getStyler()
        .setSeriesColors(curves.stream().map(curve -> curve.colour().awt()).toArray(Color[]::new));
    chart.getStyler().setAnnotationLineColor(ChartStyle.BEFORE);
    chart
        .getStyler()
        .setAnnotationLineStroke(
            new BasicStroke(
                1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {5, 5}, 0));
    for (int start : roundStarts) {
      chart.addAnnotation(
          new AnnotationLine(
              start - 0.5, /* isVertical= */ true, /* isValueInScreenSpace= */ false));
    }
    for (Curve curve : curves) {
      List<Point> points = withGaps(curve);
      double[] steps = points.stream().mapToDouble(Point::step).toArray();
      double[] values = points.stream().mapToDouble(Point::value).toArray();
      XYSeries series = chart.addSeries(curve.name(), steps, values);
      series.setMarker(SeriesMarkers.NONE);
      series.setLineStyle(new BasicStroke(LINE));
    }
    return chart;
  }

  /** A point that cannot be drawn before each round, so that rounds are not joined. */
  private List<Point> withGaps(Curve curve) {
    List<Point> points = new ArrayList<>();
    for (Point point : curve.points()) {
      if (roundStarts.contains(point.step())) {
        points.add(new Point(point.step(), Double.NaN));
      }
      points.add(point);
    }
    return points;
  }
}
