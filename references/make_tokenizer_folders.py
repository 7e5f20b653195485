"""Makes the golden values of src/test/resources/text/folders.json.

Made with: Python 3.11, transformers 5.18.0, tokenizers 0.23.2.
Seed: none; nothing here is random.
Command, from the repository's root: python references/make_tokenizer_folders.py

What transformers' AutoTokenizer makes of a model folder, file by file: the tokenizers of
make_tokenizers.py with other contents of tokenizer_config.json, special_tokens_map.json,
added_tokens.json and config.json. `marked` are its ids of a text whose special strings count,
`plain` those with split_special_tokens. `decoded` is null where a normalized token of a tokenizer.json
with a Prepend normalizer is in use: tokenizers 0.23 then writes the space that the token took with it,
earlier versions, the Java library's among them, do not.
"""

import json
import os
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

from transformers import AutoTokenizer  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent / "src/test/resources/text"

LLAMA2, MISTRAL = "byte_fallback_llama2", "byte_fallback_mistral"
LLAMA3, QWEN = "byte_level_llama3", "byte_level_qwen"

TEXTS = [
    "<s>[INST] The keeper </s> x <extra> y <two>z",
    "<|im_start|>user\nwho <think>12345</think> it's<|im_end|>\n<|begin_of_text|> <|eot_id|>",
    " leading, two  spaces, héros e\u0301 庭😀",
]


def token(content, **flags):
    return {"content": content, "lstrip": False, "rstrip": False, "normalized": False,
            "single_word": False, "special": True, **flags}


BASE = {"0": token("<unk>"), "1": token("<s>"), "2": token("</s>")}
NAMES = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
LLAMA = {"tokenizer_class": "LlamaTokenizer", **NAMES}
NEW = {"559": token("<extra>"), "560": token("<two>", special=False, normalized=True)}

