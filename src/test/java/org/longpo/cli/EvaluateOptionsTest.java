package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.Variants;

class EvaluateOptionsTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @Test
  void shouldSayWhereTheWindowComesFrom() {
    Path base = MODELS.resolve("llama");
    assertThat(sentence(base)).endsWith(" max_position_embeddings in " + base + "/config.json.");
    // It has no config.json.
    Path adapter = MODELS.resolve("llama-adapter");
    assertThat(sentence(adapter)).endsWith(" in " + adapter + ".");
  }

  private static String sentence(Path model) {
    OptionValues nothing =
        new OptionValues(
            Schema.of(Variants.NONE, EvaluateOptions.records(Tasks.ALL)), Map.of(), Map.of());
    return EvaluateOptions.windowSentence(nothing, 64, ContextWindow.of(model), model);
  }
}
