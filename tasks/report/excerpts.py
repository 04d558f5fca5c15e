"""Raw text around the rows that broke a rule or were rejected: where the links of the page lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from contracts.registry import CONTRACTS
from tasks.changes import visible
from tasks.report.diffs import widened
from tasks.report.shown import shown
from tasks.report.view import View

_AROUND, _HIT = 60, 240
Place = tuple[str, int, int]
_PLACED = {
    "paragraphs": ("source_start", "source_end"),
    "sentences": ("source_start", "source_end"),
    "spans": ("start", "end"),
    "anomalies": ("start", "end"),
}


@dataclass(frozen=True)
class Excerpt:
    """A stretch of a decoded view: what stands before it, itself, what follows; offsets in characters."""

    anchor: str
    row_key: str
    file_name: str
    start: int
    end: int
    before: str
    hit: str
    after: str


def places(view: View, rows: Iterable[tuple[str, str | None, str]]) -> dict[tuple[str, str], Place]:
    """Where rows stem from.

    Args:
        view: the release.
        rows: table, row_key, document_id of each.

    Returns:
        document_id, start, end by table and row_key, as far as they are known.
    """
    found: dict[tuple[str, str], Place] = {}
    keys: dict[str, list[str]] = {}
    for table, key, document_id in rows:
        if table in ("documents", "file") or key is None:
            found[table, key or document_id] = (document_id, 0, _HIT)
        else:
            keys.setdefault(table, []).append(key)
    for table, wanted in keys.items():
        found |= {(table, key): place for key, *place in _of_table(view, table, wanted)}  # type: ignore[misc]  # a key before what is left of the tuple
        found |= {(table, key): place for key, *place in _of_rejections(view, table, wanted)}  # type: ignore[misc]  # a key before what is left of the tuple
    return found


def excerpts(
    located: Mapping[tuple[str, str], Place], texts: Mapping[str, str], names: Mapping[str, str]
) -> dict[tuple[str, str], Excerpt]:
    """Cut the excerpts of the rows whose raw text is there; `names` are file names by document_id."""
    found: dict[tuple[str, str], Excerpt] = {}
    for (table, key), (document_id, start, end) in located.items():
        text = texts.get(document_id)
        if text is None or start >= len(text):
            continue
        low, high = widened(text, start, min(end, len(text)))
        cut = min(high, low + _HIT)
        found[table, key] = Excerpt(
            f"raw-{len(found) + 1}",
            shown(key, 80),
            shown(names.get(document_id, document_id[:20]), 60),
            low,
            high,
            ("…" if low > _AROUND else "") + visible(text[max(0, low - _AROUND) : low]),
            visible(text[low:cut]) + ("…" if cut < high else ""),
            visible(text[high : high + _AROUND]) + ("…" if high + _AROUND < len(text) else ""),
        )
    return found


def _of_table(view: View, table: str, keys: list[str]) -> list[tuple[str, str, int, int]]:
    key = CONTRACTS[table].about().key if table in CONTRACTS else ""
    chosen = pl.Series(keys, dtype=pl.String).implode()
    if table in _PLACED:
        start, end = _PLACED[table]
        rows = view.scan(table).filter(pl.col(key).is_in(chosen)).select(key, "document_id", start, end)
    elif table == "articles":
        # an article's own spans are its headline; its text belongs to its paragraphs
        head = view.scan("spans").filter(pl.col("row_id").is_in(chosen), pl.col("fate") != "removed")
        text = view.scan("paragraphs").filter(pl.col("article_id").is_in(chosen))
        parts = [
            head.select("document_id", "start", "end", article="row_id"),
            text.select("document_id", start="source_start", end="source_end", article="article_id"),
        ]
        each = pl.concat(part.select("article", "document_id", "start", "end") for part in parts).group_by("article")
        rows = each.agg(pl.col("document_id").first(), pl.col("start").min(), pl.col("end").max())
    else:
        return []
    return rows.collect().rows()


def _of_rejections(view: View, table: str, keys: list[str]) -> list[tuple[str, str, int, int]]:
    chosen = pl.Series(keys, dtype=pl.String).implode()
    rows = view.scan("rejections").filter(
        pl.col("table_name") == table, pl.col("row_key").is_in(chosen), pl.col("start").is_not_null()
    )
    return rows.select("row_key", "document_id", "start", "end").collect().rows()
