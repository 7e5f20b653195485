"""Records what the judged benchmarks' own code asks a judge and makes of its texts, for
src/test/resources/org/longpo/evaluation/scoring/judge_golden.json and tasks/judge_prompts_golden.json.

Made with: Python 3.11, lm-sys/FastChat at 0e6d3e4beaab66f4d3f93db72541a4abab8af28d, THUDM/LongAlign at
450ecc8c9faeafd83a169610fad94d4b7fac1357. Seed: 5.
Command: python references/make_judge_golden.py FASTCHAT LONGALIGN, where FASTCHAT is the folder fastchat/llm_judge of the
first repository (common.py, data/judge_prompts.jsonl) and LONGALIGN the folder LongBench_Chat of the second one (eval.py,
prompt_fs.txt).

Every row of the first file is a judge's text with what the originals read in it: run_judge_single's rating or null where
it gives -1 or stops, run_judge_pair's winner ("A", "B", "tie", "error"), LongBench-Chat's score or null where it gives
none. Every row of the second one is the SHA-256 of what a judge is asked about made-up answers, the system prompt and
the user's message with a line break between them.
"""

import hashlib
import importlib.util
import json
import os
import random
import sys
import tempfile
from pathlib import Path
from unittest import mock

import golden_texts

ROWS = 600
PARTS = [
    "[[", "]]", "[", "]", "[[rating]]", "Rating: [[5]]", "[[7]]", "[[10]]", "[[ 8 ]]", "[[6.5]]", "[[9.]]", "[[07]]",
    "[[00]]", "[[0]]", "[[11]]", "[3]", "[4.5]", "[[8/10]]", "[[8],[9]]", "[[8, 9]]", "[[A]]", "[[B]]", "[[C]]", "[[a]]",
    "[A]", "[[D]]", "[[A", "[[score: 7]]", "[[٧]]", "[[４]]", "[[four]]", "Rating: ", "5", "10", ".", "-", "\n",
]
QUESTION = {"question_id": 1, "turns": ["Which {answer} is right?\n", "And \u4e2d\u6587 \U0001f600?"]}
REFERENCE = {"choices": [{"turns": ["The {question_1} one.", "$2 \\ and more."]}]}
ANSWERS = [
    {"choices": [{"turns": ["The first.\n\nOf two.", ""]}]},
    {"choices": [{"turns": ["{ref_answer_1}", "No-break\u00a0space"]}]},
]
CHAT_CASE = {"idx": 1, "query": "Who {0} came?\n", "answer": "The {} cat.", "prompt": "A text. Who {0} came?\n"}
SHOTS = [{"answer": "A dog {}", "score": 2}, {"answer": "A cat\n", "score": 9.5}, {"answer": "Nobody", "score": 1}]
CHAT_ANSWER = "  The cat,\nI think.\n\u00a0"


class Conversation:
    roles = ("user", "assistant")

    def set_system_message(self, text):
        self.system = text

    def append_message(self, role, text):
        pass


def load(file, name):
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fast_chat(folder):
    """common.py with a judge that says what it is told to; clients of servers are not needed."""
    adapter = mock.MagicMock(
        ANTHROPIC_MODEL_LIST=[], OPENAI_MODEL_LIST=["judge"], get_conversation_template=lambda model: Conversation()
    )
    names = ["openai", "anthropic", "fastchat", "fastchat.model", "fastchat.model.model_adapter"]
    with mock.patch.dict(sys.modules, {name: mock.MagicMock() for name in names[:-1]} | {names[-1]: adapter}):
        return load(folder / "common.py", "common")


def long_align(folder):
    """eval.py in a folder of its own, where it looks for its files when it is loaded."""
    for name, content in {"test_cases.json": [CHAT_CASE], "few_shots.json": [SHOTS]}.items():
        Path(name).write_text(json.dumps(content), encoding="utf-8")
    Path("prompt_fs.txt").write_text((folder / "prompt_fs.txt").read_text(encoding="utf-8"), encoding="utf-8")
    names = ["requests", "transformers", "transformers.generation", "transformers.generation.utils", "torch", "numpy",
             "llama_flash_attn_monkey_patch"]
    tqdm = mock.MagicMock(tqdm=lambda items: items)
    with mock.patch.dict(sys.modules, {name: mock.MagicMock() for name in names} | {"tqdm": tqdm}):
        return load(folder / "eval.py", "longbench_chat")


