package org.longpo.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/** A golden file; where its texts are drawn from fragments, references/golden_texts.py wrote it. */
public final class GoldenTexts {
  private GoldenTexts() {}

  /** The file of a name beside this class, such as "scoring/rouge_golden.json". */
  public static JsonNode read(String name) {
    try (InputStream in = GoldenTexts.class.getResourceAsStream(name)) {
      return Json.parse(Objects.requireNonNull(in).readAllBytes(), JsonNode.class, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<JsonNode> rows(JsonNode golden) {
    return List.copyOf(golden.path("rows").values());
  }

  /** The fragments of these numbers one after the other, and all of it some times. */
  public static String text(JsonNode fragments, JsonNode drawn) {
    return drawn.path(0).values().stream()
        .map(number -> fragments.path(number.intValue()).stringValue())
        .collect(Collectors.joining())
        .repeat(drawn.path(1).intValue());
  }
}
