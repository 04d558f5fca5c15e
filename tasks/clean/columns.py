"""Tell where the lines of two or more columns alternate, as `pdftotext` leaves them: no line continues the one before.

Such lines are flagged and kept as printed, never joined: a paragraph mixed from two stories would be silent damage.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean.print_lines import INDENT

# A typesetter puts no first line after an unfinished full one, nor a full one after a short last one. Measured on 60
# pages and 32 other texts: at most 0.08 of the pairs of neighbours where columns are in order, else 0.19 and more.
_MANY = 0.14
_DISTANCES = range(2, 9)
_STRETCH = 160
_FEWEST = 15
_MOST, _MOST_WRAPPED = 0.4, 0.1
_AS_FAR, _AS_FAR_WRAPPED = 0.55, 0.4
_AT_ODDS, _AT_ODDS_WRAPPED, _AT_ODDS_SPACED = 8, 5, 3
_BROKEN, _BROKEN_SPACED = 0.15, 0.1
# Columns in order have a blank line in mid-sentence at their feet only: after 3 in 100 lines; else after 16 and more.
# Where all lines have one, they may just be set so.
SPACED, _ALL_SPACED = 0.15, 0.9
# In a page that is all columns this share of the lines is full and unfinished: fewer contradictions tell.
_WRAPPED = 0.35
# So many lines of a page of text hold a mark; those of verse set without marks, of lists and of tables do not.
_PROSE = 0.2


def interleaved(kept: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Flag the lines of stretches where columns alternate.

    Args:
        kept: The lines that `print_lines.describe` describes.

    Returns:
        One flag a line: in this stretch a line contradicts its neighbour about as often as any line near by.
    """
    doc, wrap, width = (kept[name].to_numpy() for name in ("doc", "wrap_width", "width"))
    votes, gap = kept["votes"].to_numpy(), kept["gap"].to_numpy()
    opens = kept["indents"].to_numpy() & (kept["deep"].to_numpy() >= INDENT)
    full = votes & ~opens & (np.abs(width - wrap) <= 0.8)
    first = votes & (opens | (np.abs(width - wrap + INDENT) <= 0.8))
    # Below a blank line any first line may stand after a last one, unless blank lines stand within sentences as well.
    wrapped = np.bincount(doc, full) >= _WRAPPED * np.bincount(doc)
    gap_inside = kept["gap_inside"].to_numpy()
    spaced = (gap_inside >= SPACED) & wrapped[doc]
    parted = np.append((gap[1:] > 0) & (doc[1:] == doc[:-1]), np.False_) & ~spaced
    last = kept["ends"].to_numpy() & (width < wrap - INDENT - 0.2) & ~parted
    broken = full & np.append(first[1:], np.False_)
    wrong = broken | (last & np.append(full[1:], np.False_))
    # Few documents have any neighbours at odds: the rest is not looked at closer. Paragraphs set without an indent
    # are at odds after their last lines only.
    n_wrong, n_broken = np.bincount(doc, wrong), np.bincount(doc, broken)
    prose = np.bincount(doc, kept["prose"].to_numpy()) >= _PROSE * np.bincount(doc)
    likely = prose & (n_broken >= _BROKEN * n_wrong)
    some = prose[doc] & ((n_broken >= _BROKEN_SPACED * n_wrong)[doc] | (gap_inside < _ALL_SPACED))
    mixed: npt.NDArray[np.bool_] = spaced & some & (n_wrong >= _AT_ODDS_SPACED)[doc]
    rows = np.flatnonzero((likely & (n_wrong >= np.where(wrapped, _AT_ODDS_WRAPPED, _AT_ODDS)))[doc])
    if not len(rows):
        return mixed
    suspect = pl.DataFrame(
        {"row": rows, "doc": doc[rows], "wrapped": wrapped[doc[rows]]}
        | {"full": full[rows], "first": first[rows], "last": last[rows]}
    )
    near = suspect.select(_contradictions(1))["rate"]
    far = suspect.select(pl.mean_horizontal(*[_contradictions(k).alias(f"rate_{k}") for k in _DISTANCES]))
    as_far = pl.when("wrapped").then(_AS_FAR_WRAPPED).otherwise(_AS_FAR)
    here = (pl.lit(near) >= _MANY) & (pl.lit(near) >= as_far * pl.lit(far.to_series()))
    told = suspect.select("row", "doc", "wrapped", here=here.fill_null(value=False))
    # A page's ends, where the longest column stands alone, are of one piece with the rest.
    most = pl.when("wrapped").then(_MOST_WRAPPED).otherwise(_MOST)
    found = told.filter(pl.col("here") | (pl.col("here").mean().over("doc") >= most))["row"]
    mixed[found.to_numpy()] = True
    return mixed


def _contradictions(distance: int) -> pl.Expr:
    """Share of the pairs of lines at a distance, around each line, that no typesetter sets one after the other."""
    later = {name: pl.col(name).shift(-distance).over("doc").fill_null(value=False) for name in ("full", "first")}
    told = (pl.col("full") | pl.col("last")) & (later["full"] | later["first"])
    wrong = (pl.col("full") & later["first"]) | (pl.col("last") & later["full"])

    def around(flag: pl.Expr) -> pl.Expr:
        return flag.cast(pl.Int32).rolling_sum(_STRETCH, min_samples=1, center=True).over("doc")

    return pl.when(around(told) >= _FEWEST).then(around(wrong) / around(told)).alias("rate")
