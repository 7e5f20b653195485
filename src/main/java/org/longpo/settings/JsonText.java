package org.longpo.settings;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.longpo.files.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as a person writes it in one line, with a space after colons and commas. */
final class JsonText {
  private JsonText() {}

  /** The value in one line; also what YAML reads as the same value. */
  static String of(JsonNode value) {
    return switch (value) {
      case ObjectNode object ->
          object.properties().stream()
              .map(entry -> Json.line(entry.getKey()) + ": " + of(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case JsonNode array when array.isArray() ->
          StreamSupport.stream(array.spliterator(), false)
              .map(JsonText::of)
              .collect(Collectors.joining(", ", "[", "]"));
      case JsonNode scalar -> Json.line(scalar);
    };
  }

  /** The JSON object that a text is, if it is one. */
  static Optional<ObjectNode> object(String text) {
    try {
      return Json.mapper().readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