def rating(common, judge, text):
    common.chat_completion_openai = lambda *args, **kwargs: text
    try:
        found, _, _ = common.run_judge_single(QUESTION, ANSWERS[0], judge, None)
    except (SyntaxError, ValueError):
        return None
    return None if found == -1 else float(found)


def winner(common, judge, text):
    common.chat_completion_openai = lambda *args, **kwargs: text
    return common.run_judge_pair(QUESTION, ANSWERS[0], ANSWERS[1], judge, None)[0]


def chat_score(chat, text):
    """Its score, and the prompt."""
    asked = []

    def answer(prompt):
        asked.append(prompt)
        return {"usage": {"total_tokens": 1}, "choices": [{"message": {"content": text}}]}

    chat.query_gpt4 = answer
    # As get_predictions writes it.
    Path("predictions/model.txt").write_text(CHAT_ANSWER.strip().replace("\n", " ") + "\n", encoding="utf-8")
    with mock.patch("traceback.print_exc"):
        chat.get_score("model")
    score = json.loads(Path("scores/model.json").read_text(encoding="utf-8"))[0]["score"]
    return None if score == "none" else float(score), asked[0]


def sha256(system, user):
    return hashlib.sha256((system + "\n" + user).encode()).hexdigest()


def prompts(common, chat, templates):
    common.chat_completion_openai = lambda model, conversation, **kwargs: "[[1]]"
    rows = []
    for name, template in templates.items():
        if name.startswith("single"):
            ask = lambda *args, **kwargs: common.run_judge_single(QUESTION, ANSWERS[0], *args, **kwargs)
        else:
            ask = lambda *args, **kwargs: common.run_judge_pair(QUESTION, ANSWERS[0], ANSWERS[1], *args, **kwargs)
        _, user, _ = ask(
            common.Judge("judge", template),
            REFERENCE if "math" in name else None,
            multi_turn="multi-turn" in name,
        )
        rows.append([name, sha256(template["system_prompt"], user)])
    rows.append(["longbench-chat", sha256(chat.system_prompt, chat_score(chat, "[[1]]")[1])])
    return rows


def main(fast_chat_folder, long_align_folder):
    common = fast_chat(fast_chat_folder)
    templates = common.load_judge_prompts(fast_chat_folder / "data/judge_prompts.jsonl")
    used = [family + kind for family in ["single-", "pair-"]
            for kind in ["v1", "v2", "math-v1", "v1-multi-turn", "v2-multi-turn", "math-v1-multi-turn"]]
    templates = {name: templates[name] for name in used if name in templates}
    judges = {name: common.Judge("judge", templates[name]) for name in ["single-v1", "pair-v2"]}
    rng = random.Random(5)
    fragments = PARTS * 4 + golden_texts.PLAIN
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        chat = long_align(long_align_folder)
        rows = []
        for _ in range(ROWS):
            drawn = golden_texts.draw(rng, fragments, 7)
            text = golden_texts.join(fragments, drawn)
            rows.append([drawn, rating(common, judges["single-v1"], text), winner(common, judges["pair-v2"], text),
                         chat_score(chat, text)[0]])
        golden_texts.write("scoring/judge_golden.json", ({"fragments": fragments}, rows))
        head = {"turns": QUESTION["turns"], "references": REFERENCE["choices"][0]["turns"],
                "answers": [answer["choices"][0]["turns"] for answer in ANSWERS],
                "chat": CHAT_CASE, "shots": SHOTS, "chat_answer": CHAT_ANSWER}
        golden_texts.write("tasks/judge_prompts_golden.json", (head, prompts(common, chat, templates)))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