# name: tokenizer, model type (None: no config.json), tokenizer_config.json (None: no such file),
# other files, tokens added to tokenizer.json.
CASES = {
    "class absent": (LLAMA2, "llama", NAMES, {}, []),
    "class fast": (LLAMA2, "llama", {"tokenizer_class": "PreTrainedTokenizerFast", **NAMES}, {}, []),
    "class of Python": (
        LLAMA2, "llama", {"tokenizer_class": "PreTrainedTokenizer", **NAMES}, {}, []),
    "no tokenizer_config": (LLAMA2, "llama", None, {}, []),
    "no config": (LLAMA2, None, NAMES, {}, []),
    "llama, legacy absent": (LLAMA2, "llama", LLAMA, {}, []),
    "llama, legacy false": (
        LLAMA2, "llama", {**LLAMA, "tokenizer_class": "LlamaTokenizerFast", "legacy": False}, {}, []),
    "llama, legacy true": (LLAMA2, "llama", {**LLAMA, "legacy": True}, {}, []),
    "llama, legacy null": (LLAMA2, "llama", {**LLAMA, "legacy": None}, {}, []),
    "llama, no prefix space": (LLAMA2, "llama", {**LLAMA, "add_prefix_space": False}, {}, []),
    "llama class for mistral": (LLAMA2, "mistral", {**LLAMA, "legacy": False}, {}, []),
    "llama class for qwen3": (MISTRAL, "qwen3", {**LLAMA, "legacy": False}, {}, []),
    "llama class in config.json": (
        LLAMA2, "llama", NAMES,
        {"config.json": {"model_type": "llama", "tokenizer_class": "LlamaTokenizer"}}, []),
    "llama class names its tokens": (LLAMA2, "llama", {"tokenizer_class": "LlamaTokenizer"}, {}, []),
    "null names none": (
        LLAMA2, "llama", {"tokenizer_class": "LlamaTokenizer", "bos_token": None}, {}, []),
    "qwen2 without class": (QWEN, "qwen2", {"eos_token": "<|im_end|>"}, {}, []),
    "qwen2 whatever class": (
        LLAMA3, "qwen2",
        {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|eot_id|>"}, {}, []),
    "qwen3 without class": (LLAMA3, "qwen3", {"eos_token": "<|eot_id|>"}, {}, []),
    "qwen3 fast": (
        LLAMA3, "qwen3",
        {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|eot_id|>"}, {}, []),
    "qwen2 class for llama": (
        LLAMA3, "llama", {"tokenizer_class": "Qwen2Tokenizer", "eos_token": "<|eot_id|>"}, {}, []),
    "gpt2 class for llama": (
        LLAMA3, "llama",
        {"tokenizer_class": "GPT2Tokenizer", "bos_token": "<|begin_of_text|>",
         "eos_token": "<|eot_id|>"}, {}, []),
    "gpt2, prefix space": (
        LLAMA3, "llama", {"tokenizer_class": "GPT2Tokenizer", "add_prefix_space": True}, {}, []),
    "gemma class": (LLAMA2, "gemma3_text", {"tokenizer_class": "GemmaTokenizer", **NAMES}, {}, []),
    "gemma class, fast": (LLAMA2, "gemma3_text", {"tokenizer_class": "GemmaTokenizerFast", **NAMES}, {}, []),
    "gemma class names its tokens": (LLAMA2, "gemma3_text", {"tokenizer_class": "GemmaTokenizer"}, {}, []),
    "gemma without class": (LLAMA2, "gemma3_text", NAMES, {}, []),
    "gemma, fast": (LLAMA2, "gemma3_text", {"tokenizer_class": "PreTrainedTokenizerFast", **NAMES}, {}, []),
    "gemma class for llama": (LLAMA2, "llama", {"tokenizer_class": "GemmaTokenizer", **NAMES}, {}, []),
    "llama class for gemma": (LLAMA2, "gemma3_text", LLAMA, {}, []),
    "decoder adds": (LLAMA2, "llama", {**NAMES, "added_tokens_decoder": {**BASE, **NEW}}, {}, []),
    "decoder adds to llama": (
        LLAMA2, "llama", {**LLAMA, "added_tokens_decoder": {**BASE, **NEW}}, {}, []),
    "decoder changes flags": (
        LLAMA2, "llama", {**NAMES, "added_tokens_decoder": {"2": token("</s>", lstrip=True)}}, {}, []),
    "decoder hides the map": (
        LLAMA2, "llama", {**NAMES, "added_tokens_decoder": BASE},
        {"special_tokens_map.json": {"eos_token": "<unk>"}, "added_tokens.json": {"<extra>": 559}}, []),
    "decoder of llama lacks a token": (
        LLAMA2, "llama", {**LLAMA, "added_tokens_decoder": BASE}, {}, [{"id": 559, **token("<extra>")}]),
    "map alone": (
        LLAMA2, "llama", {},
        {"special_tokens_map.json": {
            "bos_token": "<s>", "eos_token": {k: v for k, v in token("</s>").items() if k != "special"}}},
        []),
    "map and no tokenizer_config": (
        LLAMA2, "llama", None, {"special_tokens_map.json": {"eos_token": "</s>"}}, []),
    "map over config": (
        LLAMA2, "llama", NAMES, {"special_tokens_map.json": {"eos_token": "<unk>"}}, []),
    "map's null over config": (
        LLAMA2, "llama", NAMES, {"special_tokens_map.json": {"eos_token": None}}, []),
    "map's additional tokens": (
        LLAMA2, "llama", NAMES,
        {"special_tokens_map.json": {"additional_special_tokens": ["<extra>"]}}, []),
    "config's additional tokens over the map's": (
        LLAMA2, "llama", {**NAMES, "additional_special_tokens": ["<extra>"]},
        {"special_tokens_map.json": {"additional_special_tokens": ["<two>"]}}, []),
    "extra tokens": (
        LLAMA2, "llama", {**NAMES, "extra_special_tokens": ["<extra>", "<two>"]}, {}, []),
    "extra tokens with names": (
        LLAMA2, "llama", {**NAMES, "extra_special_tokens": {"image_token": "<extra>"}}, {}, []),
    "a token of the model's own": (
        LLAMA2, "llama", {**NAMES, "image_token": "<extra>", "boi_token": "</s>"}, {}, []),
    "end token that the vocabulary lacks": (
        LLAMA2, "llama", {**NAMES, "eos_token": "<extra>"}, {}, []),
    "added_tokens": (LLAMA2, "llama", NAMES, {"added_tokens.json": {"<extra>": 559, "<two>": 560}}, []),
    "added_tokens, one special": (
        LLAMA2, "llama", {**NAMES, "additional_special_tokens": ["<two>"]},
        {"added_tokens.json": {"<two>": 559, "<extra>": 560}}, []),
    "added_tokens of llama": (
        LLAMA2, "llama", LLAMA, {"added_tokens.json": {"<extra>": 559, "<two>": 560}}, []),
    "ordinary token made the end": (
        LLAMA2, "llama", {**LLAMA, "eos_token": "<extra>"}, {},
        [{"id": 559, **token("<extra>", special=False)}]),
    "normalized token made the end": (
        LLAMA2, "llama", {**NAMES, "eos_token": "<extra>"}, {},
        [{"id": 559, **token("<extra>", special=False, normalized=True)}]),
}


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=True) + "\n")


def swallows(tokenizer):
    definition = json.loads(tokenizer._tokenizer.to_str())
    prepends = "Prepend" in json.dumps(definition["normalizer"])
    return prepends and any(added["normalized"] for added in definition["added_tokens"])


def golden(name, folder):
    base, model, config, files, added = CASES[name]
    definition = json.loads((ROOT / base / "tokenizer.json").read_text())
    definition["added_tokens"] += added
    write(folder / "tokenizer.json", definition)
    if model is not None:
        files = {"config.json": {"model_type": model}, **files}
    if config is not None:
        files = {"tokenizer_config.json": config, **files}
    for file, content in files.items():
        write(folder / file, content)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    row = {
        "case": name, "tokenizer": base, "added": added, "files": files,
        "class": type(tokenizer).__name__,
        "named": tokenizer.special_tokens_map,
        "end": tokenizer.eos_token_id,
        "begins": tokenizer("a").input_ids[: len(tokenizer("a").input_ids)
                                           - len(tokenizer("a", add_special_tokens=False).input_ids)],
        "texts": TEXTS,
        "marked": [tokenizer(text, add_special_tokens=False).input_ids for text in TEXTS],
        "decoded": None if swallows(tokenizer) else [
            tokenizer.decode(tokenizer(text, add_special_tokens=False).input_ids,
                             skip_special_tokens=True) for text in TEXTS],
    }
    tokenizer._tokenizer.encode_special_tokens = True
    row["plain"] = [tokenizer._tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]
    return row


def main():
    rows = []
    for name in CASES:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(golden(name, Path(folder)))
    lines = ",\n".join(json.dumps(row, ensure_ascii=True) for row in rows)
    (ROOT / "folders.json").write_text("[" + lines + "]\n")


if __name__ == "__main__":
    main()
