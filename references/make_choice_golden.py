"""Requests, ids, log-likelihoods and scores of lm-evaluation-harness 0.4.13 for rows that were written for tests.

    python references/make_choice_golden.py

Reads src/test/resources/org/longpo/evaluation/tasks/choice/data (our own rows, in the benchmarks' own fields), runs the
harness's own tasks on them (lm_eval_tasks.py) with a tiny random Llama (seed 1) and four pairs of tokenizer and chat
template of src/test/resources/text, and writes golden.json beside the rows. Per item: the text before the options and
its ids, once where all options share it; of every option the continuation, its ids and its log-likelihood in nats; acc
and, where the task defines it, acc_norm.

Written with Python 3.11, lm_eval 0.4.13, torch 2.13.0 (CPU), transformers 5.18.0, datasets 5.0.1.
"""

import json
import shutil
import tempfile
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from lm_eval_tasks import TASKS, Recorded, evaluate

RESOURCES = Path(__file__).resolve().parent.parent / "src/test/resources"
CHOICE = RESOURCES / "org/longpo/evaluation/tasks/choice"
SHOTS = {"arc_challenge": 2, "hellaswag": 1, "winogrande": 2, "piqa": 0, "mmlu": 2}

# Tokenizer, template (none: plain text), items of every task.
MODES = [
    ("byte_level_llama3", None, None),
    ("byte_fallback_llama2", None, 3),
    ("byte_level_llama3", "llama3", 3),  # the tokenizer begins texts with a token, and so does the template
    ("byte_level_qwen", "chatml", 3),  # neither does
]


def write_model(tokenizer, template, folder):
    source = RESOURCES / "text" / tokenizer
    definition = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    ids = [*definition["model"]["vocab"].values(), *(token["id"] for token in definition["added_tokens"])]
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=max(ids) + 1,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=4096,
        initializer_range=0.3,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(source / name, folder / name)
    if template:
        shutil.copy(RESOURCES / f"text/templates/{template}.jinja", folder / "chat_template.jinja")


def compact(item):
    """An item with what its options share written once."""
    contexts = list(zip(item["contexts"], (ids[0] for ids in item["ids"]), strict=True))
    shared = all(context == contexts[0] for context in contexts)
    return {
        "contexts": [{"text": text, "ids": ids} for text, ids in (contexts[:1] if shared else contexts)],
        "options": [
            {"text": text, "ids": ids[1], "log_likelihood": value}
            for text, ids, value in zip(item["continuations"], item["ids"], item["log_likelihoods"], strict=True)
        ],
        "acc": item["acc"],
        "acc_norm": item["acc_norm"],
    }


def main():
    golden = []
    for tokenizer, template, limit in MODES:
        with tempfile.TemporaryDirectory() as temporary:
            work = Path(temporary)
            write_model(tokenizer, template, work / "model")
            model = Recorded(pretrained=str(work / "model"), device="cpu", dtype="float32", batch_size=1)
            for name in TASKS:
                tasks = work / name
                tasks.mkdir()
                items = evaluate(model, name, CHOICE / "data", tasks, SHOTS[name], template is not None, limit)
                golden.append(
                    {
                        "tokenizer": tokenizer,
                        "template": template,
                        "task": name,
                        "shots": SHOTS[name],
                        "limit": limit,
                        "items": [compact(item) for item in items],
                    }
                )
                print(tokenizer, template, name, len(items), "items, acc", sum(item["acc"] for item in items))
    text = json.dumps(golden, ensure_ascii=False, separators=(",", ":"))
    # A line for each item, so that a change shows which.
    text = text.replace('{"contexts":', '\n{"contexts":').replace('{"tokenizer":', '\n{"tokenizer":')
    (CHOICE / "golden.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
