"""Replaces lines of the lines frame by the pieces they were cut into, without touching the other rows."""

import numpy as np
import polars as pl

from tasks.clean import runs
from tasks.clean.gated import put


def apply(lines: pl.DataFrame, cuts: pl.DataFrame) -> pl.DataFrame:
    """Give every piece a row of its own.

    Args:
        lines: The lines frame.
        cuts: `row` (number of the row in `lines`, ascending) and `pieces` (list of strings, not empty); `taken`, where
            known, names of each piece the step that takes it out, null where it stays.

    Returns:
        The frame, `line` renumbered; a new row has its line's other columns, `gap` and `indent` 0 but for the first.
    """
    if cuts.is_empty():
        return lines
    rows = cuts["row"].to_numpy().astype(np.int64)
    counts = np.ones(len(lines), np.int64)
    counts[rows] = cuts["pieces"].list.len().to_numpy()
    source = np.repeat(np.arange(len(lines)), counts)
    first = np.diff(source, prepend=-1) > 0
    cut = pl.Series(np.flatnonzero(np.isin(source, rows)), dtype=pl.UInt32)
    texts = put(lines["text"][source], cut, cuts.select(text=pl.col("pieces").explode())["text"])
    opens = pl.Series("opens", first)
    done = lines[source]
    if "taken" in cuts.columns:
        done = done.with_columns(put(done["removed"], cut, cuts.select(taken=pl.col("taken").explode())["taken"]))
    return done.with_columns(
        texts.alias("text"),
        line=runs.rank().cast(pl.UInt32),
        gap=pl.when(opens).then("gap").otherwise(0).cast(pl.Int32),
        indent=pl.when(opens).then("indent").otherwise(0).cast(pl.Int32),
    )


def inside(lines: pl.DataFrame, cuts: pl.DataFrame) -> pl.DataFrame:
    """Do the same where the pieces are of one paragraph: `starts_paragraph` is unknown behind the first."""
    if "starts_paragraph" not in lines.columns or cuts.is_empty():
        return apply(lines, cuts)
    of = pl.int_range(pl.len(), dtype=pl.UInt32)
    done = apply(lines.with_columns(of=of), cuts)
    inner = (pl.col("of") == pl.col("of").shift(1)).fill_null(value=False)
    return done.with_columns(starts_paragraph=pl.when(~inner).then("starts_paragraph")).drop("of")
