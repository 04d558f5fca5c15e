"""Measure anew what the width of its document does not fit: texts printed with thin marks, articles set otherwise."""

import numpy as np
import polars as pl

from tasks.clean import wrap_width
from tasks.clean.gated import put
from tasks.clean.wrap_width import Flags, Floats
from tasks.content import Counts

# where this share of the lines with such marks is full as they are measured, nothing else is tried
_THIN, _AGREED = "[，；：！？（）]", 0.8
# A stretch of so many lines that tell, of which so few are full; its column is narrower or wider by so much.
_FEWEST_ODD, _HARDLY, _OTHER = 4, 0.5, 2.6
# Share of the lines that tell, and lines more than before, that are full in the other column.
_MOST, _MORE = 0.6, 2


def measure(lines: pl.DataFrame) -> pl.DataFrame:
    """Add what `infer` tells, and measure anew the flattened texts that were printed with half-width marks.

    Their marks are full-width by now, and many sites make them half-width only after the text was set: it is told by
    which of the two more lines that hold such marks are full.

    Args:
        lines: as for `infer`.

    Returns:
        `lines` with wrap_width, squeezes, least; `width` smaller where the marks are.
    """
    told = _with_other_columns(lines, wrap_width.infer(lines))
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


def _with_other_columns(lines: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Measure anew, by itself, what stands under a headline and hardly ever fills the column told of its document."""
    wrapped, doc = told["wrap_width"].is_not_null(), lines["doc"].to_numpy()
    if not wrapped.any():
        return told
    here = np.flatnonzero((np.bincount(doc, wrapped) > 0)[doc])
    rows, anew = _of_other_columns(lines.select(*wrap_width.ASKED, "tops")[here], told["wrap_width"][here].to_numpy())
    if not len(rows):
        return told
    at = pl.Series(here[rows])
    return told.with_columns(put(told[name], at, anew[name]) for name in told.columns)


def _of_other_columns(lines: pl.DataFrame, told: Floats) -> tuple[Counts, pl.DataFrame]:
    """Return the rows where another column holds than is told, and its measures."""
    vote = (lines["votes"] & lines["width"].is_between(wrap_width.NARROWEST, wrap_width.WIDEST)).to_numpy()
    vote &= ~np.isnan(told)
    opens = pl.col("tops") | (pl.col("doc") != pl.col("doc").shift(1)).fill_null(value=True)
    stretch = lines.select(opens.cum_sum()).to_series().to_numpy().astype(np.int64)
    votes = np.bincount(stretch, vote)
    full = np.bincount(stretch, _full(lines, pl.Series(told)) & vote)
    odd = (votes >= _FEWEST_ODD) & (full <= _HARDLY * votes)
    rows = np.flatnonzero((odd & _of_one_width(lines["width"], stretch, vote & odd[stretch], votes))[stretch])
    if not len(rows):
        return rows, pl.DataFrame({"wrap_width": told, "squeezes": vote, "least": told})[rows]
    some = lines[rows].with_columns(doc=pl.Series(stretch[rows].astype(np.uint32)))
    wrap, squeezes, least = wrap_width.inferred(some, vote[rows])
    agrees = _full(some, pl.Series(wrap)) & vote[rows]
    better = np.bincount(stretch[rows], agrees, len(votes)) >= np.maximum(_MOST * votes, full + _MORE)
    other = np.abs(wrap - told[rows]) > _OTHER
    known = np.flatnonzero(other & better[stretch[rows]])
    return rows[known], pl.DataFrame({"wrap_width": wrap, "squeezes": squeezes, "least": least})[known]


def _of_one_width(width: pl.Series, stretch: Counts, vote: Flags, votes: Counts) -> Flags:
    """Tell the stretches most of whose lines that tell are as wide as the middle one, or by the indent off."""
    some = pl.DataFrame({"stretch": stretch[vote], "width": width.filter(pl.Series(vote))})
    off = (pl.col("width") - pl.col("width").median().over("stretch")).abs()
    near = some.select(((off <= wrap_width.SAME) | ((off - wrap_width.INDENT).abs() <= wrap_width.SAME)).alias("near"))
    found: Flags = np.bincount(stretch[vote], near["near"].to_numpy(), len(votes)) >= _MOST * votes
    return found


def _agreeing(lines: pl.DataFrame, column: pl.Series, telling: Flags) -> Floats:
    """How many telling lines of each document end in mid-sentence where its column does, or where first lines do."""
    doc = lines["doc"].to_numpy()
    counted: Floats = np.bincount(doc, _full(lines, column) & telling)[doc].astype(np.float32)
    return counted


def _full(lines: pl.DataFrame, column: pl.Series) -> Flags:
    apart = np.abs((lines["width"] - lines["hang"] - column).to_numpy())
    full: Flags = (apart <= wrap_width.SAME) | (np.abs(apart - wrap_width.INDENT) <= wrap_width.SAME)
    return full
