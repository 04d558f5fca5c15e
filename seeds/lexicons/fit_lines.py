"""Fits line_odds.npy: the weight of each run of characters for telling a site's own lines from lines of text.

PYTHONPATH=. python seeds/lexicons/fit_lines.py FOLDER   (FOLDER: Simplified texts in *.txt, a paragraph a line)

The lines of line_samples.tsv count, words of bars in furniture.tsv, and lines and pieces of lines out of the texts.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks import lexicons
from tasks.clean.line_odds import BITS, LONGEST, STEP, encoded, runs

Numbers = NDArray[np.float64]

FOLDER = Path(__file__).parent
# A line of a text counts so much of one that was written to be told apart; so few weigh more than noise.
OF_TEXTS, RIDGE, STEPS, RATE = 0.3, 0.02, 400, 0.2
SHORT, SHORTEST_PIECE, LONGEST_PIECE, SEED = 60, 4, 30, 7


def main() -> None:
    """Write line_odds.npy."""
    samples = list(lexicons.rows("line_samples"))
    bars = [
        word
        for name, how, words in lexicons.rows("furniture")
        if how == "word" and name.startswith("nav_")
        for word in words.split(" ")
    ]
    own = [line for kind, line in samples if kind == "own"] + bars
    text = [line for kind, line in samples if kind == "text"]
    own += [line.replace(" ", "") for line in own if " " in line]
    of_texts = [piece for path in sorted(Path(sys.argv[1]).glob("*.txt")) for piece in pieces(path)]
    lines = pl.Series([*own, *text, *of_texts], dtype=pl.String)
    told = np.repeat([1.0, 0.0, 0.0], [len(own), len(text), len(of_texts)])
    weight = np.repeat([1.0, 1.0, OF_TEXTS], [len(own), len(text), len(of_texts)])
    kept = np.clip(np.rint(fitted(lines, told, weight) / STEP), -127, 127).astype(np.int8)
    np.save(FOLDER / "line_odds.npy", kept)


def pieces(path: Path) -> Iterator[str]:
    """Yield the short lines of a text, and a piece of some of its long ones, as print or a bad cut leaves them."""
    drawn = random.Random(SEED)  # noqa: S311
    for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").split("\n"))):
        if len(line) <= SHORT:
            yield line
        if len(line) > SHORTEST_PIECE and drawn.random() < 0.5:
            length = drawn.randint(SHORTEST_PIECE, min(LONGEST_PIECE, len(line) - 1))
            at = drawn.choice([0, len(line) - length, drawn.randint(0, len(line) - length)])
            yield line[at : at + length]


def fitted(lines: pl.Series, told: Numbers, weight: Numbers) -> Numbers:
    """Fit a logistic regression with a ridge by full steps of Adam; the score is that of `line_odds.odds`."""
    codes = encoded(lines)
    breaks = np.flatnonzero(codes == ord("\n"))
    of_line = np.cumsum(codes == ord("\n")) - 1
    found = list(runs(codes))
    rows = np.concatenate([of_line[: len(whole)][whole] for _, whole in found])
    buckets = np.concatenate([kept[whole] for kept, whole in found])
    scale = 1 / np.sqrt(np.maximum(LONGEST * (np.diff(breaks) - 1), 1))
    weights, first, second = (np.zeros(1 << BITS) for _ in range(3))
    for step in range(1, STEPS + 1):
        score = np.bincount(rows, weights[buckets], len(lines)) * scale
        off = weight * (1 / (1 + np.exp(-score)) - told) * scale
        slope = np.bincount(buckets, off[rows], len(weights)) + RIDGE * weights
        first += 0.1 * (slope - first)
        second += 0.001 * (slope**2 - second)
        pace = RATE * min(1.0, 4 * (1 - step / STEPS))
        weights -= pace * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


if __name__ == "__main__":
    main()
