"""What stands before and after a row of its own run: rows of one key stand together, so no grouping is needed."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

Flags = npt.NDArray[np.bool_]


def above(value: pl.Expr, fill: object = None, key: str = "doc") -> pl.Expr:
    """Return `value` of the row before, and `fill` on the first row of a run and where that value is null."""
    return _beside(value, 1, fill, key)


def below(value: pl.Expr, fill: object = None, key: str = "doc") -> pl.Expr:
    """Return `value` of the row after, and `fill` on the last row of a run and where that value is null."""
    return _beside(value, -1, fill, key)


def _beside(value: pl.Expr, step: int, fill: object, key: str) -> pl.Expr:
    found = pl.when(_same(key, step)).then(value.shift(step))
    return found if fill is None else found.fill_null(fill)


@cache
def _same(key: str, step: int) -> pl.Expr:
    return pl.col(key) == pl.col(key).shift(step)


def rank(key: str = "doc") -> pl.Expr:
    """Number the rows of each run from 0 (Int64)."""
    row = pl.int_range(pl.len())
    return row - _at(row, 1, key).forward_fill()


def so_far(flag: pl.Expr, key: str = "doc") -> pl.Expr:
    """Count the flagged rows of the run up to and with this one (Int64); a null counts as no."""
    return pl.map_batches([flag.fill_null(False), _opens(key, 1)], _counted, return_dtype=pl.Int64)


def to_go(flag: pl.Expr, key: str = "doc") -> pl.Expr:
    """Count the flagged rows of the run from this one on (Int64); a null counts as no."""
    return pl.map_batches([flag.fill_null(False), _opens(key, -1)], _counted_back, return_dtype=pl.Int64)


@cache
def _opens(key: str, step: int) -> pl.Expr:
    return (pl.col(key) != pl.col(key).shift(step)).fill_null(True)


def _counted(columns: Sequence[pl.Series]) -> pl.Series:
    # an expression would compute the flag anew wherever it stands in it
    flags, opens = (column.to_numpy() for column in columns)
    return pl.Series(count(flags, opens))


def _counted_back(columns: Sequence[pl.Series]) -> pl.Series:
    flags, closes = (column.to_numpy()[::-1] for column in columns)
    return pl.Series(count(flags, closes)[::-1])


def count(flags: Flags, opens: Flags) -> npt.NDArray[np.int64]:
    """Count the flagged rows of the run up to and with each row; runs begin where `opens`, and with the first row."""
    total = np.cumsum(flags, dtype=np.int64)
    starts = np.flatnonzero(opens)
    before: npt.NDArray[np.int64] = total[starts] - flags[starts]
    return total - np.repeat(before, np.diff(starts, append=len(flags)))


def _at(value: pl.Expr, step: int, key: str) -> pl.Expr:
    """`value` on the first (step 1) or last (step -1) row of each run, null on the others."""
    return pl.when(_opens(key, step)).then(value)
