"""Suspected over-cleaning: removals that look like text, or that took most of a document."""

from dataclasses import dataclass

import polars as pl

from tasks.report import words
from tasks.report.cleaning import gone
from tasks.report.numbers import grouped, percent
from tasks.report.shown import shown
from tasks.report.view import View

_TEXTS, _DOCUMENTS = 15, 8
# content characters from which on a removed text can be prose, or be told from chance when it is published elsewhere
_PROSE, _TELLING = 30, 8
_MUCH = 0.4  # share of a document's Han characters whose removal is worth a look
_NOTICEABLE = 50  # content characters of a document below which nothing is said of it
# what these take out was never text of the page, so that prose among it is no surprise
_OUTSIDE = ("metadata", "ruby", "rejected")


@dataclass(frozen=True)
class Suspect:
    """A removal to look at: why, what, where, how many content characters."""

    why: words.Words
    step: words.Words
    text: str
    n: str
    where: str


def suspects(view: View) -> list[Suspect]:
    """Removals that look like text: prose, text that is published elsewhere, most of a document, all of it."""
    found = [*_like_text(view), *_whole_documents(view)]
    return [suspect for _, suspect in sorted(found, key=lambda one: -one[0])]


def _like_text(view: View) -> list[tuple[float, Suspect]]:
    bare = pl.col("text").str.replace_all(r"\s", "")
    taken = (
        gone(view)
        .filter(pl.col("n_content") >= _TELLING, ~pl.col("step").is_in(_OUTSIDE).fill_null(value=False))
        .with_columns(bare=bare)
    )
    # prose has sentences with clauses in them; lists of links and captions do not
    prose = (
        (pl.col("n_content") >= _PROSE)
        & pl.col("text").str.contains("[。！？；.!?;]")
        & (pl.col("text").str.count_matches("[，、：,:]") >= 2)
        & (_han() >= 0.6 * pl.col("n_content"))
    )
    published = view.scan("paragraphs").select(bare=bare).unique()
    distinct = taken.group_by("step", "bare").agg(
        pl.col("text", "n_content", "document_id", "start").first(), times=pl.len(), prose=prose.first()
    )
    twice = distinct.join(published, on="bare", how="semi").select("step", "bare", elsewhere=pl.lit(value=True))
    told = (
        distinct.join(twice, on=["step", "bare"], how="left", nulls_equal=True)
        .filter(pl.col("prose") | pl.col("elsewhere"))
        .sort("n_content", "bare", descending=[True, False])
        .head(_TEXTS)
        .collect()
    )
    names = _names(view, told["document_id"])
    return [
        (
            # what repeats is boilerplate more often than not
            row["n_content"] / row["times"] + (_PROSE if row["elsewhere"] else 0),
            Suspect(
                ("别处作正文发布", "published elsewhere as text")
                if row["elsewhere"]
                else ("像正文", "reads like prose"),
                words.step(row["step"]),
                shown(row["text"], 160),
                grouped(row["n_content"]),
                f"{names.get(row['document_id'], row['document_id'][:12])} @{row['start']}"
                + (f" ×{row['times']}" if row["times"] > 1 else ""),
            ),
        )
        for row in told.iter_rows(named=True)
    ]


def _whole_documents(view: View) -> list[tuple[float, Suspect]]:
    # of Han characters: glosses may well be most of a page, and no text of it
    removed = gone(view).filter(~pl.col("step").is_in(_OUTSIDE).fill_null(value=False)).with_columns(han=_han())
    each = removed.group_by("document_id").agg(
        lost=pl.col("han").cast(pl.Int64).sum(), step=pl.col("step").sort_by("han").last()
    )
    kept = view.scan("spans").filter(pl.col("fate") != "removed").group_by("document_id")
    told = (
        view.scan("documents")
        .filter(pl.col("n_content") >= _NOTICEABLE)
        .select("document_id", "file_name", "n_articles")
        .join(each, on="document_id", how="inner")
        .join(kept.agg(kept=pl.col("n_content").cast(pl.Int64).sum()), on="document_id", how="left")
        .with_columns(whole=pl.col("lost") + pl.col("kept").fill_null(0))
        .filter((pl.col("lost") >= _MUCH * pl.col("whole")) & (pl.col("lost") >= _PROSE))
        .sort("lost", "document_id", descending=[True, False])
        .head(_DOCUMENTS)
        .collect()
    )
    return [
        (
            row["lost"] * row["lost"] / row["whole"],
            Suspect(
                ("删去大半", "most was taken out") if row["n_articles"] else ("没有文章", "no article left"),
                words.step(row["step"]),
                f"{percent(row['lost'] / row['whole'])} / {grouped(row['whole'])}",
                grouped(row["lost"]),
                shown(row["file_name"], 60),
            ),
        )
        for row in told.iter_rows(named=True)
    ]


def _han() -> pl.Expr:
    return pl.col("text").str.count_matches(r"\p{Han}")


def _names(view: View, ids: pl.Series) -> dict[str, str]:
    chosen = view.scan("documents").filter(pl.col("document_id").is_in(ids.unique().implode()))
    return {key: shown(name, 60) for key, name in chosen.select("document_id", "file_name").collect().iter_rows()}
