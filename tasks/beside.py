"""A published row beside the raw span it came from, with what was removed inside the span and what went elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from tasks.changes import visible
from tasks.content import content_table
from tasks.explain import Explained


@dataclass(frozen=True)
class Pair:
    """A clean text and its raw span: pieces that are its `own`, `removed`, an `other` row's, or no content (`none`)."""

    row_id: str
    start: int
    end: int
    raw: list[tuple[str, str]]
    clean: str


def beside(explained: Explained, row_id: str) -> list[Pair]:
    """Show a sentence, a paragraph, or an article (its headline, then each paragraph); empty when there is no such row.

    Args:
        explained: the batch that holds the row.
        row_id: an article_id, paragraph_id or sentence_id.
    """
    return list(_pairs(explained, row_id))


def _pairs(explained: Explained, row_id: str) -> Iterator[Pair]:
    tables = explained.curated.tables
    views = {told.document_id: told.view for told in explained.documents}
    for article in tables["articles"].filter(article_id=row_id).iter_rows(named=True):
        own = tables["spans"].filter(row_id=row_id)
        if own.height:
            clean = " ".join(text for text in (article["title"], article["subtitle"]) if text)
            yield _pair(tables, views[article["document_id"]], own, (row_id, row_id), clean)
        for paragraph in tables["paragraphs"].filter(article_id=row_id)["paragraph_id"]:
            yield from _pairs(explained, paragraph)
    for key, row in (("paragraph_id", "paragraph_id"), ("sentence_id", "paragraph_id")):
        found = tables["paragraphs" if key == row else "sentences"].filter(pl.col(key) == row_id)
        span = found.select("document_id", start="source_start", end="source_end")
        for line in found.iter_rows(named=True):
            yield _pair(tables, views[line["document_id"]], span, (row_id, line[row]), line["text"])


def _pair(tables: Mapping[str, pl.DataFrame], view: str, own: pl.DataFrame, ids: tuple[str, str], clean: str) -> Pair:
    """Cut the raw span at the spans of the ledger; `ids` are the row's own and the one that the ledger names."""
    low, high = int(own["start"].min()), _with_marks(view, int(own["end"].max()))  # type: ignore[arg-type]  # there is a row, so there is a least and a greatest
    inside = tables["spans"].filter(
        pl.col("document_id") == own["document_id"][0], pl.col("end") > low, pl.col("start") < high
    )
    pieces: list[tuple[str, str]] = []
    at = low
    for start, end, fate, row in inside.sort("start").select("start", "end", "fate", "row_id").iter_rows():
        kind = "removed" if fate == "removed" else "own" if row == ids[1] else "other"
        pieces += [("none", view[at : max(at, start)]), (kind, view[max(low, start) : min(high, end)])]
        at = max(at, min(high, end))
    pieces.append(("none", view[at:high]))
    return Pair(ids[0], low, high, [(kind, visible(text)) for kind, text in pieces if text], clean)


def _with_marks(view: str, end: int) -> int:
    """Spans end at content: the marks that follow belong to the row as well."""
    content = content_table()
    while end < len(view) and view[end] != "\n" and not content[ord(view[end])]:
        end += 1
    return end
