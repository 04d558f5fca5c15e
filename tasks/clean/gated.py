"""Runs a costly change or test on the rows that need it and leaves the others as they are, views and all."""

from collections.abc import Callable

import numpy as np
import polars as pl

from tasks.clean.patterns import matches

# What a text can need of the first steps: bits of the column `needs`.
INVISIBLE, COMPAT, MARKUP, MARKED, GLOSSES, DAMAGED, JAMMED = (1 << bit for bit in range(7))


def needing(frame: pl.DataFrame, need: int) -> pl.Series:
    """Tell which rows can need a step; all of them where no one has looked (no column `needs`)."""
    if "needs" not in frame.columns:
        return pl.Series([True]).new_from_index(0, len(frame))
    return pl.Series((frame["needs"].to_numpy() & need) > 0)


def where(values: pl.Series, needed: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Return `values` with the rows marked in `needed` (Boolean) replaced by `change(those rows)`, in order."""
    return put(values, needed.arg_true(), change(values.filter(needed))) if needed.any() else values


def put(values: pl.Series, chosen: pl.Series, changed: pl.Series) -> pl.Series:
    """Return `values` with the rows of index `chosen` replaced by `changed`, in that order."""
    return values.clone().scatter(chosen, changed)


def ask(values: pl.Series, needed: pl.Series, test: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Return what `test` says of the rows marked in `needed`, and False for the others, unasked."""
    return _answers(values, needed, test, np.bool_)


def matching(values: pl.Series, needed: pl.Series, pattern: str) -> pl.Series:
    """Return which of the rows marked in `needed` match a pattern, and False for the others, unasked."""
    return ask(values, needed, lambda some: matches(some, pattern))


def counted(values: pl.Series, needed: pl.Series, pattern: str) -> pl.Series:
    """Return how often the rows marked in `needed` match a pattern (int32), and 0 for the others, unasked."""
    return _answers(values, needed, lambda some: some.str.count_matches(pattern), np.int32)


def _answers(
    values: pl.Series, needed: pl.Series, test: Callable[[pl.Series], pl.Series], dtype: type[np.generic]
) -> pl.Series:
    told = np.zeros(len(values), dtype=dtype)
    if needed.any():
        told[np.flatnonzero(needed.to_numpy())] = test(values.filter(needed)).to_numpy()
    return pl.Series(told)
