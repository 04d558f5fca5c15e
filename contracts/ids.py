"""How the id of a row is written: its parent's, a letter, its ordinal padded with zeros."""

import polars as pl


def numbered(parent: str | pl.Expr, letter: str, ordinal: str, width: int = 4) -> pl.Expr:
    """The id `<parent>-<letter><ordinal>`; null where a part is null.

    Args:
        parent: the parent's id, as a column or an expression.
        letter: what the row is.
        ordinal: the column that numbers it.
        width: the digits that the ordinal has at least.
    """
    padded = pl.col(ordinal).map_batches(
        lambda numbers: _padded(numbers, width), return_dtype=pl.String, is_elementwise=True
    )
    return pl.format(f"{{}}-{letter}{{}}", parent, padded)


def _padded(numbers: pl.Series, width: int) -> pl.Series:
    """Each number is written once and looked up: few are large, and most occur over and over."""
    least, most = numbers.min(), numbers.max()
    if not isinstance(least, int) or not isinstance(most, int) or least < 0 or most > 4 * len(numbers):
        return numbers.cast(pl.String).str.zfill(width)
    written = pl.int_range(most + 1, eager=True).cast(pl.String).str.zfill(width)
    return written.gather(numbers).alias(numbers.name)
