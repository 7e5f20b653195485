"""RULER's tasks in the language of the embedded model, and benchmarks in English, before and after the demonstration.

    ./longpo demo
    python benchmarks/world_ruler.py [--data DIR] [--samples 20]

Writes what RULER's questions need, about the facts of the demonstration's documents, evaluates the base, the base with
the last round's RoPE and the model of both rounds, and prints their table (longpo results). DATA may have the files of the short
benchmarks, as `longpo evaluate --list` names them. Needs nothing but Python.
"""

import argparse
import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
RUN = ROOT / "runs" / "demo"
FACT = re.compile(r"The (\w+ \w+) of (\w+) is (\d{7})\.")
ROPE = "rope_type=yarn,factor=8,original_max_position_embeddings=256,beta_fast=8"

# What the wording covers. The others ask for what the embedded model was never taught: they stay in RULER's own words, which
# take more than a thousand of its tokens.
WORDED = "niah,ruler-qa-1,ruler-qa-2", "256,512,1024,2048"
OTHERS = "vt,cwe,fwe", "2048"


def letters():
    """Paragraphs of documents with the facts in them."""
    for file in sorted((RUN / "documents").glob("*.txt")):
        for paragraph in file.read_text().split("\n\n"):
            facts = FACT.findall(paragraph)
            # Two of them, a question and its answer fit the window of 256 tokens.
            if len(facts) > 1 and len(paragraph) < 250:
                yield paragraph.strip(), facts


def question(fact):
    return f"What is the {fact[0]} of {fact[1]}?"


def write_questions(folder):
    """One question about each of 400 paragraphs, in the formats of SQuAD and HotpotQA."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [letter for letter, _ in zip(letters(), range(400))]
    squad = [
        {"paragraphs": [{"context": text, "qas": [{"question": question(facts[0]), "answers": [{"text": facts[0][2]}]}]}]}
        for text, facts in found
    ]
    (folder / "squad.json").write_text(json.dumps({"data": squad}))
    hotpot = [
        {
            "question": question(facts[1]),
            "answer": facts[1][2],
            "context": [[f"{i}", [text]], [f"{i + 1}", [found[(i + 1) % len(found)][0]]]],
        }
        for i, (text, facts) in enumerate(found)
    ]
    (folder / "hotpotqa.json").write_text(json.dumps(hotpot))


def evaluate(model, out, folder, data, samples, rope=None):
    wording = ROOT / "benchmarks" / "world_wording.yaml"

    def run(suffix, *more):
        command = [ROOT / "longpo", "evaluate", "--model", model, "--dtype", "float32", "--out", f"{out}{suffix}", *more]
        subprocess.run([*map(str, command), *(["--rope-scaling", rope] if rope else [])], check=True)

    ruler = ["--ruler-samples", samples, "--documents", RUN / "documents", "--data", folder, "--ruler-wording", wording]
    run("", "--tasks", WORDED[0], "--lengths", WORDED[1], *ruler)
    run("-others", "--tasks", OTHERS[0], "--lengths", OTHERS[1], *ruler)
    if data:
        run("-short", "--tasks", "short", "--data", data, "--limit", "100")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="folder with the files of the short benchmarks")
    parser.add_argument("--samples", type=int, default=20, help="of every task and length")
    options = parser.parse_args()
    folder = RUN / "ruler"
    write_questions(folder)
    models = {
        "base": (RUN / "tiny", None),
        "base-rope": (RUN / "tiny", ROPE),
        "evolved": (RUN / "round-2-2048" / "training" / "model", None),
    }
    for name, (model, rope) in models.items():
        evaluate(model, folder / name, folder, options.data, options.samples, rope)
    for suffix in ["", "-others", *(["-short"] if options.data else [])]:
        runs = [str(folder / (name + suffix)) for name in models]
        subprocess.run([str(ROOT / "longpo"), "results", *runs], check=True)


if __name__ == "__main__":
    main()
