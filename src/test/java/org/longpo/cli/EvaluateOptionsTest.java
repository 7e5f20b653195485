package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
  void shouldPrintWhereTheWindowComesFrom() {
    Path base = MODELS.resolve("llama");
    assertThat(sentence(base)).endsWith(" max_position_embeddings in " + base + "/config.json.");
    // It has no config.json.
    Path adapter = MODELS.resolve("llama-adapter");
    assertThat(sentence(adapter)).endsWith(" in " + adapter + ".");
  }

  @Test
  void shouldShowDefaultsThatFollowFromTheWindow() {
    KilledProcess.Result listing =
        KilledProcess.inProcess(List.of("evaluate", "--window", "3000", "--print-config"));
    // 200,000 tokens of windows.
    assertThat(listing.out())
        .containsPattern("window: 3000 +# --window\n")
        .containsPattern("max_windows: 66 +# default\n");
  }

  private static String sentence(Path model) {
    OptionValues nothing =
        new OptionValues(
            Schema.of(Variants.NONE, EvaluateOptions.records(Tasks.ALL)), Map.of(), Map.of());
    return EvaluateOptions.windowSentence(nothing, 64, ContextWindow.of(model), model);
  }
}
