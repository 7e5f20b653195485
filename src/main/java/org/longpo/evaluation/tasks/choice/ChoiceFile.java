package org.longpo.evaluation.tasks.choice;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.JsonRows;
import org.longpo.files.Sha256;
import org.longpo.files.Utf8File;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of one file.
 *
 * @param rows in the order of the file, at least one
 */
record ChoiceFile(Path path, String sha256, List<ChoiceRow> rows) {
  static final String JSON_LINES = ".jsonl";
  static final String CSV = ".csv";

  ChoiceFile {
    rows = List.copyOf(rows);
  }

  /** Whether the file is of a kind that can be read. */
  static boolean isReadable(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(JSON_LINES) || name.endsWith(CSV);
  }

  /**
   * Reads a file of JSON Lines or CSV; blank lines are skipped.
   *
   * @param columns names of a CSV file's columns where it has no header; empty: it must have one
   * @param subject what its name says that it is about
   * @throws UserError that names file and line if something is no row, or if there is none
   */
  static ChoiceFile read(Path path, List<String> columns, Optional<String> subject) {
    ChoiceFile file =
        path.getFileName().toString().endsWith(CSV)
            ? csv(path, columns, subject)
            : new ChoiceFile(path, Sha256.of(path), jsonLines(path, subject));
    if (file.rows().isEmpty()) {
      throw new UserError(path + " has no row; give a file with at least one.");
    }
    return file;
  }

  private static List<ChoiceRow> jsonLines(Path path, Optional<String> subject) {
    return JsonRows.read(
        path, Integer.MAX_VALUE, row -> new ChoiceRow(row.fields(), subject, row.where()));
  }

  private static ChoiceFile csv(Path path, List<String> columns, Optional<String> subject) {
    Utf8File file = Utf8File.read(path);
    List<ChoiceRow> rows = new ArrayList<>();
    List<String> names = columns;
    boolean isFirst = true;
    long line = 1;
    try (CSVParser parser = CSVParser.parse(new StringReader(file.text()), CSVFormat.RFC4180)) {
      for (CSVRecord cells : parser) {
        String where = path + ":" + line;
        line = parser.getCurrentLineNumber() + 1;
        if (isBlank(cells)) {
          continue;
        }
        if (isFirst && isHeader(cells, columns)) {
          names = header(cells, where);
        } else {
          rows.add(new ChoiceRow(object(cells, names, where), subject, where));
        }
        isFirst = false;
      }
    } catch (UncheckedIOException | IOException e) {
      throw new UserError(
          "%s:%d: this is no CSV: %s; a cell with quotes, commas or line breaks stands in quotes."
              .formatted(path, line, reason(e)),
          e);
    }
    return new ChoiceFile(path, file.sha256(), rows);
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message.toLowerCase(Locale.ROOT);
  }

  private static boolean isBlank(CSVRecord cells) {
    return cells.size() == 1 && cells.get(0).isBlank();
  }

  /** A first row that names a column is a header; all headers name the last one. */
  private static boolean isHeader(CSVRecord cells, List<String> columns) {
    return columns.isEmpty() || cells.toList().contains(columns.getLast());
  }

  private static List<String> header(CSVRecord cells, String where) {
    List<String> names = cells.toList();
    if (new HashSet<>(names).size() < names.size()) {
      throw new UserError(where + ": the header names a column twice.");
    }
    return names;
  }

  private static ObjectNode object(CSVRecord cells, List<String> names, String where) {
    if (cells.size() != names.size()) {
      throw new UserError(
          "%s: the row has %d cells, expected %d: %s."
              .formatted(where, cells.size(), names.size(), String.join(", ", names)));
    }
    ObjectNode object = Json.mapper().createObjectNode();
    for (int i = 0; i < names.size(); i++) {
      object.put(names.get(i), cells.get(i));
    }
    return object;
  }
}
