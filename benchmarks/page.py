"""The page: tables and targets from the records of run.py. It computes every figure it prints."""

import json
import os
import pathlib
import platform
import statistics

HERE = pathlib.Path(__file__).resolve().parent
GIB, MIB = 1 << 30, 1 << 20


def machine():
    """Hardware and system, without names of machines or people."""
    fields = {}
    with open("/proc/cpuinfo") as file:
        for line in file:
            key, _, value = line.partition(":")
            fields.setdefault(key.strip(), value.strip())
    with open("/proc/meminfo") as file:
        memory = int(file.readline().split()[1]) * 1024
    wide = sorted(flag for flag in fields.get("flags", "").split() if flag.startswith(("amx", "avx512_bf16", "avx512f")))
    return {
        "processor": fields.get("model name", platform.processor()),
        "instructions": ", ".join(wide) or "no AVX-512",
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory / GIB, 1),
        "system": f"{platform.system()} {platform.machine()}",
    }


class Records:
    """Records by configuration; a figure that is not there is None, and so is what follows from it."""

    def __init__(self, records):
        self.all = records
        self.by_case = {
            tuple(record["case"][key] for key in ("peer", "model", "dtype", "tokens", "pairs", "loss")): record
            for record in records
        }

    def find(self, peer, model, dtype, tokens, pairs, loss="preference"):
        return self.by_case.get((peer, model, dtype, tokens, pairs, loss))

    def seconds(self, *key, **named):
        record = self.find(*key, **named)
        if record is None:
            return None
        figures = record["figures"]
        return figures["median_seconds"]

    def memory(self, *key, **named):
        record = self.find(*key, **named)
        if record is None:
            return None
        peak = record["figures"]["peak_memory_bytes"]
        return max(peak) if isinstance(peak, list) else peak


def ratio(numerator, denominator):
    return None if numerator is None or denominator is None else numerator / denominator


def times(value, factor):
    return None if value is None else value * factor


def show(value, pattern):
    return "–" if value is None else pattern.format(value)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def against_peers(records, dtype):
    rows = []
    for tokens in (4096, 16384):
        trl = records.seconds("trl", "small", dtype, tokens, 1)
        tuned = records.seconds("tuned", "small", dtype, tokens, 1)
        for pairs in (1, 2, 4, 8):
            ours = records.seconds("ours", "small", dtype, tokens, pairs)
            unshared = records.seconds("unshared", "small", dtype, tokens, pairs)
            measured_trl = records.seconds("trl", "small", dtype, tokens, pairs)
            mark = "" if pairs == 1 else " *"
            trl_cell = show(measured_trl, "{:.1f}") if measured_trl else show(times(trl, pairs), "{:.1f} *")
            rows.append(
                [
                    f"{tokens:,}",
                    str(pairs),
                    trl_cell,
                    show(times(tuned, pairs), "{:.1f}" + mark),
                    show(unshared, "{:.1f}"),
                    show(ours, "{:.2f}"),
                    show(ratio(measured_trl or times(trl, pairs), ours), "{:.1f}x"),
                    show(ratio(times(tuned, pairs), ours), "{:.1f}x"),
                ]
            )
    head = ["document", "K", "TRL", "tuned", "ours, unshared", "ours", "TRL / ours", "tuned / ours"]
    return table(head, rows)


def memory_against_peers(records):
    rows = []
    for dtype in ("float32", "bfloat16"):
        for tokens in (4096, 16384):
            cells = [records.memory(peer, "small", dtype, tokens, 1) for peer in ("trl", "tuned", "unshared", "ours")]
            four = records.memory("ours", "small", dtype, tokens, 4)
            rows.append(
                [dtype, f"{tokens:,}"]
                + [show(times(cell, 1 / MIB), "{:,.0f}") for cell in [*cells, four]]
                + [show(ratio(cells[0], cells[-1]), "{:.1f}x")]
            )
    head = ["type", "document", "TRL", "tuned", "ours, unshared", "ours, K = 1", "ours, K = 4", "TRL / ours"]
    return table(head, rows)


def cost_of_pairs(records):
    rows = []
    for dtype, loss in (("float32", "preference"), ("bfloat16", "preference"), ("float32", "longpo")):
        first = records.find("ours", "small", dtype, 16384, 1, loss)
        for pairs in (1, 2, 4, 8):
            record = records.find("ours", "small", dtype, 16384, pairs, loss)
            if first is None or record is None:
                continue
            figures, base = record["figures"], first["figures"]
            time_ratio = figures["median_seconds"] / base["median_seconds"]
            useful = figures["useful_flops"] / base["useful_flops"]
            rows.append(
                [
                    dtype,
                    loss,
                    str(pairs),
                    f"{figures['median_seconds']:.2f}",
                    f"{figures['peak_memory_bytes'] / MIB:,.0f}",
                    f"{time_ratio:.2f}",
                    f"{useful:.2f}",
                    f"{time_ratio / useful:.2f}",
                    f"{100 * utilization(figures):.0f} %",
                ]
            )
    head = ["type", "loss", "K", "seconds", "peak MiB", "time / K = 1", "operations / K = 1", "quotient", "MFU"]
    return table(head, rows)


