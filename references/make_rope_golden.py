"""Golden rotary frequencies, from transformers' own module.

For every configuration and sequence length: the inverse frequencies and the attention factor that
a fresh LlamaRotaryEmbedding uses for a sequence of that final length. No randomness.

Made with Python 3.11, torch 2.13.0 (CPU), transformers 5.18.0:
    python references/make_rope_golden.py src/test/resources/org/longpo/checkpoint/rope-golden.json
"""

import copy
import json
import sys

import torch
import transformers
from transformers import LlamaConfig
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

HEADS = 2
SHORT_8 = [1.0, 1.1, 1.25, 1.5]
LONG_8 = [1.0, 2.5, 7.75, 31.3]


def llama3(**changes):
    return {
        "rope_type": "llama3",
        "factor": 8.0,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192,
        **changes,
    }


# name, head dimension, the rope part of config.json, lengths
CASES = [
    ("default", 8, {"max_position_embeddings": 512}, [16]),
    ("default theta outside", 128, {"max_position_embeddings": 32768, "rope_theta": 1000000.0}, [16]),
    ("default theta inside", 64, {"max_position_embeddings": 512, "rope_theta": 7.0,
        "rope_parameters": {"rope_type": "default", "rope_theta": 500000.0}}, [16]),
    ("default odd theta", 80, {"max_position_embeddings": 512, "rope_theta": 123456.789}, [16]),
    ("linear old spelling", 64, {"max_position_embeddings": 4096, "rope_theta": 10000.0,
        "rope_scaling": {"type": "linear", "factor": 4}}, [16]),
    ("linear new spelling", 64, {"max_position_embeddings": 4096,
        "rope_parameters": {"rope_type": "linear", "factor": 2.5, "rope_theta": 20000.0}}, [16]),
    ("rope_scaling beats rope_parameters", 16, {"max_position_embeddings": 4096, "rope_theta": 3000.0,
        "rope_scaling": {"rope_type": "linear", "factor": 3.0},
        "rope_parameters": {"rope_type": "default", "rope_theta": 7.0}}, [16]),
    ("empty rope_scaling", 16, {"max_position_embeddings": 4096, "rope_theta": 3000.0, "rope_scaling": {},
        "rope_parameters": {"rope_type": "linear", "factor": 3.0, "rope_theta": 70.0}}, [16]),
    ("dynamic", 8, {"max_position_embeddings": 64, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "dynamic", "factor": 2.0}}, [1, 63, 64, 65, 100, 257, 100000]),
    ("dynamic wide", 128, {"max_position_embeddings": 4096, "rope_theta": 500000.0,
        "rope_scaling": {"type": "dynamic", "factor": 8.0}}, [4096, 4097, 131072]),
    ("dynamic fraction", 64, {"max_position_embeddings": 100, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "dynamic", "factor": 1.7}}, [100, 333]),
    ("yarn", 128, {"max_position_embeddings": 32768, "rope_theta": 1000000.0,
        "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}, [16]),
    ("yarn original from context", 64, {"max_position_embeddings": 4096, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "yarn", "factor": 16.0}}, [16]),
    ("yarn original outside", 64, {"max_position_embeddings": 4096, "rope_theta": 10000.0,
        "original_max_position_embeddings": 1024,
        "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 2048}}, [16]),
    ("yarn null factor", 64, {"max_position_embeddings": 8192, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "yarn", "factor": None, "original_max_position_embeddings": 2048}}, [16]),
    ("yarn attention factor", 64, {"max_position_embeddings": 8192, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 2048,
            "attention_factor": 0.75}}, [16]),
    ("yarn mscale", 64, {"max_position_embeddings": 163840, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "yarn", "factor": 40.0, "original_max_position_embeddings": 4096,
            "beta_fast": 32, "beta_slow": 1, "mscale": 1.0, "mscale_all_dim": 0.707}}, [16]),
    ("yarn mscale alone", 64, {"max_position_embeddings": 163840, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "yarn", "factor": 40.0, "original_max_position_embeddings": 4096,
            "mscale": 0.5}}, [16]),
    ("yarn not truncated", 64, {"max_position_embeddings": 131072, "rope_theta": 150000.0,
        "rope_parameters": {"rope_type": "yarn", "rope_theta": 150000.0, "factor": 32.0,
            "original_max_position_embeddings": 4096, "beta_fast": 32.0, "beta_slow": 1.0,
            "truncate": False}}, [16]),
    ("yarn other betas", 96, {"max_position_embeddings": 8192, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "yarn", "factor": 2.0, "original_max_position_embeddings": 4096,
            "beta_fast": 8, "beta_slow": 2}}, [16]),
    ("yarn zero betas are defaults", 32, {"max_position_embeddings": 8192, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "yarn", "factor": 2.0, "original_max_position_embeddings": 4096,
            "beta_fast": 0, "beta_slow": 0}}, [16]),
    ("yarn collapsed ramp", 8, {"max_position_embeddings": 64, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "yarn", "factor": 2.0, "original_max_position_embeddings": 4,
            "beta_fast": 32, "beta_slow": 1}}, [16]),
    ("llama 3.1", 128, {"max_position_embeddings": 131072, "rope_theta": 500000.0,
        "rope_scaling": llama3()}, [16]),
    ("llama 3.2", 64, {"max_position_embeddings": 131072,
        "rope_parameters": llama3(factor=32.0, rope_theta=500000.0)}, [16]),
    ("llama3 small", 16, {"max_position_embeddings": 1024, "rope_theta": 10000.0,
        "rope_scaling": llama3(factor=3.0, low_freq_factor=1.5, high_freq_factor=5,
            original_max_position_embeddings=100)}, [16]),
    ("longrope", 8, {"max_position_embeddings": 128, "rope_theta": 10000.0,
        "rope_scaling": {"type": "longrope", "short_factor": SHORT_8, "long_factor": LONG_8,
            "original_max_position_embeddings": 32}}, [1, 31, 32, 33, 128, 500]),
    ("longrope original outside", 8, {"max_position_embeddings": 131072, "rope_theta": 10000.0,
        "original_max_position_embeddings": 4096,
        "rope_scaling": {"rope_type": "longrope", "short_factor": SHORT_8, "long_factor": LONG_8}}, [4096, 4097]),
    ("longrope factor", 8, {"max_position_embeddings": 128, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "longrope", "short_factor": SHORT_8, "long_factor": LONG_8,
            "factor": 16.0, "original_max_position_embeddings": 32}}, [32, 33]),
    ("longrope attention factor", 8, {"max_position_embeddings": 128, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "longrope", "short_factor": SHORT_8, "long_factor": LONG_8,
            "attention_factor": 1.25, "original_max_position_embeddings": 32}}, [32, 33]),
    ("longrope factor one", 8, {"max_position_embeddings": 32, "rope_theta": 10000.0,
        "rope_scaling": {"rope_type": "longrope", "short_factor": SHORT_8, "long_factor": LONG_8}}, [32, 33]),
]


def golden(name, head_dim, rope, length):
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": HEADS * head_dim,
        "num_attention_heads": HEADS,
        "num_key_value_heads": HEADS,
        **rope,
    }
    module = LlamaRotaryEmbedding(LlamaConfig.from_dict(copy.deepcopy(config)))
    module(torch.zeros(1, 1, head_dim), torch.tensor([[length - 1]]))
    return {
        "name": name,
        "config": config,
        "length": length,
        # float32 values widened to float64: reading them back as float32 is exact.
        "inverseFrequencies": module.inv_freq.double().tolist(),
        "attentionFactor": float(module.attention_scaling),
    }


def main():
    rows = [golden(n, d, rope, length) for n, d, rope, lengths in CASES for length in lengths]
    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write('{"versions": ' + json.dumps(versions) + ',\n"cases": [\n')
        out.write(",\n".join(json.dumps(row) for row in rows))
        out.write("\n]}\n")


if __name__ == "__main__":
    main()
