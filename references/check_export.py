"""Checks that transformers gives an exported checkpoint the same log-probabilities as this program.

    python references/check_export.py MODEL_DIR SCORES.jsonl [--tolerance 1e-5] [--dtype float32]
    python references/check_export.py BASE_DIR SCORES.jsonl --adapter ADAPTER_DIR

With --adapter, PEFT loads an exported LoRA adapter by the lines of Python in its README.md; SCORES.jsonl
is then this program's of the merged model, or of the adapter's folder.

SCORES.jsonl holds one sequence per line:
    {"tokens": [1, 403, 407], "logprobs": [-5.98, -0.12]}
where logprobs[i] is the natural logarithm of the probability of tokens[i + 1] after tokens[0..i],
so there is one number less than tokens. A line may also have "logits": one list over the vocabulary
per token.

Prints the largest differences and exits with 1 if one is above the tolerance, each relative to the
largest magnitude in its line: roundings grow with what is rounded. The default of 1e-5 is about a
hundred roundings of float32, which is what two summation orders of the same products differ by in a
model of a few layers; give a larger one for bfloat16.

Checked with Python 3.11, torch 2.13.0 (CPU), transformers 5.18.0, peft 0.21.0.
"""

import argparse
import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM


def largest(tensor):
    return tensor.abs().max().item() if tensor.numel() else 0.0


def differences(model, line):
    """The largest relative differences in log-probabilities and in logits."""
    tokens = torch.tensor(line["tokens"])
    with torch.no_grad():
        logits = model(tokens[None], use_cache=False).logits[0].double()
    expected = torch.log_softmax(logits[:-1], -1).gather(-1, tokens[1:, None])[:, 0]
    given = torch.tensor(line["logprobs"], dtype=torch.float64)
    if given.shape != expected.shape:
        raise ValueError(f"{len(line['tokens'])} tokens need {len(expected)} logprobs, got {len(given)}")
    of_logits = 0.0
    if "logits" in line:
        given_logits = torch.tensor(line["logits"], dtype=torch.float64)
        if given_logits.shape != logits.shape:
            raise ValueError(f"logits have shape {list(given_logits.shape)}, expected {list(logits.shape)}")
        of_logits = largest(given_logits - logits) / largest(logits)
    return largest(given - expected) / max(largest(expected), 1.0), of_logits


def adapted(adapter):
    """The model that the README of an adapter loads."""
    readme = (Path(adapter) / "README.md").read_text(encoding="utf-8")
    lines = readme.split("```python\n")[1].split("```")[0]
    names = {}
    exec(lines.replace('adapter = "."', f"adapter = {str(adapter)!r}"), names)
    return names["model"]


def compare(folder, scores, dtype="float32", adapter=None):
    """How many sequences were compared, and the largest relative differences of log-probabilities and of logits."""
    if adapter:
        model = adapted(adapter).to(getattr(torch, dtype)).eval()
    else:
        model = AutoModelForCausalLM.from_pretrained(
            folder, dtype=getattr(torch, dtype), local_files_only=True
        ).eval()
    found = []
    with open(scores, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                found.append(differences(model, json.loads(line)))
            except (ValueError, KeyError) as error:
                sys.exit(f"{scores}, line {number}: {error}")
    if not found:
        sys.exit("there was nothing to compare")
    # torch's maximum, unlike Python's, does not lose a NaN.
    return len(found), torch.tensor(found, dtype=torch.float64).amax(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("scores")
    parser.add_argument("--tolerance", type=float, default=1e-5)
    parser.add_argument("--dtype", default="float32", choices=["float64", "float32", "bfloat16", "float16"])
    parser.add_argument("--adapter")
    arguments = parser.parse_args()

    count, worst = compare(arguments.model, arguments.scores, arguments.dtype, arguments.adapter)
    print(f"sequences {count}")
    print(f"largest relative difference of log-probabilities {worst[0]:.3g}")
    print(f"largest relative difference of logits {worst[1]:.3g}")
    if not (worst <= arguments.tolerance).all():
        sys.exit(f"above the tolerance of {arguments.tolerance:g}")


if __name__ == "__main__":
    main()
