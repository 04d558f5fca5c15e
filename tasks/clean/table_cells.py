"""Tells where a table stands one cell a line, as figures between short lines show.

No line there is furniture for where it stands, or for coming again.
"""

import numpy as np
import polars as pl

from tasks.clean.codepoints import Flags
from tasks.clean.gated import matching

# 1,896 or 85.62 or 12.5% or 29124990; whole numbers may be of pages.
_FIGURE = (
    r"^[-－−▲(（]?(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+|[0-9]+(?:\.[0-9]+)?[%％‰]|[0-9]{8})"
    "[)）%％]?$"
)
_FIGURES = r"[0-9][^|]*\|(?:.*\|)?[^|]*[0-9]"
_AMOUNTS = r"[0-9][,，.][0-9][^|]*\|(?:.*\|)?[^|]*[0-9][,，.][0-9]"
_LONGEST, _REACH, _FEWEST = 16, 10, 3
_BY_PLACE = ["running_title", "page_title", "page_number", "nav_word", "rubric", "unlisted_line", "related_link"]


def keep(frame: pl.DataFrame) -> pl.DataFrame:
    """Take back what was named furniture for its place among cells.

    Args:
        frame: doc, text, n (characters), shape, in source order.

    Returns:
        The frame, `shape` null there.
    """
    named = frame["shape"].is_in(_BY_PLACE).fill_null(value=False)
    if not named.any():
        return frame
    some = frame["doc"].is_in(frame["doc"].filter(named).unique().implode())
    near = frame.select("doc", "text", "n", named=named).filter(some)
    found = pl.Series(_among_figures(near)) | _of_rows(near, near["named"])
    cells = pl.Series([False]).new_from_index(0, len(frame)).scatter(some.arg_true(), found) & named
    return frame.with_columns(shape=pl.when(cells).then(None).otherwise("shape")) if cells.any() else frame


def _of_rows(frame: pl.DataFrame, named: pl.Series) -> pl.Series:
    """Flag lines of several cells: two hold amounts, or figures, these there or in a row of as many next to it."""
    doc, text = frame["doc"], frame["text"]
    barred = named & text.str.contains("|", literal=True)
    if not barred.any():
        return barred
    bars = text.str.count_matches("|", literal=True)
    figured = matching(text, bars > 0, _FIGURES)
    beside = [(bars.shift(n) == bars) & (doc.shift(n) == doc) for n in (1, -1)]
    told = [side & (figured | figured.shift(n)) for side, n in zip(beside, (1, -1), strict=True)]
    return barred & (told[0] | told[1] | matching(text, barred, _AMOUNTS)).fill_null(value=False)


def _among_figures(frame: pl.DataFrame) -> Flags:
    """Flag the lines that have three figures or more near by in their document."""
    text = frame["text"]
    short = (frame["n"] <= _LONGEST) & text.str.tail(1).is_in(list("0123456789%％‰)）"))
    figures = np.flatnonzero(matching(text, short, _FIGURE).to_numpy())
    doc = frame["doc"].to_numpy()
    found = np.zeros(len(frame), dtype=np.bool_)
    if len(figures) < _FEWEST:
        return found
    first, last = figures[: -_FEWEST + 1], figures[_FEWEST - 1 :]
    close = (last - first <= 2 * _REACH) & (doc[first] == doc[last])
    edges = np.zeros(len(frame) + 1, dtype=np.int64)
    np.add.at(edges, np.maximum(first[close] - _REACH, 0), 1)
    np.add.at(edges, np.minimum(last[close] + _REACH + 1, len(frame)), -1)
    # what is near in the next document is not in this one
    near = np.cumsum(edges)[:-1] > 0
    own = np.zeros(int(doc.max()) + 1, dtype=np.bool_)
    own[doc[first[close]]] = True
    found[:] = near & own[doc]
    return found
