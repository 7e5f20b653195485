"""Records ROUGE-Lsum of the original rouge_score, for src/test/resources/org/longpo/evaluation/scoring/rouge_golden.json.

Made with: Python 3.11, six 1.17, and the ROUGE-L and ROUGE-Lsum functions of google-research/rouge (rouge_scorer.py and
tokenize.py of commit 0c1bbe5fc971a1de1a427debc814e66ab4f1e7fa, fmeasure of scoring.py), typed in from the published
files without stemmer, n-grams and aggregation, since no package index here has rouge_score. Seed: 1.
Command: python references/make_rouge_golden.py DIR, where DIR holds the package as DIR/rouge_score/ (the folder
google-research/rouge with "from rouge import" written as "from rouge_score import").

Every row is an answer, a reference and precision, recall and F1 without a stemmer.
"""

import random
import sys

import golden_texts

ROWS = 600


def main(folder):
    sys.path.insert(0, folder)
    from rouge_score import rouge_scorer

    scorer = rouge_scorer.RougeScorer(["rougeLsum"])
    rng = random.Random(1)
    # More line breaks, and words that occur again and again: sentences that share parts.
    fragments = golden_texts.PLAIN + ["\n", " w1 ", " w2 ", " w3 ", " w4 ", " w5 "] * 6 + golden_texts.NUMBERS
    fragments += golden_texts.UNUSUAL
    rows = []
    for _ in range(ROWS):
        answer = golden_texts.draw(rng, fragments, 30)
        reference = golden_texts.draw(rng, fragments, 30)
        score = scorer.score(golden_texts.join(fragments, reference), golden_texts.join(fragments, answer))["rougeLsum"]
        rows.append([answer, reference, [float(value) for value in score]])
    golden_texts.write("scoring/rouge_golden.json", ({"fragments": fragments}, rows))


if __name__ == "__main__":
    main(sys.argv[1])
