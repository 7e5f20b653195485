"""Writes what RULER's own code makes of answers.

src/test/resources/org/longpo/evaluation/scoring/ruler_golden.json: answers with references, and what the functions of
scripts/eval (postprocess_pred, string_match_all, string_match_part) make of each, in per cent with two decimals, and of
all together. Answers have letters whose case is unusual, white space and control characters of all kinds, nothing at
all, or far too much.

src/test/resources/org/longpo/evaluation/tasks/ruler_prompts_golden.json: samples that the scripts of scripts/data/synthetic make with
the parameters of scripts/synthetic.yaml, of words and texts of our own, with the depths that they drew; and how often
their coded words stand in texts of several sizes. Words are their tokens.

RULER's files are read from a clone that you give (github.com/NVIDIA/RULER, commit c3f5e3b); nothing of them is kept but
the wordings of prompts.

Made with Python 3.11, numpy 2.4.6, scipy 1.17.1, pyyaml 6.0.3; seeds 0 and RULER's own, 42. Stand-ins take the place of
wonderwords, NLTK and tqdm.
Regenerate: python references/make_ruler_golden.py CLONE
"""

import ast
import importlib.util
import json
import random
import re
import shutil
import sys
import tempfile
import types
from pathlib import Path

import golden_texts
import yaml

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


def question(article, i):
    return dict(question=f"What is {article}-{i}?", answers=[dict(text=f"It {i}")], is_impossible=False)


SENTENCES = [f"The lamp of room {i} was lit, and nobody saw {i * 7}!" for i in range(60)]
SQUAD = dict(
    data=[
        dict(paragraphs=[dict(context=f"Paragraph {a}-{i} is about {{query}}.\nIt ends.", qas=[question(a, i)]) for i in range(3)])
        for a in range(6)
    ]
)
HOTPOT = [
    dict(question=f"Who is {i}?", answer=f"Name {i}", context=[[f"Title {i}-{j}", ["One.", f" Two {j}."]] for j in range(4)])
    for i in range(5)
]


def stand_ins():
    """Modules that the scripts import, with the little of them that they use."""
    lists = {
        "nounlist.txt": [f"noun{i}" for i in range(90)],
        "adjectivelist.txt": [f"adjective{i}" for i in range(90)],
        "verblist.txt": [f"verb{i}" for i in range(90)],
    }
    words = types.SimpleNamespace(_get_words_from_text_file=lists.get)
    tokenizer = types.SimpleNamespace(text_to_tokens=str.split)
    modules = dict(
        wonderwords=dict(random_word=words),
        tqdm=dict(tqdm=lambda numbers: numbers),
        nltk={},
        tokenizer=dict(select_tokenizer=lambda *_: tokenizer),
    )
    modules["nltk.tokenize"] = dict(sent_tokenize=lambda text: re.split(r"(?<=!) ", text))
    for name, content in modules.items():
        module = types.ModuleType(name)
        vars(module).update(content)
        sys.modules[name] = module


def script(folder, name):
    """A task's script with its parameters, as prepare.py starts it, but imported."""
    task = yaml.safe_load((folder / "synthetic.yaml").read_text())[name]
    synthetic = folder / "data/synthetic"
    base = load(synthetic / "constants.py", "constants").TASKS[task["task"]]
    given = dict(save_dir="-", save_name="-", tokenizer_path="-", tokenizer_type="-", num_samples=1)
    given.update(max_seq_length=4096, tokens_to_generate=base["tokens_to_generate"])
    given.update(task["args"], template=base["template"] + base["answer_prefix"])
    sys.argv = [name] + [word for key, value in given.items() for word in (f"--{key}", str(value))]
    return load(synthetic / f"{task['task']}.py", "script")


def load(file, name):
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def prompts(folder):
    """One sample of every task; of those with an essay the depths of the needles."""
    made = []
    for name in ("single_1", "single_2", "single_3", "multikey_1", "multikey_2", "multikey_3", "multivalue", "multiquery"):
        module = script(folder, "niah_" + name)
        drawn = []
        sample = module.random.sample
        module.random.sample = lambda numbers, k: drawn.append(sample(numbers, k)) or drawn[-1]
        size = 40 * len(SENTENCES[0].split()) if module.args.type_haystack == "essay" else 12
        text, answers = module.generate_input_output(size)
        module.random.sample = sample
        depths = sorted(int(depth) for depth in drawn[0]) if module.args.type_haystack == "essay" else []
        made.append(dict(task="niah_" + name, text=text, answers=answers, depths=depths))
    module = script(folder, "vt")
    example = module.sys_vartrack_w_noise_random(1, 500, incremental=5)[0]
    row = module.sys_vartrack_w_noise_random(1, 900, icl_example=example, final_output=True)[0]
    made.append(dict(task="vt", text=row["input"] + row["answer_prefix"], answers=row["outputs"], depths=[]))
    for name, arguments in (("cwe", (60,)), ("qa_1", (4, 7)), ("qa_2", (2, 9))):
        text, answers = script(folder, name).generate_input_output(*arguments)
        made.append(dict(task=name, text=text, answers=answers, depths=[]))
    module = script(folder, "fwe")
    counts = []
    for size, words in ((30, 5), (700, 80), (20_000, 700), (100, 20)):
        text, answers, _ = module.generate_input_output(10**9, num_words=size, vocab_size=words)
        context = text.split("coded words. ")[1].split("\nQuestion:")[0].split(" ")
        ranked = sorted({word: context.count(word) for word in context}.values(), reverse=True)
        counts.append(dict(size=size, words=words, counts=ranked))
    made.append(dict(task="fwe", text=text, answers=answers, depths=[]))
    return dict(sentences=SENTENCES, counts=counts), made


clone = Path(sys.argv[1])
postprocess, match_all, match_part = originals(clone)
draw = random.Random(0)
rows = [row(draw, i) for i in range(800)]
answers = [postprocess(row["unit"] * row["times"], {}) for row in rows]
for one, answer in zip(rows, answers):
    one["all"] = match_all([answer], [one["references"]])
    one["part"] = match_part([answer], [one["references"]])
references = [one["references"] for one in rows]
together = dict(all=match_all(answers, references), part=match_part(answers, references))
golden_texts.write("scoring/ruler_golden.json", (together, rows))

stand_ins()
with tempfile.TemporaryDirectory() as copy:
    folder = Path(copy) / "scripts"
    shutil.copytree(clone / "scripts", folder)
    sys.path.insert(0, str(folder / "data"))
    files = folder / "data/synthetic/json"
    # What download scripts and git-lfs would put there.
    (files / "PaulGrahamEssays.json").write_text(json.dumps(dict(text="  ".join(SENTENCES))))
    (files / "english_words.json").write_text("{}")
    (files / "squad.json").write_text(json.dumps(SQUAD))
    (files / "hotpotqa.json").write_text(json.dumps(HOTPOT))
    golden_texts.write("tasks/ruler_prompts_golden.json", prompts(folder))
