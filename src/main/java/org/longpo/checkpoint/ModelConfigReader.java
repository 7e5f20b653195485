package org.longpo.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.longpo.error.UserError;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.JsonNode;

/**
 * Reads config.json with the defaults of transformers 5's configuration classes ({@code
 * configuration_llama.py}, {@code _mistral}, {@code _qwen2}, {@code _qwen3}).
 */
final class ModelConfigReader {
  private static final List<String> UNSUPPORTED_KEYS =
      List.of("quantization_config", "per_layer_config");

  /** Far above any model; a wrong number must not fill the memory with layer names. */
  private static final int MAX_LAYERS = 10_000;

  private final ModelFamily family;
  private final ConfigObject config;

  private ModelConfigReader(ModelFamily family, ConfigObject config) {
    this.family = family;
    this.config = config;
  }

  static ModelConfig read(Path folder) {
    ModelFolder files = ModelFolder.of(folder);
    return parse(AdapterSettings.configOf(files), files.required(ModelFolder.CONFIG).toString());
  }

  /** Reads a configuration; {@code where} names its file for errors. */
  static ModelConfig parse(JsonNode json, String where) {
    ConfigObject config = ConfigObject.root(json, where);
    return new ModelConfigReader(family(config), config).read();
  }

  /** By {@code model_type}, as transformers does; {@code architectures} must not contradict it. */
  private static ModelFamily family(ConfigObject config) {
    List<String> architectures = config.nullableStrings("architectures").orElse(List.of());
    String architecture = architectures.isEmpty() ? "" : architectures.getFirst();
    Optional<String> modelType = config.nullableString("model_type");
    Optional<ModelFamily> family =
        modelType.isPresent()
            ? ModelFamily.ofModelType(modelType.get())
            : ModelFamily.ofArchitecture(architecture);
    boolean agrees =
        family.isPresent()
            && (architecture.isEmpty() || architecture.equals(family.get().architecture()));
    if (!agrees) {
      throw new UserError(
          "%s describes the architecture %s (model_type %s), which is not supported; supported are %s."
              .formatted(
                  config.where(),
                  architecture.isEmpty() ? "(none named)" : architecture,
                  modelType.orElse("(none named)"),
                  String.join(", ", ModelFamily.architectures())));
    }
    return family.get();
  }

  private ModelConfig read() {
    for (String key : UNSUPPORTED_KEYS) {
      if (!config.lacks(key)) {
        throw new UserError(
            config.where() + " has a " + key + ", which is not supported; use plain weights.");
      }
    }
    String activation = config.nullableString("hidden_act").orElse("silu");
    if (!activation.equals("silu") && !activation.equals("swish")) {
      throw new UserError(
          "%s: hidden_act is %s, only silu is supported.".formatted(config.where(), activation));
    }
    int hiddenSize = config.positiveOr("hidden_size", 4096);
    int layers = layers();
    int attentionHeads = config.positiveOr("num_attention_heads", 32);
    int keyValueHeads = keyValueHeads(attentionHeads);
    int headDim = headDim(hiddenSize, attentionHeads);
    int maxPositionEmbeddings =
        config.positiveOr(
            "max_position_embeddings",
            switch (family) {
              case LLAMA -> 2048;
              case MISTRAL -> 131_072;
              case QWEN2, QWEN3 -> 32_768;
            });
    OptionalInt slidingWindow = slidingWindow();
    List<LayerType> layerTypes = layerTypes(layers, slidingWindow);
    return new ModelConfig(
        family,
        new ModelConfig.Vocabulary(
            config.positiveOr(
                "vocab_size",
                switch (family) {
                  case LLAMA, MISTRAL -> 32_000;
                  case QWEN2, QWEN3 -> 151_936;
                }),
            config.booleanOr("tie_word_embeddings", false)),
        new ModelConfig.Blocks(
            layers,
            hiddenSize,
            config.positiveOr(
                "intermediate_size",
                switch (family) {
                  case LLAMA -> 11_008;
                  case MISTRAL -> 14_336;
                  case QWEN2, QWEN3 -> 22_016;
                }),
            config.doubleOr("rms_norm_eps", 1e-6),
            biases()),
        new ModelConfig.Attention(
            attentionHeads,
            keyValueHeads,
            headDim,
            /* queryKeyNorm= */ family == ModelFamily.QWEN3,
            layerTypes.contains(LayerType.SLIDING_ATTENTION) ? slidingWindow : OptionalInt.empty(),
            layerTypes),
        new ModelConfig.Positions(
            RopeConfig.read(config, headDim, maxPositionEmbeddings), maxPositionEmbeddings),
        dtype());
  }

  private ModelConfig.Biases biases() {
    return switch (family) {
      case LLAMA -> {
        boolean attention = config.booleanOr("attention_bias", false);
        yield new ModelConfig.Biases(attention, attention, config.booleanOr("mlp_bias", false));
      }
      case QWEN3 -> {
        boolean attention = config.booleanOr("attention_bias", false);
        yield new ModelConfig.Biases(attention, attention, false);
      }
      case QWEN2 -> new ModelConfig.Biases(true, false, false);
      case MISTRAL -> ModelConfig.Biases.NONE;
    };
  }

