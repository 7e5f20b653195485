package org.longpo.evaluation.tasks.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;

/**
 * A row of a benchmark's file, from JSON Lines or CSV.
 *
 * @param fields an object; the cells of a CSV row are texts
 * @param fileSubject what the file's name says that the row is about; empty where it says nothing
 * @param where file and line
 */
record ChoiceRow(JsonNode fields, Optional<String> fileSubject, String where) {
  private static final int SHOWN = 60;

  /** Whether the row has the field, whatever is in it. */
  boolean has(String field) {
    return !at(field).isMissingNode();
  }

  /**
   * What the row is about: its field "subject", else what its file's name says.
   *
   * @throws UserError if neither says anything
   */
  String subject() {
    return has("subject") || fileSubject.isEmpty() ? text("subject") : fileSubject.get();
  }

  /**
   * A text.
   *
   * @param field may be a path: "choices.text"
   * @throws UserError if it is missing or no text
   */
  String text(String field) {
    return text(required(field), field);
  }

  /**
   * A list of texts: one field that holds a list, or columns with numbers from 0.
   *
   * @param field may be a path
   * @param column the beginning of the columns' names, such as "choice" of choice0, choice1; cells
   *     at the end that are empty are none
   * @throws UserError if there is neither, or an entry is no text
   */
  List<String> texts(String field, String column) {
    if (!has(field) && has(column + 0)) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; has(column + i); i++) {
        cells.add(text(column + i));
      }
      while (!cells.isEmpty() && cells.getLast().isEmpty()) {
        cells.removeLast();
      }
      return cells;
    }
    return texts(field);
  }

  /**
   * A list of texts.
   *
   * @throws UserError if it is missing, no list, or an entry is no text
   */
  List<String> texts(String field) {
    JsonNode list = required(field);
    if (!list.isArray()) {
      throw wrong(field, "a list of texts", list);
    }
    return list.valueStream().map(entry -> text(entry, field)).toList();
  }

  /**
   * A text, or a whole number as text.
   *
   * @throws UserError if it is missing or something else
   */
  String word(String field) {
    JsonNode value = required(field);
    return value.isIntegralNumber() ? value.asString() : text(value, field).strip();
  }

  /**
   * An index, as a number or as text.
   *
   * @throws UserError if it is missing or no whole number
   */
  int index(String field) {
    String word = word(field);
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw wrong(field, "the index of the right option, counted from 0", required(field));
    }
  }

  /**
   * The place of a label among all labels.
   *
   * @throws UserError if it is none of them
   */
  int index(String label, List<String> labels, String field) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw error(
          "%s is %s, which is none of the labels %s."
              .formatted(field, shown(label), String.join(", ", labels)));
    }
    return index;
  }

  /** An error that names file and line. */
  UserError error(String complaint) {
    return new UserError(where + ": " + complaint);
  }

  private JsonNode at(String field) {
    JsonNode node = fields;
    for (String name : field.split("\\.", -1)) {
      node = node.path(name);
    }
    return node;
  }

  private JsonNode required(String field) {
    JsonNode value = at(field);
    if (value.isMissingNode() || value.isNull()) {
      throw error(
          "the field %s is missing; the fields are %s."
              .formatted(field, String.join(", ", fields.propertyNames())));
    }
    return value;
  }

  private String text(JsonNode value, String field) {
    if (!value.isString()) {
      throw wrong(field, "text", value);
    }
    return value.stringValue();
  }

  private UserError wrong(String field, String expected, JsonNode found) {
    return error("%s: expected %s, but found %s.".formatted(field, expected, shown(found)));
  }

  private static String shown(Object value) {
    String text = value.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + " ..." : text;
  }
}
