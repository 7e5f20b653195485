"""Golden model configurations: what transformers makes of a config.json.

Every case is a config.json and the attributes that transformers' configuration class has after
reading it, or null where it refuses. No randomness.

Made with Python 3.11, torch 2.13.0 (CPU), transformers 5.18.0:
    python references/make_config_golden.py src/test/resources/org/longpo/checkpoint/config-golden.json
"""

import copy
import json
import sys

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM

ARCHITECTURES = {
    "llama": "LlamaForCausalLM",
    "mistral": "MistralForCausalLM",
    "qwen2": "Qwen2ForCausalLM",
    "qwen3": "Qwen3ForCausalLM",
    "gemma3_text": "Gemma3ForCausalLM",
}
SMALL = {"vocab_size": 48, "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 3, "num_attention_heads": 4}
CHANGES = [
    {"num_key_value_heads": 2},
    {"num_key_value_heads": 1, "head_dim": 8},
    {"num_key_value_heads": 4, "tie_word_embeddings": True, "torch_dtype": "bfloat16"},
    {"num_key_value_heads": 2, "dtype": "float16", "torch_dtype": "bfloat16"},
    {"num_key_value_heads": 2, "attention_bias": True, "mlp_bias": True},
    {"num_key_value_heads": 2, "sliding_window": None},
    {"num_key_value_heads": 2, "sliding_window": 5},
    {"num_key_value_heads": 2, "sliding_window": 5, "use_sliding_window": True, "max_window_layers": 1},
    {"num_key_value_heads": 2, "sliding_window": 5, "use_sliding_window": False, "max_window_layers": 1},
    {"num_key_value_heads": 2, "sliding_window": None, "use_sliding_window": True, "max_window_layers": 0},
    {"num_key_value_heads": 2, "use_sliding_window": True},
    {"num_key_value_heads": 2, "sliding_window": 5, "use_sliding_window": True,
     "layer_types": ["full_attention", "sliding_attention", "full_attention"]},
    {"num_key_value_heads": None},
    {"num_key_value_heads": 2, "head_dim": None},
    {"num_key_value_heads": 2, "hidden_size": None},
    {"num_key_value_heads": 2, "hidden_size": 16.0},
    {"num_key_value_heads": 2, "rms_norm_eps": 1e-05},
    {"num_key_value_heads": 2, "rms_norm_eps": None},
    {"num_key_value_heads": 2, "tie_word_embeddings": None},
    {"num_key_value_heads": 2, "max_position_embeddings": 77},
]
GEMMA3_CHANGES = [
    {"query_pre_attn_scalar": 24},
    {"query_pre_attn_scalar": 24.0},
    {"sliding_window_pattern": 2},
    {"sliding_window_pattern": 0},
    {"sliding_window_pattern": None},
    {"sliding_window_pattern": 2, "layer_types": ["full_attention", "sliding_attention", "sliding_attention"]},
    {"layer_types": ["attention", "full_attention", "full_attention"], "sliding_window": None},
    {"layer_types": ["full_attention", "full_attention"]},
    {"hidden_activation": None},
    {"hidden_act": "relu"},
    {"num_attention_heads": 3},
    {"use_bidirectional_attention": None},
    {"rope_theta": 500.0},
    {"rope_local_base_freq": 50.0},
    {"rope_theta": 500.0, "rope_local_base_freq": 50.0, "rope_scaling": {"rope_type": "linear", "factor": 8.0}},
    {"rope_scaling": {"rope_type": "linear", "factor": 8.0, "rope_theta": 7.0}, "rope_theta": 500.0},
    {"rope_parameters": {"full_attention": {"rope_type": "default", "rope_theta": 500.0},
                         "sliding_attention": {"rope_type": "default", "rope_theta": 50.0}}},
    {"rope_parameters": {"full_attention": {"rope_type": "default"}, "sliding_attention": {"rope_type": "default"}},
     "rope_theta": 500.0, "rope_local_base_freq": 50.0},
    {"rope_parameters": {"full_attention": {"rope_type": "default", "rope_theta": 500.0}}},
    {"rope_parameters": {"full_attention": {"type": "linear", "factor": 2.0}, "sliding_attention": None}},
    {"rope_parameters": {"full_attention": {"rope_theta": 500.0}, "sliding_attention": {}},
     "rope_scaling": {"rope_type": "linear", "factor": 3.0}},
]


def window_of(config, layer):
    """The window of a layer's attention as the modelling code picks it; null without one."""
    if config.model_type == "llama":
        return None
    if config.model_type == "mistral":
        return config.sliding_window
    return config.sliding_window if config.layer_types[layer] == "sliding_attention" else None


def golden(family, changes, shape):
    given = {"architectures": [ARCHITECTURES[family]], "model_type": family, **shape, **changes}
    try:
        values = copy.deepcopy(given)
        values.pop("model_type")
        config = AutoConfig.for_model(family, **values)
        with torch.device("meta"):
            model = AutoModelForCausalLM.from_config(config)
        if family == "gemma3_text" and config.sliding_window is None and "sliding_attention" in config.layer_types:
            raise ValueError("the model would refuse its first input (masking_utils.py)")
    except Exception:
        return {"config": given, "read": None, "tensors": None}
    attention = model.model.layers[0].self_attn
    read = {
        "vocabularySize": config.vocab_size,
        "hiddenSize": config.hidden_size,
        "intermediateSize": config.intermediate_size,
        "layers": config.num_hidden_layers,
        "attentionHeads": config.num_attention_heads,
        "keyValueHeads": config.num_key_value_heads,
        "headDim": attention.head_dim,
        "rmsNormEpsilon": config.rms_norm_eps,
        "tiedEmbeddings": config.tie_word_embeddings,
        "maxPositionEmbeddings": config.max_position_embeddings,
        "ropeTheta": config.rope_parameters.get("full_attention", config.rope_parameters)["rope_theta"],
        "dtype": None if config.dtype is None else str(config.dtype).removeprefix("torch."),
        "windows": [window_of(config, layer) for layer in range(config.num_hidden_layers)],
    }
    if family == "gemma3_text":
        full, sliding = config.rope_parameters["full_attention"], config.rope_parameters["sliding_attention"]
        read |= {
            "ropeType": full["rope_type"],
            "slidingRopeTheta": sliding["rope_theta"],
            "slidingRopeType": sliding["rope_type"],
            "attentionScale": round(attention.scaling, 12),
            "embeddingScale": model.model.embed_tokens.scalar_embed_scale,
        }
    # All layers look alike: the first and the rest of the model tell everything.
    tensors = {
        name: list(tensor.shape)
        for name, tensor in model.state_dict().items()
        if ".layers." not in name or ".layers.0." in name
    }
    if config.tie_word_embeddings:
        tensors.pop("lm_head.weight")
    return {"config": given, "read": read, "tensors": tensors}


def main():
    rows = [golden(family, {}, {}) for family in ARCHITECTURES]
    rows += [golden(family, changes, SMALL) for family in ARCHITECTURES for changes in CHANGES]
    rows += [golden("gemma3_text", {"num_key_value_heads": 1, "sliding_window_pattern": 2, **changes}, SMALL) for changes in GEMMA3_CHANGES]
    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write('{"versions": ' + json.dumps(versions) + ',\n"cases": [\n')
        out.write(",\n".join(json.dumps(row) for row in rows))
        out.write("\n]}\n")


if __name__ == "__main__":
    main()
