package org.longpo.evaluation.tasks.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.tasks.ruler.RulerFixture.Made;
import org.longpo.text.ChatSettings;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

/** Tokenizers that the user has: {@code mvn verify -Pslow -Dlongpo.templates=DIR}. */
@Tag("slow")
@EnabledIfSystemProperty(
    named = "longpo.templates",
    matches = ".+",
    disabledReason = "real tokenizers are not ours to ship: name a folder of them")
class RulerRealTokenizersTest {
  /** The search leaves 0.5 % free, or one unit: two UUIDs are nearly 3 % of 4096 tokens. */
  private static final double LEAST_SHARE = 0.97;

  @TempDir Path data;

  @Test
  void shouldFillEveryLengthForRealTokenizers() throws IOException {
    List<Path> models;
    try (Stream<Path> folders = Files.list(Path.of(System.getProperty("longpo.templates")))) {
      models = folders.filter(Files::isDirectory).sorted().toList();
    }
    assertThat(models).isNotEmpty();
    RulerFixture fixture = RulerFixture.withQuestions(data);
    ChatSettings chat = ChatSettings.NONE.withDate(Optional.of(LocalDateTime.of(2026, 1, 1, 0, 0)));
    for (Path model : models) {
      try (Tokenizer tokenizer = Tokenizer.load(model)) {
        PromptEncoder prompts =
            new PromptEncoder(tokenizer, ChatTemplate.load(model, tokenizer, chat));
        for (RulerTask task : RulerTasks.ALL) {
          String id = task.info().id();
          for (TaskItem item :
              fixture.items(id, RulerFixture.settings(1, 4096, 16_384, 131_072), prompts)) {
            Made made = RulerFixture.made(item);
            assertThat(made.tokens() + made.answerTokens())
                .as("%s for %s", id, model)
                .isBetween((int) (LEAST_SHARE * item.length()), item.length());
            assertThat(made.input()).contains(made.outputs());
          }
        }
      }
    }
  }
}
