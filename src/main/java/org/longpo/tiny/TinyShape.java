package org.longpo.tiny;

import java.util.LinkedHashMap;
import java.util.Map;
import org.longpo.files.Json;

/** The tiny model's shape: a Mistral of some million parameters. */
final class TinyShape {
  /** The trained window in tokens. */
  static final int WINDOW = 256;

  static final int LAYERS = 4;
  static final int HIDDEN = 128;
  static final double ROPE_THETA = 10_000;

  private static final int INTERMEDIATE = 320;
  private static final int HEADS = 4;

  private TinyShape() {}

  /** {@code config.json}. */
  static String config(int vocabularySize) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", new String[] {"MistralForCausalLM"});
    config.put("model_type", "mistral");
    config.put("vocab_size", vocabularySize);
    config.put("hidden_size", HIDDEN);
    config.put("intermediate_size", INTERMEDIATE);
    config.put("num_hidden_layers", LAYERS);
    config.put("num_attention_heads", HEADS);
    config.put("num_key_value_heads", HEADS);
    config.put("head_dim", HIDDEN / HEADS);
    config.put("hidden_act", "silu");
    config.put("max_position_embeddings", WINDOW);
    config.put("sliding_window", null);
    config.put("rms_norm_eps", 1e-5);
    config.put("rope_theta", ROPE_THETA);
    config.put("tie_word_embeddings", true);
    config.put("bos_token_id", 0);
    config.put("eos_token_id", 1);
    config.put("torch_dtype", "float32");
    return Json.pretty(config);
  }
}
