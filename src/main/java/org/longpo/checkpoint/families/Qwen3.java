package org.longpo.checkpoint.families;

import org.longpo.checkpoint.ConfigObject;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.ModelFamily;

/** Qwen3: norms of queries and keys ({@code configuration_qwen3.py}). */
public record Qwen3() implements ModelFamily {
  @Override
  public String modelType() {
    return "qwen3";
  }

  @Override
  public String architecture() {
    return "Qwen3ForCausalLM";
  }

  @Override
  public ModelConfig read(ConfigObject config) {
    boolean attentionBias = config.booleanOr("attention_bias", false);
    return QwenKeys.read(
        this,
        config,
        new ModelConfig.Biases(attentionBias, attentionBias, false),
        config.intOr("head_dim", 128),
        /* queryKeyNorm= */ true);
  }
}
