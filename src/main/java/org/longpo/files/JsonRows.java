package org.longpo.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.longpo.error.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the objects of a file of others one after the other, so that no more than one of them is in
 * memory: JSON Lines, blank lines left out, or one array. A row of JSON Lines is named by its line,
 * one of an array by its number.
 */
public final class JsonRows {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(Json.foreign())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonRows() {}

  /**
   * Reads the first rows.
   *
   * @param most rows that are read, at least 1; what follows them is not looked at
   * @param as makes something of a row, which is not kept
   * @throws UserError naming file and line or number if the file cannot be read or a row is no
   *     object
   */
  public static <T> List<T> read(Path file, int most, Function<JsonRow, T> as) {
    GitLfsPointer.refuse(file);
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = MAPPER.createParser(in)) {
      List<T> rows = new ArrayList<>();
      JsonToken token = parser.nextToken();
      boolean isArray = token == JsonToken.START_ARRAY;
      token = isArray ? parser.nextToken() : token;
      while (token != null && token != JsonToken.END_ARRAY) {
        String where =
            isArray
                ? "%s, row %d".formatted(file, rows.size() + 1)
                : file + ":" + parser.currentTokenLocation().getLineNr();
        if (token != JsonToken.START_OBJECT) {
          throw new UserError(where + ": no JSON object; every row must be one.");
        }
        JsonNode fields = parser.readValueAsTree();
        rows.add(as.apply(new JsonRow(where, fields)));
        token = rows.size() < most ? parser.nextToken() : null;
      }
      return rows;
    } catch (JacksonException e) {
      throw new UserError(file + ": " + JsonComplaint.of(e), e);
    } catch (IOException e) {
      throw Utf8File.unreadable(file, e);
    }
  }
}
