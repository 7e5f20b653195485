package org.longpo.checkpoint.families;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.longpo.checkpoint.CommonKeys;
import org.longpo.checkpoint.ConfigObject;
import org.longpo.checkpoint.LayerType;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.ModelFamily;
import org.longpo.checkpoint.Norms;
import org.longpo.checkpoint.RopeConfig;

/** What Qwen2 and Qwen3 have in common. */
final class QwenKeys {
  private QwenKeys() {}

  /**
   * @param biases the family's
   * @param headDim the family's
   * @param queryKeyNorm whether q and k are normalised
   */
  static ModelConfig read(
      ModelFamily family,
      ConfigObject config,
      ModelConfig.Biases biases,
      int headDim,
      boolean queryKeyNorm) {
    CommonKeys keys = new CommonKeys(config);
    int layers = keys.layers(32);
    int heads = heads(config);
    int even = keys.headDim(headDim);
    OptionalInt window = window(config, keys);
    List<LayerType> layerTypes = layerTypes(config, keys, layers, window);
    int context = config.positiveOr("max_position_embeddings", 32_768);
    return new ModelConfig(
        family,
        new ModelConfig.Vocabulary(
            config.positiveOr("vocab_size", 151_936),
            config.booleanOr("tie_word_embeddings", false)),
        new ModelConfig.Blocks(
            layers,
            hiddenSize(config),
            config.positiveOr("intermediate_size", 22_016),
            Norms.ofLlama(config.doubleOr("rms_norm_eps", 1e-6)),
            biases,
            keys.activation("hidden_act", config.nullableString("hidden_act").orElse("silu"))),
        new ModelConfig.Attention(
            heads,
            keys.keyValueHeads(keyValueHeads(config, heads), heads),
            even,
            ModelConfig.Attention.scaleOf(even),
            queryKeyNorm,
            layerTypes.contains(LayerType.SLIDING_ATTENTION) ? window : OptionalInt.empty(),
            layerTypes),
        new ModelConfig.Positions(RopeConfig.read(config, even, context), context),
        keys.dtype());
  }

  static int hiddenSize(ConfigObject config) {
    return config.positiveOr("hidden_size", 4096);
  }

  static int heads(ConfigObject config) {
    return config.positiveOr("num_attention_heads", 32);
  }

  private static int keyValueHeads(ConfigObject config, int heads) {
    String key = "num_key_value_heads";
    return config.has(key) ? config.nullableInt(key).orElse(heads) : 32;
  }

  /** Empty where the rules of these families switch windows off. */
  private static OptionalInt window(ConfigObject config, CommonKeys keys) {
    boolean used = config.booleanOr("use_sliding_window", false);
    OptionalInt given = keys.slidingWindow(4096);
    return used ? keys.requireTokens(given) : OptionalInt.empty();
  }

  /** Without {@code layer_types}, the first {@code max_window_layers} have full attention. */
  private static List<LayerType> layerTypes(
      ConfigObject config, CommonKeys keys, int layers, OptionalInt window) {
    int fullLayers = config.intOr("max_window_layers", 28);
    return keys.layerTypes(layers, window, "use_sliding_window and sliding_window give")
        .orElseGet(
            () -> {
              List<LayerType> types = new ArrayList<>();
              for (int layer = 0; layer < layers; layer++) {
                boolean slides = window.isPresent() && layer >= fullLayers;
                types.add(slides ? LayerType.SLIDING_ATTENTION : LayerType.FULL_ATTENTION);
              }
              return types;
            });
  }
}