def utilization(figures):
    return figures["useful_flops"] / figures["median_seconds"] / figures["gemm_flops_per_second"]


def slope_by_theory(records, dtype, shorter, longer):
    """Bytes per further token between two lengths, as a multiple of those of the theory."""
    found = [records.find("ours", "small", dtype, tokens, 1, "longpo") for tokens in (shorter, longer)]
    if not all(found):
        return None
    before, after = (record["figures"] for record in found)
    slope = (after["peak_memory_bytes"] - before["peak_memory_bytes"]) / (longer - shorter)
    return slope / after["theory_bytes_per_token"]


def by_length(records):
    rows = []
    for dtype in ("float32", "bfloat16"):
        before = None
        for tokens in (16384, 65536, 131072):
            record = records.find("ours", "small", dtype, tokens, 1, "longpo")
            if record is None:
                continue
            figures = record["figures"]
            peak, theory = figures["peak_memory_bytes"], figures["theory_bytes_per_token"]
            slope = (peak - before[1]) / (tokens - before[0]) if before else None
            rows.append(
                [
                    dtype,
                    f"{tokens:,}",
                    f"{figures['median_seconds']:.1f}",
                    f"{peak / GIB:.2f}",
                    show(slope, "{:,.0f}"),
                    f"{theory:,}",
                    show(ratio(slope, theory), "{:.2f}x"),
                ]
            )
            before = (tokens, peak)
    head = ["type", "document", "seconds", "peak GiB", "bytes per further token", "theory", "quotient"]
    return table(head, rows)


def medium(records):
    rows = []
    for dtype, tokens, loss in (
        ("float32", 4096, "preference"),
        ("bfloat16", 4096, "preference"),
        ("bfloat16", 16384, "longpo"),
    ):
        record = records.find("ours", "medium", dtype, tokens, 1, loss)
        tuned = records.seconds("tuned", "medium", dtype, tokens, 1, loss)
        if record is None:
            continue
        figures = record["figures"]
        rows.append(
            [
                dtype,
                f"{tokens:,}",
                loss,
                show(tuned, "{:.1f}"),
                f"{figures['median_seconds']:.1f}",
                show(ratio(tuned, figures["median_seconds"]), "{:.1f}x"),
                f"{figures['gemm_flops_per_second'] / 1e9:,.0f}",
                f"{100 * utilization(figures):.1f} %",
            ]
        )
    head = ["type", "document", "loss", "tuned", "ours", "tuned / ours", "gemm GFLOP/s", "MFU"]
    return table(head, rows)


