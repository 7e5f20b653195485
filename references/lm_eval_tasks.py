"""Runs lm-evaluation-harness's own tasks on local files; used by make_choice_golden.py and check_lm_eval.py.

The harness's task files are included as they are: only where the rows come from is replaced, and shots are the first
rows of their split (`sampler: first_n`). For MMLU every subject is a task, as in the harness.

    pip install lm_eval==0.4.13 transformers==5.18.0 torch==2.13.0 datasets==5.0.1
"""

import json
from pathlib import Path

import lm_eval
import yaml
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager

HARNESS = Path(lm_eval.__file__).parent / "tasks"

# Our task -> the harness's file, the split that is asked, the split of the shots.
TASKS = {
    "arc_challenge": ("arc/arc_challenge.yaml", "test", "train"),
    "hellaswag": ("hellaswag/hellaswag.yaml", "validation", "train"),
    "winogrande": ("winogrande/default.yaml", "validation", "train"),
    "piqa": ("piqa/piqa.yaml", "validation", "train"),
    "mmlu": ("mmlu/default/_default_template_yaml", "test", "dev"),
}


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def description(subject):
    """The harness's own description of a subject, or one of the same words for a subject that it does not have."""
    file = HARNESS / f"mmlu/default/mmlu_{subject}.yaml"
    if file.is_file():
        return yaml.safe_load(file.read_text(encoding="utf-8"))["description"]
    words = subject.replace("_", " ")
    return f"The following are multiple choice questions (with answers) about {words}.\n\n"


def write_tasks(name, data, work, shots):
    """Writes task files for NAME/SPLIT.jsonl under data; returns the names of the tasks, in the order of our items."""
    file, asked, solved = TASKS[name]
    source = data / name
    subjects = [None]
    if name == "mmlu":
        subjects = list(dict.fromkeys(row["subject"] for row in rows(source / f"{asked}.jsonl")))
    names = []
    for subject in subjects:
        files = {}
        for split in (asked, solved):
            taken = [row for row in rows(source / f"{split}.jsonl") if subject in (None, row.get("subject"))]
            path = work / f"{name}_{subject or 'all'}_{split}.jsonl"
            path.write_text("".join(json.dumps(row) + "\n" for row in taken), encoding="utf-8")
            files[split] = str(path)
        task = f"longpo_{name}" + (f"_{subject}" if subject else "")
        config = {
            "include": str(HARNESS / file),
            "task": task,
            "tag": [],
            "dataset_path": "json",
            "dataset_name": None,
            "dataset_kwargs": {"data_files": files},
            "fewshot_config": {"sampler": "first_n"},
            "num_fewshot": shots,
        }
        if name == "arc_challenge":
            config["validation_split"] = None
        if subject:
            config["description"] = description(subject)
        (work / f"{task}.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
        names.append(task)
    return names


class Recorded(HFLM):
    """Keeps the ids of every request, and refuses what the harness would cut."""

    def _loglikelihood_tokens(self, requests, **more):
        self.ids = getattr(self, "ids", {})
        for pair, context, continuation in requests:
            if len(context) + len(continuation) > self.max_length + 1:
                raise SystemExit(f"a request of {len(context) + len(continuation)} tokens does not fit {self.max_length}: give fewer shots")
            self.ids[pair] = (context, continuation)
        return super()._loglikelihood_tokens(requests, **more)


def evaluate(model, name, data, work, shots, chat=False, limit=None):
    """Every item: its requests with ids and log-likelihoods, the right option, acc and acc_norm where it is defined."""
    names = write_tasks(name, data, work, shots)
    results = lm_eval.simple_evaluate(
        model=model,
        tasks=names,
        task_manager=TaskManager(include_path=str(work), include_defaults=False),
        apply_chat_template=chat,
        fewshot_as_multiturn=chat,
        limit=limit,
        bootstrap_iters=0,
    )
    items = []
    for task in names:
        for sample in sorted(results["samples"][task], key=lambda sample: sample["doc_id"]):
            requests = [tuple(arguments.values()) for arguments in ordered(sample["arguments"])]
            items.append(
                {
                    "contexts": [context for context, _ in requests],
                    "continuations": [continuation for _, continuation in requests],
                    "ids": [model.ids[request] for request in requests],
                    "log_likelihoods": [float(response[0]) for response in sample["filtered_resps"]],
                    "acc": sample["acc"],
                    "acc_norm": sample.get("acc_norm"),
                }
            )
    return items


def ordered(arguments):
    if isinstance(arguments, dict):
        return [arguments[key] for key in sorted(arguments, key=lambda key: int(key.rsplit("_", 1)[1]))]
    return [dict(enumerate(pair)) for pair in arguments]
