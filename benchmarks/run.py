"""One pass per document against the peers, on this machine: one command, one page.

    pip install -r peers/requirements.txt
    python run.py

Every configuration runs in a process of its own, one after the other. Its figures go to results/CASE.json as soon as
they are there, so a run that was stopped goes on where it was; --fresh begins anew. At the end results.json and
../docs/benchmarks.md are written from them. --list shows the configurations, --only takes those whose name contains a
text, --page writes the page alone.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import page

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "results"
BUSY_CORES_TO_WAIT_FOR = 0.2
DOCUMENTS = 4
ANSWERS = ("answers", "answers-one-by-one")


@dataclasses.dataclass(frozen=True)
class Case:
    """A configuration: the peer, the model's shape and type, K pairs over a document."""

    peer: str
    model: str
    dtype: str
    tokens: int
    pairs: int
    warmups: int
    repeats: int
    loss: str = "preference"

    @property
    def name(self):
        return f"{self.peer}-{self.model}-{self.dtype}-{self.tokens}-k{self.pairs}-{self.loss}"


def cases():
    small4, small16, all_pairs = 4096, 16384, (1, 2, 4, 8)
    yield Case("trl", "small", "float32", small4, 1, 1, 3)
    yield Case("trl", "small", "float32", small4, 2, 1, 2)
    yield Case("trl", "small", "float32", small16, 1, 0, 1)
    for dtype in ("float32", "bfloat16"):
        yield Case("tuned", "small", dtype, small4, 1, 1, 3)
        yield Case("tuned", "small", dtype, small16, 1, 1, 3)
        yield Case("tuned", "medium", dtype, small4, 1, 1, 1)
        for pairs in all_pairs:
            yield Case("ours", "small", dtype, small4, pairs, 1, 3)
            yield Case("ours", "small", dtype, small16, pairs, 1, 3)
        yield Case("ours", "medium", dtype, small4, 1, 1, 1)
    for pairs in (1, 4):
        yield Case("unshared", "small", "float32", small4, pairs, 1, 3)
    yield Case("unshared", "small", "float32", small16, 1, 1, 1)
    yield Case("unshared", "small", "float32", small16, 4, 0, 1)
    for pairs in (1, 4):
        yield Case("ours", "small", "float32", small16, pairs, 1, 3, "longpo")
    yield Case("ours", "medium", "bfloat16", small16, 1, 1, 1, "longpo")
    yield Case("generation", "small", "float32", small16, 1, 1, 3, "none")
    yield Case("generation", "small", "float32", small16, 8, 1, 3, "none")
    yield Case("answers", "small", "float32", small4, 8, 1, 3, "none")
    for peer_of_answers in ("answers-one-by-one", "transformers"):
        yield Case(peer_of_answers, "small", "float32", small4, 8, 0, 2, "none")
    yield Case("ours", "small", "float32", 65536, 1, 0, 1, "longpo")
    yield Case("ours", "small", "bfloat16", 65536, 1, 0, 1, "longpo")
    yield Case("ours", "small", "bfloat16", 131072, 1, 0, 1, "longpo")


def checkpoint(model, dtype):
    """The peers' random model as a checkpoint, so that all read the same weights."""
    folder = HERE / "checkpoints" / f"{model}-{dtype}"
    if not (folder / "config.json").exists():
        temporary = folder.with_suffix(".tmp")
        shutil.rmtree(temporary, ignore_errors=True)
        command = [sys.executable, HERE / "peers" / "save_checkpoint.py", "--model", model, "--dtype", dtype]
        subprocess.run([*command, "--context-tokens", "1", "--out", temporary], check=True)
        temporary.rename(folder)
    return folder


