"""Holds `longpo evaluate` against lm-evaluation-harness 0.4.13, item by item, on a model folder and real rows.

    python references/check_lm_eval.py MODEL DATA RUN [--tasks arc_challenge ...]

DATA is a folder as `--data` takes it, with NAME.jsonl in llm-foundry's format and mmlu/{dev,test}/*.csv, or with files in
the benchmarks' own fields; RUN is the folder that `longpo evaluate` wrote for the same model and data, whose logs hold
the settings (shots) and every item. Rows of llm-foundry are turned into the benchmarks' own fields, and given to the
harness's own task files (lm_eval_tasks.py). Where shots come from the questions' own file, its first rows are the
harness's training split.

Prints a line for each task: items, those with equal acc and acc_norm, options, the longest request in tokens, and the
largest difference of a log-likelihood, in nats and as a share of what is allowed: 2e-5 nats for each scored token, and
beyond 512 tokens as much more as the request is longer, because float32 itself rounds that far from float64. Exits with 1
if a figure differs or more than the allowed is found. A request that the harness would cut to the model's window ends
the check: stories260K, whose window is 512, is given a larger max_position_embeddings, which changes nothing else.

Checked with Python 3.11, lm_eval 0.4.13, torch 2.13.0 (CPU), transformers 5.18.0, datasets 5.0.1.
"""

import argparse
import csv
import json
import sys
import tempfile
from pathlib import Path

from lm_eval_tasks import TASKS, Recorded, evaluate, rows

TOLERANCE = 2e-5
LENGTH = 512


def allowed(context, continuation):
    """Nats by which a log-likelihood may differ."""
    return TOLERANCE * len(continuation) * max(1.0, (len(context) + len(continuation)) / LENGTH)


def official_arc(row):
    if "query" not in row:
        return {key: row[key] for key in ("question", "choices", "answerKey")}
    labels = [chr(ord("A") + index) for index in range(len(row["choices"]))]
    question = row["query"].strip().removeprefix("Question: ")
    choices = {"text": row["choices"], "label": labels}
    return {"question": question, "choices": choices, "answerKey": labels[row["gold"]]}


def official_piqa(row):
    if "query" not in row:
        return {key: row[key] for key in ("goal", "sol1", "sol2", "label")}
    first, second = row["choices"]
    goal = row["query"].strip().removeprefix("Question: ")
    return {"goal": goal, "sol1": first, "sol2": second, "label": row["gold"]}


def official_winogrande(row):
    """The sentence of two contexts: what they share at the beginning, a gap, the continuation."""
    if "context_options" not in row:
        return {key: row[key] for key in ("sentence", "option1", "option2", "answer")}
    first, second = row["context_options"]
    shared = 0
    while shared < min(len(first), len(second)) and first[shared] == second[shared]:
        shared += 1
    sentence = first[:shared] + "_ " + row["continuation"]
    assert "_" not in first[:shared]
    return {"sentence": sentence, "option1": first[shared:], "option2": second[shared:], "answer": str(row["gold"] + 1)}


def official_hellaswag(row):
    return {key: row[key] for key in ("activity_label", "ctx_a", "ctx_b", "endings", "label")}


def official_mmlu(row):
    if "choices" in row:
        return {key: row[key] for key in ("question", "subject", "choices", "answer")}
    choices = [row[f"choice{index}"] for index in range(4)]
    return {"question": row["question"], "subject": row["subject"], "choices": choices, "answer": int(row["answer"])}


OFFICIAL = {
    "arc_challenge": official_arc,
    "hellaswag": official_hellaswag,
    "winogrande": official_winogrande,
    "piqa": official_piqa,
    "mmlu": official_mmlu,
}


def subject_rows(folder, split):
    for file in sorted(folder.glob("*.csv")):
        subject = file.stem.removesuffix(f"_{split}")
        with file.open(encoding="utf-8", newline="") as lines:
            yield from ({**row, "subject": subject} for row in csv.DictReader(lines))


