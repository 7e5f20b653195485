"""Writes tiny random checkpoints in Hugging Face layout and what transformers computes from them.

One folder per model family and RoPE kind, under src/test/resources/models/:
  config.json, model*.safetensors   the checkpoint: float32, weights wide enough for an error to show
  golden.json                       token ids, log-probabilities, a loss, greedy continuations
  gradients.safetensors             the loss's gradient for every parameter, under the parameter's name

golden.json, "sequences": two sequences, shorter and longer than the original length at which the dynamic and
longrope kinds change their frequencies. log_probs[i] = log p(tokens[i + 1] | tokens[0..i]) in nats, in three
precisions; weights[i] belongs to log_probs[i] and the loss is the sum of weight * log-probability over both
sequences. Sequences are run one by one, without padding or a key-value cache, with eager attention.

- float64: transformers' own code with every float32 in it replaced by float64, frequencies included. Loss and
  gradients come from it too (gradients are rounded to float32 when stored), so the distance of a float32
  implementation from them is that implementation's own rounding error.
- float32, bfloat16: transformers as it is, the checkpoint loaded in that type; log-softmax in float32.

"greedy": the most likely token again and again, 64 times, the whole sequence being recomputed for each. margin is the
smallest lead, in nats, of a chosen token over the runner-up; seeds are tried upwards until it is no smaller than
MARGIN, so that rounding cannot change the path, and the path has DIFFERENT tokens at least. For dynamic and longrope there are two continuations, one on each side
of the length at which the frequencies change. Their frequencies are those of the final length from the first token on:
the sequence is filled up to it, which changes nothing else, since no token attends to a later one.

Configurations are written in both spellings in use: rope_parameters (transformers 5) and, for those marked
"legacy", rope_theta + rope_scaling + torch_dtype (transformers 4). The goldens come from the folder as it was written.

Made with Python 3.11, torch 2.13.0, transformers 5.18.0, safetensors 0.8.0, on a CPU; seed: golden.json.
Regenerate: python references/make_model_golden.py src/test/resources/models [NAME ...]
"""

import argparse
import json
import platform
import shutil
from pathlib import Path

import safetensors
import torch
import transformers
from safetensors.torch import save_file
from torch.overrides import TorchFunctionMode
from transformers import (
    AutoModelForCausalLM,
    Gemma3TextConfig,
    LlamaConfig,
    MistralConfig,
    Qwen2Config,
    Qwen3Config,
)

VOCABULARY = 64
LENGTHS = (20, 110)
ORIGINAL_LENGTH = 80
GREEDY_TOKENS = 64
MARGIN = 5e-3
DIFFERENT = 5
LOGIT_POSITIONS = (0, 7, -1)

SIZES = dict(
    vocab_size=VOCABULARY,
    hidden_size=32,
    intermediate_size=48,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=256,
    rms_norm_eps=1e-5,
    tie_word_embeddings=False,
    bos_token_id=None,
    eos_token_id=None,
)
# Two heads of 16: eight frequencies, enough for the scaled kinds to treat some as high, some as middle, some as low.
WIDE_HEADS = SIZES | dict(num_attention_heads=2, num_key_value_heads=1)


def rope(kind, **settings):
    return dict(rope_parameters=dict(rope_type=kind, rope_theta=settings.pop("theta", 10000.0), **settings))


LLAMA3 = rope(
    "llama3",
    theta=500000.0,
    factor=8.0,
    low_freq_factor=1.0,
    high_freq_factor=4.0,
    original_max_position_embeddings=ORIGINAL_LENGTH,
)
YARN = rope("yarn", factor=4.0, original_max_position_embeddings=4096)
LONGROPE = rope(
    "longrope",
    factor=4.0,
    original_max_position_embeddings=ORIGINAL_LENGTH,
    short_factor=[1.0, 1.02, 1.05, 1.1, 1.2, 1.3, 1.4, 1.5],
    long_factor=[1.0, 1.3, 1.8, 2.5, 4.0, 6.0, 9.0, 12.0],
)

