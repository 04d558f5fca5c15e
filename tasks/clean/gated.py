"""Runs a costly change on the rows that need it and leaves the others as they are, views and all."""

from collections.abc import Callable

import numpy as np
import polars as pl


def where(values: pl.Series, needed: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Return `values` with the rows marked in `needed` (Boolean) replaced by `change(those rows)`, same order and length."""
    chosen = needed.arg_true().to_numpy()
    if not len(chosen):
        return values
    changed = change(values.gather(chosen))
    source = np.arange(len(values), dtype=np.uint32)
    source[chosen] = len(values) + np.arange(len(chosen), dtype=np.uint32)
    return pl.concat([values, changed]).gather(source).alias(values.name)
