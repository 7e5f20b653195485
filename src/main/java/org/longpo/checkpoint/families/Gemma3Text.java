package org.longpo.checkpoint.families;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.longpo.checkpoint.CommonKeys;
import org.longpo.checkpoint.ConfigObject;
import org.longpo.checkpoint.LayerRopeConfig;
import org.longpo.checkpoint.LayerType;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.ModelConfig.Positions;
import org.longpo.checkpoint.ModelFamily;
import org.longpo.checkpoint.Norms;
import org.longpo.error.UserError;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text models of Gemma 3: norms before and after attention and MLP, scaled embeddings, layers
 * with a window and without one in turn, each type with a RoPE of its own ({@code
 * configuration_gemma3.py}, {@code modeling_gemma3.py}).
 */
public record Gemma3Text() implements ModelFamily {
  /** Before and after attention and MLP. */
  public static final Norms.Places NORMS =
      new Norms.Places(
          Optional.of("input_layernorm"),
          Optional.of("post_attention_layernorm"),
          Optional.of("pre_feedforward_layernorm"),
          Optional.of("post_feedforward_layernorm"));

  private static final LayerRopeConfig ROPE =
      new LayerRopeConfig(1_000_000, "rope_local_base_freq", 10_000);

  private static final List<String> SOFT_CAPS =
      List.of("attn_logit_softcapping", "final_logit_softcapping");

  @Override
  public String modelType() {
    return "gemma3_text";
  }

  @Override
  public String architecture() {
    return "Gemma3ForCausalLM";
  }

  @Override
  public ModelConfig read(ConfigObject config) {
    refuseOtherAttention(config);
    CommonKeys keys = new CommonKeys(config);
    int hiddenSize = config.positiveOr("hidden_size", 2304);
    int layers = keys.layers(26);
    int heads = config.positiveOr("num_attention_heads", 8);
    keys.requireWholeHeads(hiddenSize, heads);
    int headDim = keys.headDim(config.intOr("head_dim", 256));
    boolean attentionBias = config.booleanOr("attention_bias", false);
    OptionalInt window = keys.requireTokens(keys.slidingWindow(4096));
    List<LayerType> layerTypes = layerTypes(config, keys, layers, window);
    String activation = "hidden_activation";
    return new ModelConfig(
        this,
        new ModelConfig.Vocabulary(
            config.positiveOr("vocab_size", 262_208),
            config.booleanOr("tie_word_embeddings", true),
            Math.sqrt(hiddenSize)),
        new ModelConfig.Blocks(
            layers,
            hiddenSize,
            config.positiveOr("intermediate_size", 9216),
            new Norms(
                config.doubleOr("rms_norm_eps", 1e-6),
                /* weightOffset= */ 1,
                /* roundedOnce= */ true,
                NORMS),
            new ModelConfig.Biases(attentionBias, attentionBias, false),
            keys.activation(activation, config.stringOr(activation, "gelu_pytorch_tanh"))),
        new ModelConfig.Attention(
            heads,
            keys.keyValueHeads(config.intOr("num_key_value_heads", 4), heads),
            headDim,
            ModelConfig.Attention.scaleOf(config.positiveOr("query_pre_attn_scalar", 256)),
            /* queryKeyNorm= */ true,
            layerTypes.contains(LayerType.SLIDING_ATTENTION) ? window : OptionalInt.empty(),
            layerTypes),
        ROPE.read(config, headDim, config.positiveOr("max_position_embeddings", 131_072)),
        keys.dtype());
  }

  private static void refuseOtherAttention(ConfigObject config) {
    for (String key : SOFT_CAPS) {
      if (!config.lacks(key)) {
        throw new UserError(
            "%s: %s is %s, but soft-capping is not supported; only models without it (null) are."
                .formatted(config.where(), key, config.json().get(key)));
      }
    }
    String key = "use_bidirectional_attention";
    if (!config.lacks(key) && config.booleanOr(key, false)) {
      throw new UserError(
          "%s: %s is true, but only models that read from left to right are supported."
              .formatted(config.where(), key));
    }
  }

  /** Without {@code layer_types}, every {@code sliding_window_pattern}-th layer is full. */
  private static List<LayerType> layerTypes(
      ConfigObject config, CommonKeys keys, int layers, OptionalInt window) {
    List<LayerType> types =
        keys.layerTypes(layers, window, "sliding_window gives")
            .orElseGet(() -> alternating(layers, config.positiveOr("sliding_window_pattern", 6)));
    if (types.contains(LayerType.SLIDING_ATTENTION) && window.isEmpty()) {
      throw new UserError(
          config.where()
              + ": sliding_window is null, but layers slide (sliding_window_pattern); expected the"
              + " tokens that they see.");
    }
    return types;
  }

  private static List<LayerType> alternating(int layers, int pattern) {
    return IntStream.rangeClosed(1, layers)
        .mapToObj(
            layer -> layer % pattern == 0 ? LayerType.FULL_ATTENTION : LayerType.SLIDING_ATTENTION)
        .toList();
  }

  @Override
  public void writeRope(ObjectNode config, Positions current, Positions wanted) {
    ROPE.write(config, current, wanted);
  }

  @Override
  public ObjectNode ropeParameters(Positions positions) {
    return ROPE.block(positions);
  }

  /** Those above 1B have a linear factor of 8 and state 131,072 positions, with it. */
  @Override
  public boolean statesScaledContext() {
    return true;
  }

  @Override
  public Map<String, String> unsupportedRelatives() {
    return Map.of(
        "gemma3",
        "which reads images too; only its text model (gemma3_text, Gemma3ForCausalLM) is"
            + " supported: save that one with transformers.",
        "gemma2",
        "whose soft-capping is not supported; of the Gemma models only gemma3_text is.");
  }
}
