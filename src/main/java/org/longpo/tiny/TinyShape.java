package org.longpo.tiny;

import java.util.LinkedHashMap;
import java.util.Map;
import org.longpo.files.Json;

/**
 * The shape of a tiny model: a Mistral of some million parameters.
 *
 * @param intermediate width of the feed-forward layers
 * @param tiesHead whether the head has the embedding's weights
 */
record TinyShape(int layers, int hidden, int intermediate, int heads, boolean tiesHead) {
  /** The trained window in tokens. */
  static final int WINDOW = 256;

  static final double ROPE_THETA = 10_000;

  /** {@code config.json}. */
  String config(int vocabularySize) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", new String[] {"MistralForCausalLM"});
    config.put("model_type", "mistral");
    config.put("vocab_size", vocabularySize);
    config.put("hidden_size", hidden);
    config.put("intermediate_size", intermediate);
    config.put("num_hidden_layers", layers);
    config.put("num_attention_heads", heads);
    config.put("num_key_value_heads", heads);
    config.put("head_dim", hidden / heads);
    config.put("hidden_act", "silu");
    config.put("max_position_embeddings", WINDOW);
    config.put("sliding_window", null);
    config.put("rms_norm_eps", 1e-5);
    config.put("rope_theta", ROPE_THETA);
    config.put("tie_word_embeddings", tiesHead);
    config.put("bos_token_id", 0);
    config.put("eos_token_id", 1);
    config.put("torch_dtype", "float32");
    return Json.pretty(config);
  }
}
