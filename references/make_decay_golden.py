"""Writes which weights transformers' trainer lets decay.

src/test/resources/training/weight-decay.json: for every family of src/test/resources/models, and for LoRA on one of
them (peft, every projection), the names of the trained weights that decay and of those that do not.

Made with Python 3.11, torch 2.13.0, transformers 5.18.0, peft 0.21.0, on a CPU; there is no randomness.
Regenerate: python references/make_decay_golden.py src/test/resources/models src/test/resources/training/weight-decay.json
"""

import json
import sys
from pathlib import Path

import peft
import transformers


def names(model, rename=lambda name: name):
    decay = set(transformers.Trainer.get_decay_parameter_names(None, model))
    trained = [name for name, weight in model.named_parameters() if weight.requires_grad]
    return dict(
        decay=sorted(rename(name) for name in trained if name in decay),
        others=sorted(rename(name) for name in trained if name not in decay),
    )


def model(folder):
    return transformers.AutoModelForCausalLM.from_config(transformers.AutoConfig.from_pretrained(folder))


models = Path(sys.argv[1])
golden = dict(transformers=transformers.__version__)
for family in ("llama", "mistral", "qwen2", "qwen3", "gemma3"):
    golden[family] = names(model(models / family))
adapted = peft.get_peft_model(
    model(models / "llama"), peft.LoraConfig(r=2, target_modules="all-linear", task_type="CAUSAL_LM")
)
golden["llama with LoRA"] = names(
    adapted, lambda name: name.removeprefix("base_model.model.").replace(".default.", ".")
)
Path(sys.argv[2]).write_text(json.dumps(golden, indent=1) + "\n")
