"""Where two similar texts differ: runs of characters that one has and the other lacks, found by shingles.

All pairs at once, in time linear in their length: no alignment, no loop over pairs.
"""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from tasks.content import Counts, Flags, bounds, count_per_run, expand, runs
from tasks.dedupe.canonical import Canonical
from tasks.dedupe.meaning import negations, numerals, opposites
from tasks.dedupe.signatures import Hashes, shingles

# a headline, a credit or a leftover of the page at the edge of a text
LONGEST_MARGIN, MEETING = 80, 8
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Counted:
    """Shingles of texts, the n-th of a kind told from the others, and keys of each text's own in order."""

    hashes: Hashes
    starts: Counts
    sorted_keys: Hashes


@dataclass(frozen=True)
class Differences:
    """Runs of one text that the other text of the pair lacks, in order of pair and place.

    Attributes:
        pair: of which pair.
        start, end: characters, offsets in all texts.
        first, last: the run stands at the head or at the tail of its text.
        marginal: it stands there within the lines that are no sentences.
        size_in_shingles: how many shingles the other text lacks.
        numbers, denials: whether it holds a numeral, a negation.
        opposites: bit masks (left, right) of the opposites it holds.
    """

    pair: Indices
    start: Indices
    end: Indices
    first: Flags
    last: Flags
    marginal: Flags
    size_in_shingles: Indices
    numbers: Flags
    denials: Flags
    opposites: tuple[Hashes, Hashes]

    @property
    def size(self) -> Indices:
        """Characters of each run; 0 where the other text has something that this one lacks."""
        return self.end - self.start

    def at_edge(self, other: "Differences") -> Flags:
        """Runs that only add lines at an edge, where the other text has none of its own."""
        heads, tails = other.pair[other.first], other.pair[other.last]
        alone = (self.first & ~np.isin(self.pair, heads)) | (self.last & ~np.isin(self.pair, tails))
        return alone & self.marginal & ~(self.first & self.last)

    def without(self, gone: Flags) -> "Differences":
        """The other runs."""
        kept = ~gone
        masks = (self.opposites[0][kept], self.opposites[1][kept])
        arrays = {f.name: getattr(self, f.name)[kept] for f in fields(self) if f.name != "opposites"}
        return Differences(**arrays, opposites=masks)

    def count(self, n: int, among: Flags | None = None) -> Indices:
        """Runs of each of `n` pairs."""
        return np.bincount(self.pair if among is None else self.pair[among], minlength=n)

    def characters(self, n: int) -> Indices:
        """Characters in the runs of each pair."""
        return np.bincount(self.pair, self.size, n).astype(np.int64)

    def longest(self, n: int) -> Indices:
        """Characters of the longest run of each pair."""
        most = np.zeros(n, dtype=np.int64)
        np.maximum.at(most, self.pair, self.size)
        return most


def counted(texts: Canonical, *, backward: bool = False) -> Counted:
    """Tell the first of a kind of shingle from the second, and so on; or the last from the one before it.

    What a text has once more than another then seems to stand at its end, or at its beginning.
    """
    hashes, starts = shingles(texts)
    text = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    keys = _keys(hashes, text)
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = ranked[1:] != ranked[:-1]
    place = np.arange(len(order))
    nth = place - np.maximum.accumulate(np.where(fresh, place, 0))
    if backward:
        last = np.concatenate([fresh, [True]])[1:]
        nth = np.minimum.accumulate(np.where(last, place, len(place))[::-1])[::-1] - place
    tagged = np.empty_like(hashes)
    tagged[order] = hashes[order] + nth.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return Counted(tagged, starts, np.sort(_keys(tagged, text)))


def _keys(hashes: Hashes, text: Indices) -> Hashes:
    """One number for a shingle in a text; two of a text may share one once in 10^13 looks."""
    # those of one text stand together when sorted: a look at them stays in the cache
    return text.astype(np.uint64) << np.uint64(44) | hashes >> np.uint64(20)


def differences(texts: Canonical, tagged: Counted, this: Indices, that: Indices) -> Differences:
    """What each of `this` texts has that its counterpart among `that` lacks."""
    n = np.diff(tagged.starts)[this]
    pair = np.repeat(np.arange(len(this)), n)
    keys = _keys(tagged.hashes[expand(tagged.starts[this], n)], that[pair])
    found = np.searchsorted(tagged.sorted_keys, keys)
    found[found == len(tagged.sorted_keys)] = 0
    missing = tagged.sorted_keys[found] != keys if len(keys) else np.zeros(0, dtype=np.bool_)
    starts = bounds(n)
    of, opens, closes = runs(missing, starts)
    place = starts[of]
    return _told(texts, of, opens - place, closes - place, (this, that), n)


def _told(
    texts: Canonical, pair: Indices, opens: Indices, closes: Indices, sides: tuple[Indices, Indices], n: Indices
) -> Differences:
    text, other = (side[pair] for side in sides)
    begin, length = texts.starts[text], texts.lengths[text]
    first, last = opens == 0, closes == n[pair] - 1
    start = np.where(first, 0, opens + 2)
    end = np.maximum(np.where(last, length, closes + 1), start)
    marginal = (first & (end <= texts.head[text])) | (last & (start >= length - texts.tail[text]))
    start, end = start + begin, end + begin
    meets = np.where(
        first,
        _equal(texts, end, texts.starts[other]),
        _equal(texts, start - MEETING, texts.starts[other + 1] - MEETING),
    )
    marginal &= (end - start <= LONGEST_MARGIN) & meets
    inside = texts.codes[expand(start, end - start)]
    runs = bounds(end - start)
    left, right = opposites()
    return Differences(
        pair=pair,
        start=start,
        end=end,
        first=first,
        last=last,
        marginal=marginal,
        size_in_shingles=closes - opens + 1,
        numbers=count_per_run(numerals()[inside], runs) > 0,
        denials=count_per_run(negations()[inside], runs) > 0,
        opposites=(_any_bit(left[inside], runs), _any_bit(right[inside], runs)),
    )


def _equal(texts: Canonical, one: Indices, other: Indices) -> Flags:
    """Whether the same characters stand at two places: where a margin ends there must begin what the other text has."""
    same = np.ones(len(one), dtype=np.bool_)
    last = max(len(texts.codes) - 1, 0)
    for step in range(MEETING):
        same &= texts.codes[np.clip(one + step, 0, last)] == texts.codes[np.clip(other + step, 0, last)]
    return same


def _any_bit(masks: Hashes, runs: Counts) -> Hashes:
    """Join the masks of each run."""
    joined = np.zeros(len(runs) - 1, dtype=np.uint64)
    np.bitwise_or.at(joined, np.repeat(np.arange(len(joined)), np.diff(runs)), masks)
    return joined
