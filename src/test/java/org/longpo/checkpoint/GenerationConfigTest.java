package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class GenerationConfigTest {
  @TempDir Path folder;

  @Test
  void shouldPreferGenerationConfig() throws IOException {
    config(TinyModel.llamaConfig(", \"eos_token_id\": 5"));
    generationConfig("{\"bos_token_id\": 7, \"eos_token_id\": [8, 9]}");
    assertThat(GenerationConfig.read(folder))
        .isEqualTo(new GenerationConfig(OptionalInt.of(7), List.of(8, 9)));
    generationConfig("{\"eos_token_id\": 8}");
    assertThat(GenerationConfig.read(folder))
        .isEqualTo(new GenerationConfig(OptionalInt.empty(), List.of(8)));
  }

  @Test
  void shouldFallBackToConfigAndItsDefaults() throws IOException {
    config(TinyModel.llamaConfig(""));
    assertThat(GenerationConfig.read(folder))
        .isEqualTo(new GenerationConfig(OptionalInt.of(1), List.of(2)));
    config(TinyModel.llamaConfig(", \"bos_token_id\": null, \"eos_token_id\": [3, 4]"));
    assertThat(GenerationConfig.read(folder))
        .isEqualTo(new GenerationConfig(OptionalInt.empty(), List.of(3, 4)));
    config("{\"model_type\": \"qwen2\"}");
    assertThat(GenerationConfig.read(folder))
        .isEqualTo(new GenerationConfig(OptionalInt.empty(), List.of()));
  }

  @Test
  void shouldRefuseMalformedTokens() throws IOException {
    config(TinyModel.llamaConfig(""));
    for (String wrong : List.of("[]", "{\"eos_token_id\": \"x\"}", "{\"eos_token_id\": [1.5]}")) {
      generationConfig(wrong);
      assertThatThrownBy(() -> GenerationConfig.read(folder))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("generation_config.json");
    }
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }

  private void generationConfig(String json) throws IOException {
    Files.writeString(folder.resolve("generation_config.json"), json);
  }
}