KIND_SIZES = {
    "dynamic": WIDE_HEADS | dict(max_position_embeddings=ORIGINAL_LENGTH),
    "yarn": WIDE_HEADS | dict(max_position_embeddings=4 * 4096),
    "longrope": WIDE_HEADS | dict(max_position_embeddings=4 * ORIGINAL_LENGTH),
}
KINDS = {
    "default": rope("default"),
    "linear": rope("linear", factor=2.5),
    "dynamic": rope("dynamic", factor=2.0),
    "yarn": YARN,
    "llama3": LLAMA3,
    "longrope": LONGROPE,
}


def gemma3(rope_parameters, **settings):
    """Sliding and full layers in turn; the kind of RoPE is that of the full ones, as in the family's long models."""
    return Gemma3TextConfig(
        rope_parameters=dict(
            full_attention=dict(rope_parameters), sliding_attention=dict(rope_type="default", rope_theta=1000.0)
        ),
        **settings,
    )


FAMILIES = {
    "llama": (LlamaConfig, {}),
    "mistral": (MistralConfig, dict(sliding_window=48)),
    "qwen2": (Qwen2Config, {}),
    "qwen3": (Qwen3Config, dict(head_dim=16)),
    # No pad token: transformers' embedding would drop its gradient, as that of a token that is never trained on.
    "gemma3": (
        gemma3,
        dict(
            head_dim=16,
            query_pre_attn_scalar=24,
            sliding_window=48,
            sliding_window_pattern=2,
            tie_word_embeddings=True,
            pad_token_id=None,
        ),
    ),
}
GEMMA3 = FAMILIES["gemma3"][1]
# Every family with every kind, for parity.py.
MATRIX = {
    f"{family}-{kind}": config(**KIND_SIZES.get(kind, WIDE_HEADS) | more, **settings)
    for family, (config, more) in FAMILIES.items()
    for kind, settings in KINDS.items()
}
# Those that are committed: every family and every kind, and what only some models have.
MODELS = {
    "llama": LlamaConfig(**SIZES, **rope("default")),
    "llama-tied-mqa": LlamaConfig(**SIZES | dict(tie_word_embeddings=True, num_key_value_heads=1)),
    "llama-llama3": LlamaConfig(**WIDE_HEADS, **LLAMA3),
    "llama-linear": LlamaConfig(**WIDE_HEADS, **rope("linear", factor=2.5)),
    "llama-dynamic": LlamaConfig(
        **WIDE_HEADS | dict(max_position_embeddings=ORIGINAL_LENGTH), **rope("dynamic", factor=2.0)
    ),
    "llama-yarn": LlamaConfig(**WIDE_HEADS | dict(max_position_embeddings=4 * 4096), **YARN),
    "llama-longrope": LlamaConfig(**WIDE_HEADS | dict(max_position_embeddings=4 * ORIGINAL_LENGTH), **LONGROPE),
    "mistral": MistralConfig(**SIZES, sliding_window=None, **rope("default", theta=1e6)),
    "mistral-window": MistralConfig(**SIZES, sliding_window=12),
    "qwen2": Qwen2Config(**SIZES | dict(rms_norm_eps=1e-6), **rope("default", theta=1e6)),
    "qwen2-window": Qwen2Config(
        **SIZES | dict(num_hidden_layers=3), use_sliding_window=True, sliding_window=12, max_window_layers=1
    ),
    "qwen2-yarn": Qwen2Config(**WIDE_HEADS | dict(max_position_embeddings=4 * 4096), **YARN),
    "qwen3": Qwen3Config(**SIZES, head_dim=16, **rope("default", theta=1e6)),
    "gemma3": gemma3(**SIZES | GEMMA3 | dict(sliding_window=12), **rope("default", theta=1e6)),
    "gemma3-linear": MATRIX["gemma3-linear"],
    "gemma3-untied": gemma3(
        **SIZES | GEMMA3 | dict(num_hidden_layers=3, tie_word_embeddings=False, attention_bias=True, sliding_window=12),
        **rope("default", theta=1e6),
    ),
}
LEGACY = {"llama-llama3", "llama-dynamic", "mistral", "qwen2", "qwen2-window", "qwen2-yarn", "gemma3-linear"}
SHARDED = {"qwen3"}
VARIANTS = ("llama-tied-mqa", "mistral-window", "qwen2-window", "gemma3-untied")


