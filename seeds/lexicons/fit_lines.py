"""Fits line_odds.npz: weights of runs of characters that tell a site's own lines from text, sections from headlines.

PYTHONPATH=. python seeds/lexicons/fit_lines.py FOLDER   (FOLDER: Simplified texts in *.txt, a paragraph a line)

The lines of line_samples.tsv count, words of furniture.tsv, and lines and pieces of lines out of the texts.
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
# A line of a text counts so much of one that was written to be told apart.
OF_TEXTS, OF_NAMES, RIDGE, STEPS, RATE = 0.6, 0.1, 0.02, 400, 0.2
SHORT, SHORTEST_PIECE, LONGEST_PIECE, LONGEST_NAME, SEED = 60, 4, 30, 8, 7


def main() -> None:
    """Write line_odds.npz."""
    samples = pl.DataFrame(lexicons.rows("line_samples"), schema=["kind", "line"], orient="row")
    of_kind = {kind: samples.filter(pl.col("kind") == kind)["line"].to_list() for kind in samples["kind"].unique()}
    bars, sections = (words(name) for name in ("nav_", "rubric"))
    texts = sorted(Path(sys.argv[1]).glob("*.txt"))
    own = [*of_kind["own"], *bars]
    own += [line.replace(" ", "") for line in own if " " in line]
    tables = {
        "own": fitted(
            own, of_kind["text"], [piece for path in texts for piece in pieces(path, SHORT, LONGEST_PIECE)], OF_TEXTS
        ),
        "rubric": fitted(
            [*of_kind["rubric"], *sections],
            of_kind["name"],
            [piece for path in texts for piece in pieces(path, LONGEST_NAME, LONGEST_NAME)],
            OF_NAMES,
        ),
    }
    np.savez_compressed(FOLDER / "line_odds.npz", **tables)


def words(name: str) -> list[str]:
    """Return the words that furniture.tsv has of a class."""
    rows = lexicons.rows("furniture")
    return [word for kind, how, some in rows if how == "word" and kind.startswith(name) for word in some.split(" ")]


def pieces(path: Path, short: int, longest: int) -> Iterator[str]:
    """Yield the short lines of a text, and a piece of some of its lines, as print or a bad cut leaves them."""
    drawn = random.Random(SEED)  # noqa: S311 - lines are drawn, no secret
    for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").split("\n"))):
        if len(line) <= short:
            yield line
        if len(line) > SHORTEST_PIECE and drawn.random() < 0.5:
            length = drawn.randint(SHORTEST_PIECE, min(longest, len(line) - 1))
            at = drawn.choice([0, len(line) - length, drawn.randint(0, len(line) - length)])
            yield line[at : at + length]


def fitted(yes: list[str], no: list[str], of_texts: list[str], share: float) -> NDArray[np.int8]:
    """Fit a logistic regression with a ridge by full steps of Adam; the score is that of `line_odds.odds`."""
    lines = pl.Series([*yes, *no, *of_texts], dtype=pl.String)
    told = np.repeat([1.0, 0.0, 0.0], [len(yes), len(no), len(of_texts)])
    weight = np.repeat([1.0, 1.0, share], [len(yes), len(no), len(of_texts)])
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
    return np.clip(np.rint(weights / STEP), -127, 127).astype(np.int8)


if __name__ == "__main__":
    main()
