package org.longpo.report;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.longpo.files.AtomicFile;
import org.longpo.report.charts.Picture;
import org.longpo.report.charts.ReportChart;
import org.longpo.report.charts.ReportCharts;

/**
 * Writes the page, and beside it the folder {@code charts} with a CSV file for each of its charts
 * and a PNG file where it is a picture.
 */
public final class ReportFiles {
  /** The folder beside the page. */
  public static final String CHARTS = "charts";

  private ReportFiles() {}

  /**
   * @param page the page's file
   * @return a warning, where this machine cannot draw pictures
   */
  public static Optional<String> write(ReportData data, Path page) {
    Path folder = page.resolveSibling(CHARTS);
    boolean draws = Picture.isPossible();
    Set<String> written = new TreeSet<>();
    boolean lacksPictures = false;
    for (ReportChart chart : ReportCharts.of(data)) {
      String csv = chart.name() + ".csv";
      AtomicFile.writeText(folder.resolve(csv), chart.numbers().text());
      written.add(csv);
      if (chart.picture().isPresent() && draws) {
        String png = chart.name() + ".png";
        AtomicFile.write(folder.resolve(png), chart.picture().get()::writePng);
        written.add(png);
      }
      lacksPictures |= chart.picture().isPresent() && !draws;
    }
    AtomicFile.writeText(page, ReportPage.of(data, written));
    return lacksPictures
        ? Optional.of(
            "the PNG files of the charts are missing in %s, as this machine has no fonts; install fontconfig and a font, such as Debian's package fonts-dejavu-core, and run longpo report."
                .formatted(folder))
        : Optional.empty();
  }
}
