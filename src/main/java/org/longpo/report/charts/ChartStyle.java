package org.longpo.report.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The look of all pictures: that of the page in light colours. */
final class ChartStyle {
  static final String FONT = Font.SANS_SERIF;
  static final int WIDTH = 1000;
  static final int HEIGHT = 560;

  private static final int LEGEND_CHARACTERS = 90;
  private static final int LEGEND_LINE = 26;

  static final Color INK = new Color(0x1b1f24);
  private static final Color QUIET = new Color(0x5c6470);
  private static final Color GRID = new Color(0xe1e4e8);

  static final Color BEFORE = new Color(0x7d8590);
  static final Color BETWEEN = new Color(0xc77700);
  static final Color AFTER = new Color(0x0b6bcb);
  static final Color FOURTH = new Color(0x8250b4);
  static final Color CHOSEN = new Color(0x0e8a5f);
  static final Color REJECTED = new Color(0xc4501b);
  static final Color HEAT_LOW = new Color(0xf3f6fa);

  /** Lighter than on the page, as all numbers in a map have one colour. */
  static final Color HEAT_HIGH = new Color(0x5b9fdd);

  static final Color[] PUBLISHED = {
    new Color(0xc9ced6), new Color(0xb2b9c4), new Color(0x9aa3b1), new Color(0xdfc9a0)
  };

  private ChartStyle() {}

  /** Colours of models in their order: as on the page, the first is before, the last is after. */
  static Color[] models(int count) {
    List<Color> colours = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      colours.add(i == count - 1 ? AFTER : i == 0 ? BEFORE : (i - 1) % 2 == 0 ? BETWEEN : FOURTH);
    }
    return colours.toArray(Color[]::new);
  }

  /**
   * A chart over categories, such as lengths.
   *
   * @param legend names of its series: below each other where a line would not hold them
   */
  static CategoryChart categories(String title, String x, String y, List<String> legend) {
    return categories(title, x, y, legend, WIDTH);
  }

  /**
   * @param width in pixels
   */
  static CategoryChart categories(
      String title, String x, String y, List<String> legend, int width) {
    boolean isLong = String.join("", legend).length() > LEGEND_CHARACTERS;
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(width)
            .height(HEIGHT + (isLong ? LEGEND_LINE * legend.size() : 0))
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    apply(chart.getStyler());
    if (isLong) {
      chart.getStyler().setLegendLayout(LegendLayout.Vertical);
    }
    return chart;
  }

  /** Sets what all charts have in common. */
  static void apply(AxesChartStyler styler) {
    styler.setChartTitleFont(new Font(FONT, Font.BOLD, 19));
    styler.setLegendFont(new Font(FONT, Font.PLAIN, 14));
    styler.setAxisTitleFont(new Font(FONT, Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(new Font(FONT, Font.PLAIN, 13));
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setChartTitleBoxVisible(false);
    styler.setChartFontColor(INK);
    styler.setXAxisTitleColor(QUIET);
    styler.setAxisTickLabelsColor(QUIET);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setAxisTicksMarksVisible(false);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setErrorBarsColorSeriesColor(true);
    styler.setSeriesMarkers(new Marker[] {SeriesMarkers.CIRCLE});
    styler.setChartPadding(18);
  }
}
