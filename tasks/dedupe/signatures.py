"""Signatures of texts: which are the same shows at once, which may be nearly the same shows in their bands.

One-permutation MinHash (Li, Owen, Zhang 2012; empty bins take a neighbour's value, Shrivastava and Li 2014) over
shingles of three characters, in numpy: no loop over texts.
"""

import base64
import hashlib
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.content import Counts, bounds, lengths, strings
from tasks.dedupe.canonical import Folded, folded
from tasks.dedupe.meaning import numerals

Hashes = npt.NDArray[np.uint64]

SHINGLE = 3
BANDS, ROWS = 32, 3
BINS = BANDS * ROWS
# a band is three 16-bit values: six bytes, eight characters of base64, which every tool can hold and compare
BAND_WIDTH = 8
_EMPTY = np.uint32(0xFFFFFFFF)
# Characters that are worked on at once: their arrays stay in the cache, which makes all of it three times as fast.
_AT_ONCE = 400_000


def signatures(texts: pl.Series) -> pl.DataFrame:
    """Sign texts (a paragraph a line).

    Returns:
        One row a text: fingerprint (sha256 hex of the canonical text), numbers (sha256 hex of its numerals alone),
        n_content i32, bands (32 keys of eight characters; two texts that share one at the same place may be
        near-duplicates; empty for a text of fewer than three content characters).
    """
    parts = [_signed(folded(part)) for part in in_parts(texts)]
    return pl.concat(parts) if parts else _signed(folded(texts.fill_null("")))


def in_parts(texts: pl.Series) -> Iterator[pl.Series]:
    """Cut texts into parts that are folded a few at a time; a null is an empty one."""
    texts = texts.fill_null("")
    ends = np.cumsum(lengths(texts))
    cuts = np.searchsorted(ends, np.arange(_AT_ONCE, ends[-1] if len(ends) else 0, _AT_ONCE), side="left") + 1
    edges = np.unique(np.concatenate([[0], cuts, [len(texts)]])).tolist()
    return (texts[a:b] for a, b in pairwise(edges))


def _signed(texts: Folded) -> pl.DataFrame:
    at = np.flatnonzero(np.take(numerals(), texts.codes, mode="clip"))
    return pl.DataFrame(
        {
            "fingerprint": _digests(texts.codes, texts.starts),
            "numbers": _digests(texts.codes[at], np.searchsorted(at, texts.starts)),
            "n_content": pl.Series(texts.lengths, dtype=pl.Int32),
            "bands": _bands(texts),
        },
        schema={"fingerprint": pl.String, "numbers": pl.String, "n_content": pl.Int32, "bands": pl.String},
    )


def shingles(texts: Folded) -> tuple[Hashes, Counts]:
    """Hash every shingle of every text.

    Returns:
        Hashes, and n + 1 offsets of each text's own among them.
    """
    counts = np.maximum(texts.lengths - SHINGLE + 1, 0)
    if len(texts.codes) < SHINGLE:
        return np.zeros(0, dtype=np.uint64), bounds(counts)
    codes = texts.codes.astype(np.uint64)
    # 21 bits a character hold every code point, and what follows is one to one: two shingles never share a hash
    hashes = codes[:-2] << np.uint64(21)
    hashes |= codes[1:-1]
    hashes <<= np.uint64(21)
    hashes |= codes[2:]
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(31)
    hashes *= np.uint64(0x94D049BB133111EB)
    hashes ^= hashes >> np.uint64(29)
    # a shingle that begins in the last characters of a text would reach into the next one
    whole = np.ones(len(texts.codes), dtype=np.bool_)
    for back in range(1, SHINGLE):
        ends = texts.starts[1:][texts.lengths >= back]
        whole[ends - back] = False
    return hashes[whole[: len(hashes)]], bounds(counts)


def _bands(texts: Folded) -> pl.Series:
    hashes, starts = shingles(texts)
    counts = np.diff(starts)
    signed = counts > 0
    place = np.repeat((np.cumsum(signed) - 1) * BINS, counts)
    place += _bin_of(hashes)
    hashes >>= np.uint64(32)
    lowest = np.full(int(signed.sum()) * BINS, _EMPTY, dtype=np.uint32)
    np.minimum.at(lowest, place, np.minimum(hashes.astype(np.uint32), _EMPTY - 1))
    keys = base64.b64encode(_densified(lowest.reshape(-1, BINS)).astype("<u2").tobytes())
    return strings(bounds(np.where(signed, BANDS * BAND_WIDTH, 0)), keys)


def band_keys(bands: pl.Series) -> Hashes:
    """The keys of signatures that are not empty: one row a text, one column a band."""
    return np.frombuffer(_joined(bands), dtype="<u8").reshape(-1, BANDS)


def bins(bands: pl.Series) -> npt.NDArray[np.uint16]:
    """The values of all bins of signatures that are not empty: one row a text."""
    return np.frombuffer(base64.b64decode(_joined(bands)), dtype="<u2").reshape(-1, BINS)


def _joined(bands: pl.Series) -> bytes:
    joined: str = bands.str.join("").item()
    return joined.encode("ascii")


def _bin_of(hashes: Hashes) -> npt.NDArray[np.int64]:
    """Spread the low halves over the bins."""
    low = hashes & np.uint64(0xFFFFFFFF)
    low *= np.uint64(BINS)
    low >>= np.uint64(32)
    return low.view(np.int64)


def _densified(bins: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint16]:
    """Cut values to 16 bits; an empty bin takes that of the next full one to its left, changed by the distance."""
    twice = np.concatenate([bins, bins], axis=1)
    at = np.where(twice != _EMPTY, np.arange(2 * BINS), -1)
    source = np.maximum.accumulate(at, axis=1)[:, BINS:]
    distance = np.arange(BINS, 2 * BINS) - source
    values = np.take_along_axis(twice, source, axis=1) + (distance * 0x9E37).astype(np.uint32)
    return (values & np.uint32(0xFFFF)).astype(np.uint16)


def _digests(codes: npt.NDArray[np.uint32], starts: Counts) -> list[str]:
    data, ends = memoryview(np.ascontiguousarray(codes).tobytes()), (starts * 4).tolist()
    return [hashlib.sha256(data[a:b]).hexdigest() for a, b in pairwise(ends)]
