package org.longpo.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The JSON header of a safetensors file: {@code {"__metadata__": {"key": "text"}, "name": {"dtype":
 * "F32", "shape": [2, 3], "data_offsets": [begin, end]}}}.
 *
 * <p>It is read as a stream against exactly this structure, so a malicious header costs no more
 * than its own length: it cannot be nested deeply, and duplicate keys are refused. Afterwards the
 * spans are known to tile the data without gap, overlap or rest, and each to have the size that its
 * type and shape require.
 *
 * @param metadata the free-form metadata
 * @param tensors the tensors' spans by name, in the order of their bytes
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Span> tensors) {
  private static final String METADATA = "__metadata__";

  /**
   * The position of a tensor's bytes.
   *
   * @param type element type
   * @param dimensions shape, outermost first
   * @param begin first byte, counted from the end of the header
   * @param end the byte after the last one
   */
  record Span(ElementType type, List<Long> dimensions, long begin, long end) {}

  /**
   * Parses and validates a header.
   *
   * @param bytes the header alone
   * @param dataBytes how many bytes follow it in the file
   * @param where the file's name for errors
   * @throws UserError if anything violates the format
   */
  static SafetensorsHeader parse(ByteBuffer bytes, long dataBytes, String where) {
    String json;
    try {
      json = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(where + ": the header is not valid UTF-8; the file is damaged.", e);
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Span> spans = new LinkedHashMap<>();
    try (JsonParser parser = Json.mapper().createParser(json)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "the header", where);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (name.equals(METADATA)) {
          readMetadata(parser, metadata, where);
        } else {
          spans.put(name, readSpan(parser, name, where));
        }
      }
      if (parser.nextToken() != null) {
        throw new UserError(where + ": there is text after the header's closing brace.");
      }
    } catch (JacksonException e) {
      throw new UserError(
          where + ": the header is not valid JSON: " + e.getOriginalMessage() + ".", e);
    }
    return new SafetensorsHeader(
        Collections.unmodifiableMap(metadata), inOrderOfBytes(spans, dataBytes, where));
  }

  private static void readMetadata(JsonParser parser, Map<String, String> into, String where) {
    expect(parser.nextToken(), JsonToken.START_OBJECT, METADATA, where);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      expect(parser.nextToken(), JsonToken.VALUE_STRING, METADATA + "." + key, where);
      into.put(key, parser.getString());
    }
  }

  private static Span readSpan(JsonParser parser, String name, String where) {
    String at = "tensor " + name;
    expect(parser.nextToken(), JsonToken.START_OBJECT, at, where);
    ElementType type = null;
    List<Long> dimensions = null;
    List<Long> offsets = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (parser.currentName()) {
        case "dtype" -> type = readType(parser, at, where);
        case "shape" -> dimensions = readCounts(parser, at + ": shape", where);
        case "data_offsets" -> offsets = readCounts(parser, at + ": data_offsets", where);
        default ->
            throw new UserError(
                "%s: %s has an unknown key %s; dtype, shape and data_offsets are known."
                    .formatted(where, at, parser.currentName()));
      }
    }
    if (type == null || dimensions == null || offsets == null) {
      throw new UserError(
          "%s: %s lacks %s."
              .formatted(
                  where,
                  at,
                  type == null ? "dtype" : dimensions == null ? "shape" : "data_offsets"));
    }
    if (offsets.size() != 2) {
      throw new UserError(
          "%s: %s has %d data_offsets, expected a begin and an end."
              .formatted(where, at, offsets.size()));
    }
    return sized(new Span(type, dimensions, offsets.get(0), offsets.get(1)), at, where);
  }

  private static ElementType readType(JsonParser parser, String at, String where) {
    expect(parser.nextToken(), JsonToken.VALUE_STRING, at + ": dtype", where);
    String name = parser.getString();
    return ElementType.ofSafetensorsName(name)
        .orElseThrow(
            () ->
                new UserError(
                    "%s: %s has the element type %s; supported are %s."
                        .formatted(where, at, name, List.of(ElementType.values()))));
  }

  private static List<Long> readCounts(JsonParser parser, String at, String where) {
    expect(parser.nextToken(), JsonToken.START_ARRAY, at, where);
    List<Long> counts = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      expect(token, JsonToken.VALUE_NUMBER_INT, at, where);
      if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw new UserError(
            "%s: %s holds %s, which is beyond 64 bits.".formatted(where, at, parser.getString()));
      }
      long count = parser.getLongValue();
      if (count < 0) {
        throw new UserError("%s: %s holds the negative number %d.".formatted(where, at, count));
      }
      counts.add(count);
    }
    return List.copyOf(counts);
  }

  /** Checks a span's length against its type and shape. */
  private static Span sized(Span span, String at, String where) {
    long expected;
    try {
      long elements = 1;
      for (long dimension : span.dimensions()) {
        elements = Math.multiplyExact(elements, dimension);
      }
      expected = Math.multiplyExact(elements, span.type().bytes());
    } catch (ArithmeticException e) {
      throw new UserError(
          "%s: %s has the shape %s, whose size is beyond 64 bits."
              .formatted(where, at, span.dimensions()),
          e);
    }
    if (span.end() < span.begin() || span.end() - span.begin() != expected) {
      throw new UserError(
          "%s: %s spans the bytes %d to %d, but %s of shape %s needs %d bytes."
              .formatted(
                  where, at, span.begin(), span.end(), span.type(), span.dimensions(), expected));
    }
    return span;
  }

  /** Sorts the spans and checks that they cover the data exactly once. */
  private static Map<String, Span> inOrderOfBytes(
      Map<String, Span> spans, long dataBytes, String where) {
    List<Map.Entry<String, Span>> sorted = new ArrayList<>(spans.entrySet());
    // By end as well: an empty tensor comes before the one that begins at the same byte.
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Span> entry) -> entry.getValue().begin())
            .thenComparingLong(entry -> entry.getValue().end()));
    Map<String, Span> ordered = new LinkedHashMap<>();
    long covered = 0;
    for (Map.Entry<String, Span> entry : sorted) {
      Span span = entry.getValue();
      if (span.begin() != covered) {
        throw new UserError(
            "%s: tensor %s begins at byte %d, where %d was expected; tensors %s."
                .formatted(
                    where,
                    entry.getKey(),
                    span.begin(),
                    covered,
                    span.begin() < covered ? "overlap" : "have a gap between them"));
      }
      if (span.end() > dataBytes) {
        throw new UserError(
            "%s: tensor %s ends at byte %d, but the file holds only %d bytes of data; it is cut off."
                .formatted(where, entry.getKey(), span.end(), dataBytes));
      }
      covered = span.end();
      ordered.put(entry.getKey(), span);
    }
    if (covered != dataBytes) {
      throw new UserError(
          "%s: the tensors end at byte %d of the data, but the file holds %d bytes of data; it is damaged or was appended to."
              .formatted(where, covered, dataBytes));
    }
    return Collections.unmodifiableMap(ordered);
  }

  private static void expect(
      @Nullable JsonToken found, JsonToken expected, String at, String where) {
    if (found != expected) {
      throw new UserError(
          "%s: %s is %s, expected %s."
              .formatted(where, at, found == null ? "missing" : words(found), words(expected)));
    }
  }

  private static String words(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case END_ARRAY, END_OBJECT, NOT_AVAILABLE, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          "not a value";
    };
  }
}
