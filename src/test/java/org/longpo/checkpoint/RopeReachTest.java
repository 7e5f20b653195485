package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

class RopeReachTest {
  /** The test model has 64 positions. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"rope_type\": \"default\"} | 64",
        "{\"rope_type\": \"linear\", \"factor\": 2} | 128",
        "{\"rope_type\": \"dynamic\", \"factor\": 4} | 256",
        // As Qwen2.5 has it: 32,768 positions, stretched by four.
        "{\"rope_type\": \"yarn\", \"factor\": 4, \"original_max_position_embeddings\": 64} | 256",
        // As Llama 3.1 has it: what is stated is the context after scaling.
        "{\"rope_type\": \"llama3\", \"factor\": 4, \"low_freq_factor\": 1, \"high_freq_factor\":"
            + " 4, \"original_max_position_embeddings\": 16} | 64"
      })
  void shouldKnowTheContextOfAScaling(String scaling, long tokens) {
    assertThat(RopeReach.tokens(config(", \"rope_scaling\": " + scaling))).isEqualTo(tokens);
  }

  /** As Gemma 3 has it: what is stated is the context after its linear scaling. */
  @Test
  void shouldKnowFamilyThatStatesTheScaledContext() {
    String scaling = ", \"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 8}";
    ModelConfig config =
        ModelConfigReader.parse(
            Json.parse(TinyModel.gemma3Config(scaling), JsonNode.class, "test"), "test");
    assertThat(RopeReach.tokens(config)).isEqualTo(64);
  }

  @Test
  void shouldWarnBeyondReachAlone() {
    ModelConfig config = config("");
    assertThat(RopeReach.warning("tiny", config, RopeOverride.NONE, 64)).isEmpty();
    assertThat(RopeReach.warning("tiny", config, RopeOverride.NONE, 65).orElseThrow())
        .contains("65 tokens", "max_position_embeddings 64", "--rope-theta", "factor=2");
  }

  @Test
  void shouldNotWarnWhereRopeIsChanged() {
    ModelConfig config = config("");
    for (RopeOverride change :
        new RopeOverride[] {
          new RopeOverride(Optional.of(1e7), Optional.empty()),
          new RopeOverride(Optional.empty(), Optional.of("rope_type=yarn,factor=4"))
        }) {
      assertThat(RopeReach.warning("tiny", config, change, 200)).isEmpty();
    }
  }

  private static ModelConfig config(String more) {
    return ModelConfigReader.parse(
        Json.parse(TinyModel.llamaConfig(more), JsonNode.class, "test"), "test");
  }
}
