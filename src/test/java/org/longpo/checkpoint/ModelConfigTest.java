package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.checkpoint.families.ModelFamilies;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Held against transformers' own configuration classes: references/make_config_golden.py. */
class ModelConfigTest {
  @TempDir Path folder;

  static List<JsonNode> goldenCases() {
    return GoldenCases.read("config-golden.json");
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void shouldReadWhatTransformersReads(JsonNode golden) {
    JsonNode expected = golden.get("read");
    if (expected.isNull()) {
      assertThatThrownBy(() -> ModelConfigReader.parse(golden.get("config"), "config.json"))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("config.json");
      return;
    }
    ModelConfig config = ModelConfigReader.parse(golden.get("config"), "config.json");

    Map<String, Object> found = new LinkedHashMap<>();
    found.put("vocabularySize", config.vocabularySize());
    found.put("hiddenSize", config.hiddenSize());
    found.put("intermediateSize", config.intermediateSize());
    found.put("layers", config.layers());
    found.put("attentionHeads", config.attentionHeads());
    found.put("keyValueHeads", config.keyValueHeads());
    found.put("headDim", config.headDim());
    found.put("rmsNormEpsilon", config.rmsNormEpsilon());
    found.put("tiedEmbeddings", config.tiedEmbeddings());
    found.put("maxPositionEmbeddings", config.maxPositionEmbeddings());
    found.put("ropeTheta", config.rope().theta());
    found.put("dtype", config.dtype().map(ElementType::configName).orElse(null));
    found.put(
        "windows",
        IntStream.range(0, config.layers())
            .mapToObj(config::slidingWindow)
            .map(window -> window.isPresent() ? window.getAsInt() : null)
            .toList());
    if (expected.has("slidingRopeTheta")) {
      RopeSettings sliding = config.rope(LayerType.SLIDING_ATTENTION);
      found.put("ropeType", config.rope().scaling().configName());
      found.put("slidingRopeTheta", sliding.theta());
      found.put("slidingRopeType", sliding.scaling().configName());
      found.put("attentionScale", Math.round(config.attention().scale() * 1e12) / 1e12);
      found.put("embeddingScale", config.vocabulary().embeddingScale());
    }
    assertThat(Json.parse(Json.line(found), JsonNode.class, "found")).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void shouldExpectTheTensorsOfTransformersModel(JsonNode golden) {
    if (golden.get("read").isNull()) {
      assertThat(golden.get("tensors").isNull()).isTrue();
      return;
    }
    Map<String, List<Long>> expected = new LinkedHashMap<>();
    golden
        .get("tensors")
        .properties()
        .forEach(
            entry ->
                expected.put(
                    entry.getKey(),
                    entry.getValue().values().stream().map(JsonNode::longValue).toList()));

    Map<String, List<Long>> found = new LinkedHashMap<>();
    ModelConfig config = ModelConfigReader.parse(golden.get("config"), "config.json");
    ExpectedTensors.of(config).stream()
        .filter(tensor -> !tensor.name().contains(".layers.") || tensor.name().contains(".0."))
        .forEach(tensor -> found.put(tensor.name(), tensor.dimensions()));

    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model_type\": \"gpt2\", \"architectures\": [\"GPT2LMHeadModel\"]} | GPT2LMHeadModel",
        "{\"model_type\": \"llama\", \"architectures\": [\"LlamaForSequenceClassification\"]}"
            + " | LlamaForSequenceClassification",
        "{\"model_type\": \"llama\", \"architectures\": [\"MistralForCausalLM\"]}"
            + " | MistralForCausalLM",
        "{\"model_type\": \"qwen3_moe\"} | qwen3_moe",
        "{} | LlamaForCausalLM, MistralForCausalLM, Qwen2ForCausalLM, Qwen3ForCausalLM,"
            + " Gemma3ForCausalLM",
        "[] | is not a JSON object",
        "{\"model_type\": \"llama\", \"hidden_act\": \"gelu\"}"
            + " | hidden_act is gelu, only silu and gelu_pytorch_tanh are supported",
        "{\"model_type\": \"llama\", \"num_hidden_layers\": 0} | num_hidden_layers is 0",
        "{\"model_type\": \"llama\", \"num_hidden_layers\": 2147483647} | at most 10000",
        "{\"model_type\": \"llama\", \"head_dim\": 2, \"rope_scaling\": {\"type\": \"dynamic\","
            + " \"factor\": 2}} | head dimension of 2",
        "{\"model_type\": \"llama\", \"num_attention_heads\": 12, \"num_key_value_heads\": 5,"
            + " \"hidden_size\": 96} | does not divide",
        "{\"model_type\": \"llama\", \"head_dim\": 7} | even",
        "{\"model_type\": \"llama\", \"dtype\": \"int8\"} | dtype is int8",
        "{\"model_type\": \"llama\", \"vocab_size\": \"many\"} | vocab_size is \"many\"",
        "{\"model_type\": \"llama\", \"vocab_size\": 99999999999} | vocab_size is 99999999999",
        "{\"model_type\": \"mistral\", \"sliding_window\": 0} | sliding_window is 0",
        "{\"model_type\": \"llama\", \"quantization_config\": {\"bits\": 4}} | quantization_config",
        "{\"model_type\": \"llama\", \"rope_theta\": null} | rope_theta is null",
        "{\"model_type\": \"llama\", \"rope_theta\": -1} | rope_theta is -1",
        "{\"model_type\": \"llama\", \"partial_rotary_factor\": 0.5} | partial_rotary_factor",
        "{\"model_type\": \"llama\", \"rope_scaling\": {\"type\": \"mrope\"}} | RoPE type mrope",
        "{\"model_type\": \"llama\", \"rope_scaling\": {\"type\": \"linear\"}} | lacks factor",
        "{\"model_type\": \"llama\", \"rope_scaling\": {\"type\": \"linear\", \"factor\": \"2\"}}"
            + " | factor is \"2\"",
        "{\"model_type\": \"llama\", \"rope_scaling\": {\"type\": \"yarn\"}} | lacks factor",
        "{\"model_type\": \"llama\", \"rope_scaling\": {\"type\": \"longrope\", \"short_factor\":"
            + " [1], \"long_factor\": [2]}} | short_factor has 1 numbers",
        "{\"model_type\": \"qwen2\", \"rope_parameters\": {\"full_attention\": {}}}"
            + " | every layer type",
        "{\"model_type\": \"qwen2\", \"num_hidden_layers\": 1, \"layer_types\": [\"conv\"]}"
            + " | layer_types has conv",
        "{\"model_type\": \"qwen2\", \"num_hidden_layers\": 2, \"layer_types\":"
            + " [\"full_attention\"]} | layer_types has 1 entries",
        "{\"model_type\": \"qwen2\", \"num_hidden_layers\": 1, \"layer_types\":"
            + " [\"sliding_attention\"]} | give no window",
        "{\"model_type\": \"gemma3\", \"architectures\": [\"Gemma3ForConditionalGeneration\"]}"
            + " | model_type is gemma3, which reads images too; only its text model",
        "{\"model_type\": \"gemma2\"} | model_type is gemma2, whose soft-capping is not supported",
        "{\"model_type\": \"gemma3_text\", \"attn_logit_softcapping\": 50.0}"
            + " | attn_logit_softcapping is 50.0, but soft-capping is not supported",
        "{\"model_type\": \"gemma3_text\", \"final_logit_softcapping\": 30.0}"
            + " | final_logit_softcapping is 30.0, but soft-capping is not supported",
        "{\"model_type\": \"gemma3_text\", \"use_bidirectional_attention\": true}"
            + " | use_bidirectional_attention is true, but only",
        "{\"model_type\": \"gemma3_text\", \"hidden_activation\": \"gelu\"}"
            + " | hidden_activation is gelu",
        "{\"model_type\": \"gemma3_text\", \"hidden_size\": 2300} | hidden_size, 2300, is not",
        "{\"model_type\": \"gemma3_text\", \"query_pre_attn_scalar\": 0}"
            + " | query_pre_attn_scalar is 0",
        "{\"model_type\": \"gemma3_text\", \"sliding_window_pattern\": 0}"
            + " | sliding_window_pattern is 0",
        "{\"model_type\": \"gemma3_text\", \"sliding_window\": null}"
            + " | sliding_window is null, but layers slide",
        "{\"model_type\": \"gemma3_text\", \"num_hidden_layers\": 1, \"sliding_window\": null,"
            + " \"layer_types\": [\"sliding_attention\"]} | but sliding_window gives no window",
        "{\"model_type\": \"gemma3_text\", \"rope_parameters\": {\"rope_type\": \"linear\","
            + " \"factor\": 2}} | rope_parameters has no full_attention and no sliding_attention",
        "{\"model_type\": \"gemma3_text\", \"rope_scaling\": {\"type\": \"linear\", \"factor\":"
            + " 2}} | rope_scaling has a type, which this model's class in transformers does not",
        "{\"model_type\": \"gemma3_text\", \"rope_scaling\": {\"rope_type\": \"mrope\"}}"
            + " | RoPE of full_attention: the RoPE type mrope",
        "{\"model_type\": \"gemma3_text\", \"rope_local_base_freq\": 1}"
            + " | RoPE of sliding_attention: the base is 1.0",
      })
  void shouldRefuseWithReason(String json, String reason) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);

