"""Writes golden chats of real checkpoints, to hold our rendering of their templates against.

Made with: tokenizers 0.23.2, transformers 5.18.0, jinja2 3.1.6. Seed: none.
Command: python references/real_templates.py DIR, where every folder in DIR holds a checkpoint's
tokenizer.json, tokenizer_config.json and, if it has one, chat_template.jinja. Writes
golden_chats.json into each of them. Then: mvn verify -Pslow -Dlongpo.templates=DIR

The text is transformers'; the ids are those of the unchanged tokenizer.json (transformers 5 rebuilds
some tokenizers from their class name).
"""

import json
import sys
from pathlib import Path

from make_tokenizers import CHATS
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast


def named(config, key):
    value = config.get(key)
    return value["content"] if isinstance(value, dict) else value


def template_of(folder, config):
    file = folder / "chat_template.jinja"
    if file.is_file():
        return file.read_text()
    template = config["chat_template"]
    if isinstance(template, list):
        return {entry["name"]: entry["template"] for entry in template}["default"]
    return template


def main():
    for folder in sorted(f for f in Path(sys.argv[1]).iterdir() if f.is_dir()):
        config = json.loads((folder / "tokenizer_config.json").read_text())
        tokens = {k: named(config, k) for k in config if k.endswith("_token")}
        tokens = {k: v for k, v in tokens.items() if isinstance(v, str)}
        renderer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), **tokens)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()
        source = template_of(folder, config)
        rows = []
        for name, messages in CHATS.items():
            for prompt in (False, True):
                row = {"chat": name, "messages": messages, "addGenerationPrompt": prompt}
                try:
                    row["text"] = renderer.apply_chat_template(
                        messages, chat_template=source, tokenize=False,
                        add_generation_prompt=prompt)
                    ids = tokenizer.encode(row["text"], add_special_tokens=False).ids
                    row["ids"] = {folder.name: ids}
                except Exception as e:  # the template's own refusal
                    row["error"] = str(e)
                rows.append(row)
        (folder / "golden_chats.json").write_text(json.dumps(rows) + "\n")
        print(folder.name, len(rows), "chats", file=sys.stderr)


if __name__ == "__main__":
    main()
