"""Measures how closely this program and transformers agree, and writes docs/parity.md.

    python references/parity.py [--stories DIR] [--work DIR] [--seed S]

1. Makes a random checkpoint of every family with every RoPE kind, and of some variants, with transformers' results in
   float64, float32 and bfloat16 (make_model_golden.py).
2. Has our engine compute the same (mvn test -Pslow -Dtest=ParityMeasurementTest); then train each for a few steps,
   export it in shards and score its sequences.
3. Loads every export in transformers and compares log-probabilities (check_export.py).
4. Scores fresh random checkpoints with `longpo score` and with transformers (check_score.py).
5. With --stories, a folder with the stories260K model: the same for its log-probabilities and its greedy text.

Exits with 1 if anything is beyond its bound. About five minutes on two cores.
Checked with Python 3.11, torch 2.13.0 (CPU), transformers 5.18.0, safetensors 0.8.0.
"""

import argparse
import json
import platform
import random
import shutil
import subprocess
import sys
from pathlib import Path

import safetensors
import torch
import transformers
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM

import check_export
import check_score
import make_model_golden

transformers.utils.logging.disable_progress_bar()

REPOSITORY = Path(__file__).resolve().parent.parent
PAGE = REPOSITORY / "docs/parity.md"
# Recorded once, with real rows that the repository does not have.
AGREEMENT = REPOSITORY / "references/evaluation_agreement.md"
EXPORT_TOLERANCE = 1e-5
PROMPTS = ("Once upon a time", "The little dog", "Lily and Tom went to the park. They")
STORY_TOKENS = 200
KINDS_OF_VARIANTS = {
    "tied-mqa": "default, tied, one key-value head",
    "window": "default, sliding window",
    "untied": "default, not tied, with biases",
}

HEAD = """\
# Parity with transformers

One command measures and writes this page: `{command}` (see its header for what it does and needs). Made with
transformers {transformers}, torch {torch}, safetensors {safetensors}, Python {python}; this program on CPU.

Every model is tiny and random (two or three layers, weights wide enough for any error to show), made by
`references/make_model_golden.py`, seed in its `golden.json`. Two sequences of {lengths} tokens, one on each side of the
length ({original}) at which dynamic and longrope change their frequencies. The reference is transformers' own code with
every float32 in it replaced by float64, so what the table shows is this program's own rounding. In gemma3 every other
layer slides and has a RoPE of its own, unscaled; the kind is that of the others.

- **logits, log-probs, gradients**: in float32; the largest difference, relative to the largest value of the row of
  logits, of all log-probabilities, of the parameter (the worst parameter counts). After the slash the same of
  transformers in float32, to compare. Bounds: 1e-5 for logits and log-probs, some hundred roundings of float32; 3e-5 for
  gradients, which go through twice as many roundings and add up over all tokens.
- **greedy**: tokens drawn with a key-value cache in float32 that equal transformers' in float64 without one. Dynamic and
  longrope: on both sides of the switch.
- **bfloat16**: root mean square of the log-probabilities' distance from float64, in nats: this program, transformers,
  and their ratio. Both round, at different places; the bound for the ratio is 2: not a whole bit is lost.
- **export**: the model after a few training steps, exported in shards and loaded by transformers: largest relative
  difference between its log-probabilities and this program's, both float32. Bound 1e-5.

`mvn verify` holds the committed ones among these models (`TransformersParityTest`) to the same bounds.

| family | RoPE | logits | log-probs | gradients | greedy | bfloat16 | export |
|---|---|---|---|---|---|---|---|
"""


def make_models(work):
    torch.use_deterministic_algorithms(True)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    for name in [*make_model_golden.MATRIX, *make_model_golden.VARIANTS]:
        make_model_golden.make(name, work / "models" / name)
    torch.set_num_threads(threads)


def measure(work):
    command = ["mvn", "-q", "test", "-Pslow", "-Dtest=ParityMeasurementTest", f"-Dlongpo.parity={work}"]
    done = subprocess.run(command, cwd=REPOSITORY)
    measured = work / "measured.json"
    if not measured.exists():
        sys.exit("our half of the measurement failed")
    return json.loads(measured.read_text()), done.returncode == 0


def relative(given, expected):
    return ((given - expected).abs().max() / expected.abs().max()).item()


def of_transformers(folder):
    """transformers' own largest relative differences between float32 and float64, measured as ours are."""
    golden = json.loads((folder / "golden.json").read_text())
    model = make_model_golden.load(folder, torch.float32)
    loss, of_logits, given, expected = 0.0, 0.0, [], []
    for sequence in golden["sequences"]:
        logits = make_model_golden.logits_of(model, sequence["tokens"])
        log_probs = make_model_golden.log_probs_of(model, sequence["tokens"])
        loss = loss + (log_probs * torch.tensor(sequence["weights"])).sum()
        for row, values in sequence["logits"].items():
            of_logits = max(of_logits, relative(logits[int(row)].double(), torch.tensor(values, dtype=torch.float64)))
        given.append(log_probs.detach().double())
        expected.append(torch.tensor(sequence["log_probs"]["float64"], dtype=torch.float64))
    loss.backward()
    exact = load_file(folder / "gradients.safetensors")
    of_gradients = max(relative(p.grad.double(), exact[n].double()) for n, p in model.named_parameters())
    return of_logits, relative(torch.cat(given), torch.cat(expected)), of_gradients