    assertThatThrownBy(() -> ModelConfig.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(reason);
  }

  @Test
  void shouldRefuseMissingFolderAndMissingConfig() {
    assertThatThrownBy(() -> ModelConfig.read(folder.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no model folder");
    assertThatThrownBy(() -> ModelConfig.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no config.json");
  }

  @Test
  void shouldRefuseHostileJson() throws IOException {
    Path file = folder.resolve("config.json");

    Files.writeString(file, "{\"vocab_size\": 1, \"vocab_size\": 2}");
    assertThatThrownBy(() -> ModelConfig.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("vocab_size");

    Files.writeString(file, "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
    assertThatThrownBy(() -> ModelConfig.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nesting");

    Files.write(file, new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'});
    assertThatThrownBy(() -> ModelConfig.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("UTF-8");

    Files.writeString(file, "");
    assertThatThrownBy(() -> ModelConfig.read(folder)).isInstanceOf(UserError.class);
  }

  @Test
  void shouldRefuseFileThatWouldFillTheMemory() throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("config.json").toFile(), "rw")) {
      file.setLength(ModelFolder.MAX_JSON_BYTES + 1); // Sparse.
    }
    assertThatThrownBy(() -> ModelConfig.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("100000001 bytes");
  }

  @Test
  void shouldAnswerAnyValueOfAnyKeyWithAModelOrAnError() {
    List<String> values =
        List.of(
            "null",
            "true",
            "0",
            "-1",
            "1",
            "2147483647",
            "1e400",
            "0.5",
            "\"x\"",
            "\"\"",
            "[]",
            "[null]",
            "[1, \"a\"]",
            "{}",
            "{\"rope_type\": null}",
            "{\"rope_type\": []}",
            "{\"factor\": {}}",
            "{\"rope_type\": \"longrope\", \"short_factor\": [{}]}");
    String base =
        """
        {"model_type": "%s", "hidden_size": 32, "num_attention_heads": 2, "num_key_value_heads": 1,
         "num_hidden_layers": 2, "vocab_size": 9, "intermediate_size": 7, "head_dim": 4,
         "use_sliding_window": true, "sliding_window": 4, "max_window_layers": 1, "layer_types":
         ["full_attention", "sliding_attention"], "rope_theta": 5.0, "rope_scaling": {"type":
         "linear", "factor": 2}, "rope_parameters": {"rope_type": "default"}, "dtype": "float32",
         "torch_dtype": "float32", "architectures": null, "rms_norm_eps": 1e-6, "hidden_act":
         "silu", "max_position_embeddings": 99, "tie_word_embeddings": false, "attention_bias":
         false, "mlp_bias": true, "original_max_position_embeddings": 5,
         "hidden_activation": "silu", "query_pre_attn_scalar": 4, "sliding_window_pattern": 2,
         "rope_local_base_freq": 3.0, "attn_logit_softcapping": null,
         "use_bidirectional_attention": false}\
        """;
    int refused = 0;
    int read = 0;
    for (ModelFamily family : ModelFamilies.ALL.families()) {
      ObjectNode config =
          (ObjectNode) Json.parse(base.formatted(family.modelType()), JsonNode.class, "base");
      for (String key : List.copyOf(config.propertyNames())) {
        for (String value : values) {
          ObjectNode changed = config.deepCopy();
          changed.set(key, Json.parse(value, JsonNode.class, "value"));
          try {
            ExpectedTensors.of(ModelConfigReader.parse(changed, "config.json"));
            read++;
          } catch (UserError e) {
            assertThat(e).hasMessageStartingWith("config.json");
            refused++;
          }
        }
      }
    }
    assertThat(refused).isGreaterThan(500);
    assertThat(read).isGreaterThan(100);
  }

  @Test
  void shouldKeepWindowOffLayersThatDoNotSlide() {
    String json =
        """
        {"model_type": "qwen2", "num_hidden_layers": 3, "use_sliding_window": true,
         "sliding_window": 100, "max_window_layers": 2}\
        """;

    ModelConfig config =
        ModelConfigReader.parse(Json.parse(json, JsonNode.class, "test"), "config.json");

    assertThat(config.slidingWindow(1)).isEmpty();
    assertThat(config.slidingWindow(2)).isEqualTo(OptionalInt.of(100));
  }
}
