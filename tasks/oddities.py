"""The anomalies table: what is odd in a batch and kept, each with its place in the decoded view."""

import numpy as np
import polars as pl

from tasks import ledger
from tasks.clean import reading_order
from tasks.content import Counts, Laid, bounds, count_content
from tasks.documents import Segmented
from tasks.segment import anomalies


def gather(
    cut: Segmented, rows: ledger.Rows, blocks: pl.DataFrame, paragraphs: pl.DataFrame, keys: pl.DataFrame
) -> pl.DataFrame:
    """Collect the oddities of texts, of reading and of layout.

    Args:
        cut: the segmented batch.
        rows: where the content of the published rows came from.
        blocks: numbered blocks with row_id, place, source_start, source_end.
        paragraphs: row, paragraph_id, article_id, document_id, source, text.
        keys: document_id, source, short (the head of its id).

    Returns:
        anomaly_id, document_id, article_id, row_id, source, kind, text, start i64, end i64.
    """
    return pl.concat(
        [_found(cut, rows, paragraphs), _damaged(cut, keys), _doubled(cut, blocks), _interleaved(cut, blocks)]
    )


def _found(cut: Segmented, rows: ledger.Rows, paragraphs: pl.DataFrame) -> pl.DataFrame:
    found = anomalies.find(paragraphs).join(
        paragraphs.select("row", "paragraph_id", "article_id", "document_id", "source", body="text"),
        on="row",
        how="left",
        maintain_order="left",
    )
    before = _content_before(found)
    start, end = ledger.extent(rows, found["row"].to_numpy(), before, count_content(found["text"]), cut.origin.offsets)
    return found.select(
        pl.format("{}-o{}-{}", "paragraph_id", "at", "kind").alias("anomaly_id"),
        "document_id",
        "article_id",
        pl.col("paragraph_id").alias("row_id"),
        "source",
        "kind",
        "text",
        pl.Series("start", start),
        pl.Series("end", end),
    )


def _content_before(found: pl.DataFrame) -> Counts:
    """Count the content characters before each find; a paragraph is read once, however many it holds."""
    bodies = found["row"].rle_id()
    laid = Laid.of(found["body"].filter(bodies.is_first_distinct()))
    counted, starts = bounds(laid.content.astype(np.int64)), laid.starts[bodies.to_numpy()]
    before: Counts = counted[starts + found["at"].to_numpy()] - counted[starts]
    return before


def _damaged(cut: Segmented, keys: pl.DataFrame) -> pl.DataFrame:
    return cut.damage.join(keys, on="document_id", how="left", maintain_order="left").select(
        pl.format("{}-d{}-{}", "short", "start", "kind").alias("anomaly_id"),
        "document_id",
        pl.lit(None, pl.String).alias("article_id"),
        pl.lit(None, pl.String).alias("row_id"),
        "source",
        "kind",
        "text",
        "start",
        "end",
    )


def _doubled(cut: Segmented, blocks: pl.DataFrame) -> pl.DataFrame:
    """Characters printed twice where a column broke inside a paragraph."""
    lines = cut.lines
    # few lines were joined over a gap: no other is looked at
    here = (lines["joins"] & (lines["gap"] > 0)).arg_true()
    here = here.filter(here > 0)
    text, above = lines["text"][here], lines["text"][here - 1]
    twice = text.str.head(1) == text.str.slice(1, 1)
    again = (text.str.head(1) == above.str.tail(1)) & (lines["block"][here] == lines["block"][here - 1])
    odd = text.str.contains(r"^\p{Han}") & (twice | again).fill_null(value=False)
    first = lines["n_content"].cum_sum() - lines["n_content"]
    at = (
        lines[here]
        .select("block", "line", first=first[here], around=above.str.tail(2) + text.str.head(4))
        .filter(odd)
        .join(
            blocks.select("block", "row_id", "article_id", "document_id", "source"),
            on="block",
            how="inner",
            maintain_order="left",
        )
    )
    start = cut.origin.offsets[cut.origin.kept[at["first"].to_numpy()]].astype(np.int64)
    return at.select(
        pl.format("{}-b{}-doubled_at_break", "row_id", "line").alias("anomaly_id"),
        "document_id",
        "article_id",
        "row_id",
        "source",
        pl.lit("doubled_at_break").alias("kind"),
        pl.col("around").alias("text"),
        pl.Series("start", start),
        pl.Series("end", start + 1),
    )


def _interleaved(cut: Segmented, blocks: pl.DataFrame) -> pl.DataFrame:
    """Articles whose lines alternate, or did, with another column's; their paragraphs that may hold text of two."""
    sure, kept = pl.col("sure"), cut.lines.filter(pl.col("removed").is_null())
    told = {
        "mixed": pl.col("mixed") | sure.is_not_null(),
        "wide": pl.col("wide") | (pl.col("joins") & (sure < reading_order.SURE)).fill_null(value=False),
    }
    of_line = {name: kept.filter(flag).select("block").unique() for name, flag in told.items()}
    body = blocks.filter(pl.col("place").is_not_null())
    columns = ["document_id", "source", "text", "source_start", "source_end", "article_id", "row_id"]
    articles = (
        body.join(of_line["mixed"], on="block", how="semi", maintain_order="left")
        .group_by("article_id", maintain_order=True)
        .agg(pl.col("document_id", "source", "text", "source_start").first(), pl.col("source_end").max())
        .with_columns(row_id="article_id", kind=pl.lit("interleaved_columns"))
    )
    lines = (
        body.join(of_line["wide"], on="block", how="semi", maintain_order="left")
        .unique("row_id", keep="first", maintain_order=True)
        .with_columns(kind=pl.lit("mixed_columns"))
    )
    return pl.concat([frame.select(*columns, "kind") for frame in (articles, lines)]).select(
        pl.format("{}-{}", "row_id", "kind").alias("anomaly_id"),
        "document_id",
        "article_id",
        "row_id",
        "source",
        "kind",
        pl.col("text").str.head(40),
        pl.col("source_start").alias("start"),
        pl.col("source_end").alias("end"),
    )