def write_splits(name, data, work, shots):
    """Writes both splits in the benchmark's own fields under work."""
    _, asked, solved = TASKS[name]
    if (data / name / asked).is_dir():
        splits = {split: list(subject_rows(data / name / split, split)) for split in (asked, solved)}
    elif (data / name / f"{asked}.jsonl").is_file():
        splits = {split: rows(data / name / f"{split}.jsonl") for split in (asked, solved)}
    else:
        everything = rows(data / f"{name}.jsonl")
        # The harness wants a split of shots also where none is taken.
        splits = {solved: everything[: max(1, shots)], asked: everything[shots:]}
    (work / name).mkdir(parents=True)
    for split, taken in splits.items():
        lines = [json.dumps(OFFICIAL[name](row)) for row in taken]
        (work / name / f"{split}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def ours(run, name):
    """Settings and items of our log."""
    lines = rows(run / f"{name.replace('_', '-')}.jsonl")
    return json.dumps(lines[0]), lines[1:]


def setting(head, name):
    """A value among the settings of a log's first line, wherever they stand in it."""

    def find(node):
        if isinstance(node, dict):
            if name in node:
                return node[name]
            node = list(node.values())
        if isinstance(node, list):
            return next((found for found in map(find, node) if found is not None), None)
        return None

    return find(json.loads(head))


def compare(name, items, theirs):
    equal, options, largest, share, longest = 0, 0, 0.0, 0.0, 0
    for item, their in zip(items, theirs, strict=True):
        (sample,) = item["samples"]
        values = sample["values"]
        same = values["acc"] == their["acc"] and values.get("acc_norm") == their["acc_norm"]
        equal += same
        for index, (value, ids) in enumerate(zip(their["log_likelihoods"], their["ids"], strict=True)):
            difference = abs(values[f"log_likelihood_{index}"] - value)
            options += 1
            largest = max(largest, difference)
            share = max(share, difference / allowed(*ids))
            longest = max(longest, len(ids[0]) + len(ids[1]))
        if not same:
            print(f"{name}: item {item['index']} has {values}, the harness {their['acc']} {their['acc_norm']} {their['log_likelihoods']}")
    return equal, options, longest, largest, share


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--tasks", nargs="+", choices=list(TASKS), default=[])
    given = parser.parse_args()
    names = given.tasks or [name for name in TASKS if (given.run / f"{name.replace('_', '-')}.jsonl").is_file()]
    model = Recorded(pretrained=str(given.model), device="cpu", dtype="float32", batch_size=1)
    failed = not names
    table = ["| task | shots | chat template | n | acc | acc_norm | items equal | options | longest request (tokens) | largest difference (nats) | share of the allowed |", "|---|---|---|---|---|---|---|---|---|---|---|"]
    for name in names:
        head, items = ours(given.run, name)
        shots, chat, limit = (setting(head, key) for key in (f"{name}_shots", "choice_chat_template", "limit"))
        with tempfile.TemporaryDirectory() as temporary:
            work = Path(temporary)
            write_splits(name, given.data, work / "data", shots)
            (work / "tasks").mkdir()
            theirs = evaluate(model, name, work / "data", work / "tasks", shots, chat, limit)
        equal, options, longest, largest, share = compare(name, items, theirs)
        failed |= equal < len(items) or share > 1 or not items
        acc = sum(their["acc"] for their in theirs) / len(theirs)
        norm = "-" if theirs[0]["acc_norm"] is None else f"{sum(their['acc_norm'] for their in theirs) / len(theirs):.4f}"
        table.append(
            f"| {name} | {shots} | {'on' if chat else 'off'} | {len(items)} | {acc:.4f} | {norm} | {equal} | {options} | {longest} | {largest:.1e} | {share:.2f} |"
        )
    print("\n".join(table))
    sys.exit(failed)


if __name__ == "__main__":
    main()
