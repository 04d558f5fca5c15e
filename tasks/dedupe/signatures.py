"""Signatures of texts: which are the same shows at once, which may be nearly the same shows in their bands.

One-permutation MinHash (Li, Owen, Zhang 2012; empty bins take a neighbour's value, Shrivastava and Li 2014) over
shingles of three characters, in numpy: no loop over texts.
"""

import hashlib
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.content import bounds
from tasks.dedupe.canonical import Canonical
from tasks.dedupe.meaning import numerals

Hashes = npt.NDArray[np.uint64]

SHINGLE = 3
BANDS, ROWS = 32, 3
BINS = BANDS * ROWS
_EMPTY = np.uint32(0xFFFFFFFF)


def signatures(texts: Canonical) -> pl.DataFrame:
    """Sign texts.

    Returns:
        One row a text: fingerprint (sha256 hex of the canonical text), numbers (sha256 hex of its numerals alone),
        n_content i32, bands list[int64] (32 keys; two texts that share one at the same place may be near-duplicates;
        empty for a text of fewer than three characters).
    """
    return pl.DataFrame(
        {
            "fingerprint": _digests(texts.codes, texts.starts),
            "numbers": _digests(*_numerals(texts)),
            "n_content": pl.Series(texts.lengths, dtype=pl.Int32),
            "bands": _bands(texts),
        }
    )


def shingles(texts: Canonical) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """Hash every shingle of every text.

    Returns:
        Hashes, and n + 1 offsets of each text's own among them.
    """
    counts = np.maximum(texts.lengths - SHINGLE + 1, 0)
    if len(texts.codes) < SHINGLE:
        return np.zeros(0, dtype=np.uint64), bounds(counts)
    codes = texts.codes.astype(np.uint64)
    # 21 bits a character hold every code point, and what follows is one to one: two shingles never share a hash
    hashes = codes[:-2] << np.uint64(42) | codes[1:-1] << np.uint64(21) | codes[2:]
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


def _bands(texts: Canonical) -> pl.Series:
    hashes, starts = shingles(texts)
    counts = np.diff(starts)
    signed = counts > 0
    place = np.repeat(np.cumsum(signed) - 1, counts) * BINS + _bin_of(hashes)
    bins = np.full(int(signed.sum()) * BINS, _EMPTY, dtype=np.uint32)
    np.minimum.at(bins, place, np.minimum((hashes >> np.uint64(32)).astype(np.uint32), _EMPTY - 1))
    values = _densified(bins.reshape(-1, BINS)).astype(np.uint64).reshape(-1, BANDS, ROWS)
    keys = np.zeros(values.shape[:2], dtype=np.uint64)
    for row in range(ROWS):
        keys |= values[:, :, row] << np.uint64(16 * row)
    whole = np.zeros((len(counts), BANDS), dtype=np.int64)
    whole[signed] = keys.view(np.int64)
    listed = pl.Series("bands", whole, dtype=pl.Array(pl.Int64, BANDS)).arr.to_list()
    return pl.select(pl.when(pl.Series(signed)).then(listed).otherwise(pl.lit([], pl.List(pl.Int64)))).to_series()


def _bin_of(hashes: Hashes) -> npt.NDArray[np.int64]:
    """Spread the low halves over the bins."""
    return ((hashes & np.uint64(0xFFFFFFFF)) * np.uint64(BINS) >> np.uint64(32)).astype(np.int64)


def _densified(bins: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint16]:
    """Cut values to 16 bits; an empty bin takes that of the next full one to its left, changed by the distance."""
    twice = np.concatenate([bins, bins], axis=1)
    at = np.where(twice != _EMPTY, np.arange(2 * BINS), -1)
    source = np.maximum.accumulate(at, axis=1)[:, BINS:]
    distance = np.arange(BINS, 2 * BINS) - source
    values = np.take_along_axis(twice, source, axis=1) + (distance * 0x9E37).astype(np.uint32)
    return (values & np.uint32(0xFFFF)).astype(np.uint16)


def _numerals(texts: Canonical) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    at = np.flatnonzero(numerals()[texts.codes])
    return texts.codes[at], np.searchsorted(at, texts.starts)


def _digests(codes: npt.NDArray[np.uint32], starts: npt.NDArray[np.int64]) -> list[str]:
    data, ends = memoryview(np.ascontiguousarray(codes).tobytes()), (starts * 4).tolist()
    return [hashlib.sha256(data[a:b]).hexdigest() for a, b in pairwise(ends)]
