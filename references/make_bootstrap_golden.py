"""Writes what numpy's bootstrap says of the differences of two models.

numpy 2.x, seed 20250213, 400,000 resamples: so many that what is left of chance is small beside
that of the 10,000 that we draw.

    python references/make_bootstrap_golden.py

Each case has texts with questions, and both models' values; texts are drawn with replacement
(cluster bootstrap), the interval is the percentile interval, p is twice the smaller share of
differences on either side of zero.
"""

import json
import pathlib

import numpy as np

RESAMPLES = 400_000
BATCH = 2_000
OUT = (
    pathlib.Path(__file__).parent.parent
    / "src/test/resources/org/longpo/evaluation/comparison/bootstrap.json"
)


def case(name, rng, texts, questions, shift):
    """Values in [0, 1]; those of one text have an effect of the text in common."""
    rows = []
    for text in range(texts):
        effect = rng.normal(0, 0.2)
        gain = rng.normal(shift, 0.15)
        for _ in range(int(rng.integers(1, questions + 1))):
            first = float(np.clip(0.5 + effect + rng.normal(0, 0.2), 0, 1))
            second = float(np.clip(first + gain + rng.normal(0, 0.1), 0, 1))
            rows.append({"text": text, "first": round(first, 2), "second": round(second, 2)})
    table = np.zeros((texts, 3))
    for row in rows:
        table[row["text"]] += (row["first"], row["second"], 1)
    differences = []
    for _ in range(RESAMPLES // BATCH):
        drawn = table[rng.integers(0, texts, (BATCH, texts))].sum(axis=1)
        differences.append((drawn[:, 1] - drawn[:, 0]) / drawn[:, 2])
    differences = np.concatenate(differences)
    low, high = np.quantile(differences, [0.025, 0.975])
    return {
        "name": name,
        "rows": rows,
        "difference": (table[:, 1].sum() - table[:, 0].sum()) / table[:, 2].sum(),
        "low": low,
        "high": high,
        "deviation": differences.std(),
        "p": float(min(1, 2 * min((differences <= 0).mean(), (differences >= 0).mean()))),
    }


def main():
    rng = np.random.default_rng(20250213)
    cases = [
        case("one question a text", rng, 60, 1, 0.03),
        case("several questions a text", rng, 25, 6, 0.05),
        case("no difference", rng, 30, 4, 0.0),
        case("many texts", rng, 200, 3, 0.04),
    ]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"cases": cases}) + "\n")


main()
