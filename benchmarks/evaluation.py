"""Evaluation against its peers, on this machine: MMLU against lm-evaluation-harness, ten questions over one text.

    pip install -r peers/requirements.txt lm_eval==0.4.13
    python evaluation.py --data DIR --tokenizer DIR

DATA holds mmlu/ as `longpo evaluate --list` names it, TOKENIZER a tokenizer.json of at most 32,000 ids (that of Llama 2):
the model is the small one of run.py with random weights, so only seconds and agreement mean something. The peers run in
turn with ours, several times; the figures go to evaluation.json, from which page.py writes its part of
../docs/benchmarks.md (python run.py --page).
"""

import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import page
from run import HERE, ROOT, checkpoint, wait_for_idle_machine

ANSWERS = 10
HAYSTACK_TOKENS = 16384
ANSWER_TOKENS = 32


def model_with_tokenizer(tokenizer):
    folder = HERE / "checkpoints" / "small-float32-text"
    if not (folder / "tokenizer.json").exists():
        temporary = folder.with_suffix(".tmp")
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.copytree(checkpoint("small", "float32"), temporary)
        for file in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copy(tokenizer / file, temporary)
        temporary.rename(folder)
    return folder


def ours_on_mmlu(model, data, limit):
    """The whole command: start, weights, encoding and results included."""
    with tempfile.TemporaryDirectory() as temporary:
        run = pathlib.Path(temporary) / "run"
        command = [ROOT / "longpo", "evaluate", "--model", model, "--data", data, "--tasks", "mmlu"]
        command += ["--limit", limit, "--dtype", "float32", "--out", run]
        started = time.perf_counter()
        subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, check=True)
        seconds = time.perf_counter() - started
        (task,) = json.loads((run / "evaluation.json").read_text())["tasks"]
        items = [json.loads(line) for line in (run / "mmlu.jsonl").read_text().splitlines()[1:]]
    correct = [item["samples"][0]["values"]["acc"] for item in items]
    return {"seconds": seconds, "read_tokens": task["model_tokens"], "correct": correct}


def peer_on_mmlu(model, data, limit, batch):
    command = [sys.executable, HERE / "peers" / "lm_eval_mmlu.py", "--model", model, "--data", data]
    command += ["--limit", limit, "--batch", batch]
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def mmlu(model, data, limit, batches, repeats):
    tried = {batch: peer_on_mmlu(model, data, limit, batch)["seconds"] for batch in batches}
    best = min(tried, key=tried.get)
    print(f"lm-eval, seconds by batch size: {tried}", file=sys.stderr)
    ours, theirs = [], []
    for _ in range(repeats):
        ours.append(ours_on_mmlu(model, data, limit))
        theirs.append(peer_on_mmlu(model, data, limit, best))
    agreeing = sum(a == b for a, b in zip(ours[0]["correct"], theirs[0]["correct"], strict=True))
    return {
        "limit": limit,
        "questions": len(ours[0]["correct"]),
        "equal_items": agreeing,
        "seconds_by_batch": tried,
        "best_batch": best,
        "our_seconds": [run["seconds"] for run in ours],
        "their_seconds": [run["seconds"] for run in theirs],
        "our_tokens": ours[0]["read_tokens"],
        "their_tokens": theirs[0]["read_tokens"],
        "versions": theirs[0]["versions"],
    }


def one_text(model, repeats):
    """Ten questions over one text, together and one at a time; bench generates both and compares the answers."""
    with tempfile.TemporaryDirectory() as temporary:
        figures = pathlib.Path(temporary) / "figures.json"
        command = [ROOT / "longpo", "bench", "--model", model, "--dtype", "float32", "--lengths", HAYSTACK_TOKENS]
        command += ["--pairs", 0, "--answers", ANSWERS, "--answered-documents", 1, "--one-by-one"]
        command += ["--answer-tokens", ANSWER_TOKENS, "--warm-ups", 1, "--repeats", repeats, "--json", figures]
        subprocess.run([str(part) for part in command], stdout=sys.stderr, check=True)
        report = json.loads(figures.read_text())
    together, apart = (
        next(done for done in report["generation"] if done["together"] is shared) for shared in (True, False)
    )
    return {
        "answers": ANSWERS,
        "tokens": HAYSTACK_TOKENS,
        "answer_tokens": ANSWER_TOKENS,
        "together_seconds": together["median_seconds"],
        "apart_seconds": apart["median_seconds"],
        "answers_are_equal": together["answers_sha256"] == apart["answers_sha256"],
    }


def main():
    parser = argparse.ArgumentParser(description="Measures evaluation against its peers.")
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--tokenizer", type=pathlib.Path, required=True)
    parser.add_argument("--limit", type=int, default=10, help="questions of every subject")
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 4, 8, 16])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--patience", type=float, default=30, help="seconds to wait for an idle machine")
    options = parser.parse_args()
    model = model_with_tokenizer(options.tokenizer)
    busy = wait_for_idle_machine(options.patience)
    record = {
        "machine": page.machine(),
        "measured_at": time.strftime("%Y-%m-%d %H:%M"),
        "busy_cores_before": busy,
        "one_text": one_text(checkpoint("small", "float32"), options.repeats),
        "mmlu": mmlu(model, options.data, options.limit, options.batches, options.repeats),
    }
    (HERE / "evaluation.json").write_text(json.dumps(record, indent=1) + "\n")
    seconds = statistics.median(record["mmlu"]["their_seconds"]) / statistics.median(record["mmlu"]["our_seconds"])
    tokens = record["mmlu"]["their_tokens"] / record["mmlu"]["our_tokens"]
    print(f"MMLU: {seconds:.2f}x in seconds, {tokens:.2f}x in tokens; wrote evaluation.json", file=sys.stderr)


if __name__ == "__main__":
    main()
