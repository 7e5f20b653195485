package org.longpo.evaluation.tasks.longbench;

import java.util.List;
import java.util.Locale;
import org.longpo.evaluation.Slice;
import org.longpo.files.JsonRow;

/** What the rows of a result divide the questions by: a field of the file. */
public enum SliceBy {
  LENGTH("short", "medium", "long"),
  DIFFICULTY("easy", "hard");

  private final List<String> values;

  SliceBy(String... values) {
    this.values = List.of(values);
  }

  /**
   * The slice of a row.
   *
   * @throws org.longpo.error.UserError naming row and field if it has another value
   */
  Slice of(JsonRow row) {
    String field = name().toLowerCase(Locale.ROOT);
    int order = values.indexOf(row.text(field));
    if (order < 0) {
      throw row.refused(field, "one of " + String.join(", ", values));
    }
    return new Slice(field, order, values.get(order));
  }
}
