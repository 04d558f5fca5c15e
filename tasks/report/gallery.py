"""Before and after: articles that were repaired most, that are still the noisiest, and that chance picked."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from tasks.report import words
from tasks.report.diffs import LONGEST, Diff, diff, span_of
from tasks.report.numbers import percent
from tasks.report.shown import shown
from tasks.report.view import View

EACH = 3
WORST = ("最差", "worst: most noise left")
_PARAGRAPHS = 2  # shown of an article
_LOOKED_AT = 40  # paragraphs of an article that are compared for those to show
_BEHIND = 12  # characters behind a span that may belong to it
_ODD = 4  # oddities of a paragraph that are named
_DEEP = 5000  # articles that chance picks from


@dataclass(frozen=True)
class Shown:
    """A paragraph: its id, where its raw span lies, the difference, and what is still odd in it."""

    row_id: str
    start: int
    end: int
    diff: Diff
    odd: list[str]
    n_odd: int


@dataclass(frozen=True)
class Exhibit:
    """An article of the gallery."""

    article_id: str
    title: str
    file_name: str
    source: str
    noise: str
    paragraphs: list[Shown] = field(default_factory=list)


def choose(view: View) -> list[dict[str, object]]:
    """Articles to show, each with `why`: (Chinese, English); no article twice."""
    repairs = [name for name in words.COUNTERS if name != "n_spaces_removed"]
    documents = view.scan("documents").select(
        "document_id",
        "file_name",
        repaired=pl.sum_horizontal(pl.col(repairs).cast(pl.Int64)) / pl.col("n_content").clip(1),
    )
    articles = view.scan("articles").select(
        "article_id", "document_id", "title", "source", "residual_noise", "n_chars", "ordinal"
    )
    rows = articles.join(documents, on="document_id", how="left")
    long_enough = pl.col("n_chars") >= 60
    best = rows.filter(long_enough, pl.col("repaired") > 0).sort(
        pl.col("residual_noise").round(2), "repaired", "article_id", descending=[False, True, False]
    )
    worst = rows.filter(pl.col("residual_noise") > 0).sort("residual_noise", "article_id", descending=[True, False])
    chance = rows.head(_DEEP)
    lists = [
        (("修得最多", "best: most repaired, least noise left"), _apart(best.head(60).collect())),
        (WORST, _apart(worst.head(60).collect())),
        (("随机", "random"), _shuffled(chance.collect(), view.release.number)),
    ]
    taken: set[str] = set()
    chosen: list[dict[str, object]] = []
    for why, frame in lists:
        fresh = frame.filter(~pl.col("article_id").is_in(list(taken))).head(EACH).to_dicts()
        taken |= {row["article_id"] for row in fresh}
        chosen += [row | {"why": why} for row in fresh]
    return chosen


def exhibits(view: View, chosen: list[dict[str, object]], texts: Mapping[str, str]) -> dict[words.Words, list[Exhibit]]:
    """The chosen articles whose raw text is there, by why they were chosen, with their most telling paragraphs."""
    there = [row for row in chosen if row["document_id"] in texts]
    articles = pl.Series([str(row["article_id"]) for row in there], dtype=pl.String).implode()
    own = pl.col("article_id").is_in(articles)
    paragraphs = view.scan("paragraphs").filter(own).sort("article_id", "ordinal").collect()
    odd = _odd(view, own)
    spans = (
        view.scan("spans")
        .filter(pl.col("document_id").is_in(paragraphs["document_id"].unique().implode()))
        .select("document_id", "start", "end", "row_id", "step")
        .collect()
    )
    found: dict[words.Words, list[Exhibit]] = {}
    for row in there:
        document_id = str(row["document_id"])
        mine = paragraphs.filter(article_id=row["article_id"])
        left = odd if row["why"] == WORST else {}
        shown_of = _telling(mine, spans.filter(document_id=document_id), texts[document_id], left)
        exhibit = Exhibit(
            str(row["article_id"]),
            shown(row["title"], 80) if row["title"] else "（无标题 no headline）",
            shown(row["file_name"], 80),
            shown(row["source"], 60),
            percent(float(str(row["residual_noise"]))),
            shown_of,
        )
        found.setdefault(row["why"], []).append(exhibit)  # type: ignore[arg-type]  # a row is a dict of anything
    return found


def _odd(view: View, own: pl.Expr) -> dict[str, list[str]]:
    """What is still odd in the paragraphs of some articles, by paragraph: their anomalies."""
    rows = view.scan("anomalies").filter(own).select("row_id", "kind", "text").collect()
    found: dict[str, list[str]] = {}
    for row_id, kind, text in rows.iter_rows():
        found.setdefault(row_id, []).append(f"{words.told(kind)}: {shown(text, 24)}")
    return found


def _telling(paragraphs: pl.DataFrame, spans: pl.DataFrame, text: str, odd: Mapping[str, list[str]]) -> list[Shown]:
    """The paragraphs with most oddities left, then those in which most changed, in the order of the article."""
    found = []
    for row in paragraphs.head(_LOOKED_AT).iter_rows(named=True):
        start, end = row["source_start"], row["source_end"]
        if end > len(text) or end - start > LONGEST:
            continue
        near = spans.filter(pl.col("end") > start, pl.col("start") < end + _BEHIND)
        others = near.filter(pl.col("step").is_null(), pl.col("row_id") != row["paragraph_id"])
        glosses = near.filter(step="annotation").select("start", "end")
        raw = span_of(text, start, end, others.select("start", "end").rows(), glosses.rows())
        left = odd.get(row["paragraph_id"], [])
        found.append(Shown(row["paragraph_id"], start, end, diff(raw, row["text"]), left[:_ODD], len(left)))
    longest = sorted(found, key=lambda one: (-one.n_odd, -one.diff.distance))[:_PARAGRAPHS]
    return sorted(longest, key=lambda one: one.row_id)


def _apart(rows: pl.DataFrame) -> pl.DataFrame:
    """Articles of other documents first: three of one document show one thing thrice."""
    again = rows.with_columns(again=pl.int_range(pl.len()).over("document_id"))
    return again.sort("again", maintain_order=True).drop("again")


def _shuffled(rows: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The order of a hash: by chance, and the same whenever the report is made."""
    keys = [hashlib.sha256(f"{seed}:{key}".encode()).hexdigest() for key in rows["article_id"]]
    return rows.with_columns(key=pl.Series(keys, dtype=pl.String)).sort("key").drop("key")
