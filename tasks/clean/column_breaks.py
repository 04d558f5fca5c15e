"""Tell where another column begins: a few lines that tell are all wider, or all narrower, than those above."""

import numpy as np
import polars as pl

from tasks.clean.arrays import Flags
from tasks.clean.wrap_width import NARROWEST, SAME, WIDEST, Floats

# Lines compared on either side; the columns differ by more than an indent.
_BESIDE, _OTHER = 3, 2.6


def tell(lines: pl.DataFrame) -> Flags:
    """Tell the first rows of columns that are set in another width than the text above.

    Args:
        lines: kept lines with doc, width, votes, flat, gap, ends, prose.

    Returns:
        One flag a row: a paragraph begins here, and the widths of the lines that tell part at it.
    """
    begins = np.zeros(len(lines), dtype=np.bool_)
    width, doc = lines["width"].to_numpy(), lines["doc"].to_numpy()
    # a full line has another one right below it, headlines may not
    goes_on = np.append((lines["gap"].to_numpy()[1:] == 0) & (doc[1:] == doc[:-1]), False)[: len(doc)]
    rows = np.flatnonzero(
        (lines["votes"] & ~lines["flat"]).to_numpy() & goes_on & (width >= NARROWEST) & (width <= WIDEST)
    )
    at = np.arange(_BESIDE, len(rows) - _BESIDE + 1)
    if not len(at):
        return begins
    least, most = _extremes(width[rows])
    _, prose = _extremes(lines["prose"].to_numpy()[rows])
    (low, up), (high, down) = (least[at - _BESIDE], least[at]), (most[at - _BESIDE], most[at])
    parted = (np.abs(down - high) > _OTHER) & ((up > high + SAME) | (low > down + SAME))
    parted &= (doc[rows[at - _BESIDE]] == doc[rows[at + _BESIDE - 1]]) & prose[at - _BESIDE] & prose[at]
    if not parted.any():
        return begins
    opens = (lines["gap"] > 0) | lines["ends"].shift(1, fill_value=False)
    paragraphs = np.flatnonzero(opens.to_numpy())
    before, first = rows[at[parted] - 1], rows[at[parted]]
    # headlines between the two belong to neither
    found = paragraphs[np.searchsorted(paragraphs, first, side="right") - 1]
    begins[found[found > before]] = True
    return begins


def _extremes(width: Floats) -> tuple[Floats, Floats]:
    """The least and the largest of each line's width and those of the lines below it, `_BESIDE` in all."""
    windows = np.lib.stride_tricks.sliding_window_view(width, _BESIDE)
    return windows.min(axis=1), windows.max(axis=1)
