"""Texts for the golden files of scorers: drawn from fragments, so that a file names them in a few bytes.

A text is a list of numbers of fragments, joined without anything between them, and how often that is
repeated. Used by the make_*_golden.py scripts of the benchmarks' scorers; it writes nothing itself.
"""

import json
from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "src/test/resources/org/longpo/evaluation"

PLAIN = [
    " ", " ", " ", "\n", "\n\n", "\t", ".", ",", ":", "!", "?", ", ", ". ", ": ", "-", "*", "**", "'", '"', "`",
    "(", ")", "{", "}", "[", "]", "_", "/", "  ", "\r\n",
    "a", "the", "The ", "an", "A", "B", "C", "D", "AB", "E", "a) ", "I do not know",
    "w1", "w2", "w3 ", "one ", "two ", "three", "red fox ", "ONE", "Two", "theatre",
]
NUMBERS = [
    "0", "7", "42", "-42", "+42", "007", "1_000", "3.5", "3.50", "2.", ".5", "71432", "99999999999999999999999", "1e3",
    "٤٢", "４２", "४२", "²", "½", "四十二", "4,2",
]
UNUSUAL = [
    "\u00a0", "\u2003", "\u3000", "\u200b", "\u0085", "\u001c", "\u2028", "\ufeff", "é", "e\u0301", "É", "ß", "ẞ", "İ", "ı",
    "\u212a", "ﬁ", "Ⅳ", "ⓐ", "ñ", "Ω", "я", "Я", "😀", "👩‍👩‍👧", "𝐀", "𐐀", "the²", "the\u0301", "_the", "an\u00a0", "，", "。",
    "「", "」", "…", "—", "’", "你", "好", "中文", "Ａ", "،", "日本 語", "\u202f", "\u180e",
]


def long_text(rng, fragments):
    """A few fragments many times: longer than an answer may become."""
    return [[rng.randrange(len(fragments)) for _ in range(8)], rng.randrange(50, 150)]


def draw(rng, fragments, most):
    """Mostly short texts, one in fifty empty, one in two hundred over-long."""
    kind = rng.random()
    if kind < 0.02:
        return [[], 1]
    if kind < 0.025:
        return long_text(rng, fragments)
    return [[rng.randrange(len(fragments)) for _ in range(rng.randrange(1, most))], 1]


def join(fragments, drawn):
    return "".join(fragments[i] for i in drawn[0]) * drawn[1]


def write(name, content):
    """One row a line, without spaces: the files stay small and their differences readable."""
    head, rows = content
    lines = ",\n".join(json.dumps(row, ensure_ascii=True, separators=(",", ":")) for row in rows)
    text = json.dumps(head, ensure_ascii=True, separators=(",", ":"))[:-1] + ',"rows":[\n' + lines + "\n]}\n"
    (RESOURCES / name).parent.mkdir(parents=True, exist_ok=True)
    (RESOURCES / name).write_text(text, encoding="ascii")
    print(name, len(rows), "rows", len(text), "bytes")
