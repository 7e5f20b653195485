package org.longpo.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.files.StageIdentity;
import org.longpo.text.ChatSettings;
import org.longpo.text.LetterTokenizer;

class ModelIdentityTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path folder;

  /** Both templates write a single message alike. */
  @Test
  void shouldDistinguishTemplatesOfAnAdaptersBase() throws IOException {
    Path base = folder.resolve("llama");
    LetterTokenizer.write(base, Map.of());
    copy("llama", "config.json", "model.safetensors");
    LetterTokenizer.write(folder.resolve("llama-adapter"), Map.of());
    copy("llama-adapter", "adapter_config.json", "adapter_model.safetensors");
    Path template = base.resolve("chat_template.jinja");

    Files.writeString(template, "{% for m in messages %}{{ m.content }}{% endfor %}");
    StageIdentity first = identity();
    assertThat(first.differencesTo(identity())).isEmpty();
    Files.writeString(template, "{{ messages[0].content }}");
    assertThat(first.differencesTo(identity()))
        .singleElement()
        .asString()
        .startsWith("other chat template (SHA-256 ");
  }

  private void copy(String model, String... names) throws IOException {
    for (String name : names) {
      Files.copy(MODELS.resolve(model).resolve(name), folder.resolve(model).resolve(name));
    }
  }

  private StageIdentity identity() {
    return ModelIdentity.of(
        new ModelChoice(
            folder.resolve("llama-adapter"),
            Optional.of("float32"),
            "cpu",
            RopeOverride.NONE,
            ChatSettings.NONE,
            EngineOptions.DEFAULTS));
  }
}
