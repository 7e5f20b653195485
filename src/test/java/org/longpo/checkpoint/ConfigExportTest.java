package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.checkpoint.RopeScaling.Yarn.Magnitude;
import org.longpo.checkpoint.RopeScaling.Yarn.Ramp;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

class ConfigExportTest {
  private static final String CONFIG = TinyModel.llamaConfig("");

  @TempDir Path temporary;

  static List<String> spellings() {
    String longRope =
        "\"short_factor\": [1, 1.5], \"long_factor\": [2, 3.5],"
            + " \"original_max_position_embeddings\": 32";
    return List.of(
        "",
        ", \"rope_theta\": 500000.0",
        ", \"rope_theta\": 500000.0, \"rope_scaling\": null",
        ", \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}",
        ", \"rope_theta\": 9, \"rope_scaling\": {\"type\": \"yarn\", \"factor\": 4}",
        ", \"rope_scaling\": {\"rope_type\": \"dynamic\", \"factor\": 2.0, \"rope_theta\": 77.0}",
        ", \"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 500000.0}",
        ", \"rope_theta\": 5, \"rope_parameters\": {\"rope_type\": \"linear\", \"factor\": 2}",
        ", \"rope_parameters\": {\"rope_type\": \"longrope\", " + longRope + "}",
        ", \"original_max_position_embeddings\": 16,"
            + " \"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4}",
        ", \"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 2},"
            + " \"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 3.0}");
  }

