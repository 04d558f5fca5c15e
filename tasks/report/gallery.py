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
_PARAGRAPHS = 2  # shown of an article
_LOOKED_AT = 40  # paragraphs of an article that are compared for those to show
_DEEP = 5000  # articles that chance picks from


@dataclass(frozen=True)
class Shown:
    """A paragraph: its id, where its raw span lies, and the difference."""

    row_id: str
    start: int
    end: int
    diff: Diff


@dataclass(frozen=True)
class Exhibit:
    """An article of the gallery, and why it hangs there."""

    why: words.Words
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
        (("最差", "worst: most noise left"), _apart(worst.head(60).collect())),
        (("随机", "random"), _shuffled(chance.collect(), view.release.number)),
    ]
    taken: set[str] = set()
    chosen: list[dict[str, object]] = []
    for why, frame in lists:
        fresh = frame.filter(~pl.col("article_id").is_in(list(taken))).head(EACH).to_dicts()
        taken |= {row["article_id"] for row in fresh}
        chosen += [row | {"why": why} for row in fresh]
    return chosen


def exhibits(view: View, chosen: list[dict[str, object]], texts: Mapping[str, str]) -> list[Exhibit]:
    """The chosen articles whose raw text is there, with the paragraphs in which most changed."""
    there = [row for row in chosen if row["document_id"] in texts]
    ids = pl.Series([str(row["article_id"]) for row in there], dtype=pl.String)
    paragraphs = (
        view.scan("paragraphs")
        .filter(pl.col("article_id").is_in(ids.implode()))
        .select("article_id", "document_id", "paragraph_id", "ordinal", "role", "text", "source_start", "source_end")
        .sort("article_id", "ordinal")
        .collect()
    )
    spans = (
        view.scan("spans")
        .filter(pl.col("document_id").is_in(paragraphs["document_id"].unique().implode()), pl.col("fate") != "removed")
        .select("document_id", "start", "end", "row_id")
        .collect()
    )
    own = {key[0]: frame for key, frame in spans.group_by("document_id")}
    return [
        Exhibit(
            row["why"],  # type: ignore[arg-type]
            str(row["article_id"]),
            shown(row["title"], 80) if row["title"] else "（无标题 no headline）",
            shown(row["file_name"], 80),
            shown(row["source"], 60),
            percent(float(str(row["residual_noise"]))),
            _most_changed(
                paragraphs.filter(article_id=row["article_id"]),
                own.get(str(row["document_id"]), spans.clear()),
                texts[str(row["document_id"])],
            ),
        )
        for row in there
    ]


def _most_changed(paragraphs: pl.DataFrame, spans: pl.DataFrame, text: str) -> list[Shown]:
    found = []
    for row in paragraphs.head(_LOOKED_AT).iter_rows(named=True):
        start, end = row["source_start"], row["source_end"]
        if end > len(text) or end - start > LONGEST * 2:
            continue
        others = spans.filter(
            pl.col("row_id") != row["paragraph_id"], pl.col("end") > start, pl.col("start") < end
        ).select("start", "end")
        raw = span_of(text, start, end, others.rows())
        found.append(Shown(row["paragraph_id"], start, end, diff(raw, row["text"])))
    longest = sorted(found, key=lambda one: -one.diff.distance)[:_PARAGRAPHS]
    return sorted(longest, key=lambda one: one.start)


def _apart(rows: pl.DataFrame) -> pl.DataFrame:
    """Articles of other documents first: three of one document show one thing thrice."""
    again = rows.with_columns(again=pl.int_range(pl.len()).over("document_id"))
    return again.sort("again", maintain_order=True).drop("again")


def _shuffled(rows: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The order of a hash: by chance, and the same whenever the report is made."""
    keys = [hashlib.sha256(f"{seed}:{key}".encode()).hexdigest() for key in rows["article_id"]]
    return rows.with_columns(key=pl.Series(keys, dtype=pl.String)).sort("key").drop("key")
