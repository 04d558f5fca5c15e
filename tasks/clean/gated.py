"""Runs a costly change or test on the rows that need it and leaves the others as they are, views and all."""

from collections.abc import Callable

import numpy as np
import polars as pl

# What a text can need of the first steps: bits of the column `needs`.
INVISIBLE, COMPAT, MARKUP, MARKED, GLOSSES, DAMAGED, JAMMED = (1 << bit for bit in range(7))


def needing(frame: pl.DataFrame, need: int) -> pl.Series:
    """Tell which rows can need a step; all of them where no one has looked (no column `needs`)."""
    if "needs" not in frame.columns:
        return pl.repeat(True, len(frame), dtype=pl.Boolean, eager=True)
    return pl.Series((frame["needs"].to_numpy() & need) > 0)


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


def counted(name: str, frame: pl.DataFrame, need: int, pattern: str) -> pl.Series:
    """Count the matches of a pattern in column `text` (int32, `name`), asking the texts that can need it alone."""
    rows = needing(frame, need).arg_true()
    found = np.zeros(len(frame), dtype=np.int32)
    if len(rows):
        found[rows.to_numpy()] = frame["text"].gather(rows).str.count_matches(pattern).to_numpy()
    return pl.Series(name, found)
