"""What the rules of furniture share: which lines may be furniture yet, and how one is named."""

import polars as pl

from tasks.clean.figures import CHAPTER, COUNT

PROSE = "[。；，！？…]"
OUTLINE = f"^(?:{CHAPTER}|[（(]?{COUNT}{{1,3}}[）)、.．]|[①-⑳•●◆➢➤►▶❖✓✔])"


def free(*flags: str) -> pl.Expr:
    """A line that is there, that no rule has named, and that none of these flags is set on."""
    left = pl.col("alive") & pl.col("shape").is_null()
    return left & ~pl.any_horizontal(*flags) if flags else left


def flagged(frame: pl.DataFrame, rows: pl.Series, values: pl.Series | bool = True) -> pl.Series:
    """One flag a row, no where none is told."""
    return pl.Series([False]).new_from_index(0, len(frame)).scatter(rows, values)


def take(frame: pl.DataFrame, found: pl.Series, shape: str) -> pl.DataFrame:
    """Name lines, told by a flag each or by their rows; what is named is no `body` for the rules that follow."""
    rows = found.arg_true() if found.dtype == pl.Boolean else found
    if rows.is_empty():
        return frame
    return frame.with_columns(frame["shape"].scatter(rows, shape), frame["body"].scatter(rows, values=False))


def keep(frame: pl.DataFrame, found: pl.Series) -> pl.DataFrame:
    """Take a name off lines, told by a flag each or by their rows."""
    rows = found.arg_true() if found.dtype == pl.Boolean else found
    return frame if rows.is_empty() else frame.with_columns(frame["shape"].scatter(rows, None))
