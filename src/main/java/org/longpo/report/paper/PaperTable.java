package org.longpo.report.paper;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One of the paper's tables, as the page and its file show it.
 *
 * @param name of its file
 * @param detailHead what the second column says of a model; "" where there is none
 * @param heads of the columns of figures
 * @param published the paper's own rows
 */
public record PaperTable(
    String name,
    Titles titles,
    String detailHead,
    List<String> heads,
    List<Row> own,
    List<Row> published,
    Remarks remarks) {
  public PaperTable {
    heads = List.copyOf(heads);
    own = List.copyOf(own);
    published = List.copyOf(published);
  }

  /**
   * @param figures empty where a task was not run
   */
  public record Row(String model, String detail, List<OptionalDouble> figures) {
    public Row {
      figures = List.copyOf(figures);
    }
  }

  /** A heading, and a sentence on what the table shows. */
  public record Titles(String title, String caption) {}

  /**
   * @param source where the published rows stand
   * @param notes sentences below the table
   */
  public record Remarks(String source, List<String> notes) {
    public Remarks {
      notes = List.copyOf(notes);
    }

    Remarks with(String note) {
      return new Remarks(source, Stream.concat(notes.stream(), Stream.of(note)).toList());
    }
  }
}
