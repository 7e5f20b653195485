"""Records what InfiniteBench's own code makes of answers and rows, for
src/test/resources/org/longpo/evaluation/scoring/infinitebench_golden.json and tasks/infinitebench_prompts_golden.json.

Made with: Python 3.11, OpenBMB/InfiniteBench at 88b3daa6989da2fbe0077170d7a3c84c25d5ae58. Seed: 2.
Command: python references/make_infinitebench_golden.py DIR, where DIR has that repository's src/compute_scores.py,
src/eval_utils.py, src/args.py and src/prompt.py. En.Sum is ROUGE, see make_rouge_golden.py.

Every row of the first file is a task, the number of a label, an answer and its score, or null where the original fails. Every row of
the second one is a task, a made-up row of its file and the SHA-256 of create_prompt's result. Answers and rows are
made up.
"""

import hashlib
import random
import sys
import types

import golden_texts

ROWS = 500
MODEL = "yarn-mistral"

LABELS = {
    "passkey": ["71432", ["42"], "007"],
    "number_string": ["99999999999999999999999", ["42"]],
    "kv_retrieval": ["w1", "42", "c14cb8ba-1"],
    "longdialogue_qa_eng": [["ONE"], ["TWO", "ONE TWO"], ["SS"]],
    "longbook_choice_eng": [["red fox", "A"], ["B", "C"], ["three", "D"], ["42", "B"]],
    "longbook_qa_eng": [["one two three"], ["the", "red fox", "42"], ["the²", "café w1"], ["好"]],
    "longbook_qa_chn": [["你好中文"], ["中文", "one"], ["，。"], ["日本語42"]],
    "math_find": [42, 7, [0], 3.5, [42.0], 1000],
    "math_calc": [[42, 7, 0, 42], [[7, 7]], [42], [-42, 42], [1, 0]],
    "code_run": [42, -42, [7], 1000, 0],
    "code_debug": [["w1", "A"], ["red fox", "B"], ["one.two", "C"], ["three", "D"]],
}

INTRODUCTIONS = ["answer is:", "answer is ", "answer:", "answer is", "option is ", "correct option is:", "is:", "is: ",
                 "The answer is: ", "A.", "B:", "C. ", "D", "option A", "Option B"]

# Words of the labels, so that some answers are right.
PARTS = {
    "kv_retrieval": ["c14cb8ba-1", "w1", " w1 ", "42"] * 8,
    "longdialogue_qa_eng": ["one", "ß", "ss", " Ss ", "TWO", "two"] * 8,
    "longbook_choice_eng": INTRODUCTIONS * 12 + ["red fox", "three"] * 8,
    "longbook_qa_eng": ["one ", "two ", "three ", "cafe\u0301 ", "café "] * 12,
    "longbook_qa_chn": ["你好", "中文", "日本語", "，", "。", "ONE"] * 4,
    "code_debug": INTRODUCTIONS * 12 + ["red fox", "one.two", "w1"] * 9,
    "passkey": ["71432", "42", "007"] * 8,
    "number_string": ["99999999999999999999999", "42"] * 8,
    "math_find": ["42", "7", "3.5", "0", "4\u0662"] * 8,
    "math_calc": ["42, ", "7 ", "[42", "0", "-42", " 1", ", "] * 12,
    "code_run": [" 42", " -42", " 7.", "1_000", "`42`", "\u0664\u0662", "1__000", "+7", "=42"] * 12,
}

OPTIONS = ["first_one", "second_one", "third_one", "fourth_one"]
TEXT = "Some {text} with $$MASK$$ and 中文 😀.\n\nMore of it. "
EXAMPLES = {
    "passkey": {"input": "What is the pass key?", "answer": "71432", "options": []},
    "number_string": {"input": "What is the sequence?", "answer": ["3000"], "options": []},
    "kv_retrieval": {"input": 'Key: "k-1"\nThe value associated with the specified key is: ', "answer": "v", "options": []},
    "longdialogue_qa_eng": {"input": "Who is it?", "answer": ["ANN", "ANN LEE"], "options": []},
    "longbook_sum_eng": {"input": "", "answer": ["Ann sails. She returns."], "options": []},
    "longbook_choice_eng": {"input": "Who {sails}?", "answer": ["second_one"], "options": OPTIONS},
    "longbook_qa_eng": {"input": "Who sails?", "answer": ["Ann", "Ann Lee"], "options": []},
    "longbook_qa_chn": {"input": "谁？", "answer": ["安"], "options": []},
    "math_find": {"input": "Answer with one number.\nThe largest number of the list is: ", "answer": 42, "options": []},
    "math_calc": {"input": "Compute.", "answer": [[1, 2, 3]], "options": []},
    "code_run": {"input": "Please give me func_12(-3)'s value, not func_7(1)'s.", "answer": -4, "options": []},
    "code_debug": {"input": "Find it.", "answer": "third_one", "options": OPTIONS},
}


def original(folder):
    """The scoring code, without the packages that it loads for other things."""
    for name, members in {
        "evaluate": {"load": lambda metric: None},
        "rouge": {"Rouge": None},
        "jieba": {},
        "tqdm": {"tqdm": lambda rows: rows},
    }.items():
        sys.modules[name] = types.SimpleNamespace(**members)
    sys.path.insert(0, folder)
    import compute_scores
    import eval_utils

    return compute_scores, eval_utils


def main(folder):
    compute_scores, eval_utils = original(folder)
    rng = random.Random(2)
    fragments = {}
    rows = []
    for task, labels in LABELS.items():
        own = PARTS[task] + golden_texts.PLAIN + golden_texts.NUMBERS + golden_texts.UNUSUAL
        fragments[task] = own
        for _ in range(ROWS):
            number = rng.randrange(len(labels))
            answer = golden_texts.draw(rng, own, 10)
            try:
                score = compute_scores.get_score_one(golden_texts.join(own, answer), labels[number], task, MODEL)
            except ValueError:
                score = None
            # Whole scores as 0 and 1, to keep the file small.
            rows.append([task, number, answer, int(score) if score in (0, 1) else score])
    golden_texts.write("scoring/infinitebench_golden.json", ({"labels": LABELS, "fragments": fragments}, rows))

    rows = []
    for number, (task, rest) in enumerate(EXAMPLES.items()):
        row = {"id": number, "context": TEXT, **rest}
        prompt = eval_utils.create_prompt(dict(row), task, MODEL, ".")
        label = eval_utils.get_answer(row, task)
        tokens = eval_utils.DATA_NAME_TO_MAX_NEW_TOKENS[task]
        rows.append([task, row, hashlib.sha256(prompt.encode()).hexdigest(), tokens, label])
    golden_texts.write("tasks/infinitebench_prompts_golden.json", ({"model": MODEL}, rows))


if __name__ == "__main__":
    main(sys.argv[1])
