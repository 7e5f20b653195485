package org.longpo.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/** Reads the golden files that the scripts in references/ write. */
final class GoldenCases {
  private GoldenCases() {}

  static List<JsonNode> read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(GoldenCases.class.getResourceAsStream(resource), resource)) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return List.copyOf(Json.parse(json, JsonNode.class, resource).get("cases").values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
