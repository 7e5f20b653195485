package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/** {@code --rope-theta} and {@code --rope-scaling}. */
class RopeOverrideTest {
  private static final String CONFIG = TinyModel.llamaConfig(", \"rope_theta\": 5000.0");

  @TempDir Path temporary;

  private static ModelConfig model() {
    return ModelConfigReader.parse(Json.parse(CONFIG, JsonNode.class, "test"), "test");
  }

  private static RopeSettings applied(@Nullable Double theta, @Nullable String scaling) {
    return new RopeOverride(Optional.ofNullable(theta), Optional.ofNullable(scaling))
        .applyTo(model())
        .rope();
  }

  @Test
  void shouldChangeOnlyWhatIsGiven() {
    assertThat(RopeOverride.NONE.applyTo(model()).rope()).isEqualTo(RopeSettings.unscaled(5000));
    assertThat(new RopeOverride(Optional.of(1e7), Optional.empty()).applyTo(model()).rope())
        .isEqualTo(RopeSettings.unscaled(1e7));
    assertThat(
            new RopeOverride(Optional.empty(), Optional.of("rope_type=linear,factor=2"))
                .applyTo(model())
                .rope())
        .isEqualTo(new RopeSettings(5000, new RopeScaling.Linear(2)));
  }

  @Test
  void shouldChangeLayersWithFullAttentionAlone() {
    ModelConfig gemma3 =
        ModelConfigReader.parse(
            Json.parse(TinyModel.gemma3Config(""), JsonNode.class, "test"), "test");
    ModelConfig changed =
        new RopeOverride(Optional.of(1e7), Optional.of("rope_type=linear,factor=2"))
            .applyTo(gemma3);
    assertThat(changed.rope(LayerType.FULL_ATTENTION))
        .isEqualTo(new RopeSettings(1e7, new RopeScaling.Linear(2)));
    assertThat(changed.rope(LayerType.SLIDING_ATTENTION)).isEqualTo(RopeSettings.unscaled(10_000));
  }

  @Test
  void shouldReadPairsAsTheSameJson() {
    String json = "{ \"rope_type\": \"yarn\", \"factor\": 4.5,\n \"truncate\": false }";
    String pairs = "rope_type=yarn, factor=4.5, truncate=false";
    assertThat(new RopeOverride(Optional.empty(), Optional.of(pairs)))
        .isEqualTo(new RopeOverride(Optional.empty(), Optional.of(json)));
    assertThat(applied(1e6, pairs))
        .isEqualTo(
            new RopeSettings(
                1e6,
                new RopeScaling.Yarn(
                    4.5,
                    // The model's context.
                    64,
                    new RopeScaling.Yarn.Ramp(32, 1, false),
                    new RopeScaling.Yarn.Magnitude(
                        OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()))));
  }

  @Test
  void shouldReadEveryType() {
    assertThat(applied(2e4, "rope_type=default")).isEqualTo(RopeSettings.unscaled(2e4));
    assertThat(applied(2e4, "type=dynamic,factor=2").scaling())
        .isEqualTo(new RopeScaling.Dynamic(2));
    assertThat(
            applied(
                    2e4,
                    "rope_type=llama3,factor=8,low_freq_factor=1,high_freq_factor=4,"
                        + "original_max_position_embeddings=32")
                .scaling())
        .isEqualTo(new RopeScaling.Llama3(8, 1, 4, 32));
    assertThat(
            applied(
                    2e4,
                    "{\"rope_type\": \"longrope\", \"short_factor\": [1, 2], \"long_factor\": [3,"
                        + " 4], \"original_max_position_embeddings\": 32}")
                .scaling())
        .isEqualTo(
            new RopeScaling.LongRope(
                List.of(1.0, 2.0), List.of(3.0, 4.0), 2, 32, OptionalDouble.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yarn | \"yarn\" is not name=value",
        "rope_type=yarn,,factor=4 | \"\" is not name=value",
        "factor=4 | names no rope_type",
        "{} | names no rope_type",
        "{\"rope_type\": 3} | names no rope_type",
        "{\"rope_type\": \"yarn\" | --rope-scaling: line 1",
        "rope_type=yarm,factor=4 | the RoPE type yarm is not supported, only default, linear",
        "rope_type=yarn,facter=4 | yarn has no facter; did you mean factor?",
        "rope_type=linear,factor=4,low_freq_factor=1 | linear has no low_freq_factor; it has"
            + " factor.",
        "rope_type=default,factor=4 | default has no factor; it has no settings.",
        "rope_type=linear,factor=4,rope_theta=9 | give it as --rope-theta",
        "rope_type=linear,factor=4,factor=5 | gives factor twice"
      })
  void shouldNameWhatIsWrongWithAScaling(String scaling, String message) {
    assertThatThrownBy(() -> new RopeOverride(Optional.empty(), Optional.of(scaling)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--rope-scaling")
        .hasMessageContaining(message);
  }

  @Test
  void shouldNameWhatDoesNotSuitTheModel() {
    assertThatThrownBy(() -> applied(null, "rope_type=linear,factor=-1"))
        .isInstanceOf(UserError.class)
        .hasMessage("--rope-scaling: factor is -1.0, expected a positive number.");
    assertThatThrownBy(() -> applied(null, "rope_type=linear"))
        .isInstanceOf(UserError.class)
        .hasMessage("--rope-scaling lacks factor.");
    assertThatThrownBy(() -> applied(null, "rope_type=linear,factor=two"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--rope-scaling: factor");
    for (double theta : new double[] {1, -3, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new RopeOverride(Optional.of(theta), Optional.empty()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("rope_theta must be a number above 1");
    }
  }

  @Test
  void shouldBeWrittenIntoTheExportedConfiguration() {
    TinyModel.write(temporary.resolve("source"), CONFIG);
    RopeSettings changed =
        new RopeOverride(Optional.of(1e7), Optional.of("rope_type=yarn,factor=4"))
            .applyTo(model())
            .rope();
    Path target =
        TinyModel.export(
            temporary.resolve("source"),
            ExportSettings.unchanged().withRope(changed),
            temporary.resolve("target"));
    assertThat(ModelConfig.read(target).rope()).isEqualTo(changed);
  }
}
