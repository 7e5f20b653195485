"""Makes src/test/resources/models/llama-adapter: an adapter that PEFT wrote, with PEFT's results.

Made with: Python 3.11, torch 2.13.0+cpu, transformers 5.18.0, peft 0.21.0.
Seed: 0.
Command, from the repository's root: python references/make_adapter_golden.py

Its base is the random model in src/test/resources/models/llama. Ranks differ by module and the scale
goes by the root of the rank, so that only who reads all of adapter_config.json gets the log-probabilities
of golden.json, which are those of the model with its adapter in float64.
"""

import json
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

MODELS = Path(__file__).resolve().parent.parent / "src/test/resources/models"
TARGET = MODELS / "llama-adapter"


def main():
    torch.manual_seed(0)
    base = AutoModelForCausalLM.from_pretrained(MODELS / "llama", dtype=torch.float32)
    config = LoraConfig(
        r=3, lora_alpha=5, use_rslora=True, rank_pattern={"down_proj": 2}, init_lora_weights=False,
        target_modules=["q_proj", "v_proj", "down_proj"], task_type="CAUSAL_LM",
    )
    model = get_peft_model(base, config).eval()
    model.peft_config["default"].base_model_name_or_path = "../llama"
    model.save_pretrained(TARGET)
    (TARGET / "README.md").unlink()
    tokens = torch.randint(0, 64, (40,))
    with torch.no_grad():
        logits = model.double()(tokens[None]).logits[0]
        with model.disable_adapter():
            plain = model(tokens[None]).logits[0]

    def log_probs(values):
        return torch.log_softmax(values[:-1], -1).gather(-1, tokens[1:, None])[:, 0].tolist()

    golden = {"tokens": tokens.tolist(), "log_probs": log_probs(logits), "base": log_probs(plain)}
    (TARGET / "golden.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