def targets(records):
    def ours(pairs, dtype="float32", tokens=16384, **named):
        return records.seconds("ours", "small", dtype, tokens, pairs, **named)

    def tuned(dtype="float32", tokens=16384):
        return records.seconds("tuned", "small", dtype, tokens, 1)

    trl = records.seconds("trl", "small", "float32", 16384, 1)
    generation = [records.seconds("generation", "small", "float32", 16384, k, loss="none") for k in (1, 8)]
    medium_16k = records.find("ours", "medium", "bfloat16", 16384, 1, "longpo")
    lengths = {
        (dtype, tokens): records.memory("ours", "small", dtype, tokens, 1, loss="longpo")
        for dtype in ("float32", "bfloat16")
        for tokens in (65536, 131072)
    }
    eight = [records.find("ours", "small", "float32", 16384, k) for k in (1, 8)]
    quotient = None
    if all(eight):
        one, many = (record["figures"] for record in eight)
        quotient = many["median_seconds"] / one["median_seconds"] / (many["useful_flops"] / one["useful_flops"])
    listed = [
        ("K = 4, 16K, float32: TRL / ours", ratio(times(trl, 4), ours(4)), ">=", 25),
        ("K = 4, 16K, float32: tuned / ours", ratio(times(tuned(), 4), ours(4)), ">=", 7.5),
        ("K = 1, 4K, float32: tuned / ours", ratio(tuned(tokens=4096), ours(1, tokens=4096)), ">=", 2.1),
        ("K = 1, 16K, float32: tuned / ours", ratio(tuned(), ours(1)), ">=", 2.1),
        ("K = 1, 16K, bfloat16: tuned / ours", ratio(tuned("bfloat16"), ours(1, "bfloat16")), ">=", 1.5),
        ("K = 4, 16K, bfloat16: tuned / ours", ratio(times(tuned("bfloat16"), 4), ours(4, "bfloat16")), ">=", 5),
        ("K = 8 against K = 1, 16K: time / operations", quotient, "<=", 1.15),
        ("K = 4, 16K: LongPO loss / preference alone", ratio(ours(4, loss="longpo"), ours(4)), "<=", 1.5),
        (
            "16K: our peak memory / TRL's",
            ratio(
                records.memory("ours", "small", "float32", 16384, 1),
                records.memory("trl", "small", "float32", 16384, 1),
            ),
            "<=",
            0.1,
        ),
        ("64K, float32, LongPO loss: peak GiB", times(lengths["float32", 65536], 1 / GIB), "<=", 2.5),
        ("128K, bfloat16, LongPO loss: peak GiB", times(lengths["bfloat16", 131072], 1 / GIB), "<=", 4),
        (
            "float32, 16K to 64K: bytes per further token / theory",
            slope_by_theory(records, "float32", 16384, 65536),
            "<=",
            1.3,
        ),
        (
            "bfloat16, 64K to 128K: bytes per further token / theory",
            slope_by_theory(records, "bfloat16", 65536, 131072),
            "<=",
            1.3,
        ),
        ("medium, bfloat16, 16K, LongPO loss: MFU", medium_16k and utilization(medium_16k["figures"]), ">=", 0.3),
        ("8 answers / 1 answer of 128 tokens over 16K", ratio(generation[1], generation[0]), "<=", 1.5),
        ("4 documents of 4K, 8 answers each: one by one / together", ratio(answers(records, "answers-one-by-one"), answers(records, "answers")), ">=", 5),
        ("4 documents of 4K, 8 answers each: transformers' generate / ours", ratio(answers(records, "transformers"), answers(records, "answers")), ">=", 2),
    ]
    listed += evaluation_targets(evaluation_figures())
    rows = []
    for name, value, relation, bound in listed:
        met = None if value is None else (value >= bound if relation == ">=" else value <= bound)
        verdict = {None: "not measured", True: "met", False: "**missed**"}[met]
        rows.append([name, show(value, "{:.2f}"), f"{relation} {bound}", verdict])
    return table(["figure", "measured", "target", ""], rows)


def days(records, is_generation):
    found = {
        record["measured_at"].split()[0]
        for record in records.all
        if (record["case"]["loss"] == "none") == is_generation
    }
    return " and ".join(sorted(found))


def versions(records):
    found = {}
    for record in records.all:
        found |= record["figures"].get("versions", {})
        if "libtorch" in record["figures"]:
            found["libtorch for Java"] = record["figures"]["libtorch"]
    return ", ".join(f"{name} {version}" for name, version in sorted(found.items()))


def kernels(records):
    found = {
        f"{record['case']['dtype']}: {record['figures']['kernels']}"
        for record in records.all
        if "kernels" in record["figures"]
    }
    return "; ".join(sorted(found))


def loads(records):
    before = sorted(record["busy_cores_before"] for record in records.all)
    return f"{before[0]:.2f} to {before[-1]:.2f}, median {statistics.median(before):.2f}" if before else "none"


PAGE = """# One pass per document, against the peers

Made by `python benchmarks/run.py` (see [benchmarks/peers](../benchmarks/peers/README.md) for what each peer is, what \
counts as a measurement and how memory is read). All figures of this page are computed from \
[benchmarks/results.json](../benchmarks/results.json).

Machine: {processor} ({instructions}), {cores} cores, {memory_gib} GiB, {system}. {versions}. Attention kernels found \
by self-test: {kernels}. Cores that others kept busy just before a measurement: {loads}.

One measurement is forward and backward of a document with K pairs, responses of 256 tokens, without the optimizer; \
seconds are medians of up to three runs after a warm-up (16K with TRL, 64K and 128K: one run).

Training steps were measured on {training_days}, generation on {generation_days}: the machine is not equally fast every day, so seconds compare within each.

## Targets

{targets}
## Seconds per document, *small*, float32, preference loss alone

`*`: K times the figure at K = 1; TRL at 4K is measured at K = 2 as well and shows that it is linear.

{float32}
## The same in bfloat16

{bfloat16}
## Peak memory above the weights, MiB

{memory}
## What further pairs cost, 16K

Time should grow as the useful operations do (shared ones once): the quotient shows how much faster it grows.

{pairs}
## Length: the LongPO loss with its NLL over everything, K = 1

Theory per further token: the saved layer inputs, attention outputs and log-sum-exps, and one layer's working set.

{length}
## Medium

MFU: useful operations (causal half of attention, recomputation not counted) per second, as a share of the rate of a \
matrix product of the same type measured in the same run.

{medium}
## Generation, *small*, float32, 16K

{generation}
## Answers about several documents, *small*, float32

4 documents of 4,096 tokens, 8 instructions of 16 tokens about each, 128 greedy tokens for every one, prefill included. \
transformers' `generate` gets the 8 prompts about a document as one batch; it knows no shared prefix.

{answers}

## Evaluation, *small*, float32

{evaluation}"""


