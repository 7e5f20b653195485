package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Text, ids and refusals equal those of transformers' apply_chat_template. */
class ChatTemplateGoldenTest {
  @TempDir Path folder;

  static Stream<String> templates() {
    return Golden.TEMPLATES.stream();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void shouldRenderAndEncodeAsTransformers(String name) {
    List<JsonNode> rows = Golden.rows("templates/" + name + ".json").toList();
    assertThat(rows).hasSizeGreaterThan(20).anyMatch(row -> row.has("text"));
    for (String tokenizer : tokenizers(rows)) {
      Path model = GoldenModel.create(folder.resolve(tokenizer), tokenizer, name);
      try (Tokenizer loaded = Tokenizer.load(model)) {
        GoldenChats.check(rows, tokenizer, ChatTemplate.load(model, loaded), loaded);
      }
    }
  }

  private static List<String> tokenizers(List<JsonNode> rows) {
    JsonNode ids = rows.stream().filter(r -> r.has("ids")).findFirst().orElseThrow().path("ids");
    return ids.properties().stream().map(Map.Entry::getKey).toList();
  }
}
