"""Runs a costly change or test on the rows that need it and leaves the others as they are, views and all."""

from collections.abc import Callable

import numpy as np
import polars as pl


def where(values: pl.Series, needed: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Return `values` with the rows marked in `needed` (Boolean) replaced by `change(those rows)`, in order."""
    chosen = needed.arg_true()
    return values if chosen.is_empty() else put(values, chosen, change(values.gather(chosen)))


def put(values: pl.Series, chosen: pl.Series, changed: pl.Series) -> pl.Series:
    """Return `values` with the rows of index `chosen` replaced by `changed`, in that order."""
    return values.clone().scatter(chosen, changed)


def ask(values: pl.Series, needed: pl.Series, test: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Return what `test` says of the rows marked in `needed`, and False for the others, unasked."""
    rows = needed.arg_true()
    told = np.zeros(len(values), dtype=np.bool_)
    told[rows.to_numpy()] = test(values.gather(rows)).to_numpy()
    return pl.Series(told)
