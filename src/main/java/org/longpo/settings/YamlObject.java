package org.longpo.settings;

import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object within a file of settings, as the JSON that it stands for. */
final class YamlObject {
  private static final JsonNodeFactory NODES = Json.mapper().getNodeFactory();

  private YamlObject() {}

  /**
   * Reads the object that begins at the parser's current token.
   *
   * @param where file, line and key, for errors
   * @throws UserError if a name stands in it twice, or a value is none of JSON's
   */
  static ObjectNode read(JsonParser parser, String where) {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (object.has(name)) {
        throw new UserError(where + " has " + name + " twice; remove one of the two.");
      }
      parser.nextToken();
      object.set(name, value(parser, where + "." + name));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser, String where) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser, where));
    }
    return array;
  }

  private static JsonNode value(JsonParser parser, String where) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> read(parser, where);
      case START_ARRAY -> array(parser, where);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue(), where);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case null, default ->
          throw new UserError(where + " is no value of JSON: give a number, a text or true.");
    };
  }

  private static JsonNode number(double value, String where) {
    if (!Double.isFinite(value)) {
      throw new UserError(where + " is " + value + ", expected a finite number.");
    }
    return NODES.numberNode(value);
  }
}
