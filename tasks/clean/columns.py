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
_MOST = 0.4
_AT_ODDS, _AT_ODDS_SPACED = 8, 3
_BROKEN = 0.15
# Columns in order have a blank line in mid-sentence at their feet only: after 3 in 100 lines; else after 28 and more.
SPACED, _MOST_FULL = 0.25, 0.35


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
    n_full = np.bincount(doc, full)
    spaced = (kept["gap_inside"].to_numpy() >= SPACED) & (n_full >= _MOST_FULL * np.bincount(doc))[doc]
    parted = np.append((gap[1:] > 0) & (doc[1:] == doc[:-1]), np.False_) & ~spaced
    last = kept["ends"].to_numpy() & (width < wrap - INDENT - 0.2) & ~parted
    broken = full & np.append(first[1:], np.False_)
    wrong = broken | (last & np.append(full[1:], np.False_))
    # Few documents have any neighbours at odds: the rest is not looked at closer. Paragraphs set without an indent
    # are at odds after their last lines only.
    n_wrong, n_broken = np.bincount(doc, wrong), np.bincount(doc, broken)
    rows = np.flatnonzero(((n_wrong >= _AT_ODDS) & (n_broken >= _BROKEN * n_wrong))[doc])
    mixed: npt.NDArray[np.bool_] = spaced & (n_wrong >= _AT_ODDS_SPACED)[doc]
    if not len(rows):
        return mixed
    suspect = pl.DataFrame(
        {"row": rows, "doc": doc[rows], "full": full[rows], "first": first[rows], "last": last[rows]}
    )
    near = suspect.select(_contradictions(1))["rate"]
    far = suspect.select(pl.mean_horizontal(*[_contradictions(k).alias(f"rate_{k}") for k in _DISTANCES]))
    here = ((near >= _MANY) & (near >= 0.55 * far.to_series())).fill_null(value=False)
    # A page's ends, where the longest column stands alone, are of one piece with the rest.
    whole = pl.col("here").mean().over("doc") >= _MOST
    found = suspect.select("row", "doc", here=here).filter(pl.col("here") | whole)["row"]
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
