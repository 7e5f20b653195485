"""What both peers share: arguments, the model, the document, measuring, the JSON line.

A measurement is one training step on one document: the forward and backward passes of its K pairs. Seconds and memory
cover exactly that; the optimizer's update is timed apart, for it costs the same whoever computed the gradients.
"""

import argparse
import contextlib
import ctypes
import gc
import json
import os
import statistics
import sys
import threading
import time

# Nothing is fetched, and no pass over the network may fall into a measurement.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM

PRESETS = {
    "small": dict(layers=4, hidden=256, ffn=704, heads=4, kv_heads=2, vocabulary=32000),
    "medium": dict(layers=8, hidden=1024, ffn=2816, heads=16, kv_heads=4, vocabulary=32000),
}
END_TOKEN = 2
FIRST_ORDINARY_TOKEN = 3
SAMPLE_SECONDS = 0.005
BETA = 0.1
LEARNING_RATE = 1e-6


def arguments(description, extend=None):
    """The command line; extend(parser) adds a peer's own options."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("--model", choices=PRESETS, default="small")
    for name in PRESETS["small"]:
        parser.add_argument(f"--{name.replace('_', '-')}", type=positive, help="instead of the model's")
    parser.add_argument("--context-tokens", type=positive, required=True, help="tokens of the document")
    parser.add_argument("--response-tokens", type=positive, default=256, help="tokens of every answer")
    parser.add_argument("--pairs", type=positive, default=1, help="pairs of answers over the document (K)")
    parser.add_argument("--dtype", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--repeats", type=positive, default=3, help="measured steps")
    parser.add_argument("--warmup", type=not_negative, default=1, help="steps before those")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=positive, default=len(os.sched_getaffinity(0)))
    if extend:
        extend(parser)
    options = parser.parse_args()
    for name, value in PRESETS[options.model].items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    if options.hidden % options.heads or options.heads % options.kv_heads:
        parser.error("--heads must divide --hidden, and --kv-heads must divide --heads")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    return options


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def not_negative(text):
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must be at least 0")
    return value


def random_llama(options):
    """A Llama of random weights in the wanted type, in training mode. The type holds for every weight: no autocast."""
    config = LlamaConfig(
        vocab_size=options.vocabulary,
        hidden_size=options.hidden,
        intermediate_size=options.ffn,
        num_hidden_layers=options.layers,
        num_attention_heads=options.heads,
        num_key_value_heads=options.kv_heads,
        max_position_embeddings=1 << 20,
        tie_word_embeddings=False,
        attn_implementation="sdpa",
        use_cache=False,
    )
    return LlamaForCausalLM(config).to(getattr(torch, options.dtype)).train()


def random_document(options):
    """(context, [(chosen, rejected)] * K): token ids; every response ends with END_TOKEN, found nowhere else."""

    def tokens(count):
        return torch.randint(FIRST_ORDINARY_TOKEN, options.vocabulary, (count,)).tolist()

    def response():
        return tokens(options.response_tokens - 1) + [END_TOKEN]

    return tokens(options.context_tokens), [(response(), response()) for _ in range(options.pairs)]


def resident_bytes():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def reset_high_water_mark():
    """Whether the kernel lets this process start VmHWM anew."""
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
        return True
    except OSError:
        return False


def high_water_mark_bytes():
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    raise RuntimeError("/proc/self/status has no VmHWM")


class Meter:
    """Wall-clock seconds and peak resident memory above what was resident just before."""

    def __init__(self):
        self.seconds, self.peak_memory_bytes, self.resident_before_bytes = [], [], []
        self.method = "statm every 5 ms"

    def start(self):
        # Memory that the allocator holds but nobody uses would hide part of the step's own.
        gc.collect()
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL("libc.so.6").malloc_trim(0)
        self._has_mark = reset_high_water_mark()
        if self._has_mark:
            self.method = "VmHWM reset before the step, and statm every 5 ms"
        self._before = self._peak = resident_bytes()
        self._stop = threading.Event()
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self._sampler.start()
        self._started = time.perf_counter()

    def _sample(self):
        while not self._stop.wait(SAMPLE_SECONDS):
            self._peak = max(self._peak, resident_bytes())

    def stop(self):
        self.seconds.append(time.perf_counter() - self._started)
        self._stop.set()
        self._sampler.join()
        peak = max(self._peak, resident_bytes(), high_water_mark_bytes() if self._has_mark else 0)
        self.resident_before_bytes.append(self._before)
        self.peak_memory_bytes.append(peak - self._before)


def report(peer, options, meter, losses, optimizer_seconds, versions=None, **more):
    """Prints the measurement as one JSON line; the warm-up's figures stand apart."""
    warm = options.warmup
    print(
        json.dumps(
            dict(
                peer=peer,
                model=options.model,
                dimensions={name: getattr(options, name) for name in PRESETS["small"]},
                dtype=options.dtype,
                context_tokens=options.context_tokens,
                response_tokens=options.response_tokens,
                pairs=options.pairs,
                seconds=meter.seconds[warm:],
                median_seconds=statistics.median(meter.seconds[warm:]),
                peak_memory_bytes=meter.peak_memory_bytes[warm:],
                resident_before_bytes=meter.resident_before_bytes[warm:],
                optimizer_seconds=optimizer_seconds[warm:],
                warmup_seconds=meter.seconds[:warm],
                warmup_peak_memory_bytes=meter.peak_memory_bytes[:warm],
                memory_method=meter.method,
                losses=losses,
                seed=options.seed,
                threads=options.threads,
                load_average=os.getloadavg()[0],
                versions=dict(
                    python=sys.version.split()[0], torch=torch.__version__, transformers=transformers.__version__
                )
                | (versions or {}),
                **more,
            )
        )
    )
