package org.longpo.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;

/**
 * Typed access to one object of a config.json, as strict as transformers' own: a number must be a
 * number, and {@code null} is accepted only where it means something.
 *
 * @param json the object
 * @param where file and key for errors
 */
public record ConfigObject(JsonNode json, String where) {

  /**
   * The object that a whole file contains.
   *
   * @throws UserError if it is not an object
   */
  static ConfigObject root(JsonNode json, String where) {
    if (!json.isObject()) {
      throw new UserError(where + " is not a JSON object.");
    }
    return new ConfigObject(json, where);
  }

  public boolean has(String key) {
    return json.has(key);
  }

  /** Whether the key is absent or null. */
  public boolean lacks(String key) {
    return !json.hasNonNull(key);
  }

  public int intOr(String key, int ifAbsent) {
    return json.has(key) ? asInt(key, json.get(key)) : ifAbsent;
  }

  public int positiveOr(String key, int ifAbsent) {
    int value = intOr(key, ifAbsent);
    if (value <= 0) {
      throw new UserError("%s: %s is %d, expected at least 1.".formatted(where, key, value));
    }
    return value;
  }

  public OptionalInt nullableInt(String key) {
    return lacks(key) ? OptionalInt.empty() : OptionalInt.of(asInt(key, json.get(key)));
  }

  public double doubleOr(String key, double ifAbsent) {
    return json.has(key) ? asDouble(key, json.get(key)) : ifAbsent;
  }

  public double requiredDouble(String key) {
    JsonNode value = json.get(key);
    if (value == null) {
      throw new UserError("%s lacks %s.".formatted(where, key));
    }
    return asDouble(key, value);
  }

  public OptionalDouble nullableDouble(String key) {
    return lacks(key) ? OptionalDouble.empty() : OptionalDouble.of(asDouble(key, json.get(key)));
  }

  public boolean booleanOr(String key, boolean ifAbsent) {
    if (!json.has(key)) {
      return ifAbsent;
    }
    JsonNode value = json.get(key);
    if (!value.isBoolean()) {
      throw wrong(key, value, "true or false");
    }
    return value.booleanValue();
  }

  public String stringOr(String key, String ifAbsent) {
    return json.has(key) ? asString(key, json.get(key)) : ifAbsent;
  }

  public Optional<String> nullableString(String key) {
    return lacks(key) ? Optional.empty() : Optional.of(asString(key, json.get(key)));
  }

  /** A list of texts; empty if absent or null. */
  public Optional<List<String>> nullableStrings(String key) {
    if (lacks(key)) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (JsonNode value : list(key)) {
      values.add(asString(key, value));
    }
    return Optional.of(List.copyOf(values));
  }

  public List<Double> requiredDoubles(String key) {
    List<Double> values = new ArrayList<>();
    for (JsonNode value : list(key)) {
      values.add(asDouble(key, value));
    }
    return List.copyOf(values);
  }

  /** The object under a key; empty if it is absent, null or has no keys. */
  public Optional<ConfigObject> nonEmptyObject(String key) {
    if (lacks(key)) {
      return Optional.empty();
    }
    JsonNode value = json.get(key);
    if (!value.isObject()) {
      throw wrong(key, value, "an object");
    }
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(new ConfigObject(value, where + ": " + key));
  }

  private JsonNode list(String key) {
    JsonNode value = json.get(key);
    if (value == null || !value.isArray()) {
      throw wrong(key, value, "a list");
    }
    return value;
  }

  private int asInt(String key, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(key, value, "a whole number of at most 31 bits");
    }
    return value.intValue();
  }

  private double asDouble(String key, JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(key, value, "a number");
    }
    return value.doubleValue();
  }

  private String asString(String key, JsonNode value) {
    if (!value.isString()) {
      throw wrong(key, value, "a text");
    }
    return value.stringValue();
  }

  /** An error that shows what was found under a key. */
  public UserError wrong(String key, @Nullable JsonNode value, String expected) {
    String found = value == null ? "missing" : value.toString();
    return new UserError(
        "%s: %s is %s, expected %s."
            .formatted(
                where,
                key,
                found.length() > 60 ? found.substring(0, 60) + "..." : found,
                expected));
  }
}
