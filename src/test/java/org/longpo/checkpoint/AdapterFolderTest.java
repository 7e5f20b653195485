package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is read from an adapter's folder, and what is refused by name. */
class AdapterFolderTest {
  private static final String ORIGINAL = "original_max_position_embeddings";
  private static final String MODULE = "model.layers.0.self_attn.q_proj";

  @TempDir Path folder;
  private Path base;
  private Path adapter;

  @BeforeEach
  void prepare() {
    base = TinyModel.write(folder.resolve("base"), TinyModel.llamaConfig(""));
    adapter = folder.resolve("adapter");
  }

  @Test
  void shouldNotLookLikeWholeModelToTransformers() throws IOException {
    write(ExportSettings.unchanged());
    try (var files = Files.list(adapter)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "adapter_config.json", "adapter_model.safetensors", "README.md");
    }
    JsonNode config = Json.read(adapter.resolve("adapter_config.json"), JsonNode.class);
    assertThat(Path.of(config.path("base_model_name_or_path").asString()))
        .isAbsolute()
        .isEqualTo(base.toAbsolutePath().normalize());
    assertThat(adapter.resolve("README.md"))
        .content()
        .contains("rank 2, alpha 6.0, on q_proj", "\"rope_theta\" : 10000.0", base.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rope_type\":\"default\"}",
        "{\"rope_type\":\"linear\",\"factor\":2}",
        "{\"rope_type\":\"dynamic\",\"factor\":3}",
        "{\"rope_type\":\"yarn\",\"factor\":4,\"original_max_position_embeddings\":32}",
        "{\"rope_type\":\"llama3\",\"factor\":8,\"low_freq_factor\":1,\"high_freq_factor\":4}",
        "{\"rope_type\":\"longrope\",\"short_factor\":[1,2],\"long_factor\":[3,4],\"factor\":2}"
      })
  void shouldReadBaseUnderTrainedPositionEmbedding(String scaling) {
    for (String spelling :
        List.of(
            "",
            ", \"rope_theta\": 500.0, \"original_max_position_embeddings\": 16",
            ", \"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 5}",
            ", \"rope_parameters\": {\"rope_type\": \"linear\", \"factor\": 5, \"rope_theta\":"
                + " 9}")) {
      base = TinyModel.write(folder.resolve("base-" + spelling.length()), config(spelling));
      adapter = folder.resolve("adapter-" + spelling.length());
      ModelConfig own = ModelConfig.read(base);
      ModelConfig trained =
          new RopeOverride(Optional.of(1e6), Optional.of(scaling))
              .applyTo(own.withRope(RopeSettings.unscaled(10_000)));
      boolean isDynamic = trained.rope().scaling() instanceof RopeScaling.Dynamic;
      ExportSettings settings = ExportSettings.unchanged().withRope(trained.rope());
      write(isDynamic ? settings : settings.withMaxPositionEmbeddings(128));
      ModelConfig read = ModelConfig.read(adapter);
      assertThat(read.rope()).as(spelling).isEqualTo(trained.rope());
      // A number beside the block wins over the one in it, here as in transformers.
      assertThat(AdapterSettings.configOf(ModelFolder.of(adapter)).has(ORIGINAL))
          .isEqualTo(spelling.contains(ORIGINAL));
      assertThat(read.maxPositionEmbeddings()).isEqualTo(isDynamic ? 64 : 128);
      assertThat(read.withRope(own.rope()).hiddenSize()).isEqualTo(own.hiddenSize());
    }
  }

  @Test
  void shouldKeepPositionsOfSlidingLayersOfTheBase() {
    for (String spelling :
        List.of(
            ", \"rope_theta\": 500.0, \"rope_local_base_freq\": 77.0, \"rope_scaling\":"
                + " {\"rope_type\": \"linear\", \"factor\": 8}",
            ", \"rope_parameters\": {\"full_attention\": {\"rope_theta\": 500.0},"
                + " \"sliding_attention\": {\"rope_theta\": 77.0}}")) {
      base =
          TinyModel.write(
              folder.resolve("base-" + spelling.hashCode()), TinyModel.gemma3Config(spelling));
      adapter = folder.resolve("adapter-" + spelling.hashCode());
      RopeSettings longer = new RopeSettings(1e6, new RopeScaling.Linear(16));
      write(ExportSettings.unchanged().withRope(longer).withMaxPositionEmbeddings(128));
      ModelConfig read = ModelConfig.read(adapter);
      assertThat(read.rope()).isEqualTo(longer);
      assertThat(read.rope(LayerType.SLIDING_ATTENTION)).isEqualTo(RopeSettings.unscaled(77));
      assertThat(read.maxPositionEmbeddings()).isEqualTo(128);
    }
  }

  /** Also where the adapter does not note it, as those of earlier versions do not. */
  @Test
  void shouldKeepTheWindowThatTheBaseHadBeforeTraining() throws IOException {
    ContextWindow window = new ContextWindow(64, ContextWindow.KEY);
    write(ExportSettings.unchanged().withMaxPositionEmbeddings(256));
    Path weights = adapter.resolve("adapter_model.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      assertThat(file.metadata().get("base_config")).contains("\"" + ContextWindow.KEY + "\":64");
    }
    assertThat(ContextWindow.of(adapter)).isEqualTo(window);
    List<OutputTensor> tensors =
        List.of(
            tensor("base_model.model." + MODULE + ".lora_A.weight", 2, 8),
            tensor("base_model.model." + MODULE + ".lora_B.weight", 8, 2));
    Files.delete(weights);
    SafetensorsWriter.write(
        weights, tensors, Map.of("base_config", "{\"max_position_embeddings\": 256}"));
    assertThat(ModelConfig.read(adapter).maxPositionEmbeddings()).isEqualTo(256);
    assertThat(ContextWindow.of(adapter)).isEqualTo(window);

    Path same = TinyModel.export(adapter, ExportSettings.unchanged(), folder.resolve("same"));
    Path longer =
        TinyModel.export(
            adapter,
            ExportSettings.unchanged().withMaxPositionEmbeddings(1024),
            folder.resolve("longer"));
    assertThat(List.of(ContextWindow.of(same), ContextWindow.of(longer))).containsOnly(window);
    assertThat(ModelConfig.read(longer).maxPositionEmbeddings()).isEqualTo(1024);
  }

  private static String config(String more) {
    return TinyModel.llamaConfig(more);
  }

  @Test
  void shouldKnowBaseAndAdapterByItsFingerprint() throws IOException {
    write(ExportSettings.unchanged());
    String first = sha256(adapter);
    assertThat(first).isNotEqualTo(sha256(base));
    adapter = folder.resolve("other-rope");
    write(ExportSettings.unchanged().withRope(RopeSettings.unscaled(1e6)));
    assertThat(sha256(adapter)).isNotEqualTo(first);
    change("lora_alpha", "7");
    String otherScale = sha256(adapter);
    change("lora_alpha", "8");
    assertThat(sha256(adapter)).isNotEqualTo(otherScale);
    // The same adapter of the same base elsewhere is the same model.
    change("base_model_name_or_path", "\"../moved\"");
    Files.move(base, folder.resolve("moved"));
    change("lora_alpha", "7");
    assertThat(sha256(adapter)).isEqualTo(otherScale);
  }

  @Test
  void shouldNameMissingBase() throws IOException {
    write(ExportSettings.unchanged());
    change("base_model_name_or_path", "\"meta-llama/Llama-3.1-8B\"");
    expect(adapter + " is an adapter of meta-llama/Llama-3.1-8B, which is not a folder");
    change("base_model_name_or_path", "null");
    expect("base_model_name_or_path is missing");
    change("base_model_name_or_path", "\"../adapter\"");
    expect("which is an adapter itself");
    change("base_model_name_or_path", Json.line(base.toString()));
    Files.copy(base.resolve("model.safetensors"), adapter.resolve("model.safetensors"));
    expect("has both adapter_config.json, as an adapter has, and model.safetensors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "peft_type|\"IA3\"|peft_type is \"IA3\", but only LORA",
        "use_dora|true|use_dora is true, which is not supported",
        "modules_to_save|[\"lm_head\"]|modules_to_save is [\"lm_head\"]",
        "bias|\"all\"|bias is \"all\"",
        "alpha_pattern|{\"q_proj\": 4}|alpha_pattern is {\"q_proj\":4}",
        "init_lora_weights|\"pissa_niter_4\"|init_lora_weights is \"pissa_niter_4\"",
        "fan_in_fan_out|true|fan_in_fan_out is true",
        "a_key_of_later_releases|1|a_key_of_later_releases is 1",
        "lora_alpha|null|lora_alpha is null, expected a number",
      })
  void shouldRefuseByNameWhatItDoesNotCompute(String key, String value, String said)
      throws IOException {
    write(ExportSettings.unchanged());
    change(key, value);
    expect(said);
  }

  @Test
  void shouldReadOtherSettingsOfPeft() throws IOException {
    write(ExportSettings.unchanged());
    change("rank_pattern", "{\"down_proj\": 4}");
    change("target_modules", "\".*q_proj\"");
    change("init_lora_weights", "\"gaussian\"");
    change("use_rslora", "true");
    try (Checkpoint checkpoint = Checkpoint.open(adapter)) {
      LowRankChange change = checkpoint.change(MODULE + ".weight").orElseThrow();
      assertThat(change.scale()).isEqualTo(6 / Math.sqrt(2));
      assertThat(checkpoint.change("model.norm.weight")).isEmpty();
    }
  }

  @Test
  void shouldRefuseTensorsThatAreNoProductOfAProjection() throws IOException {
    write(ExportSettings.unchanged());
    Path weights = adapter.resolve("adapter_model.safetensors");
    String prefix = "base_model.model.";
    replace(weights, tensor(prefix + "model.embed_tokens.lora_embedding_A", 2, 10));
    expect("embed_tokens.lora_embedding_A is not a part of a LoRA product");
    replace(weights, tensor(prefix + "model.layers.7.mlp.up_proj.lora_A.weight", 2, 8));
    expect("layers.7.mlp.up_proj.lora_A.weight changes a projection that the base does not have");
    replace(weights, tensor(prefix + MODULE + ".lora_A.weight", 2, 8));
    expect("has no tensor base_model.model." + MODULE + ".lora_B.weight");
    replace(
        weights,
        tensor(prefix + MODULE + ".lora_A.weight", 2, 8),
        tensor(prefix + MODULE + ".lora_B.weight", 8, 3));
    expect("whose product does not fit the base's " + MODULE + ".weight of shape [8, 8]");
    replace(weights);
    expect("is not an adapter");
    Files.delete(weights);
    Files.writeString(adapter.resolve("adapter_model.bin"), "");
    expect("has no adapter_model.safetensors; other weight formats are not read");
  }

  @Test
  void shouldNotMakeAdapterOfAdapter() {
    write(ExportSettings.unchanged());
    Path second = folder.resolve("second");
    assertThatThrownBy(
            () ->
                AdapterWriter.write(
                    adapter, ExportSettings.unchanged(), 1, 1, List.of(), List.of(), second))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(adapter + " is an adapter of " + base);
    assertThat(second).doesNotExist();
  }

  /** A tokenizer is the adapter's with all its files, or the base's. */
  @Test
  void shouldPreferFilesOfAdapter() throws IOException {
    write(ExportSettings.unchanged());
    for (String name :
        List.of("tokenizer.json", "special_tokens_map.json", "generation_config.json")) {
      Files.writeString(base.resolve(name), "{\"of\": \"base\"}");
    }
    assertThat(ModelFolder.of(adapter).required("special_tokens_map.json"))
        .isEqualTo(base.resolve("special_tokens_map.json"));
    Files.writeString(adapter.resolve("tokenizer.json"), "{\"of\": \"adapter\"}");
    ModelFolder read = ModelFolder.of(adapter);
    assertThat(read.json("tokenizer.json").path("of").asString()).isEqualTo("adapter");
    assertThat(read.has("special_tokens_map.json")).isFalse();
    assertThat(read.json("generation_config.json").path("of").asString()).isEqualTo("base");
  }

  private void write(ExportSettings settings) {
    List<OutputTensor> tensors =
        List.of(tensor(MODULE + ".lora_A.weight", 2, 8), tensor(MODULE + ".lora_B.weight", 8, 2));
    AdapterWriter.write(base, settings, 2, 6, List.of("q_proj"), tensors, adapter);
  }

  private static OutputTensor tensor(String name, long rows, long columns) {
    return TinyModel.random(new ExpectedTensor(name, List.of(rows, columns)), ElementType.F32);
  }

  private static void replace(Path weights, OutputTensor... tensors) throws IOException {
    Files.delete(weights);
    SafetensorsWriter.write(weights, new ArrayList<>(List.of(tensors)), Map.of());
  }

  private void change(String key, String value) throws IOException {
    Path file = adapter.resolve("adapter_config.json");
    ObjectNode config = (ObjectNode) Json.read(file, JsonNode.class);
    config.set(key, Json.parse(value, JsonNode.class, "value"));
    Files.writeString(file, Json.pretty(config));
  }

  private static String sha256(Path model) {
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      return checkpoint.sha256();
    }
  }

  private void expect(String said) {
    assertThatThrownBy(() -> Checkpoint.open(adapter).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(said);
  }
}
