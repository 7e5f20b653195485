package org.longpo.files;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables as comma-separated values (RFC 4180), with line feeds as all our files: a line of heads,
 * then one for each row.
 *
 * @param head names of the columns
 * @param rows values in their order; "" for none
 */
public record Csv(List<String> head, List<List<String>> rows) {
  public Csv {
    head = List.copyOf(head);
    List<List<String>> copy = new ArrayList<>();
    for (List<String> row : rows) {
      if (row.size() != head.size()) {
        throw new IllegalArgumentException("a row of %s has %s".formatted(head, row));
      }
      copy.add(List.copyOf(row));
    }
    rows = List.copyOf(copy);
  }

  /** The whole file. */
  public String text() {
    StringBuilder text = new StringBuilder(line(head));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> values) {
    return values.stream().map(Csv::quoted).collect(Collectors.joining(",")) + "\n";
  }

  private static String quoted(String value) {
    boolean needsQuotes =
        value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needsQuotes ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
