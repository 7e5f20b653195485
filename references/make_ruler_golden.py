"""Writes what RULER's own code makes of answers.

src/test/resources/org/longpo/evaluation/ruler-scores.json: answers with references, and what the functions of
scripts/eval (postprocess_pred, string_match_all, string_match_part) make of each, in per cent with two decimals, and of
all together. Answers have letters whose case is unusual, white space and control characters of all kinds, nothing at
all, or far too much.

RULER's files are read from a clone that you give (github.com/NVIDIA/RULER, commit c3f5e3b); nothing of them is kept.

Made with Python 3.11 and its library alone; seed 0.
Regenerate: python references/make_ruler_golden.py CLONE src/test/resources/org/longpo/evaluation
"""

import ast
import importlib.util
import json
import random
import re
import sys
from pathlib import Path

ALPHABETS = (
    "abcXYZ 0123",
    "ÀÉîõÜßẞſŸ",
    "ΑΣσςΣΟΔ ΣΣ.",
    "İIıiJ̇",
    "ДЖдж ЁёЇ",
    "ԱՒև Ꭰꭰ აᲐ",
    "𐐀𐐨𞤀𞤢 𝐀",
    "ǅǆǄﬃŉΐ",
    "KÅΩ ｆＦ",
    "漢字かなハングル한글",
    "e\u0301a\u030a \u200d\u200b\ufeff",
    "🙂👩\u200d🔬🇩🇪",
    "שלום مرحبا\u202b\u202c",
    "a\x00\x01\x1fb\x7f\x80",
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2003\u2007\u2028\u2029\u202f\u205f\u3000\u180e",
    "(){}[]\\\"'`$^.*+?|",
)
CHANGES = (str, str.upper, str.lower, str.swapcase, str.title, str.casefold)


def originals(clone):
    """The scoring functions; evaluate.py itself wants pandas, NLTK and NeMo, which they do not."""
    spec = importlib.util.spec_from_file_location("scores", clone / "scripts/eval/synthetic/constants.py")
    scores = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scores)
    source = (clone / "scripts/eval/evaluate.py").read_text()
    functions = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef) and n.name == "postprocess_pred"]
    names = {"re": re}
    exec(compile(ast.Module(functions, []), "evaluate.py", "exec"), names)
    return names["postprocess_pred"], scores.string_match_all, scores.string_match_part


def text(draw, most):
    letters = "".join(draw.sample(ALPHABETS, draw.randint(1, 3)))
    return "".join(draw.choices(letters, k=draw.randint(0, most)))


def row(draw, i):
    unit = text(draw, 30)
    times = 1
    if i % 50 == 1:
        times = draw.randint(1000, 5000)  # an answer that does not end
    if i % 25 == 0:
        unit = draw.choice(("", " ", "\n\n", "\x00", "\u00a0", "\u0085"))
    references = []
    for _ in range(draw.randint(1, 5)):
        found = bool(unit) and draw.random() < 0.6
        start = draw.randrange(len(unit)) if found else 0
        part = unit[start : start + draw.randint(1, 8)] if found else text(draw, 6)
        references.append(draw.choice(CHANGES)(part))
    return dict(unit=unit, times=times, references=references)


clone, out = Path(sys.argv[1]), Path(sys.argv[2])
postprocess, match_all, match_part = originals(clone)
draw = random.Random(0)
rows = [row(draw, i) for i in range(800)]
answers = [postprocess(row["unit"] * row["times"], {}) for row in rows]
for one, answer in zip(rows, answers):
    one["all"] = match_all([answer], [one["references"]])
    one["part"] = match_part([answer], [one["references"]])
references = [one["references"] for one in rows]
golden = dict(all=match_all(answers, references), part=match_part(answers, references), rows=rows)
(out / "ruler-scores.json").write_text(json.dumps(golden, indent=0) + "\n")
