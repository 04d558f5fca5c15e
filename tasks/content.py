"""Content characters: the letters and numbers that no step may lose, invent or change beyond a fold.

Everything else (punctuation, space, marks, invisible characters) carries layout and may come and go.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from contracts.scans import utf8
from tasks.once import once

Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]  # of characters, one each: in 64 bits they would be the largest arrays of a batch

# Blocks whose every code point counts: asking unicodedata for each of 1.1 million is slow, and unassigned ones
# do no harm.
WHOLE_BLOCKS = (
    (0x2E80, 0x2FE0),  # CJK and Kangxi radicals: print shops and PDF fonts use them for characters
    (0x3005, 0x3008),  # iteration mark, closing mark, ideographic zero
    (0x3021, 0x302A),
    (0x3041, 0x3097),
    (0x30A1, 0x30FB),
    (0x3105, 0x3130),  # bopomofo
    (0x3131, 0x318F),
    (0x31A0, 0x31C0),
    (0x31F0, 0x3200),
    (0x3220, 0x3248),
    (0x3400, 0x4DC0),
    (0x4E00, 0xA48D),
    (0xAC00, 0xD7A4),
    (0xF900, 0xFB00),
    (0xFF10, 0xFF1A),
    (0xFF21, 0xFF3B),
    (0xFF41, 0xFF5B),
    (0xFF66, 0xFFDD),
    (0x20000, 0x32400),
)
ASKED = ((0x0000, 0x02B0), (0x0370, 0x2E80), (0xA490, 0xAC00), (0x1D400, 0x1D800))


@once
def content_table() -> Flags:
    """Say for each code point whether it is content.

    Returns:
        A Boolean array of 0x110000 entries. Modifier letters (U+02B0 to U+02FF, among them bopomofo tone
        marks) are marks.
    """
    table = np.zeros(0x110000, dtype=np.bool_)
    for start, end in WHOLE_BLOCKS:
        table[start:end] = True
    for start, end in ASKED:
        table[start:end] = [*map(str.isalnum, map(chr, range(start, end)))]
    return table


def encode(texts: pl.Series) -> Codes:
    """Lay texts end to end as one array of code points."""
    # joined by polars: a Python string a text would cost twice as much
    joined: str = texts.str.join("").item()
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def lengths(texts: pl.Series) -> Counts:
    """Count the characters of each text."""
    return texts.str.len_chars().to_numpy().astype(np.int64)


def bounds(counts: Counts) -> Counts:
    """Turn n counts into the n + 1 offsets where each run starts and the last one ends."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])


def count_per_run(flags: Flags, starts: Counts) -> Counts:
    """Count the true flags of each run, given the offsets of `bounds`."""
    return _sum_per_run(flags.view(np.uint8), starts)


def _sum_per_run(values: npt.NDArray[np.uint8], starts: Counts) -> Counts:
    sums = np.zeros(len(starts) - 1, dtype=np.int64)
    filled = np.flatnonzero(starts[1:] > starts[:-1])
    if len(filled):
        # no running sum over the text: its memory costs more than the adding
        sums[filled] = np.add.reduceat(values[: starts[-1]], starts[filled], dtype=np.int64)
    return sums


def or_per_run(bits: npt.NDArray[np.uint8], starts: Counts) -> npt.NDArray[np.uint8]:
    """Join the bits of each run, given the offsets of `bounds`."""
    joined = np.zeros(len(starts) - 1, dtype=np.uint8)
    filled = np.flatnonzero(starts[1:] > starts[:-1])
    if len(filled):
        joined[filled] = np.bitwise_or.reduceat(bits, starts[filled])
    return joined


def count_content(texts: pl.Series) -> Counts:
    """Count the content characters of each text."""
    laid = Laid.of(texts)
    return count_per_run(laid.content, laid.starts)


@dataclass(frozen=True)
class Laid:
    """Texts end to end: encoded once, for all that look at their characters.

    `codes` are their code points, `content` says which of them are content, `starts` has n + 1 offsets: where each text
    starts and the last one ends.
    """

    codes: Codes
    content: Flags
    starts: Counts

    @classmethod
    def of(cls, texts: pl.Series) -> "Laid":
        """Lay out texts; a null is an empty one."""
        codes = encode(texts)
        return cls(codes, np.take(content_table(), codes, mode="clip"), bounds(lengths(texts.fill_null(""))))

    def only(self, texts: Flags) -> "Laid":
        """Those of the texts that are marked."""
        if texts.all():
            return self
        counts = np.diff(self.starts)
        here = np.repeat(texts, counts)
        return Laid(self.codes[here], self.content[here], bounds(counts[texts]))


def decode(codes: Codes, counts: Counts) -> pl.Series:
    """Cut an array of code points into texts of `counts` characters each (the inverse of `encode`)."""
    data = codes.tobytes().decode("utf-32-le", "replace").encode("utf-8")
    return _cut(pa.py_buffer(data), codes, counts)


def recut(texts: pl.Series, codes: Codes, counts: Counts) -> pl.Series:
    """Cut texts, laid end to end, elsewhere: into pieces of `counts` characters each.

    Args:
        texts: texts without nulls.
        codes: their code points.
        counts: characters of each piece; they add up to the texts.
    """
    return _cut(pa.py_buffer(utf8(texts)[1]), codes, counts)


def _cut(data: pa.Buffer, codes: Codes, counts: Counts) -> pl.Series:
    """Cut UTF-8 into texts of `counts` characters each, whose code points are known."""
    size = (codes >= 0x80).view(np.uint8) + np.uint8(1)
    for least in (0x800, 0x10000):
        size += codes >= least
    ends = bounds(_sum_per_run(size, bounds(counts)))
    return strings(ends, data)


def strings(starts: Counts, data: bytes | pa.Buffer) -> pl.Series:
    """Cut UTF-8 into texts at the offsets of `bounds`, without a Python string a text."""
    array = pa.LargeStringArray.from_buffers(len(starts) - 1, pa.py_buffer(starts.tobytes()), pa.py_buffer(data))
    return imported(array, pl.String())


def imported(array: pa.Array, dtype: pl.DataType) -> pl.Series:
    """Take over an array of pyarrow's."""
    return pl.Series(_Foreign(array), dtype=dtype)


class _Foreign:
    """An array that does not look like pyarrow's: for one that does, Polars imports `pyarrow.compute`, 40 CPU ms."""

    def __init__(self, array: pa.Array) -> None:
        self._array = array

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        return self._array.__arrow_c_array__(requested_schema)  # type: ignore[no-any-return]  # pyarrow is untyped


def expand(starts: Counts, counts: Counts) -> Counts:
    """List the indices of runs: `counts[i]` numbers from `starts[i]` on, for each run in turn."""
    if not len(counts):
        return np.zeros(0, dtype=np.int64)
    firsts = bounds(counts)
    out: Counts = np.arange(firsts[-1], dtype=np.int64) + np.repeat(starts - firsts[:-1], counts)
    return out


def runs(flags: Flags, starts: Counts) -> tuple[Counts, Counts, Counts]:
    """Find the longest runs of true flags within the parts given by the offsets of `bounds`.

    Returns:
        For each run its part, its first index and its last one.
    """
    edge = np.zeros(len(flags) + 1, dtype=np.bool_)
    edge[starts] = True
    before = np.concatenate([[False], flags])[:-1] & ~edge[:-1]
    after = np.concatenate([flags, [False]])[1:] & ~edge[1:]
    opens, closes = np.flatnonzero(flags & ~before), np.flatnonzero(flags & ~after)
    return np.searchsorted(starts, opens, side="right") - 1, opens, closes
