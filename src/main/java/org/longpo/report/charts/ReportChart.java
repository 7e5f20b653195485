package org.longpo.report.charts;

import java.util.Optional;
import org.longpo.files.Csv;

/**
 * A chart, or a table, of the report.
 *
 * @param name of its files without their endings: lower case with hyphens
 * @param picture empty for a table
 */
public record ReportChart(String name, Csv numbers, Optional<Picture> picture) {
  /** A chart whose numbers are a table. */
  static ReportChart of(String name, Csv numbers, Picture picture) {
    return new ReportChart(name, numbers, Optional.of(picture));
  }

  static ReportChart table(String name, Csv numbers) {
    return new ReportChart(name, numbers, Optional.empty());
  }
}
