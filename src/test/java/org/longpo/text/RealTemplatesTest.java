package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/**
 * Checkpoints that the user has: {@code mvn verify -Pslow -Dlongpo.templates=DIR}, after {@code
 * references/real_templates.py DIR} wrote what transformers makes of them.
 */
@Tag("slow")
@EnabledIfSystemProperty(
    named = "longpo.templates",
    matches = ".+",
    disabledReason = "real checkpoints are not ours to ship: name a folder of them")
class RealTemplatesTest {
  @Test
  void shouldRenderAndEncodeRealCheckpointsAsTransformers() throws IOException {
    List<Path> models;
    try (Stream<Path> folders = Files.list(Path.of(System.getProperty("longpo.templates")))) {
      models = folders.filter(Files::isDirectory).sorted().toList();
    }
    assertThat(models).isNotEmpty();
    for (Path model : models) {
      List<JsonNode> rows = Golden.rows(model.resolve("golden_chats.json")).toList();
      assertThat(rows).as(model.toString()).isNotEmpty();
      try (Tokenizer tokenizer = Tokenizer.load(model)) {
        String name = model.getFileName().toString();
        GoldenChats.check(rows, name, ChatTemplate.load(model, tokenizer), tokenizer);
      }
    }
  }
}