  private static List<RopeScaling> scalings() {
    OptionalDouble none = OptionalDouble.empty();
    return List.of(
        new RopeScaling.Default(),
        new RopeScaling.Linear(3),
        new RopeScaling.Dynamic(3),
        new RopeScaling.Yarn(4, 48, new Ramp(32, 1, true), new Magnitude(none, none, none)),
        new RopeScaling.Yarn(
            4,
            48,
            new Ramp(16, 2, false),
            new Magnitude(OptionalDouble.of(0.9), OptionalDouble.of(0.7), OptionalDouble.of(0.6))),
        new RopeScaling.Llama3(8, 1, 4, 40),
        new RopeScaling.LongRope(List.of(1.0, 1.25), List.of(4.0, 8.0), 2, 24, none));
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void shouldWriteEveryRopeIntoEverySpelling(String spelling) {
    String config = TinyModel.llamaConfig(spelling);
    Path source = TinyModel.write(temporary.resolve("source"), config);
    int count = 0;
    for (RopeScaling scaling : scalings()) {
      RopeSettings rope = new RopeSettings(1_234_567.5, scaling);

      Path target = export(source, ExportSettings.unchanged().withRope(rope), "target" + count++);

      assertThat(ModelConfig.read(target).rope()).isEqualTo(rope);
      JsonNode written = Json.read(target.resolve("config.json"), JsonNode.class);
      boolean newSpelling =
          spelling.contains("rope_parameters") && !spelling.contains("rope_scaling");
      assertThat(written.has("rope_parameters")).isEqualTo(newSpelling);
      assertThat(
              written.at(newSpelling ? "/rope_parameters/rope_theta" : "/rope_theta").doubleValue())
          .isEqualTo(1_234_567.5);
    }
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void shouldChangeThetaAloneWithoutTouchingScaling(String spelling) {
    String config = TinyModel.llamaConfig(spelling);
    Path source = TinyModel.write(temporary.resolve("source"), config);
    RopeSettings before = ModelConfig.read(source).rope();

    Path target =
        export(
            source,
            ExportSettings.unchanged().withRope(new RopeSettings(5e6, before.scaling())),
            "target");

    assertThat(ModelConfig.read(target).rope()).isEqualTo(new RopeSettings(5e6, before.scaling()));
  }

  static List<String> spellingsByLayerType() {
    return List.of(
        "",
        ", \"rope_theta\": 500000.0, \"rope_local_base_freq\": 77.0",
        ", \"rope_theta\": 5, \"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 8}",
        ", \"rope_local_base_freq\": 77.0, \"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\":"
            + " 4, \"rope_theta\": 9}, \"original_max_position_embeddings\": 16",
        ", \"rope_parameters\": {\"full_attention\": {\"rope_type\": \"default\", \"rope_theta\":"
            + " 5e5}, \"sliding_attention\": {\"rope_type\": \"default\", \"rope_theta\": 77.0}}",
        ", \"rope_theta\": 9, \"rope_local_base_freq\": 77.0, \"rope_scaling\": {\"rope_type\":"
            + " \"linear\", \"factor\": 3}, \"rope_parameters\": {\"full_attention\": {},"
            + " \"sliding_attention\": {\"rope_type\": \"yarn\", \"factor\": 2}}");
  }

  /** Where sliding layers have a RoPE of their own, it stays, and the old spelling stays too. */
  @ParameterizedTest
  @MethodSource("spellingsByLayerType")
  void shouldWriteEveryRopeBesideThatOfSlidingLayers(String spelling) {
    Path source = TinyModel.write(temporary.resolve("source"), TinyModel.gemma3Config(spelling));
    ModelConfig before = ModelConfig.read(source);
    int count = 0;
    for (RopeScaling scaling : scalings()) {
      RopeSettings rope = new RopeSettings(1_234_567.5, scaling);
      ExportSettings settings = ExportSettings.unchanged().withRope(rope);
      boolean moves = !(scaling instanceof RopeScaling.Dynamic);

      Path target =
          export(
              source, moves ? settings.withMaxPositionEmbeddings(256) : settings, "to" + count++);

      ModelConfig after = ModelConfig.read(target);
      assertThat(after.maxPositionEmbeddings()).isEqualTo(moves ? 256 : 64);
      assertThat(after.rope()).isEqualTo(rope);
      assertThat(after.positions().slidingRope()).isEqualTo(before.positions().slidingRope());
      JsonNode written = Json.read(target.resolve("config.json"), JsonNode.class);
      assertThat(written.has("rope_parameters")).isEqualTo(spelling.contains("rope_parameters"));
      assertThat(written.has("rope_theta")).isNotEqualTo(spelling.contains("rope_parameters"));
    }
  }

  @Test
  void shouldKeepFrequenciesWhenContextGrows() {
    // The scaling's original context is not named: it is the context that changes here.
    String config =
        TinyModel.llamaConfig(", \"rope_scaling\": {\"type\": \"yarn\", \"factor\": 4}");
    Path source = TinyModel.write(temporary.resolve("source"), config);
    RopeSettings before = ModelConfig.read(source).rope();

    Path target =
        export(source, ExportSettings.unchanged().withMaxPositionEmbeddings(4096), "target");

    ModelConfig after = ModelConfig.read(target);
    assertThat(after.maxPositionEmbeddings()).isEqualTo(4096);
    assertThat(after.rope()).isEqualTo(before);
  }

  @Test
  void shouldKeepTheFirstWindowHoweverOftenTheContextGrows() {
    Path base = TinyModel.write(temporary.resolve("base"), TinyModel.llamaConfig(""));
    Path first = export(base, ExportSettings.unchanged().withMaxPositionEmbeddings(256), "first");
    Path second =
        export(first, ExportSettings.unchanged().withMaxPositionEmbeddings(1024), "second");

    assertThat(ModelConfig.read(second).maxPositionEmbeddings()).isEqualTo(1024);
    assertThat(ContextWindow.of(base))
        .isEqualTo(new ContextWindow(64, ContextWindow.MAX_POSITION_EMBEDDINGS));
    assertThat(List.of(ContextWindow.of(first), ContextWindow.of(second)))
        .containsOnly(new ContextWindow(64, ContextWindow.KEY));
  }

  @Test
  void shouldNoteNoWindowWhereTheContextStays() throws IOException {
    Path base = TinyModel.write(temporary.resolve("base"), TinyModel.llamaConfig(""));
    Path same = export(base, ExportSettings.unchanged().withMaxPositionEmbeddings(64), "same");
    assertThat(Files.readString(same.resolve("config.json")))
        .isEqualTo(Files.readString(base.resolve("config.json")));
  }

  @Test
  void shouldRefuseAWindowThatIsNoNumberOfTokens() {
    Path base =
        TinyModel.write(
            temporary.resolve("base"), TinyModel.llamaConfig(", \"" + ContextWindow.KEY + "\": 0"));
    assertThatThrownBy(() -> ContextWindow.of(base))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("config.json: " + ContextWindow.KEY + " is 0");
  }

  @Test
  void shouldRefuseToMoveTheContextOfDynamicRope() {
    String config =
        TinyModel.llamaConfig(", \"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 4}");
    Path source = TinyModel.write(temporary.resolve("source"), config);
    assertThatThrownBy(
            () ->
                export(source, ExportSettings.unchanged().withMaxPositionEmbeddings(128), "target"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("dynamic RoPE");
  }

  @Test
  void shouldNameTheTypeOfTheWeightsUnderTheKeyInUse() {
    for (String key : List.of("dtype", "torch_dtype")) {
      String config = TinyModel.llamaConfig(", \"" + key + "\": \"float32\"");
      Path source = TinyModel.write(temporary.resolve("source-" + key), config);
      Path target = temporary.resolve("target-" + key);
      CheckpointWriter.write(
          source, ExportSettings.unchanged(), TinyModel.tensors(config, ElementType.BF16), target);
      JsonNode written = Json.read(target.resolve("config.json"), JsonNode.class);
      assertThat(written.get(key).stringValue()).isEqualTo("bfloat16");
      assertThat(written.has("dtype") && written.has("torch_dtype")).isFalse();
    }
  }

  @Test
  void shouldExportAStoredHeadAsNotTied() {
    String tied = TinyModel.llamaConfig(", \"tie_word_embeddings\": true");
    Path source = TinyModel.write(temporary.resolve("source"), tied);
    Path target = temporary.resolve("target");
    CheckpointWriter.write(
        source, ExportSettings.unchanged(), TinyModel.tensors(CONFIG, ElementType.F32), target);
    assertThat(ModelConfig.read(target).tiedEmbeddings()).isFalse();
  }

  private Path export(Path source, ExportSettings settings, String name) {
    return TinyModel.export(source, settings, temporary.resolve(name));
  }
}