def changes_with_length(name):
    return name.endswith(("-dynamic", "-longrope"))


class InFloat64(TorchFunctionMode):
    """Runs code that selects float32 by name (RMSNorm, softmax, RoPE) or by default (dynamic RoPE) in float64."""

    def __enter__(self):
        self.default = torch.get_default_dtype()
        torch.set_default_dtype(torch.float64)
        return super().__enter__()

    def __exit__(self, *exception):
        torch.set_default_dtype(self.default)
        return super().__exit__(*exception)

    def __torch_function__(self, function, types, args=(), kwargs=None):
        def widen(value):
            return torch.float64 if value is torch.float32 else value

        if function is torch.Tensor.float:
            function = torch.Tensor.double
        return function(*map(widen, args), **{key: widen(value) for key, value in (kwargs or {}).items()})


def random_model(config, seed, deviation=0.3):
    """Norms around 1, everything else around 0: nothing is left at a neutral value.

    gemma3 stores its norms' distance from 1, and multiplies embeddings by sqrt(32): smaller ones leave the blocks' share
    of the residual stream the larger one, so that a tied head does not only repeat the last token.
    """
    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    is_gemma3 = config.model_type == "gemma3_text"
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            mean = 1.0 if name.endswith("norm.weight") and not is_gemma3 else 0.0
            smaller = 0.3 if is_gemma3 and name.endswith("embed_tokens.weight") else 1.0
            parameter.normal_(mean=mean, std=smaller * deviation)
    return model


def write_checkpoint(model, name, folder):
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder, max_shard_size="48KB" if name in SHARDED else "5GB")
    (folder / "generation_config.json").unlink(missing_ok=True)
    if name in LEGACY:
        path = folder / "config.json"
        config = json.loads(path.read_text())
        parameters = config.pop("rope_parameters")
        if "full_attention" in parameters:
            config["rope_local_base_freq"] = parameters["sliding_attention"]["rope_theta"]
            parameters = parameters["full_attention"]
        config["rope_theta"] = parameters.pop("rope_theta")
        kind = parameters.pop("rope_type")
        config["rope_scaling"] = None if kind == "default" else {"rope_type": kind, **parameters}
        config["torch_dtype"] = config.pop("dtype")
        config.pop("layer_types", None)
        if name == "qwen2-yarn":  # the key in the oldest files
            config["rope_scaling"]["type"] = config["rope_scaling"].pop("rope_type")
        path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


def load(folder, dtype):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, attn_implementation="eager").eval()


def forget_long_frequencies(model):
    """transformers 5.18, where longrope is of one layer type, fails on a second long sequence if it finds them."""
    vars(model.model.rotary_emb).pop("full_attention_long_inv_freq", None)


def logits_of(model, tokens):
    """[tokens, vocabulary], in the model's type."""
    forget_long_frequencies(model)
    return model(input_ids=torch.tensor([tokens]), use_cache=False).logits[0]


def log_probs_of(model, tokens):
    """[tokens - 1]: log-probability in nats of every token but the first, at least in float32."""
    logits = logits_of(model, tokens)[:-1]
    wide = torch.promote_types(logits.dtype, torch.float32)
    return torch.log_softmax(logits.to(wide), dim=-1).gather(1, torch.tensor(tokens[1:])[:, None])[:, 0]


@torch.no_grad()
def greedy(model, prompt, fill):
    tokens, margin = list(prompt), float("inf")
    final_length = len(prompt) + GREEDY_TOKENS
    for _ in range(GREEDY_TOKENS):
        filled = tokens + [0] * (final_length - len(tokens)) if fill else tokens
        best = logits_of(model, filled)[len(tokens) - 1].topk(2)
        margin = min(margin, (best.values[0] - best.values[1]).item())
        tokens.append(best.indices[0].item())
    return dict(prompt=list(prompt), continuation=tokens[len(prompt) :], margin=margin)


