package org.longpo.text;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/** The tokenizers, templates and values that references/make_tokenizers.py wrote. */
final class Golden {
  static final List<String> TOKENIZERS =
      List.of(
          "byte_level_llama3", "byte_level_qwen", "byte_fallback_llama2", "byte_fallback_mistral");

  static final List<String> TEMPLATES =
      List.of(
          "mistral_v1",
          "mistral_v3",
          "llama2",
          "llama3",
          "llama31",
          "chatml",
          "qwen25",
          "qwen3",
          "zephyr",
          "constructs");

  private Golden() {}

  static Path path(String name) {
    try {
      var resource = Golden.class.getResource("/text/" + name);
      if (resource == null) {
        throw new IllegalStateException("no test resource text/" + name);
      }
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<JsonNode> rows(String name) {
    return rows(path(name));
  }

  static Stream<JsonNode> rows(Path file) {
    return Json.read(file, JsonNode.class).valueStream();
  }

  static int[] ids(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  static List<Message> messages(JsonNode chat) {
    return chat.valueStream()
        .map(
            m ->
                new Message(
                    Role.valueOf(m.path("role").asString().toUpperCase(Locale.ROOT)),
                    m.path("content").asString()))
        .toList();
  }
}
