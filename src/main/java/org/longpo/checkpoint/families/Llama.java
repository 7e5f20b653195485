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

/** Llama 2 and 3 ({@code configuration_llama.py}). */
public record Llama() implements ModelFamily {
  @Override
  public String modelType() {
    return "llama";
  }

  @Override
  public String architecture() {
    return "LlamaForCausalLM";
  }

  @Override
  public ModelConfig read(ConfigObject config) {
    CommonKeys keys = new CommonKeys(config);
    int hiddenSize = config.positiveOr("hidden_size", 4096);
    int layers = keys.layers(32);
    int heads = config.positiveOr("num_attention_heads", 32);
    keys.requireWholeHeads(hiddenSize, heads);
    int headDim = keys.headDim(config.nullableInt("head_dim").orElse(hiddenSize / heads));
    boolean attentionBias = config.booleanOr("attention_bias", false);
    int context = config.positiveOr("max_position_embeddings", 2048);
    return new ModelConfig(
        this,
        new ModelConfig.Vocabulary(
            config.positiveOr("vocab_size", 32_000),
            config.booleanOr("tie_word_embeddings", false)),
        new ModelConfig.Blocks(
            layers,
            hiddenSize,
            config.positiveOr("intermediate_size", 11_008),
            Norms.ofLlama(config.doubleOr("rms_norm_eps", 1e-6)),
            new ModelConfig.Biases(
                attentionBias, attentionBias, config.booleanOr("mlp_bias", false)),
            keys.activation("hidden_act", config.nullableString("hidden_act").orElse("silu"))),
        new ModelConfig.Attention(
            heads,
            keys.keyValueHeads(config.nullableInt("num_key_value_heads").orElse(heads), heads),
            headDim,
            ModelConfig.Attention.scaleOf(headDim),
            /* queryKeyNorm= */ false,
            OptionalInt.empty(),
            Collections.nCopies(layers, LayerType.FULL_ATTENTION)),
        new ModelConfig.Positions(RopeConfig.read(config, headDim, context), context),
        keys.dtype());
  }
}
