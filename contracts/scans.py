"""How checks look at a whole column at once; what they look for stands in `checks`, and in the contracts' lock."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
_BLOCK = 1 << 19
_AHEAD = 4


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


def seldom(column: str, pattern: str, suspicious: Callable[[Bytes], Places], excused: str = "") -> pl.Expr:
    """Rows that match `pattern`, which is tried only on those that hold suspicious bytes; a null does not match.

    Args:
        column: a column of text.
        pattern: a regular expression.
        suspicious: gives the places in a piece of UTF-8 that every match holds one of.
        excused: matches of this are left out before `pattern` is tried.
    """

    def scan(values: pl.Series) -> pl.Series:
        found = pl.repeat(False, len(values), dtype=pl.Boolean, eager=True)
        starts, data = utf8(values)
        hits = (start + suspicious(piece) for start, piece in _pieces(data))
        rows = [np.unique(np.searchsorted(starts, places, side="right") - 1) for places in hits if len(places)]
        if not rows:
            return found
        at = pl.Series(np.unique(np.concatenate(rows)))
        hit = at.filter(values.gather(at).str.contains(pattern))
        if excused and len(hit):
            hit = hit.filter(values.gather(hit).str.replace_all(excused, "").str.contains(pattern))
        return found.scatter(hit, True)

    return pl.col(column).map_batches(scan, return_dtype=pl.Boolean, is_elementwise=True)


def utf8(values: pl.Series) -> tuple[Places, Bytes]:
    """The texts of a column end to end: n + 1 offsets in bytes, and the bytes."""
    array = values.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = array.buffers()
    starts = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    if data is None or not len(array):
        return np.zeros(len(array) + 1, np.int64), np.zeros(0, np.uint8)
    return starts - starts[0], np.frombuffer(data, np.uint8)[starts[0] : starts[-1]]


def after(data: Bytes, lead: int) -> Places:
    """How often two bytes, as one number, stand after the one that is given: a count for each of 65,536."""
    pairs = [np.zeros(0, dtype=np.uint16)]
    for start in range(0, len(data), _BLOCK):
        piece = data[start : start + _BLOCK + 2]
        at = np.flatnonzero(piece[:-2] == lead)
        pairs.append(piece[at + 1].astype(np.uint16) << np.uint16(8) | piece[at + 2])
    return np.bincount(np.concatenate(pairs), minlength=1 << 16)


def _pieces(data: Bytes) -> Iterator[tuple[int, Bytes]]:
    """Pieces small enough for the processor's cache, each with what of the next may belong to its last match."""
    for start in range(0, len(data), _BLOCK):
        yield start, data[start : start + _BLOCK + _AHEAD]


def controls(data: Bytes) -> Places:
    """Places of control characters."""
    high = _led(data, 0xC2)
    high = high[(data[high + 1] >= 0x80) & (data[high + 1] < 0xA0)]
    if int(data.min()) >= 0x20 and not (data == 0x7F).any():
        return high
    return np.concatenate([high, np.flatnonzero((data < 0x20) | (data == 0x7F))])


def noncharacters(data: Bytes) -> Places:
    """Places where U+FDD0 to U+FDEF may stand."""
    return _pairs(data, 0xEF, 0xB7)


def invisibles(data: Bytes) -> Places:
    """Places where characters that take no room may stand."""
    # quotes and dashes begin with E2 80 as well: the third byte tells them apart
    general = _led(data[:-1], 0xE2)
    second, third = data[general + 1], data[general + 2]
    unseen = ((third >= 0x8B) & (third <= 0x8F)) | ((third >= 0xA0) & (third <= 0xAE) & (third != 0xA6))
    soft = _led(data, 0xC2)
    return np.concatenate([general[unseen & (second <= 0x81)], soft[data[soft + 1] == 0xAD], _pairs(data, 0xEF, 0xBB)])


def bracketed_latin(data: Bytes) -> Places:
    """Places of small Latin letters behind an opening bracket of either width."""
    behind = np.concatenate([_led(data, ord("(")) + 1, _pairs(data[:-1], 0xBC, 0x88) + 2])
    letter = data[behind]
    latin: Places = behind[((letter >= ord("a")) & (letter <= ord("z"))) | ((letter >= 0xC3) & (letter <= 0xC7))]
    return latin


def lone_marks(data: Bytes) -> Places:
    """Places of half-width marks between characters that are not ASCII."""
    return np.concatenate([_lone(data, sign) for sign in b",;:!?"])


def lone_spaces(data: Bytes) -> Places:
    """Places of spaces between characters that are not ASCII."""
    return _lone(data, ord(" "))


def _lone(data: Bytes, sign: int) -> Places:
    at = _led(data, sign)
    at = at[at > 0]
    return at[(data[at - 1] >= 0x80) & (data[at + 1] >= 0x80)]


def _led(data: Bytes, lead: int) -> Places:
    """Places of a byte, but for the last."""
    return np.flatnonzero(data[:-1] == lead)


def _pairs(data: Bytes, lead: int, second: int) -> Places:
    """Places of a byte that another follows."""
    return np.flatnonzero((data[:-1] == lead) & (data[1:] == second))
