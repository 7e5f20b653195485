package org.longpo.pairs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.longpo.files.Json;
import org.longpo.files.Utf8File;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Manifests of versions that knew fewer keys: what these versions did stands under the keys that
 * they did not have.
 */
final class OlderManifest {
  private OlderManifest() {}

  /** The manifest with the keys that it lacks; empty if it lacks none or cannot be read at all. */
  static Optional<String> completed(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode read = Json.mapper().readTree(Utf8File.read(file).text());
      if (!(read instanceof ObjectNode manifest)
          || !(manifest.path("settings") instanceof ObjectNode settings)
          || manifest.has("chat")) {
        return Optional.empty();
      }
      manifest.putNull("chat");
      manifest.put("stripped_reasoning", 0);
      settings.put("reasoning", ReasoningRule.STRIP.name());
      return Optional.of(Json.line(manifest));
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
