package org.longpo.reproduction;

import java.util.List;
import org.longpo.report.charts.ReportChart;

/** A section of the page. A new one is a class and a line in {@link ReproductionPage}. */
interface Section {
  String title();

  /** Empty if there is nothing to show yet; the page then leaves the section out. */
  List<Block> blocks(Results results);

  /** A part of a section. */
  sealed interface Block {}

  /** Lines of Markdown: a paragraph, a list or a table. */
  record Text(List<String> lines) implements Block {
    public Text {
      lines = List.copyOf(lines);
    }

    static Text of(String... lines) {
      return new Text(List.of(lines));
    }
  }

  /**
   * A picture, with its numbers as a file.
   *
   * @param caption what it shows
   */
  record Figure(ReportChart chart, String caption) implements Block {}
}
