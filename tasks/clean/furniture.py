"""Marks the lines that are no text: page furniture, site chrome, rubrics, slogans, continuation markers, page titles.

A line is taken out for its own shape, or for a weaker one with company or position to back it. Unsure means keep.
"""

import polars as pl

from tasks.clean import continuation, furniture_rules

_TERMINAL = list("。！？…；：”）》")
# Shapes that interrupt a text by nature; the others are believed only where no sentence is being interrupted.
_WRAPPED = 45
_MANY = 8


def mark(lines: pl.DataFrame) -> pl.DataFrame:
    """Name the step that takes each line of furniture out.

    Args:
        lines: The lines frame (doc, line, text, gap, indent, removed, and any others), text clean of glosses, Simplified,
            marks full-width.

    Returns:
        The frame with `removed` set on lines that are no text; marks at the head or tail of a line have a row of their own.
    """
    frame = continuation.split_off(lines)
    columns = frame.columns
    frame = _with_context(frame).with_row_index("row")
    candidates = frame.filter("alive", pl.col("n") <= furniture_rules.LONGEST)
    shapes = candidates.select("row", shape=furniture_rules.proven(candidates["text"])).filter(
        pl.col("shape").is_not_null()
    )
    frame = frame.join(shapes, on="row", how="left", maintain_order="left")
    believed = pl.col("shape").is_not_null() & (pl.col("fresh") | pl.col("shape").shift(1).over("doc").is_not_null())
    return frame.with_columns(removed=pl.coalesce("removed", pl.when(believed).then("shape"))).select(columns)


def _with_context(lines: pl.DataFrame) -> pl.DataFrame:
    """Add n (characters), alive (not yet removed), fresh (no sentence runs on into this line)."""
    flat = pl.col("flat") if "flat" in lines.columns else pl.lit(False)
    ends = pl.col("text").str.tail(1).is_in(_TERMINAL)
    return (
        lines.with_columns(n=pl.col("text").str.len_chars(), alive=pl.col("removed").is_null(), ends=ends)
        .with_columns(
            wrapped=(pl.col("n").quantile(0.9).over("doc") <= _WRAPPED) & (pl.len().over("doc") >= _MANY),
            after=pl.col("ends").shift(1).over("doc"),
        )
        .with_columns(fresh=flat | ~pl.col("wrapped") | (pl.col("gap") > 0) | pl.col("after").fill_null(True))
    )
