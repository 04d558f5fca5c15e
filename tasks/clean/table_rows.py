"""Keeps the rows of a table apart: a row is no print line of a paragraph, whatever its width."""

import polars as pl

from tasks.clean import runs
from tasks.clean.gated import ask

BAR = "|"
_FEWEST_BARS = 3


def mark(lines: pl.DataFrame) -> pl.DataFrame:
    """Let each row, written `| cell | cell |`, and what follows it start a paragraph of its own.

    Args:
        lines: the lines frame, with `starts_paragraph`.

    Returns:
        The same columns.
    """
    row = is_row(lines["text"])
    if not row.any():
        return lines
    alone = pl.lit(row) | runs.above(pl.lit(row), False)
    return lines.with_columns(starts_paragraph=pl.when(alone).then(True).otherwise("starts_paragraph"))


def is_row(texts: pl.Series) -> pl.Series:
    """Tell the texts that are rows of two cells or more."""
    return ask(texts, texts.str.starts_with(BAR), _are_rows)


def _are_rows(texts: pl.Series) -> pl.Series:
    return texts.str.ends_with(BAR) & (texts.str.count_matches(BAR, literal=True) >= _FEWEST_BARS)
