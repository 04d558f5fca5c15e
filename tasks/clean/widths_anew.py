"""Measure anew what the width of its document does not fit: texts printed with thin marks."""

import numpy as np
import polars as pl

from tasks.clean import wrap_width
from tasks.clean.gated import put
from tasks.clean.wrap_width import Flags, Floats

# where this share of the lines with such marks is full as they are measured, nothing else is tried
_THIN, _AGREED = "[，；：！？（）]", 0.8


def measure(lines: pl.DataFrame) -> pl.DataFrame:
    """Add what `infer` tells, and measure anew the flattened texts that were printed with half-width marks.

    Their marks are full-width by now, and many sites make them half-width only after the text was set: it is told by
    which of the two more lines that hold such marks are full.

    Args:
        lines: as for `infer`.

    Returns:
        `lines` with wrap_width, squeezes, least; `width` smaller where the marks are.
    """
    told = wrap_width.infer(lines)
    doc, flat = lines["doc"].to_numpy(), lines["flat"].to_numpy()
    marked = flat & lines["votes"].to_numpy()
    marked[marked] = lines["text"].filter(pl.Series(marked)).str.contains(_THIN).to_numpy()
    full = _agreeing(lines, told["wrap_width"], marked)
    rows = np.flatnonzero(full < _AGREED * np.bincount(doc, marked)[doc])
    if not len(rows):
        return lines.hstack(told)
    some = lines.select(*wrap_width.ASKED, "gap")[rows]
    less = (some["text"].str.count_matches(_THIN) * 0.5).cast(pl.Float32)
    hangs = (some["text"].str.contains(f"{_THIN}$") * 0.5).cast(pl.Float32)
    thin = some.with_columns(width=some["width"] - less, hang=(some["hang"] - hangs).clip(0))
    anew = wrap_width.infer(thin)
    better = np.flatnonzero(_agreeing(thin, anew["wrap_width"], marked[rows]) > full[rows])
    at = pl.Series(rows[better])
    changed = [put(told[name], at, anew[name][better]) for name in told.columns]
    return lines.with_columns(put(lines["width"], at, thin["width"][better]), *changed)


def _agreeing(lines: pl.DataFrame, column: pl.Series, telling: Flags) -> Floats:
    """How many telling lines of each document end in mid-sentence where its column does, or where first lines do."""
    doc = lines["doc"].to_numpy()
    counted: Floats = np.bincount(doc, _full(lines, column) & telling)[doc].astype(np.float32)
    return counted


def _full(lines: pl.DataFrame, column: pl.Series) -> Flags:
    apart = np.abs((lines["width"] - lines["hang"] - column).to_numpy())
    full: Flags = (apart <= wrap_width.SAME) | (np.abs(apart - wrap_width.INDENT) <= wrap_width.SAME)
    return full
