"""A frame's flags and numbers as arrays, for rules of many flags: each is computed once, where it stands in several."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import polars.selectors as cs

Flags = npt.NDArray[np.bool_]


class Lines(SimpleNamespace):
    """One array for each column."""

    def __getattr__(self, name: str) -> npt.NDArray[Any]:  # for the types: all are set when it is made
        raise AttributeError(name)


def arrays(frame: pl.DataFrame, **more: pl.Expr) -> Lines:
    """Return the flags of a frame (no where unknown) and its numbers (f64, not a number where unknown).

    Args:
        frame: any frame; columns of other types are left out.
        more: named flags or numbers besides.
    """
    told = frame.select(cs.boolean().fill_null(value=False), cs.numeric().cast(pl.Float64).fill_null(np.nan), **more)
    return Lines(**{column.name: column.to_numpy() for column in told})


def above(values: npt.NDArray[Any], fill: object) -> npt.NDArray[Any]:
    """Each row's value of the row before, and `fill` on the first."""
    return np.concatenate([np.array([fill], dtype=values.dtype), values[:-1]])


def below(values: npt.NDArray[Any], fill: object) -> npt.NDArray[Any]:
    """Each row's value of the row after, and `fill` on the last."""
    return np.concatenate([values[1:], np.array([fill], dtype=values.dtype)])
