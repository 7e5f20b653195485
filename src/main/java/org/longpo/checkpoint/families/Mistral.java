package org.longpo.checkpoint.families;

import java.util.Collections;
import java.util.OptionalInt;
import org.longpo.checkpoint.CommonKeys;
import org.longpo.checkpoint.ConfigObject;
import org.longpo.checkpoint.LayerType;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.ModelFamily;
import org.longpo.checkpoint.Norms;
import org.longpo.checkpoint.RopeConfig;

/** Mistral: all layers slide, if there is a window ({@code configuration_mistral.py}). */
public record Mistral() implements ModelFamily {
  @Override
  public String modelType() {
    return "mistral";
  }

  @Override
  public String architecture() {
    return "MistralForCausalLM";
  }

  @Override
  public ModelConfig read(ConfigObject config) {
    CommonKeys keys = new CommonKeys(config);
    int hiddenSize = config.positiveOr("hidden_size", 4096);
    int layers = keys.layers(32);
    int heads = config.positiveOr("num_attention_heads", 32);
    int headDim = keys.headDim(config.nullableInt("head_dim").orElse(hiddenSize / heads));
    OptionalInt window = keys.requireTokens(keys.slidingWindow(4096));
    int context = config.positiveOr("max_position_embeddings", 131_072);
    return new ModelConfig(
        this,
        new ModelConfig.Vocabulary(
            config.positiveOr("vocab_size", 32_000),
            config.booleanOr("tie_word_embeddings", false)),
        new ModelConfig.Blocks(
            layers,
            hiddenSize,
            config.positiveOr("intermediate_size", 14_336),
            Norms.ofLlama(config.doubleOr("rms_norm_eps", 1e-6)),
            ModelConfig.Biases.NONE,
            keys.activation("hidden_act", config.nullableString("hidden_act").orElse("silu"))),
        new ModelConfig.Attention(
            heads,
            keys.keyValueHeads(config.intOr("num_key_value_heads", 8), heads),
            headDim,
            ModelConfig.Attention.scaleOf(headDim),
            /* queryKeyNorm= */ false,
            window,
            Collections.nCopies(
                layers,
                window.isPresent() ? LayerType.SLIDING_ATTENTION : LayerType.FULL_ATTENTION)),
        new ModelConfig.Positions(RopeConfig.read(config, headDim, context), context),
        keys.dtype());
  }
}
