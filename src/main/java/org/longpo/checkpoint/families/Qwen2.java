package org.longpo.checkpoint.families;

import org.longpo.checkpoint.ConfigObject;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.ModelFamily;

/** Qwen2 and 2.5: biases of q, k and v ({@code configuration_qwen2.py}). */
public record Qwen2() implements ModelFamily {
  @Override
  public String modelType() {
    return "qwen2";
  }

  @Override
  public String architecture() {
    return "Qwen2ForCausalLM";
  }

  @Override
  public ModelConfig read(ConfigObject config) {
    int derived = QwenKeys.hiddenSize(config) / QwenKeys.heads(config);
    return QwenKeys.read(
        this,
        config,
        new ModelConfig.Biases(/* queryKeyValue= */ true, false, false),
        config.intOr("head_dim", derived),
        /* queryKeyNorm= */ false);
  }
}
