"""Texts laid out by the bands they share, the best first: whom each text looks at, and who looks at it.

A text looks at the best of those that share a band with it, never at all of them. So a new text changes little of what
thousands of others look at, whatever came first: what is compared follows from the texts alone.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.content import Flags, bounds, expand
from tasks.dedupe.signatures import BANDS, BINS, band_keys, bins

Indices = npt.NDArray[np.int64]

# Of those that share a band, a text looks at so many of the best, and at so many of the best with its own numbers.
FIRST = 4
# Of all these, at those with its own numbers, then at those whose signatures agree most: of a form filled in daily
# there are thousands, and a copy agrees more than what shares its form.
MOST = 12
# Jaccard as the signatures estimate it: two standard errors below what is asked of a copy
LEAST_ESTIMATED = 0.2
_TEXTS, _PAIRS = 20_000, 200_000  # are worked on at once
_LANES = np.uint64(0x0101010101010101)


@dataclass(frozen=True)
class Shelf:
    """Texts that share a key with another, those of one key side by side and the best first.

    Attributes:
        rows: the texts.
        first, last: places where those of the same key begin, and end.
        place: the place of each text there is, or -1.
    """

    rows: npt.NDArray[np.int32]
    first: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]


class Shelves:
    """Texts by the bands they share."""

    def __init__(self, signed: pl.DataFrame) -> None:
        """Lay texts out.

        Args:
            signed: numbers, bands, one row a distinct text, the best first.
        """
        at = (signed["bands"] != "").arg_true().to_numpy().astype(np.int64)
        bands, self._n = signed["bands"].gather(at), len(signed)
        self._numbers = signed["numbers"].rank("dense").to_numpy().astype(np.uint64)
        self._bins = np.zeros((self._n, BINS), dtype=np.uint16)
        self._bins[at] = bins(bands)
        keys = band_keys(bands)
        self._shelves = []
        for number in range(BANDS):
            shelf = _shelf(np.ascontiguousarray(keys[:, number]), at, self._n)
            # where all are looked at, those with the same numbers are
            crowded = shelf.last - shelf.first > FIRST + 1
            rows = np.sort(shelf.rows[crowded]).astype(np.int64)
            form = shelf.first[shelf.place[rows]].astype(np.uint64)
            narrow = _shelf(form << np.uint64(32) | self._numbers[rows], rows, self._n)
            self._shelves += [one for one in (shelf, narrow) if len(one.rows)]

    def seen(self, rows: Indices, among: Flags) -> tuple[Indices, Indices]:
        """Whom `rows` look at if there are but the texts `among`: pairs (row, a better one), in order."""
        parts = [self._seen(rows[start : start + _TEXTS], among) for start in range(0, len(rows), _TEXTS)]
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *(one for one, _ in parts)]), np.concatenate([none, *(two for _, two in parts)])

    def watching(self, rows: Indices, among: Flags) -> Indices:
        """Who of the texts `among` may look at one of `rows`, which are among them."""
        found = []
        for shelf in self._shelves:
            before = bounds(among[shelf.rows].astype(np.int64))
            place = shelf.place[rows].astype(np.int64)
            place = place[place >= 0]
            best = before[place] - before[shelf.first[place]] < FIRST
            place = place[best]
            worse = expand(before[place + 1], before[shelf.last[place]] - before[place + 1])
            watched = np.repeat(shelf.rows[place], before[shelf.last[place]] - before[place + 1])
            found.append(shelf.rows[among[shelf.rows]][worse].astype(np.int64) * self._n + watched)
        one, other = _apart(found, self._n)
        told: Indices = np.unique(one[self._agree(one, other) >= LEAST_ESTIMATED * BINS])
        return told

    def _seen(self, rows: Indices, among: Flags) -> tuple[Indices, Indices]:
        found = [np.zeros(0, dtype=np.int64)]
        for shelf in self._shelves:
            place = shelf.place[rows].astype(np.int64)
            there = rows[place >= 0]
            place = place[place >= 0]
            before = bounds(among[shelf.rows].astype(np.int64))
            begin = before[shelf.first[place]]
            n = np.minimum(before[place] - begin, FIRST)
            better = shelf.rows[among[shelf.rows]][expand(begin, n)]
            found.append(np.repeat(there, n) * self._n + better)
        one, other = _apart(found, self._n)
        agree = self._agree(one, other)
        near = agree >= LEAST_ESTIMATED * BINS
        one, other, agree = one[near], other[near], agree[near]
        own = self._numbers[one] == self._numbers[other]
        # stable: of two that agree as much the better one
        order = np.argsort(one * 256 + 255 - (agree + 128 * own), kind="stable")
        one, other = one[order], other[order]
        chosen = np.arange(len(one)) - np.searchsorted(one, one) < MOST
        return one[chosen], other[chosen]

    def _agree(self, one: Indices, other: Indices) -> Indices:
        """In how many bins both signatures agree."""
        agree = np.zeros(len(one), dtype=np.int64)
        for start in range(0, len(one), _PAIRS):
            part = slice(start, start + _PAIRS)
            same = self._bins[one[part]] == self._bins[other[part]]
            # eight flags at once: no byte counts more than the BINS / 8 words there are
            words = same.view(np.uint64).sum(axis=1, dtype=np.uint64)
            agree[part] = (words * _LANES) >> np.uint64(56)
        return agree


def _apart(found: list[Indices], n: int) -> tuple[Indices, Indices]:
    """Pairs, each once and in order, from numbers of pairs."""
    pairs = np.concatenate([np.zeros(0, dtype=np.int64), *found])
    # np.unique hashes, which takes five times as long
    pairs.sort()
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs // n, pairs % n


def _shelf(keys: npt.NDArray[np.uint64], rows: Indices, n: int) -> Shelf:
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    opens = np.ones(len(keys), dtype=np.bool_)
    opens[1:] = keys[1:] != keys[:-1]
    starts = np.flatnonzero(opens)
    sizes = np.diff(starts, append=len(keys))
    shared = np.repeat(sizes > 1, sizes)
    sizes = sizes[sizes > 1]
    ends = np.cumsum(sizes)
    place = np.full(n, -1, dtype=np.int32)
    held = rows[order[shared]]
    place[held] = np.arange(len(held))
    first, last = (np.repeat(edge, sizes).astype(np.int32) for edge in (ends - sizes, ends))
    return Shelf(held.astype(np.int32), first, last, place)


def matching(known: pl.DataFrame, fresh: pl.DataFrame) -> pl.DataFrame:
    """The known signatures (fingerprint, bands) that share a fingerprint or a band with a fresh one."""
    hit = known["fingerprint"].is_in(fresh["fingerprint"].unique().implode()).to_numpy(writable=True)
    signed = (known["bands"] != "").arg_true().to_numpy()
    theirs, ours = (band_keys(frame["bands"]) for frame in (known, fresh))
    for number in range(BANDS):
        # whole numbers: as text, the keys take ten times as long
        wanted = pl.Series(ours[:, number]).unique()
        hit[signed] |= pl.Series(theirs[:, number]).is_in(wanted.implode()).to_numpy()
    return known.filter(pl.Series(hit))
