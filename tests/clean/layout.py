"""Runs the layout steps under test over a text, as the recipe does."""

import polars as pl

from tasks.clean import letter_spacing, lines, unflatten, unwrap
from tests.clean.cases import layout


def joined(*texts: str) -> pl.DataFrame:
    """Run letter spacing, unflatten and unwrap over the texts (`|` for a newline)."""
    frame = lines.explode(pl.Series([layout.lines(text) for text in texts]))
    return unwrap.join(unflatten.split(letter_spacing.close(frame)))


def paragraphs(frame: pl.DataFrame, doc: int = 0) -> list[str]:
    """Put the lines of a document together."""
    kept = frame.filter(pl.col("doc") == doc, pl.col("removed").is_null())
    whole = kept.group_by((~pl.col("joins")).cum_sum(), maintain_order=True)
    return whole.agg((pl.col("joiner") + pl.col("text")).str.join(""))["joiner"].to_list()
