package org.longpo.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A RoPE scaling that a user writes by hand, with the keys of config.json's {@code rope_scaling}:
 * as JSON, {@code {"rope_type": "yarn", "factor": 4}}, or as pairs, {@code
 * rope_type=yarn,factor=4}. Unlike in a configuration, which may hold anything, a key that the type
 * does not have is an error: it must be a spelling mistake.
 */
final class RopeScalingText {
  private static final String EXAMPLE = "rope_type=yarn,factor=4";

  private static final Map<String, List<String>> KEYS =
      Map.of(
          "default",
          List.of(),
          "linear",
          List.of("factor"),
          "dynamic",
          List.of("factor"),
          "yarn",
          List.of(
              "factor",
              "original_max_position_embeddings",
              "attention_factor",
              "beta_fast",
              "beta_slow",
              "mscale",
              "mscale_all_dim",
              "truncate"),
          "llama3",
          List.of(
              "factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"),
          "longrope",
          List.of(
              "short_factor",
              "long_factor",
              "factor",
              "original_max_position_embeddings",
              "attention_factor"));

  private RopeScalingText() {}

  /**
   * The text as one line of JSON, however it was written.
   *
   * @param where the option's name for errors
   * @throws UserError if it is neither JSON nor pairs, or has a key that its type does not know
   */
  static String json(String text, String where) {
    ObjectNode object = text.strip().startsWith("{") ? object(text, where) : pairs(text, where);
    requireKnownKeys(object, where);
    return Json.line(object);
  }

  /**
   * The scaling for a model.
   *
   * @param json from {@link #json}
   * @param config the model, which gives what the text does not state
   */
  static RopeScaling parse(String json, ModelConfig config, String where) {
    ObjectNode object = object(json, where);
    return RopeConfig.scaling(
        new ConfigObject(object, where),
        new ConfigObject(object.objectNode(), where),
        config.headDim(),
        config.maxPositionEmbeddings());
  }

  private static ObjectNode object(String json, String where) {
    if (Json.parse(json, JsonNode.class, where) instanceof ObjectNode object) {
      return object;
    }
    throw new UserError(
        "%s: expected a JSON object or pairs such as %s.".formatted(where, EXAMPLE));
  }

  private static ObjectNode pairs(String text, String where) {
    ObjectNode object = Json.mapper().createObjectNode();
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new UserError(
            "%s: \"%s\" is not name=value; expected pairs such as %s, or a JSON object."
                .formatted(where, pair.strip(), EXAMPLE));
      }
      String key = pair.substring(0, equals).strip();
      if (object.has(key)) {
        throw new UserError("%s gives %s twice.".formatted(where, key));
      }
      object.set(key, value(pair.substring(equals + 1).strip()));
    }
    return object;
  }

  /** A number or truth value where it reads as one, else a text. */
  private static JsonNode value(String text) {
    try {
      JsonNode value = Json.mapper().readTree(text);
      if (value.isNumber() || value.isBoolean()) {
        return value;
      }
    } catch (JacksonException notJson) {
      return Json.mapper().getNodeFactory().stringNode(text);
    }
    return Json.mapper().getNodeFactory().stringNode(text);
  }

  private static void requireKnownKeys(ObjectNode object, String where) {
    @Nullable JsonNode type =
        object.has("rope_type") ? object.get("rope_type") : object.get("type");
    if (type == null || !type.isString()) {
      throw new UserError(
          "%s names no rope_type; expected pairs such as %s, or a JSON object."
              .formatted(where, EXAMPLE));
    }
    List<String> keys = KEYS.get(type.stringValue());
    if (keys == null) {
      throw new UserError(
          "%s: the RoPE type %s is not supported, only %s."
              .formatted(where, type.stringValue(), String.join(", ", RopeConfig.TYPES)));
    }
    List<String> known = new ArrayList<>(List.of("rope_type", "type"));
    known.addAll(keys);
    for (String key : object.propertyNames()) {
      if (key.equals("rope_theta")) {
        throw new UserError(where + " has a rope_theta; give it as --rope-theta.");
      }
      if (!known.contains(key)) {
        Optional<String> meant = Nearest.to(key, known);
        throw new UserError(
            "%s: %s has no %s; %s"
                .formatted(
                    where,
                    type.stringValue(),
                    key,
                    meant
                        .map(name -> "did you mean " + name + "?")
                        .orElse(
                            keys.isEmpty()
                                ? "it has no settings."
                                : "it has " + String.join(", ", new TreeSet<>(keys)) + ".")));
      }
    }
  }
}