def table_row(row, work):
    name = row["name"]
    family, kind = name.split("-", 1)
    of_logits, of_log_probs, of_gradients = of_transformers(work / "models" / name)
    exports = work / "exports"
    _, worst = check_export.compare(exports / name, exports / f"{name}.scores.jsonl")
    export = worst[0].item()
    ratio = row["bfloat16_ours"] / row["bfloat16_theirs"]
    cells = [
        family,
        KINDS_OF_VARIANTS.get(kind, kind),
        f"{row['logits']:.1e} / {of_logits:.1e}",
        f"{row['log_probs']:.1e} / {of_log_probs:.1e}",
        f"{row['gradients']:.1e} / {of_gradients:.1e}",
        f"{row['greedy_tokens']} of {row['greedy_tokens']}" if row["greedy_equal"] else "differs",
        f"{row['bfloat16_ours']:.3f} / {row['bfloat16_theirs']:.3f} = {ratio:.2f}",
        f"{export:.1e}",
    ]
    return "| " + " | ".join(cells) + " |\n", export <= EXPORT_TOLERANCE


@torch.no_grad()
def stories(folder, work):
    """The largest difference of log-probabilities, and how many greedy tokens are equal."""
    # The file itself: transformers 5 rebuilds Llama's tokenizers by class name, with another rule for leading spaces.
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    program = REPOSITORY / "longpo"
    requests, equal, tokens_compared = [], True, 0
    for number, prompt in enumerate(PROMPTS):
        prompt_tokens = tokenizer.encode(prompt).ids
        prompt_length = len(prompt_tokens)
        drawn = model.generate(torch.tensor([prompt_tokens]), do_sample=False, max_new_tokens=STORY_TOKENS)[0]
        # As it continues the prompt: decoded alone, the first token would lose its space.
        expected = tokenizer.decode(drawn.tolist())[len(tokenizer.decode(prompt_tokens)) :]
        command = [program, "complete", "--model", folder, "--prompt", prompt, "--max-tokens", str(STORY_TOKENS)]
        given = subprocess.run([*command, "--dtype", "float32"], check=True, capture_output=True, text=True).stdout
        equal &= given == expected + "\n"
        tokens_compared += len(drawn) - prompt_length
        requests.append(dict(id=number, context_tokens=drawn[:1].tolist(), continuation_tokens=[drawn[1:].tolist()]))
    (work / "stories.jsonl").write_text("".join(json.dumps(line) + "\n" for line in requests))
    (work / "stories-answers.jsonl").unlink(missing_ok=True)
    command = [program, "score", "--model", folder, "--dtype", "float32", "--requests", work / "stories.jsonl"]
    subprocess.run([*command, "--out", work / "stories-answers.jsonl"], check=True)
    rows = [json.loads(line) for line in (work / "stories-answers.jsonl").read_text().splitlines()]
    found = [check_score.differences(model, request, row) for request, row in zip(requests, rows)]
    return max(f[0] for f in found), equal, tokens_compared


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=Path, help="folder of the stories260K model")
    parser.add_argument("--work", type=Path, default=REPOSITORY / "target/parity")
    parser.add_argument("--seed", type=int, default=None, help="of the fresh checkpoints; drawn by default")
    parser.add_argument("--keep-models", action="store_true", help="use the models that the folder has already")
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    if not arguments.keep_models:
        shutil.rmtree(work, ignore_errors=True)
        make_models(work)
    for name in ("runs", "exports", "measured.json"):
        path = work / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    rows, good = measure(work)
    order = [*make_model_golden.MATRIX, *make_model_golden.VARIANTS]
    lines = []
    for row in sorted(rows, key=lambda row: order.index(row["name"])):
        line, within = table_row(row, work)
        lines.append(line)
        good &= within
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(2**48)
    compared, worst = check_score.check(seed, models=8, requests=30, work=work / "score")
    text = HEAD.format(
        command="python references/parity.py --stories DIR",
        transformers=transformers.__version__,
        torch=torch.__version__,
        safetensors=safetensors.__version__,
        python=platform.python_version(),
        lengths=" and ".join(map(str, make_model_golden.LENGTHS)),
        original=make_model_golden.ORIGINAL_LENGTH,
    )
    text += "".join(lines)
    text += f"""
## `longpo score` on fresh checkpoints

`references/check_score.py` draws checkpoints of every family (RoPE kind, heads, tying, stored type and shards at random)
and requests with random token ids, anew in every run. In this one (seed {seed}): {compared} continuations on 8 models,
largest difference of a token's log-probability {worst:.1e} nats. Bound 2e-5.
"""
    if arguments.stories:
        distance, equal, tokens = stories(arguments.stories, work)
        good &= equal and distance <= check_score.TOLERANCE
        text += f"""
## stories260K

A real model of 260,000 parameters with its real tokenizer: the greedy text of `longpo complete` for {len(PROMPTS)} prompts, {tokens}
tokens together, {"equals" if equal else "DIFFERS FROM"} transformers'; the log-probabilities of these texts by
`longpo score` differ by at most {distance:.1e} nats from transformers' in float32.
"""
    text += AGREEMENT.read_text()
    PAGE.write_text(text)
    print(f"wrote {PAGE}")
    if not good:
        sys.exit("something is beyond its bound")


if __name__ == "__main__":
    main()
