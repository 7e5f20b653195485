"""Holds `longpo score` against transformers on checkpoints and token ids that nobody has seen before.

    python references/check_score.py [--seed S] [--models N] [--requests N] [--work DIR]

Every run draws a fresh seed (printed, to repeat a run with --seed) and from it checkpoints of every family, with a RoPE
kind, head counts, tying and a stored type drawn for each, and a file of requests with random ids: contexts of 1 to 150
tokens, on both sides of the length at which dynamic and longrope change, and 1 to 5 continuations of 1 to 12 tokens.
transformers scores each continuation alone, in float32, without a cache. Exits with 1 if a log-probability of a token
differs by more than 2e-5 nats, a sum by more than 2e-5 of its magnitude (sums of many tokens are large), or a "greedy"
is wrong where the lead of the most likely token over the next is above 1e-3.

Checked with Python 3.11, torch 2.13.0 (CPU), transformers 5.18.0.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForCausalLM

from make_model_golden import (
    FAMILIES,
    KIND_SIZES,
    KINDS,
    WIDE_HEADS,
    forget_long_frequencies,
    random_model,
)

transformers.utils.logging.disable_progress_bar()

REPOSITORY = Path(__file__).resolve().parent.parent
TOKENIZER = REPOSITORY / "src/test/resources/text/byte_level_qwen"
TOLERANCE = 2e-5
LEAD = 1e-3


def vocabulary():
    """As many ids as the tokenizer has: a model with fewer is refused."""
    definition = json.loads((TOKENIZER / "tokenizer.json").read_text())
    return 1 + max(*definition["model"]["vocab"].values(), *(token["id"] for token in definition["added_tokens"]))


VOCABULARY = vocabulary()


def make_checkpoint(family, draw, folder):
    kind = draw.choice(list(KINDS))
    config, more = FAMILIES[family]
    heads, key_value_heads = draw.choice([(2, 1), (2, 2), (4, 2), (4, 1)])
    settings = KIND_SIZES.get(kind, WIDE_HEADS) | more | KINDS[kind]
    settings |= dict(
        num_attention_heads=heads,
        num_key_value_heads=key_value_heads,
        vocab_size=VOCABULARY,
        hidden_size=16 * heads,  # heads of 16: as many frequencies as longrope's factors
        tie_word_embeddings=draw.random() < 0.3,
        num_hidden_layers=draw.randint(1, 3),
    )
    stored = draw.choice([torch.float32, torch.float32, torch.bfloat16, torch.float16, torch.float64])
    # As in trained models, a product with a weight keeps the magnitude of what it multiplies.
    model = random_model(config(**settings), draw.randrange(2**31), settings["hidden_size"] ** -0.5).to(stored)
    model.save_pretrained(folder, max_shard_size=draw.choice(["20KB", "5GB"]))
    for name in ("tokenizer.json", "tokenizer_config.json"):  # to open the folder; ids alone are scored
        shutil.copy(TOKENIZER / name, folder / name)
    return f"{family}, {kind}, {heads}/{key_value_heads} heads, stored as {str(stored).removeprefix('torch.')}"


def make_requests(draw, count):
    def ids(length):
        return [draw.randrange(VOCABULARY) for _ in range(length)]

    return [
        dict(
            id=number,
            context_tokens=ids(draw.choice([1, draw.randint(2, 70), draw.randint(60, 150)])),
            continuation_tokens=[ids(draw.randint(1, 12)) for _ in range(draw.randint(1, 5))],
        )
        for number in range(count)
    ]


@torch.no_grad()
def forget_length(model):
    """After a long sequence, dynamic RoPE keeps its frequencies for shorter ones until one is within the original."""
    forget_long_frequencies(model)
    model(input_ids=torch.tensor([[0]]), use_cache=False)


@torch.no_grad()
def differences(model, request, row):
    """The largest difference of a token's log-probability, of a sum relative to its magnitude, and wrong "greedy"s."""
    assert row["id"] == request["id"], (row["id"], request["id"])
    assert len(row["continuations"]) == len(request["continuation_tokens"])
    of_tokens = of_sums = 0.0
    wrong = 0
    for tokens, answer in zip(request["continuation_tokens"], row["continuations"]):
        context = request["context_tokens"]
        forget_length(model)
        logits = model(input_ids=torch.tensor([context + tokens]), use_cache=False).logits[0]
        logits = logits[len(context) - 1 : -1].double()
        expected = torch.log_softmax(logits, -1).gather(-1, torch.tensor(tokens)[:, None])[:, 0]
        given = torch.tensor(answer["token_logprobs"], dtype=torch.float64)
        assert answer["tokens"] == tokens
        of_tokens = max(of_tokens, (given - expected).abs().max().item())
        of_sums = max(of_sums, abs(answer["logprob"] - expected.sum().item()) / max(1, expected.sum().abs().item()))
        best = logits.topk(2)
        if (best.values[:, 0] - best.values[:, 1]).min() > LEAD:
            wrong += answer["greedy"] != (best.indices[:, 0].tolist() == tokens)
    return of_tokens, of_sums, wrong


def check(seed, models, requests, work):
    """Checks and prints; returns how many continuations were compared and the largest difference of a token."""
    draw = random.Random(seed)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    worst, compared, failures = 0.0, 0, 0
    for number in range(models):
        folder = work / f"model-{number}"
        what = make_checkpoint(list(FAMILIES)[number % len(FAMILIES)], draw, folder)
        lines = make_requests(draw, requests)
        (work / "requests.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        answers = work / f"answers-{number}.jsonl"
        command = [REPOSITORY / "longpo", "score", "--model", folder, "--dtype", "float32"]
        subprocess.run([*command, "--requests", work / "requests.jsonl", "--out", answers], check=True)
        rows = [json.loads(line) for line in answers.read_text().splitlines()]
        assert len(rows) == len(lines)
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
        found = [differences(model, line, row) for line, row in zip(lines, rows)]
        of_tokens, of_sums, wrong = max(f[0] for f in found), max(f[1] for f in found), sum(f[2] for f in found)
        good = of_tokens <= TOLERANCE and of_sums <= TOLERANCE and wrong == 0
        print(f"{'ok  ' if good else 'FAIL'} {what}: {of_tokens:.2g} nats per token, {of_sums:.2g} of a sum", flush=True)
        worst, failures = max(worst, of_tokens), failures + (not good)
        compared += sum(len(line["continuation_tokens"]) for line in lines)
    if failures:
        sys.exit(f"{failures} of {models} models differ by more than {TOLERANCE:g}; seed {seed}")
    return compared, worst


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=time.time_ns())
    parser.add_argument("--models", type=int, default=8)
    parser.add_argument("--requests", type=int, default=30)
    parser.add_argument("--work", type=Path, default=REPOSITORY / "target/check-score")
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}")
    compared, worst = check(arguments.seed, arguments.models, arguments.requests, arguments.work)
    print(f"{compared} continuations, largest difference of a token's log-probability {worst:.2g} nats")


if __name__ == "__main__":
    main()
