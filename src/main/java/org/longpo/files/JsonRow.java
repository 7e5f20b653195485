package org.longpo.files;

import java.util.List;
import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;

/**
 * An object in a file of others; fields that nobody asks for may hold anything.
 *
 * @param where file and line or number, for errors
 */
public record JsonRow(String where, JsonNode fields) {
  /**
   * A field that is there and not null.
   *
   * @param expected what it should be, for the error: "a text"
   * @throws UserError if it is missing or null
   */
  public JsonNode value(String name, String expected) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw new UserError(
          "%s: %s is %s, expected %s."
              .formatted(where, name, value.isNull() ? "null" : "missing", expected));
    }
    return value;
  }

  /**
   * A text, which may be empty.
   *
   * @throws UserError if it is missing or something else
   */
  public String text(String name) {
    JsonNode value = value(name, "a text");
    if (!value.isString()) {
      throw refused(name, "a text");
    }
    return value.stringValue();
  }

  /**
   * A list of at least so many texts; a text alone is a list of one.
   *
   * @throws UserError if it is missing or something else
   */
  public List<String> texts(String name, int least) {
    String expected = least == 1 ? "a text or a list of texts" : "a list of " + least + " texts";
    JsonNode value = value(name, expected);
    List<JsonNode> all = value.isArray() ? List.copyOf(value.values()) : List.of(value);
    if (all.size() < least || !all.stream().allMatch(JsonNode::isString)) {
      throw refused(name, expected);
    }
    return all.stream().map(JsonNode::stringValue).toList();
  }

  /** The error of a field that is there and is not what was expected. */
  public UserError refused(String name, String expected) {
    return new UserError("%s: %s is not %s.".formatted(where, name, expected));
  }
}
