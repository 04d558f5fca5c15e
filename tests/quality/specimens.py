"""Scores the specimens through the whole recipe: articles, headlines, kinds, exact paragraphs, character error."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from rapidfuzz.distance import Levenshtein

from tasks.cards import card_for, load_cards
from tasks.curate import curate_documents
from tasks.read import ReadLimits, read_files
from tasks.records import PlannedFile

SEEDS = Path(__file__).parents[2] / "seeds"
Output = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Score:
    """One specimen against its reference; shares of 1, but for the two counts of articles."""

    n_articles: int
    n_expected: int
    titles: float
    kinds: float
    paragraphs: float
    cer: float

    @property
    def perfect(self) -> bool:
        """Nothing is left to do."""
        return self == Score(self.n_expected, self.n_expected, 1.0, 1.0, 1.0, 0.0)


def score_specimens() -> dict[str, Score]:
    """Curate every specimen and score it against its reference."""
    produced = curated()
    return {stem: score(articles, produced.get(stem, [])) for stem, articles in references().items()}


def references() -> Output:
    """The articles of every reference by stem."""
    paths = sorted((SEEDS / "references").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8"))["articles"] for path in paths}


def curated() -> Output:
    """The articles of every specimen by stem, in document and article order."""
    cards = load_cards(SEEDS / "sources")
    paths = sorted((SEEDS / "scrapes").iterdir())
    files = [PlannedFile(path, card_for(path, cards).name, path.name, path.stat().st_size) for path in paths]
    read = read_files(files, cards, ReadLimits()).documents
    tables = curate_documents(read, cards).tables
    return _by_stem(read, tables)


def _by_stem(read: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> Output:
    texts = tables["paragraphs"].group_by("article_id", maintain_order=True).agg(paragraphs="text")
    articles = (
        read.select("document_id", stem=pl.col("file_name").str.extract(r"^([^.]+)"))
        .join(tables["articles"], on="document_id", how="inner", maintain_order="left_right")
        .join(texts, on="article_id", how="left", maintain_order="left")
    )
    produced: Output = {}
    for row in articles.select("stem", "title", "subtitle", "kind", "paragraphs").iter_rows(named=True):
        produced.setdefault(row["stem"], []).append(row)
    return produced


def score(expected: list[dict[str, Any]], got: list[dict[str, Any]]) -> Score:
    """Score the articles of one file.

    Args:
        expected: articles of the reference.
        got: articles produced; both hold title, kind, paragraphs. Articles pair up by the paragraphs they share.
    """
    pairs = [(one, max(got, key=lambda other: _shared(one, other), default=None)) for one in expected]
    right = {
        key: sum(mine is not None and _shared(one, mine) > 0 and mine[key] == one[key] for one, mine in pairs)
        for key in ("title", "kind")
    }
    wanted = Counter(text for one in expected for text in one["paragraphs"])
    made = Counter(text for one in got for text in one["paragraphs"])
    both = (wanted & made).total()
    n = max(len(expected), 1)
    return Score(
        n_articles=len(got),
        n_expected=len(expected),
        titles=right["title"] / n if expected else 1.0,
        kinds=right["kind"] / n if expected else 1.0,
        paragraphs=2 * both / (wanted.total() + made.total()) if wanted or made else 1.0,
        cer=_error(expected, got),
    )


def _shared(one: dict[str, Any], other: dict[str, Any]) -> int:
    return (Counter("".join(one["paragraphs"])) & Counter("".join(other["paragraphs"]))).total()


def _error(expected: list[dict[str, Any]], got: list[dict[str, Any]]) -> float:
    truth, text = (_stream(articles) for articles in (expected, got))
    return Levenshtein.distance(truth, text) / max(len(truth), 1)


def _stream(articles: list[dict[str, Any]]) -> str:
    parts = [[one["title"] or "", one["subtitle"] or "", *one["paragraphs"]] for one in articles]
    return "".join(char for part in parts for text in part for char in text if not char.isspace())