  private int layers() {
    String key = "num_hidden_layers";
    int layers = config.positiveOr(key, 32);
    if (layers > MAX_LAYERS) {
      throw new UserError(
          "%s: %s is %d, expected at most %d.".formatted(config.where(), key, layers, MAX_LAYERS));
    }
    return layers;
  }

  private int keyValueHeads(int attentionHeads) {
    String key = "num_key_value_heads";
    int heads =
        switch (family) {
          case LLAMA -> config.nullableInt(key).orElse(attentionHeads);
          case MISTRAL -> config.intOr(key, 8);
          case QWEN2, QWEN3 ->
              config.has(key) ? config.nullableInt(key).orElse(attentionHeads) : 32;
        };
    if (heads <= 0 || attentionHeads % heads != 0) {
      throw new UserError(
          "%s: num_key_value_heads is %d, which does not divide num_attention_heads, %d."
              .formatted(config.where(), heads, attentionHeads));
    }
    return heads;
  }

  private int headDim(int hiddenSize, int attentionHeads) {
    if (family == ModelFamily.LLAMA && hiddenSize % attentionHeads != 0) {
      throw new UserError(
          "%s: hidden_size, %d, is not a multiple of num_attention_heads, %d."
              .formatted(config.where(), hiddenSize, attentionHeads));
    }
    int derived = hiddenSize / attentionHeads;
    int headDim =
        switch (family) {
          case LLAMA, MISTRAL -> config.nullableInt("head_dim").orElse(derived);
          case QWEN2 -> config.intOr("head_dim", derived);
          case QWEN3 -> config.intOr("head_dim", 128);
        };
    if (headDim <= 0 || headDim % 2 != 0) {
      throw new UserError(
          "%s: the head dimension is %d, RoPE needs an even one."
              .formatted(config.where(), headDim));
    }
    return headDim;
  }

  /**
   * The window of layers with sliding attention; empty where the family's rules switch windows off.
   */
  private OptionalInt slidingWindow() {
    String key = "sliding_window";
    OptionalInt window =
        switch (family) {
          case LLAMA -> OptionalInt.empty();
          case MISTRAL -> config.has(key) ? config.nullableInt(key) : OptionalInt.of(4096);
          case QWEN2, QWEN3 -> {
            boolean used = config.booleanOr("use_sliding_window", false);
            OptionalInt given = config.has(key) ? config.nullableInt(key) : OptionalInt.of(4096);
            yield used ? given : OptionalInt.empty();
          }
        };
    if (window.isPresent() && window.getAsInt() <= 0) {
      throw new UserError(
          "%s: sliding_window is %d, expected at least 1 or null."
              .formatted(config.where(), window.getAsInt()));
    }
    return window;
  }

  private List<LayerType> layerTypes(int layers, OptionalInt slidingWindow) {
    return switch (family) {
      case LLAMA -> Collections.nCopies(layers, LayerType.FULL_ATTENTION);
      case MISTRAL ->
          Collections.nCopies(
              layers,
              slidingWindow.isPresent() ? LayerType.SLIDING_ATTENTION : LayerType.FULL_ATTENTION);
      case QWEN2, QWEN3 -> qwenLayerTypes(layers, slidingWindow);
    };
  }

  private List<LayerType> qwenLayerTypes(int layers, OptionalInt slidingWindow) {
    int fullLayers = config.intOr("max_window_layers", 28);
    Optional<List<String>> named = config.nullableStrings("layer_types");
    if (named.isPresent() && named.get().size() != layers) {
      throw new UserError(
          "%s: layer_types has %d entries, expected one per layer, %d."
              .formatted(config.where(), named.get().size(), layers));
    }
    List<LayerType> types = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      if (named.isPresent()) {
        types.add(layerType(named.get().get(layer), slidingWindow));
      } else {
        boolean slides = slidingWindow.isPresent() && layer >= fullLayers;
        types.add(slides ? LayerType.SLIDING_ATTENTION : LayerType.FULL_ATTENTION);
      }
    }
    return types;
  }

  private LayerType layerType(String name, OptionalInt slidingWindow) {
    return switch (name) {
      // "attention" is the older name of full attention.
      case "full_attention", "attention" -> LayerType.FULL_ATTENTION;
      case "sliding_attention" -> {
        if (slidingWindow.isEmpty()) {
          throw new UserError(
              config.where()
                  + ": layer_types contains sliding_attention, but use_sliding_window and"
                  + " sliding_window give no window.");
        }
        yield LayerType.SLIDING_ATTENTION;
      }
      default ->
          throw new UserError(
              "%s: layer_types has %s; supported are full_attention and sliding_attention."
                  .formatted(config.where(), name));
    };
  }

  private Optional<ElementType> dtype() {
    Optional<String> name =
        config.nullableString("dtype").or(() -> config.nullableString("torch_dtype"));
    return name.map(this::dtype);
  }

  private ElementType dtype(String name) {
    return ElementType.ofConfigName(name)
        .filter(ElementType::isFloatingPoint)
        .orElseThrow(
            () ->
                new UserError(
                    "%s: dtype is %s; supported are float64, float32, float16 and bfloat16."
                        .formatted(config.where(), name)));
  }
}
