"""Measures what stands undivided at the head of each print line: had it fitted, it would stand on the line before."""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean import widths
from tasks.content import Codes, Counts
from tasks.once import once

Kinds = npt.NDArray[np.uint8]
_LATIN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.%+-"
OPENER, LATIN, CLOSER = (np.uint8(1 << bit) for bit in range(3))
_HEAD = 24


def first_units(codes: Codes, edges: Counts) -> tuple[pl.Series, pl.Series]:
    """Measure the first unit of each line (opening marks, a character or number or Latin word, closing marks).

    Args:
        codes: the code points of all lines, end to end.
        edges: where each line begins, and where the last one ends.

    Returns:
        unit: Its width in Han widths (f32), as `widths.measures` tells it.
        cell: Its characters (f32) where every character has a cell of its own and numbers are broken like words.
    """
    starts, limit = edges[:-1], np.minimum(edges[1:], edges[:-1] + _HEAD)
    first = _skip(codes, starts, limit, OPENER)
    first = np.where(first == limit, np.maximum(limit - 1, starts), first)
    one = np.minimum(first + 1, limit)
    word = np.maximum(_skip(codes, first, limit, LATIN), one)
    unit, cell = (_skip(codes, end, limit, CLOSER) for end in (word, one))
    width = _width(codes, starts, unit)
    return pl.Series("unit", width, dtype=pl.Float32), pl.Series("cell", cell - starts, dtype=pl.Float32)


@once
def _kinds() -> Kinds:
    table = np.zeros(0x10000, dtype=np.uint8)
    for kind, chars in ((OPENER, widths.OPENERS), (LATIN, _LATIN), (CLOSER, widths.CLOSERS)):
        table[[ord(char) for char in chars]] |= kind
    return table


def _skip(codes: Codes, places: Counts, limit: Counts, kind: np.uint8) -> Counts:
    """Move each place on, at most to its limit, while it holds a character of a kind."""
    places = places.copy()
    rows = np.flatnonzero(places < limit)
    while len(rows):
        rows = rows[(np.take(_kinds(), codes[places[rows]], mode="clip") & kind) != 0]
        places[rows] += 1
        rows = rows[places[rows] < limit[rows]]
    return places


def _width(codes: Codes, starts: Counts, ends: Counts) -> npt.NDArray[np.float64]:
    """Sum the widths up: ASCII one half, its spaces nothing, told by bytes as in `widths.measures`."""
    doubled, spaces = np.zeros(len(starts), np.int64), np.zeros(len(starts), np.int64)
    places, rows = starts.copy(), np.flatnonzero(starts < ends)
    while len(rows):
        here = codes[places[rows]]
        doubled[rows] += 2 - (here >= 0x80) - (here >= 0x800).astype(np.int64) - (here >= 0x10000)
        spaces[rows] += here == ord(" ")
        places[rows] += 1
        rows = rows[places[rows] < ends[rows]]
    letters = np.maximum(np.maximum(doubled / 2, 0) - spaces, 0)
    width: npt.NDArray[np.float64] = ends - starts - spaces - letters * 0.5
    return width