ANSWER_ROWS = {
    "answers": "ours, all together",
    "answers-one-by-one": "ours, one request at a time",
    "transformers": "transformers' generate, batches of 8",
}
ANSWER_TOKENS = 4 * 8 * 128


def answers(records, peer):
    return records.seconds(peer, "small", "float32", 4096, 8, loss="none")


def answer_rows(records):
    rows = []
    for peer, name in ANSWER_ROWS.items():
        seconds = answers(records, peer)
        rows.append([name, show(seconds, "{:.2f}"), show(seconds and ANSWER_TOKENS / seconds, "{:,.0f}")])
    return table(["how", "seconds", "answer tokens/s"], rows)


def evaluation_figures():
    file = HERE / "evaluation.json"
    return json.loads(file.read_text()) if file.exists() else None


def evaluation_targets(figures):
    if not figures:
        return []
    mmlu, text = figures["mmlu"], figures["one_text"]
    seconds = statistics.median(mmlu["their_seconds"]) / statistics.median(mmlu["our_seconds"])
    tokens = mmlu["their_tokens"] / mmlu["our_tokens"]
    return [
        ("MMLU, 5 shots: ratio of seconds / ratio of tokens to read, against lm-eval", seconds / tokens, ">=", 0.75),
        ("10 questions over one text of 16K: one by one / together", text["apart_seconds"] / text["together_seconds"], ">=", 6),
    ]


def evaluation(figures):
    """Made by evaluation.py."""
    if not figures:
        return "Not measured."
    mmlu, text = figures["mmlu"], figures["one_text"]
    ours, theirs = (statistics.median(mmlu[key]) for key in ("our_seconds", "their_seconds"))
    rows = [
        ["lm-eval, its hf model, batch size %d" % mmlu["best_batch"], f"{theirs:.1f}", f"{mmlu['their_tokens']:,}"],
        ["ours, the whole command", f"{ours:.1f}", f"{mmlu['our_tokens']:,}"],
        ["ratio", f"{theirs / ours:.2f}x", f"{mmlu['their_tokens'] / mmlu['our_tokens']:.2f}x"],
    ]
    versions_read = ", ".join(f"{name} {version}" for name, version in sorted(mmlu["versions"].items()))
    batches = ", ".join(f"{batch}: {seconds:.1f}" for batch, seconds in mmlu["seconds_by_batch"].items())
    return "\n\n".join(
        [
            f"Made by `python benchmarks/evaluation.py` on {figures['measured_at'][:10]} ({versions_read}).",
            f"MMLU with 5 shots, all 57 subjects, {mmlu['limit']} questions of each: {mmlu['questions']} questions, of "
            f"which {mmlu['equal_items']} are equally right or wrong. Medians of {len(mmlu['our_seconds'])} runs in turn; "
            f"lm-eval's seconds are those of its scoring alone (by batch size: {batches}), ours those of the command from "
            "start to end.",
            table(["MMLU", "seconds", "tokens read"], rows),
            f"{text['answers']} questions over one text of {text['tokens']:,} tokens, {text['answer_tokens']} tokens of "
            f"answer each: {text['together_seconds']:.2f} s together, {text['apart_seconds']:.2f} s one request at a time "
            f"({'the same answers' if text['answers_are_equal'] else '**answers differ**'}, {text['apart_seconds'] / text['together_seconds']:.1f}x).",
        ]
    )


def generation(records):
    rows = []
    for answers in (1, 8):
        seconds = records.seconds("generation", "small", "float32", 16384, answers, loss="none")
        rows.append([str(answers), show(seconds, "{:.2f}")])
    return table(["answers of 128 tokens", "seconds, prefill included"], rows)


def of(all_records, about):
    records = Records(all_records)
    return PAGE.format(
        **about,
        versions=versions(records),
        kernels=kernels(records),
        loads=loads(records),
        targets=targets(records),
        float32=against_peers(records, "float32"),
        bfloat16=against_peers(records, "bfloat16"),
        memory=memory_against_peers(records),
        pairs=cost_of_pairs(records),
        length=by_length(records),
        medium=medium(records),
        training_days=days(records, False),
        generation_days=days(records, True),
        generation=generation(records),
        answers=answer_rows(records),
        evaluation=evaluation(evaluation_figures()),
    )
