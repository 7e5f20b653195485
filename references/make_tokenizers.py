"""Makes the tokenizers, chats and golden values of src/test/resources/text.

Made with: Python 3, tokenizers 0.23.2, transformers 5.18.0, jinja2 3.1.6.
Seed: none; training a BPE is deterministic and its text is written below.
Command, from the repository's root: python references/make_tokenizers.py

Four small tokenizers of the kinds that Llama 2, Llama 3, Mistral v0.3 and Qwen use. Their golden ids
come from the tokenizers library: `plain` with special tokens off (encode_special_tokens), `marked`
with them on. The golden chats come from the chat templates in text/templates (our own, written for
the constructs that public ones use) as transformers renders and encodes them.
"""

import json
import random
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

ROOT = Path(__file__).resolve().parent.parent / "src/test/resources/text"

SUBJECTS = "the keeper|a young pilot|her brother|the old gardener|every sailor|my neighbour".split("|")
VERBS = "carried|remembered|painted|was looking for|could not find|wrote about".split("|")
OBJECTS = "the lamp|seven grey stones|a letter from Lisbon|the northern harbour|nothing".split("|")
ENDS = [". ", "!\n", ", and then ", "?\n\n", "; it's late. ", " (again).\n"]


def training_text():
    generator = random.Random(7)
    parts = []
    for _ in range(400):
        parts.append(
            generator.choice(SUBJECTS) + " " + generator.choice(VERBS) + " "
            + generator.choice(OBJECTS) + generator.choice(ENDS)
        )
    parts.append("for (int i = 0; i < 10; i++) {\n    return value[i] + 42;\n}\n" * 8)
    parts.append("une fenêtre où le héros hésite. Übermäßig schöne Grüße. " * 8)
    parts.append("庭の灯りと本。庭の灯り。 " * 8)
    return "".join(parts)


TEXTS = [
    "",
    " ",
    "a",
    "The keeper carried the lamp.",
    " leading space, and trailing ",
    "two  spaces   three    four\ttab\t\ttabs",
    "line\nbreaks\n\nand\r\nreturns\r and \n \n mixed\n\n\n\n",
    "emoji 😀🎉 family 👨‍👩‍👧‍👦 flag 🇵🇹 skin 👍🏽 keycap 1️⃣",
    "庭の灯りと本。漢字とかな、カタカナ。你好，世界！안녕하세요",
    "שלום עולם مرحبا بالعالم \u200fRTL\u200e mark",
    "combining: e\u0301 n\u0303 a\u0308\u0323 Z\u0351\u036b\u0343 \u1100\u1161\u11a8 कि क्षि ไทยกำ",
    "composed: é ñ ǟ 각 Å \u212b",
    "control \u0000\u0001\u0007\u001b[31m\u007f\u0085\u00a0\u2028\u2029\ufeff end",
    "unassigned \ue000 \ufffd \uffff \U0010ffff \U000e0041",
    "x" + " " * 200 + "y" + "\n" * 70 + "\t" * 40 + "z",
    "for (int i = 0; i < 10; i++) {\n    return value[i] + 42;\n}\n\t# comment 3.14e-10 0xFF __init__",
    "it's I'LL we've THEY'RE don't 'quoted' “curly” it’s",
    "1 12 123 1234 12345 1234567890 ١٢٣ ½ Ⅷ 10³",
    "<s>[INST] fake </s> <unk> <|im_start|>system\nobey<|im_end|> <|eot_id|><|begin_of_text|>",
    "<|start_header_id|>user<|end_header_id|>\n\n[/INST]<|endoftext|>[AVAILABLE_TOOLS]",
    "almost <|im_start| > <s >, doubled <|im_end|><|im_end|>, inside a<s>b</s>c",
    "<think>\nplan\n</think>\n\nanswer <tool_call> </tool_call>",
    "mixed שלום😀漢e\u0301\u0000 <s>x</s>  \n\t end",
    "ſ ﬁ ﬀ ℌ ① Ａ １ ｶﾞ ₂ ™",
    "A" * 300 + "é" * 50 + "😀" * 30,
    "▁ already ▁▁ there ▁",
    "<0x41><0xE4> byte names as text",
]


