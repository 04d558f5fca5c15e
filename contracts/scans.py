"""How checks look at a whole column at once; what they look for stands in `checks`, and in the contracts' lock."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
_BLOCK = 1 << 18
_NOWHERE = np.zeros(0, dtype=np.int64)


def unique(values: pl.Series) -> pl.Series:
    """Whether no other value is the same: by 64-bit hash first, exactly only where hashes collide."""
    hashes = values.hash(seed=11)
    ranked = np.sort(hashes.to_numpy())
    twice = ranked[1:][ranked[1:] == ranked[:-1]]
    alone = pl.repeat(True, len(values), dtype=pl.Boolean, eager=True)
    if not len(twice):
        return alone
    at = hashes.is_in(pl.Series(twice).unique().implode()).arg_true()
    return alone.scatter(at, ~values.gather(at).is_duplicated())


def seldom(column: str, pattern: str, suspicious: Callable[[Bytes], Places]) -> pl.Expr:
    """Rows that match `pattern`, which is tried only on those that hold suspicious bytes.

    Args:
        column: a column of text.
        pattern: a regular expression.
        suspicious: gives the places in a piece of UTF-8 where a match may begin.
    """

    def scan(values: pl.Series) -> pl.Series:
        found = pl.repeat(False, len(values), dtype=pl.Boolean, eager=True)
        array = values.to_arrow(compat_level=pl.CompatLevel.oldest())
        _, offsets, data = array.buffers()
        if data is None:
            return found
        starts = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(values) + 1]
        hits = (start + suspicious(piece) for start, piece in _pieces(np.frombuffer(data, np.uint8)))
        rows = [np.unique(np.searchsorted(starts, places, side="right") - 1) for places in hits if len(places)]
        if not rows:
            return found
        at = pl.Series(np.unique(np.concatenate(rows)))
        return found.scatter(at, values.gather(at).str.contains(pattern))

    return pl.col(column).map_batches(scan, return_dtype=pl.Boolean, is_elementwise=True)


def _pieces(data: Bytes) -> Iterator[tuple[int, Bytes]]:
    """Pieces small enough for the processor's cache, each with a byte of the next: no control character is cut."""
    for start in range(0, len(data), _BLOCK):
        yield start, data[start : start + _BLOCK + 1]


def controls(data: Bytes) -> Places:
    """Places of control characters."""
    high = (data[:-1] == 0xC2) & (data[1:] < 0xA0)
    if int(data.min()) >= 0x20 and not (data == 0x7F).any() and not high.any():
        return _NOWHERE
    low = (data < 0x20) | (data == 0x7F)
    low[:-1] |= high
    return np.flatnonzero(low)
