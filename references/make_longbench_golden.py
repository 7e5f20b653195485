"""Records what LongBench v2's own code makes of answers and rows, for
src/test/resources/org/longpo/evaluation/scoring/longbench_golden.json and tasks/longbench_prompts_golden.json.

Made with: Python 3.11, THUDM/LongBench at 2e00731f8d0bff23dc4325161044d0ed8af94c1e. Seed: 3.
Command: python references/make_longbench_golden.py DIR, where DIR has that repository's pred.py and prompts/.

Every row of the first file is an answer and the letter that extract_answer finds in it, or null; every row of the
second one a made-up question and the SHA-256 of its prompts, filled in as get_pred does it.
"""

import ast
import hashlib
import random
import re
import sys
from pathlib import Path

import golden_texts

ROWS = 600
PARTS = [
    "The correct answer is ", "the correct answer is ", "The correct answer is (", "The **correct** answer is ",
    "The correct answer is: ", "The correct answer is (insert answer here)", "(A)", "(B)", "**(C)**", "*D*", "A)", "B",
    "C", "D", "(E)", "Ａ", "*", "The correct answer is (C", "The correct answer is **D**", "The correct answer is (B)",
    "The correct answer is A",
]
QUESTIONS = [
    {
        "_id": "1", "domain": "Made-up", "sub_domain": "Ships", "difficulty": "easy", "length": "short",
        "question": "  Which harbour?\u00a0", "choice_A": "Alder Bay ", "choice_B": "\nBirch Bay", "choice_C": "Cedar Bay",
        "choice_D": "\u2003Dogwood Bay", "answer": "B", "context": "\u3000\n The ship went to Birch Bay.\n\n It stayed.\u001c",
    },
    {
        "_id": "2", "domain": "Made-up", "sub_domain": "Tables", "difficulty": "hard", "length": "medium",
        "question": "How many?", "choice_A": "1", "choice_B": "2", "choice_C": "3", "choice_D": "4", "answer": "D",
        "context": "Four {cups} of $5 and \u4e2d\u6587 \U0001f600.",
    },
]


def function(source, name):
    """The function alone: the file imports clients of servers."""
    found = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == name]
    scope = {"re": re}
    exec(compile(ast.Module(body=found, type_ignores=[]), name, "exec"), scope)
    return scope[name]


def prompt(template, row, response=""):
    filled = template.replace("$DOC$", row["context"].strip()).replace("$Q$", row["question"].strip())
    for letter in "ABCD":
        filled = filled.replace(f"$C_{letter}$", row[f"choice_{letter}"].strip())
    return hashlib.sha256(filled.replace("$COT$", response).encode()).hexdigest()


def main(folder):
    extract_answer = function((Path(folder) / "pred.py").read_text(encoding="utf-8"), "extract_answer")
    rng = random.Random(3)
    fragments = PARTS * 12 + golden_texts.PLAIN + golden_texts.UNUSUAL
    rows = []
    for _ in range(ROWS):
        answer = golden_texts.draw(rng, fragments, 8)
        rows.append([answer, extract_answer(golden_texts.join(fragments, answer))])
    golden_texts.write("scoring/longbench_golden.json", ({"fragments": fragments}, rows))

    templates = {name: (Path(folder) / f"prompts/{name}.txt").read_text(encoding="utf-8")
                 for name in ["0shot", "0shot_cot", "0shot_cot_ans"]}
    thought = "Ships like birches."
    rows = [[row, {name: prompt(template, row, thought) for name, template in templates.items()}] for row in QUESTIONS]
    golden_texts.write("tasks/longbench_prompts_golden.json", ({"thought": thought}, rows))


if __name__ == "__main__":
    main(sys.argv[1])