def greedy_cases(name, model, tokens):
    if not changes_with_length(name):
        return [greedy(model, tokens[:10], fill=False)]
    assert 10 + GREEDY_TOKENS <= ORIGINAL_LENGTH < 90
    return [greedy(model, tokens[:10], fill=True), greedy(model, tokens[:90], fill=True)]


def golden(name, folder, seed):
    """What golden.json holds, and the gradients by parameter name."""
    torch.manual_seed(seed + 1)
    sequences = [torch.randint(VOCABULARY, (length,)).tolist() for length in LENGTHS]
    # Zero for a fifth of the tokens, as for a context that carries no loss.
    weights = [(torch.randn(length - 1) * (torch.rand(length - 1) > 0.2)).tolist() for length in LENGTHS]

    with InFloat64():
        exact = load(folder, torch.float64)
        loss, exact_log_probs, exact_logits = 0.0, [], []
        for tokens, weight in zip(sequences, weights):
            log_probs = log_probs_of(exact, tokens)
            assert log_probs.dtype is torch.float64
            loss = loss + (log_probs * torch.tensor(weight, dtype=torch.float64)).sum()
            exact_log_probs.append(log_probs.tolist())
            logits = logits_of(exact, tokens).detach()
            exact_logits.append({str(p % len(tokens)): logits[p].tolist() for p in LOGIT_POSITIONS})
        loss.backward()
        cases = greedy_cases(name, exact, sequences[1])
    gradients = {n: p.grad.to(torch.float32).contiguous() for n, p in exact.named_parameters()}

    rounded = {"float32": load(folder, torch.float32), "bfloat16": load(folder, torch.bfloat16)}
    records = []
    for tokens, weight, log_probs, logits in zip(sequences, weights, exact_log_probs, exact_logits):
        by_type = {"float64": log_probs}
        for dtype, model in rounded.items():
            with torch.no_grad():
                by_type[dtype] = log_probs_of(model, tokens).tolist()
        records.append(dict(tokens=tokens, weights=weight, log_probs=by_type, logits=logits))
    return dict(sequences=records, loss=loss.item(), greedy=cases), gradients


def distance(records, dtype):
    return max(
        abs(x - y)
        for record in records
        for x, y in zip(record["log_probs"][dtype], record["log_probs"]["float64"])
    )


def make(name, folder):
    seed = 0
    while True:
        write_checkpoint(random_model((MODELS | MATRIX)[name], seed), name, folder)
        content, gradients = golden(name, folder, seed)
        if all(case["margin"] >= MARGIN and len(set(case["continuation"])) >= DIFFERENT for case in content["greedy"]):
            break
        seed += 1
    provenance = dict(
        script="references/make_model_golden.py",
        command=f"python references/make_model_golden.py src/test/resources/models {name}",
        python=platform.python_version(),
        torch=torch.__version__,
        transformers=transformers.__version__,
        safetensors=safetensors.__version__,
        seed=seed,
    )
    content["largest_distance_from_float64"] = {
        dtype: distance(content["sequences"], dtype) for dtype in ("float32", "bfloat16")
    }
    # One line per entry of the outer lists: readable diffs without a line per number.
    (folder / "golden.json").write_text(compact(dict(provenance=provenance) | content) + "\n")
    save_file(gradients, folder / "gradients.safetensors", metadata={"format": "pt"})
    print(name, "seed", seed, content["largest_distance_from_float64"], [case["margin"] for case in content["greedy"]])


def compact(value, indent=""):
    """JSON with a line per key and lists of numbers on one line."""
    inner = indent + "  "
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(key)}: {compact(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(inner + compact(item, inner) for item in value) + f"\n{indent}]"
    return json.dumps(value, allow_nan=False)


def main():
    parser = argparse.ArgumentParser(description="Tiny checkpoints and their golden values.")
    parser.add_argument("output", type=Path)
    parser.add_argument("names", nargs="*", help="models to make; all of them by default")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - MODELS.keys()
    if unknown:
        parser.error(f"unknown model {', '.join(sorted(unknown))}; known: {', '.join(MODELS)}")
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    for name in arguments.names or MODELS:
        make(name, arguments.output / name)


if __name__ == "__main__":
    main()
