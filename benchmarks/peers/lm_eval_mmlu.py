"""lm-evaluation-harness on MMLU with 5 shots: its hf model at the batch size given.

The harness's own task files on local rows (references/lm_eval_tasks.py). The time is that of its scoring alone: texts
are encoded before, and the model is loaded. Requests with the same context and answers of one token are one request
there, so a question is read once for its four options; the shots are read anew for every question.

Run: python lm_eval_mmlu.py --model DIR --data DIR --limit 20 --batch 8
"""

import argparse
import json
import pathlib
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "references"))

import lm_eval
import torch
import transformers
from check_lm_eval import write_splits
from lm_eval_tasks import Recorded, evaluate

SHOTS = 5


class Timed(Recorded):
    """Adds up the seconds of scoring and the tokens of the contexts that are read."""

    seconds = 0.0
    read_tokens = 0

    def _loglikelihood_tokens(self, requests, **more):
        contexts = {(tuple(context), tuple(continuation[:-1])) for _, context, continuation in requests}
        self.read_tokens += sum(len(context) + len(rest) for context, rest in contexts)
        started = time.perf_counter()
        done = super()._loglikelihood_tokens(requests, **more)
        self.seconds += time.perf_counter() - started
        return done


def main():
    parser = argparse.ArgumentParser(description="lm-evaluation-harness on MMLU.")
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="as longpo evaluate takes it")
    parser.add_argument("--limit", type=int, required=True, help="questions of every subject")
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = Timed(pretrained=options.model, device="cpu", dtype="float32", batch_size=options.batch)
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        write_splits("mmlu", options.data, work / "data", SHOTS)
        (work / "tasks").mkdir()
        items = evaluate(model, "mmlu", work / "data", work / "tasks", SHOTS, limit=options.limit)
    print(
        json.dumps(
            dict(
                peer="lm-eval",
                batch=options.batch,
                questions=len(items),
                accuracy=sum(item["acc"] for item in items) / len(items),
                correct=[item["acc"] for item in items],
                seconds=model.seconds,
                read_tokens=model.read_tokens,
                threads=options.threads,
                versions=dict(lm_eval=lm_eval.__version__, torch=torch.__version__, transformers=transformers.__version__),
            )
        )
    )


if __name__ == "__main__":
    main()
