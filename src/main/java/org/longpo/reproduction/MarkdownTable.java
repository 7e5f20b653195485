package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of Markdown. */
final class MarkdownTable {
  private final List<String> lines = new ArrayList<>();
  private final int columns;

  /**
   * @param left columns of text, to the left; the others are numbers, to the right
   */
  MarkdownTable(int left, List<String> heads) {
    columns = heads.size();
    lines.add(line(heads));
    List<String> rule = new ArrayList<>(Collections.nCopies(left, "---"));
    rule.addAll(Collections.nCopies(columns - left, "---:"));
    lines.add("|" + String.join("|", rule) + "|");
  }

  void add(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException("%d cells of %d".formatted(cells.size(), columns));
    }
    lines.add(line(cells));
  }

  boolean isEmpty() {
    return lines.size() == 2;
  }

  Section.Text text() {
    return new Section.Text(lines);
  }

  private static String line(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(c -> c.replace("|", "\\|")).toList())
        + " |";
  }
}
