"""When preference training collapses: arms that differ from one another by one setting, on the demonstration's second round.

    ./longpo demo
    python benchmarks/collapse.py [--arms NAME,...] [--threads N]
    python benchmarks/collapse.py --table

Trains every arm from the model of round 1 on the pairs of round 2 (130 steps of 4 documents, all weights unless said), reads
what it knows afterwards, and records both with the metrics of every step in collapse.json. An arm that is recorded is not
run again; one that was interrupted resumes. With --table it prints the table of docs/collapse.md. Needs nothing but Python.
"""

import argparse
import json
import math
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
RUN = ROOT / "runs" / "demo"
WORK = ROOT / "runs" / "collapse"
RECORD = ROOT / "benchmarks" / "collapse.json"
ROPE = "rope_type=yarn,factor=8,original_max_position_embeddings=256,beta_fast=8"

BASE = {"objective": "longpo", "learning-rate": "5e-4", "beta": "0.1"}
QUERIES_AND_KEYS = r"regex:.*(?<!q_proj|k_proj)\.weight"

# Without lambda it is the default for the length, 0.63, with the NLL over the whole sequence.
ARMS = {
    "default": {},
    "lr-1e-4": {"learning-rate": "1e-4"},
    "lr-2e-5": {"learning-rate": "2e-5"},
    "beta-0.03": {"beta": "0.03"},
    "beta-0.01": {"beta": "0.01"},
    "beta-0.003": {"beta": "0.003"},
    "lambda-0.1": {"lambda": "0.1"},
    "lambda-0.02": {"lambda": "0.02"},
    "response": {"nll-span": "response", "lambda": "0.63"},
    "response-lambda-0.1": {"nll-span": "response", "lambda": "0.1"},
    "response-beta-0.01": {"nll-span": "response", "lambda": "0.63", "beta": "0.01"},
    "joint": {"sigmoid": "joint"},
    "queries-keys": {"freeze": QUERIES_AND_KEYS, "learning-rate": "1.5e-3"},
    "sft": {"objective": "sft", "beta": None, "nll-span": "response"},
}

METRICS = ["loss", "logps/chosen", "logps/rejected", "kl/short_to_long", "rewards/margins", "rewards/accuracies", "grad_norm"]


def longpo(*words, threads):
    environment = dict(os.environ)
    if threads:
        environment["OMP_NUM_THREADS"] = str(threads)
    subprocess.run([str(ROOT / "longpo"), *map(str, words)], check=True, env=environment)


def train(name, changes, threads):
    settings = {key: value for key, value in {**BASE, **changes}.items() if value is not None}
    out = WORK / name
    flags = [part for key, value in settings.items() for part in (f"--{key}", value)]
    longpo(
        *("train", "--model", RUN / "round-1-1024" / "training" / "model", "--pairs", RUN / "round-2-2048" / "pairs"),
        *("--out", out, "--rope-scaling", ROPE, "--dtype", "float32", "--gradient-accumulation-steps", 4),
        *("--save-steps", 20, "--seed", 42, *flags),
        threads=threads,
    )
    return settings, out


def evaluate(model, out, threads):
    longpo(
        *("evaluate", "--model", model, "--out", out, "--documents", RUN / "documents", "--hold-out-share", 0.1),
        *("--tasks", "needle,bits-per-byte", "--lengths", "256,512,1024,2048", "--haystacks", 40, "--questions", 10),
        *("--answer-tokens", 24, "--needle-prompt", r"{context}\n\n{question}", "--window", 256, "--dtype", "float32"),
        threads=threads,
    )
    rows = json.loads((out / "evaluation.json").read_text())["tasks"]
    return [
        {"task": row["task"], "length": row["length"], "metric": row["metric"], **row["estimate"]}
        for task in rows
        for row in task["rows"]
        if row["slice"] is None
    ]


# Tokens that the NLL averages over, and lambda's default at this length: training tells both.
NLL_TOKENS = {"whole_sequence": 1971, "response": 16}
DEFAULT_LAMBDA = 0.64

# Steps whose margins are taken for those at the beginning: of a single step they are of four documents.
FIRST_STEPS = 3


def pull(arm):
    """How many times as strongly as the NLL the preference pulls at a response token at the beginning."""
    settings = arm["settings"]
    if settings["objective"] != "longpo" or settings.get("sigmoid") == "joint":
        return None
    margin = sum(arm["steps"]["rewards/margins"][:FIRST_STEPS]) / FIRST_STEPS
    weight = float(settings.get("lambda", DEFAULT_LAMBDA)) * float(settings["beta"])
    return weight * NLL_TOKENS[settings.get("nll-span", "whole_sequence")] / (1 + math.exp(margin))


def table(record):
    print("| arm | pull at the start | chosen, rejected at the end (nats) | KL | 256 | 2,048 |")
    print("|---|---|---|---|---|---|")
    for name, arm in sorted(record.items(), key=lambda item: pull(item[1]) or math.inf):
        needles = {
            row["length"]: row["value"] for row in arm["figures"] if row["task"] == "needle" and row["metric"] == "accuracy"
        }
        last = {metric: sum(values[-10:]) / 10 for metric, values in arm["steps"].items() if values}
        own = pull(arm)
        rejected = f"{last['logps/rejected']:.1f}" if "logps/rejected" in last else "-"
        kl = f"{last['kl/short_to_long']:.2f}" if "kl/short_to_long" in last else "-"
        print(
            f"| `{name}` | {'-' if own is None else f'{own:.2g}'} | {last['logps/chosen']:.1f}, {rejected} | {kl}"
            f" | {100 * needles[256]:.1f} | {100 * needles[2048]:.1f} |"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--arms", help="with commas; default: all")
    parser.add_argument("--threads", type=int, help="of an operation; default: as many as there are cores")
    parser.add_argument("--table", action="store_true", help="print the table of what is recorded")
    options = parser.parse_args()
    if options.table:
        table(json.loads(RECORD.read_text()))
        return
    for name in options.arms.split(",") if options.arms else ARMS:
        record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
        if name in record:
            continue
        settings, out = train(name, ARMS[name], options.threads)
        steps = [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]
        figures = evaluate(out / "model", WORK / f"{name}-evaluation", options.threads)
        record[name] = {
            "settings": settings,
            "figures": figures,
            "steps": {metric: [round(step[metric], 4) for step in steps if metric in step] for metric in METRICS},
        }
        temporary = RECORD.with_suffix(".tmp")
        temporary.write_text(json.dumps(record, indent=1) + "\n")
        temporary.rename(RECORD)


if __name__ == "__main__":
    main()
