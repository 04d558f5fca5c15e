"""Fits head_weights.tsv: what tells a line of a headline from the other lines that stand over a text.

PYTHONPATH=. python seeds/lexicons/fit_heads.py FOLDER...   (FOLDER: raw/ with texts, gold/ with their articles)

The features that head_weights.tsv has rows for are weighed anew (a new one: a row with 0). A region is used where its
lines, or some of them, are a headline of the gold; lines that steps took count, too.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks import documents, lexicons
from tasks.cards import load_cards
from tasks.read import ReadLimits, read_files
from tasks.records import PlannedFile
from tasks.segment import articles, blocks, head_odds, head_parts

FOLDER = Path(__file__).parent
# Lines that say plainly that they are a site's own teach little.
PLAIN, RIDGE = 2.0, 10.0
FEATURES = [name for name, _ in lexicons.rows("head_weights") if name != "base"]
Numbers = NDArray[np.float64]


def main() -> None:
    """Write head_weights.tsv."""
    told = [sample(Path(name)) for name in sys.argv[1:]]
    x, y, weight = (np.concatenate([one[part] for one in told]) for part in range(3))
    base, weights = fitted(x, y, weight)
    lines = [f"{name}\t{value:.4f}" for name, value in zip(["base", *FEATURES], [base, *weights], strict=True)]
    note = "# What each feature of a line over a text says for its being of the headline (log-odds): fit_heads.py.\n"
    (FOLDER / "head_weights.tsv").write_text(note + "\n".join(lines) + "\n", encoding="utf-8")


def sample(folder: Path) -> tuple[Numbers, Numbers, Numbers]:
    """Return the features of the lines over the texts of a folder, which are of headlines, and how much each counts."""
    rows = regions(sorted((folder / "raw").iterdir()))
    measured = head_odds.measured(rows).with_columns(key=head_odds.key(pl.col("text")))
    golds = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (folder / "gold").glob("*.json")}
    titles = {stem: list(names(gold)) for stem, gold in golds.items()}
    found = [
        answer
        for region in measured.partition_by("region", maintain_order=True)
        for answer in judged(region["key"].to_list(), titles.get(region["stem"][0], []))
    ]
    told = measured.with_columns(yes=pl.Series(found, dtype=pl.Boolean)).drop_nulls("yes")
    copy = (pl.col("removed") == "page_title").fill_null(value=False)
    told = told.filter(pl.col("yes") | ~copy & (pl.col("own") <= PLAIN))
    return (
        told.select(FEATURES).cast(pl.Float64).to_numpy(),
        told["yes"].cast(pl.Float64).to_numpy(),
        np.full(len(told), 1 / np.sqrt(len(golds))),
    )


def regions(paths: Sequence[Path]) -> pl.DataFrame:
    """Return the regions of some files, with the stem of each."""
    files = [PlannedFile(path, "default", path.name, path.stat().st_size) for path in paths]
    cards = load_cards(FOLDER.parent / "sources")
    read = read_files(files, cards, ReadLimits()).documents.unique("document_id", keep="first", maintain_order=True)
    frames: list[pl.DataFrame] = []
    documents.segment(read, lambda _, frame: frames.append(frame))
    framed = blocks.frame(blocks.from_lines(frames[-1]))
    _, _, kept = articles.parted(framed)
    rows = head_parts.regions(kept, framed, kept.filter(pl.col("part").is_in(["kicker", "title"]))["block"])
    stems = read["file_name"].str.replace(r"\.[^.]*$", "")
    docs = rows.join(framed.select("block", "doc"), on="block", maintain_order="left")["doc"]
    return rows.with_columns(stem=stems[docs.cast(pl.Int64)])


def names(gold: dict[str, Any]) -> Iterator[str]:
    """Yield the keys of what the gold calls its articles."""
    for article in gold["articles"]:
        title = article["title"] or ""
        for name in (title + (article.get("subtitle") or ""), title, *article.get("title_accept", [])):
            if name:
                yield pl.select(head_odds.key(pl.lit(name))).item()


def judged(keys: list[str], titles: list[str]) -> list[bool | None]:
    """Say which lines of a region are a headline, the last of its copies; nothing where none is."""
    for title in titles:
        found: dict[int, list[int]] = {len(title): []}
        for at in reversed(range(len(keys))):
            for end, lines in list(found.items()):
                start = end - len(keys[at])
                if keys[at] and start >= 0 and start not in found and title[:end].endswith(keys[at]):
                    found[start] = [at, *lines]
        if 0 in found:
            return [at in found[0] for at in range(len(keys))]
    return [None] * len(keys)


def fitted(x: Numbers, y: Numbers, weight: Numbers) -> tuple[float, Numbers]:
    """Fit a logistic regression with a ridge, by Newton's steps on features of one scale."""
    mean, spread = x.mean(0), x.std(0)
    spread[spread == 0] = 1
    z = np.c_[np.ones(len(x)), (x - mean) / spread]
    ridge = RIDGE * np.r_[0.0, np.ones(x.shape[1])]
    weight = weight / weight.mean()
    found = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ found))
        slope = z.T @ (weight * (p - y)) + ridge * found
        bend = (z.T * (weight * p * (1 - p))) @ z + np.diag(ridge)
        found -= np.linalg.solve(bend, slope)
    weights = found[1:] / spread
    return float(found[0] - mean @ weights), weights


if __name__ == "__main__":
    main()
