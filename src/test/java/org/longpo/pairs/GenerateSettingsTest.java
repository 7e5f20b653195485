package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.inference.Sampling;

class GenerateSettingsTest {
  @Test
  void shouldDefaultToThePaper() {
    GenerateSettings settings = GenerateSettings.forLength(131_072);
    assertThat(settings.chunkTokens()).isEqualTo(32_768);
    assertThat(settings.cut().pairsPerDocument()).isEqualTo(4);
    assertThat(settings.instructions().writing().sampling()).isEqualTo(Sampling.of(0.7, 0.9));
    assertThat(settings.answers().writing().sampling()).isEqualTo(Sampling.greedy());
    assertThat(settings.answers().maxNewTokens()).isEqualTo(1024);
    assertThat(settings.filters().maxChosenRepetition()).isEqualTo(0.90);
    assertThat(settings.filters().maxRejectedRepetition()).isEqualTo(0.95);
    assertThat(settings.filters().lengths().minWords()).isEqualTo(2);
    assertThat(settings.filters().lengths().maxShortInputTokens()).isEqualTo(32_768);
    assertThat(settings.filters().minShortMargin()).isEmpty();
    assertThat(settings.rejectedRope()).isEqualTo(RopeOverride.NONE);
  }

  @Test
  void shouldScaleChunksAndAnswersDownWithTheLength() {
    GenerateSettings settings = GenerateSettings.forLength(512);
    assertThat(settings.chunkTokens()).isEqualTo(128);
    assertThat(settings.answers().maxNewTokens()).isEqualTo(128);
  }

  @Test
  void shouldReadBackEqualWithHuggingFaceNames() {
    GenerateSettings settings = GenerateSettings.forLength(512);
    String line = Json.line(settings);
    assertThat(line)
        .contains(
            "\"answers\":{\"max_new_tokens\":128,\"chunk_tokens\":128,\"temperature\":0.0,"
                + "\"top_p\":1.0");
    assertThat(Json.parse(line, GenerateSettings.class, "here")).isEqualTo(settings);
  }

  @Test
  void shouldNameTheSettingThatIsWrong() {
    String line = Json.line(GenerateSettings.forLength(512));
    assertRefused(line.replace("\"chunk_tokens\":128", "\"chunk_tokens\":512"), "chunk_tokens");
    assertRefused(line.replace("\"top_p\":0.9", "\"top_p\":1.1"), "top_p");
    assertRefused(
        line.replace("\"max_new_tokens\":512", "\"max_new_tokens\":0"), "instruction_tokens");
    assertRefused(line.replace("\"hold_out_share\":0.1", "\"hold_out_share\":1"), "hold_out_share");
    assertRefused(line.replace("\"min_words\":2", "\"min_words\":-1"), "min_words");
    assertRefused(line.replace("\"seed\":42", "\"seed\":42,\"sead\":7"), "did you mean seed?");
  }

  private static void assertRefused(String line, String named) {
    assertThatThrownBy(() -> Json.parse(line, GenerateSettings.class, "settings:1"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("settings:1: ")
        .hasMessageContaining(named);
  }
}
