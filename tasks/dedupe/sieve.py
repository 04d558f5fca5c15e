"""Tells by a sample of their shingles which candidates may be copies: all others need no comparison.

Slips are scattered. A text that lacks whole passages of another, as most do that share a form or a few paragraphs, is
no copy of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.content import Counts, Flags, bounds, expand, runs
from tasks.dedupe.canonical import Canonical, canonical
from tasks.dedupe.signatures import in_parts, shingles

Indices = npt.NDArray[np.int64]

# one shingle in eight
_RARITY = 3
# Shingles of the sample that slips may leave missing in a row, on an average: where 20 % of the characters are changed
# half of all shingles are missing, two in a row.
_SCATTERED = 4
_SLOTS, _CHUNK = 128, 4_000


@dataclass(frozen=True)
class Samples:
    """Sampled shingles of texts, end to end in their order.

    Attributes:
        hashes: the shingles.
        counts: how many each text has.
        head, tail: how many of them begin in the lines at each edge that are no sentences.
    """

    hashes: npt.NDArray[np.uint32]
    counts: Counts
    head: Counts
    tail: Counts


def sample(texts: pl.Series) -> Samples:
    """Sample texts (a paragraph a line): the same shingles of whatever text they stand in."""
    return together([_sampled(canonical(part)) for part in in_parts(texts)])


def together(parts: Sequence[Samples]) -> Samples:
    """Put samples of texts end to end."""
    dtypes = {"hashes": np.uint32, "counts": np.int64, "head": np.int64, "tail": np.int64}
    return Samples(
        **{
            name: np.concatenate([np.zeros(0, dtype), *(getattr(part, name) for part in parts)])
            for name, dtype in dtypes.items()
        }
    )


def _sampled(texts: Canonical) -> Samples:
    hashes, starts = shingles(texts)
    at = np.flatnonzero(hashes >> np.uint64(64 - _RARITY) == 0)
    begin, end = starts[:-1], starts[1:]
    inside = (begin, end, np.minimum(begin + texts.head, end), np.maximum(end - texts.tail, begin))
    first, last, body, foot = (np.searchsorted(at, place) for place in inside)
    return Samples(hashes[at].astype(np.uint32), last - first, body - first, last - foot)


def may_be_copies(samples: Samples, pairs: Indices) -> Flags:
    """Say which pairs may differ by slips alone.

    Args:
        samples: sampled shingles of texts.
        pairs: (n, 2) indices of texts.

    Returns:
        A flag a pair. Of copies with 20 % of their characters changed at random two in a thousand are missed, of
        copies with 10 % none was.
    """
    kept = np.ones(len(pairs), dtype=np.bool_)
    for this, that in ((1, 0), (0, 1)):
        at = np.flatnonzero(kept)
        at = at[np.argsort(pairs[at, that], kind="stable")]
        for start in range(0, len(at), _CHUNK):
            part = at[start : start + _CHUNK]
            kept[part] = _scattered(samples, pairs[part, this], pairs[part, that])
    return kept


def _scattered(samples: Samples, this: Indices, that: Indices) -> Flags:
    """Whether what `this` texts have and `that` lack is scattered; `that` in order."""
    n, starts = samples.counts[this], bounds(samples.counts[this])
    wanted = samples.hashes[expand(bounds(samples.counts)[this], n)]
    pair, opens, closes = runs(~_found(samples, wanted, that, n), starts)
    text, size = this[pair], closes - opens + 1
    marginal = (opens == starts[pair]) & (size <= samples.head[text])
    marginal |= (closes == starts[pair + 1] - 1) & (size <= samples.tail[text])
    missing = np.bincount(pair[~marginal], size[~marginal], len(this))
    n_runs = np.bincount(pair[~marginal], minlength=len(this))
    scattered: Flags = missing <= _SCATTERED * (n_runs + np.sqrt(n_runs))
    return scattered


def _found(samples: Samples, wanted: npt.NDArray[np.uint32], that: Indices, n: Counts) -> Flags:
    """Whether the i-th text has the i-th `n` shingles that are wanted; one in _SLOTS wrongly thought to be there.

    A table of flags for each text: no search, and it stays in the cache while one text is held against another.
    """
    texts, place = np.unique(that, return_inverse=True)
    counts = samples.counts[texts]
    sizes = counts * _SLOTS
    begin = bounds(sizes)
    table = np.zeros(begin[-1] + 1, dtype=np.bool_)
    own = samples.hashes[expand(bounds(samples.counts)[texts], counts)]
    table[_slots(own, np.repeat(begin[:-1], counts), np.repeat(sizes, counts))] = True
    found: Flags = table[_slots(wanted, np.repeat(begin[place], n), np.repeat(sizes[place], n))]
    return found


def _slots(hashes: npt.NDArray[np.uint32], begin: Counts, sizes: Counts) -> Counts:
    return begin + (hashes.astype(np.int64) * sizes >> 32)