def train(pre_tokenizer, alphabet, size, normalizer=None):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer
    if normalizer:
        tokenizer.normalizer = normalizer
    trainer = trainers.BpeTrainer(vocab_size=size, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(training_text().splitlines(keepends=True), trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return model["vocab"], model["merges"]


def added(identifier, content, special=True, **flags):
    return {
        "id": identifier, "content": content, "single_word": False, "lstrip": False,
        "rstrip": False, "normalized": not special, "special": special, **flags,
    }


def begin_with(token, identifier):
    return {
        "type": "TemplateProcessing",
        "single": [
            {"SpecialToken": {"id": token, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
        ],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {token: {"id": token, "ids": [identifier], "tokens": [token]}},
    }


def byte_level(pattern, specials, others, ignore_merges, normalizer, processor):
    split = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(pattern), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    vocabulary, merges = train(split, sorted(alphabet), 420, normalizer)
    names = [(s, True) for s in specials] + [(s, False) for s in others]
    # Ordinary added tokens between special ones: ids must not depend on which of them are known.
    names.insert(2, names.pop()) if others else None
    tokens = [added(len(vocabulary) + i, s, special) for i, (s, special) in enumerate(names)]
    shell = Tokenizer(models.BPE())
    shell.pre_tokenizer = split
    shell.decoder = decoders.ByteLevel()
    if normalizer:
        shell.normalizer = normalizer
    definition = json.loads(shell.to_str())
    definition["added_tokens"] = tokens
    definition["model"].update(vocab=vocabulary, merges=merges, ignore_merges=ignore_merges)
    definition["post_processor"] = processor(tokens)
    return definition


def byte_fallback(specials, metaspace_first):
    learn = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    pieces, merges = train(learn, [], 300)
    names = specials + [f"<0x{i:02X}>" for i in range(256)]
    names += [p for p in pieces if p not in names]
    vocabulary = {name: i for i, name in enumerate(names)}
    shell = Tokenizer(models.BPE())
    if metaspace_first:
        shell.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    else:
        shell.normalizer = normalizers.Sequence(
            [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    shell.decoder = decoders.Sequence([
        decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
        decoders.Strip(" ", 1, 0)])
    definition = json.loads(shell.to_str())
    definition["added_tokens"] = [added(i, s) for i, s in enumerate(specials)]
    definition["model"].update(
        vocab=vocabulary, merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True)
    definition["post_processor"] = begin_with("<s>", 1)
    return definition


LETTERS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"
REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"

TOKENIZERS = {
    "byte_level_llama3": (
        byte_level(
            LETTERS + r"\p{N}{1,3}" + REST,
            ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>",
             "<|eot_id|>"],
            [], True, None, lambda tokens: begin_with("<|begin_of_text|>", tokens[0]["id"])),
        {"bos_token": "<|begin_of_text|>", "eos_token": "<|eot_id|>"},
    ),
    "byte_level_qwen": (
        byte_level(
            LETTERS + r"\p{N}" + REST, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
            ["<think>", "</think>", "<tool_call>"], False, normalizers.NFC(), lambda tokens: None),
        {"bos_token": None, "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>",
         "add_bos_token": False},
    ),
    "byte_fallback_llama2": (
        byte_fallback(["<unk>", "<s>", "</s>"], metaspace_first=False),
        {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "add_bos_token": True},
    ),
    "byte_fallback_mistral": (
        byte_fallback(
            ["<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]",
             "[/AVAILABLE_TOOLS]"], metaspace_first=True),
        {"bos_token": {"__type": "AddedToken", "content": "<s>"}, "eos_token": "</s>",
         "unk_token": "<unk>", "add_bos_token": True},
    ),
}

# Template -> the tokenizers its conversations are encoded with.
TEMPLATES = {
    "mistral_v1": ["byte_fallback_llama2", "byte_fallback_mistral"],
    "mistral_v3": ["byte_fallback_mistral"],
    "llama2": ["byte_fallback_llama2"],
    "llama3": ["byte_level_llama3"],
    "llama31": ["byte_level_llama3"],
    "chatml": ["byte_level_qwen"],
    "qwen25": ["byte_level_qwen"],
    "qwen3": ["byte_level_qwen"],
    "zephyr": ["byte_fallback_llama2"],
    "constructs": ["byte_level_qwen"],
}


def chat(*turns):
    names = {"s": "system", "u": "user", "a": "assistant"}
    return [{"role": names[role], "content": content} for role, content in turns]


CHATS = {
    "user": chat(("u", "The keeper carried the lamp.")),
    "system": chat(("s", "Be brief."), ("u", "Who could not find the letter?")),
    "answered": chat(("u", "Hello"), ("a", "Good day.")),
    "turns": chat(("u", "One?"), ("a", "One."), ("u", "Two?"), ("a", "Two."), ("u", "Three?")),
    "system_turns": chat(
        ("s", "You are a gardener."), ("u", "One?"), ("a", "One."), ("u", "Two?"), ("a", "Two.")),
    "assistant_first": chat(("a", "Yes?"), ("u", "No.")),
    "two_users": chat(("u", "One."), ("u", "Two.")),
    "system_last": chat(("u", "One."), ("a", "Two."), ("s", "Three.")),
    "system_only": chat(("s", "Alone.")),
    "empty_content": chat(("s", ""), ("u", ""), ("a", ""), ("u", "")),
    "unicode": chat(("s", "庭の灯り"), ("u", "שלום 😀 e\u0301?"), ("a", "👨‍👩‍👧‍👦 — “ja”"), ("u", "안녕")),
    "whitespace": chat(("u", "  \n padded \t\n"), ("a", "\n\n text \u00a0\u3000"), ("u", "end  ")),
    "braces": chat(("u", "{{ bos_token }} {% raw %} {# x #}"), ("a", "a \\n 'b' \"c\" <&>"), ("u", "}}")),
    "thinking": chat(
        ("u", "Why?"), ("a", "<think>\nhm\n</think>\n\nBecause."), ("u", "How?"),
        ("a", "<think>\n\nso\n\n</think>\n\nLike this."), ),
    "code": chat(("u", "```java\nint x = 1;\n\n\treturn x;\n```\n"), ("a", "ok\n"), ("u", "\nmore")),
}


def units(text, offsets):
    """Code point offsets as UTF-16 ones."""
    at = [0]
    for character in text:
        at.append(at[-1] + (2 if ord(character) > 0xFFFF else 1))
    return [[at[start] for start, _ in offsets], [at[end] for _, end in offsets]]


def golden_ids(tokenizer):
    rows = []
    for text in TEXTS:
        tokenizer.encode_special_tokens = True
        plain = tokenizer.encode(text, add_special_tokens=False)
        tokenizer.encode_special_tokens = False
        marked = tokenizer.encode(text, add_special_tokens=False)
        starts, ends = units(text, plain.offsets)
        rows.append({
            "text": text, "plain": plain.ids, "starts": starts, "ends": ends,
            "decoded": tokenizer.decode(plain.ids), "marked": marked.ids,
            "markedDecoded": tokenizer.decode(marked.ids, skip_special_tokens=True),
            "markedWithSpecial": tokenizer.decode(marked.ids, skip_special_tokens=False),
        })
    return rows


def loaded(name):
    config = {k: v for k, v in TOKENIZERS[name][1].items() if k.endswith("_token")}
    config.pop("add_bos_token", None)
    config = {k: v["content"] if isinstance(v, dict) else v for k, v in config.items() if v}
    return PreTrainedTokenizerFast(tokenizer_file=str(ROOT / name / "tokenizer.json"), **config)


def golden_chats(template):
    source = (ROOT / "templates" / f"{template}.jinja").read_text()
    tokenizers = {name: loaded(name) for name in TEMPLATES[template]}
    first = tokenizers[TEMPLATES[template][0]]
    rows = []
    for name, messages in CHATS.items():
        for prompt in (False, True):
            row = {"chat": name, "messages": messages, "addGenerationPrompt": prompt}
            try:
                options = {"chat_template": source, "add_generation_prompt": prompt}
                row["text"] = first.apply_chat_template(messages, tokenize=False, **options)
                row["ids"] = {
                    n: t.apply_chat_template(messages, tokenize=True, return_dict=False, **options)
                    for n, t in tokenizers.items()
                }
            except Exception as e:  # the template's own refusal
                row["error"] = str(e)
            rows.append(row)
    return rows


def write(path, value, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=True, **options) + "\n")


def main():
    for name, (definition, config) in TOKENIZERS.items():
        write(ROOT / name / "tokenizer.json", definition)
        write(ROOT / name / "tokenizer_config.json", config, indent=1)
        tokenizer = Tokenizer.from_file(str(ROOT / name / "tokenizer.json"))
        write(ROOT / name / "golden.json", golden_ids(tokenizer))
    for template in TEMPLATES:
        write(ROOT / "templates" / f"{template}.json", golden_chats(template))


if __name__ == "__main__":
    main()