def peer(case):
    script = {"trl": "trl_dpo.py", "tuned": "tuned.py", "transformers": "generate.py"}[case.peer]
    command = [sys.executable, HERE / "peers" / script, "--model", case.model, "--dtype", case.dtype]
    command += ["--context-tokens", case.tokens, "--pairs", case.pairs]
    command += ["--warmup", case.warmups, "--repeats", case.repeats]
    command += ["--documents", DOCUMENTS] if case.peer == "transformers" else []
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def ours(case):
    figures = RESULTS / f"{case.name}.ours.json"
    command = [ROOT / "longpo", "bench", "--model", checkpoint(case.model, case.dtype), "--dtype", case.dtype]
    command += ["--lengths", case.tokens, "--warm-ups", case.warmups, "--repeats", case.repeats, "--json", figures]
    if case.peer == "generation":
        command += ["--pairs", 0, "--answers", case.pairs]
    elif case.peer in ANSWERS:
        command += ["--pairs", 0, "--answers", case.pairs, "--answered-documents", DOCUMENTS]
        command += ["--one-by-one"] if case.peer == "answers-one-by-one" else []
    else:
        command += ["--pairs", case.pairs]
        command += ["--preference-only"] if case.loss == "preference" else []
        command += ["--unshared"] if case.peer == "unshared" else []
    subprocess.run([str(part) for part in command], stdout=sys.stderr, check=True)
    report = json.loads(figures.read_text())
    figures.unlink()
    if case.peer == "generation":
        measured = report["generation"][0]
    elif case.peer in ANSWERS:
        measured = [done for done in report["generation"] if done["together"] == (case.peer == "answers")][0]
    else:
        measured = [step for step in report["steps"] if step["shared"] == (case.peer == "ours")][0]
    return measured | {key: report[key] for key in ("libtorch", "threads", "kernels")}


def busy_cores(seconds=1.0):
    """Cores that others keep busy. The load average would still count the measurement before this one."""

    def ticks():
        fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
        return sum(fields), fields[3] + fields[4]

    total, idle = ticks()
    time.sleep(seconds)
    later_total, later_idle = ticks()
    return os.cpu_count() * (1 - (later_idle - idle) / max(1, later_total - total))


def wait_for_idle_machine(seconds):
    """A machine that does other things measures those: waits a while, and says so if they do not end."""
    until = time.monotonic() + seconds
    while (busy := busy_cores()) > BUSY_CORES_TO_WAIT_FOR and time.monotonic() < until:
        pass
    return busy


def run(case, place, patience):
    target = RESULTS / f"{case.name}.json"
    if target.exists():
        return
    busy = wait_for_idle_machine(patience)
    print(f"{place} {time.strftime('%H:%M:%S')} {case.name} ({busy:.2f} cores busy before)", file=sys.stderr, flush=True)
    started = time.monotonic()
    figures = ours(case) if case.peer in ("ours", "unshared", "generation", *ANSWERS) else peer(case)
    record = {"case": dataclasses.asdict(case), "busy_cores_before": busy, "figures": figures}
    record |= {"wall_seconds": time.monotonic() - started, "measured_at": time.strftime("%Y-%m-%d %H:%M")}
    temporary = target.with_suffix(".tmp")
    temporary.write_text(json.dumps(record, indent=1))
    temporary.rename(target)


def name_of(record):
    return Case(**record["case"]).name


def stored_records():
    """Those of an earlier run on a machine like this one; results/ may be gone since."""
    stored = HERE / "results.json"
    if not stored.exists():
        return {}
    earlier = json.loads(stored.read_text())
    if earlier["machine"] != page.machine():
        raise SystemExit(f"{stored} is of another machine ({earlier['machine']}): measure all with --fresh")
    return {name_of(record): record for record in earlier["records"]}


def main():
    parser = argparse.ArgumentParser(description="Measures one pass per document against its peers.")
    parser.add_argument("--only", default="", help="configurations whose name contains this")
    parser.add_argument("--fresh", action="store_true", help="forget earlier results")
    parser.add_argument("--list", action="store_true", help="print the configurations' names and end")
    parser.add_argument("--page", action="store_true", help="write the page from the results there are")
    parser.add_argument("--patience", type=float, default=30, help="seconds to wait for an idle machine")
    options = parser.parse_args()
    chosen = [case for case in cases() if options.only in case.name]
    if options.list:
        print("\n".join(case.name for case in chosen))
        return
    if options.fresh:
        shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(exist_ok=True)
    if not options.page:
        for number, case in enumerate(chosen, 1):
            run(case, f"{number} of {len(chosen)}", options.patience)
    records = stored_records() if not options.fresh else {}
    for file in sorted(RESULTS.glob("*.json")):
        record = json.loads(file.read_text())
        records[name_of(record)] = record
    records = list(records.values())
    (HERE / "results.json").write_text(json.dumps({"machine": page.machine(), "records": records}, indent=1) + "\n")
    (ROOT / "docs" / "benchmarks.md").write_text(page.of(records, page.machine()))
    print("wrote docs/benchmarks.md and benchmarks/results.json", file=sys.stderr)


if __name__ == "__main__":
    main()
