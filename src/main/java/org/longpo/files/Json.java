package org.longpo.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.longpo.error.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON dialect of all our own files: from and to records, with keys in snake_case. Unknown,
 * missing and doubled keys are errors; an absent value of an {@link java.util.Optional} is written
 * as {@code null}.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final JsonMapper PRETTY =
      MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final JsonFactory FOREIGN =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** For JSON of others: any depth, and values of any length. */
  static JsonFactory foreign() {
    return FOREIGN;
  }

  /** One line, no line breaks in it. */
  public static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** Indented, for files that people read; it ends with a line break. */
  public static String pretty(Object value) {
    return PRETTY.writeValueAsString(value) + "\n";
  }

  /**
   * Reads a whole file as one value.
   *
   * @throws UserError if the file is missing or is not what {@code type} describes
   */
  public static <T> T read(Path file, Class<T> type) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("There is no file " + file + ".");
    }
    GitLfsPointer.refuse(file);
    try {
      return MAPPER.readValue(file, type);
    } catch (JacksonException e) {
      throw new UserError(file + ": " + JsonComplaint.of(e), e);
    }
  }

  /**
   * Reads JSON of others token by token, in any depth and with values of any length; what is not
   * asked for need not be valid for our own files.
   *
   * @param where names file and line for the error
   * @throws UserError if it is no JSON
   */
  public static <T> T stream(byte[] json, String where, Function<JsonParser, T> reader) {
    try (JsonParser parser = FOREIGN.createParser(ObjectReadContext.empty(), json)) {
      return reader.apply(parser);
    } catch (JacksonException e) {
      throw new UserError(where + ": " + JsonComplaint.of(e), e);
    }
  }

  /** As {@link #parse(String, Class, String)}, from UTF-8. */
  public static <T> T parse(byte[] json, Class<T> type, String where) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new UserError(where + ": " + JsonComplaint.of(e), e);
    }
  }

  /** Reads one line of a JSON Lines file; {@code where} names file and line for the error. */
  public static <T> T parse(String json, Class<T> type, String where) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new UserError(where + ": " + JsonComplaint.of(e), e);
    }
  }
}
