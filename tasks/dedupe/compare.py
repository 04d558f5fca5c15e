"""Says of two similar texts whether they are copies, or tell of two things in almost the same words.

Copies differ by slips: single characters here and there, a credit at the edge. A notice for another day, a law as
revised or a corrected figure differs in what it says: a number, a negation, an opposite, a clause.
"""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.content import Counts, Flags, bounds, count_per_run, expand
from tasks.dedupe.canonical import Canonical
from tasks.dedupe.meaning import negations, numerals, opposites, weights
from tasks.dedupe.signatures import Hashes, shingles

LEAST_ALIKE = 0.3
# A word is mistyped in one character; what is lost or doubled may be two. A longer difference says something.
LONGEST_SLIP, LONGEST_GAP = 1, 2
# A text of some length with many differences, a good share of its characters, may be a damaged copy: chance has hit its
# numbers as well. A short one shows less and must fit more closely.
MANY, DENSE, LEAST, ENOUGH = 4, 0.018, 100, 200
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Bounds:
    """How scattered slips may look.

    Attributes:
        growth, slack: their mean size may grow with their share of the text; the slack falls with their number.
        deviations, spare: numerals may be hit as often as chance has it, and so many more.
        renumbered: how often numerals may differ in both texts.
        longest: characters of the longest slip, which also grows with their share.
    """

    growth: float
    slack: float
    deviations: float
    spare: int
    renumbered: int
    longest: int


# Fitted on our specimens with 5, 10 and 20 % of the characters changed at random, against 6,100 pairs of daily forms.
SHORT = Bounds(growth=14, slack=1, deviations=1.5, spare=1, renumbered=1, longest=6)
LONG = Bounds(growth=18, slack=3, deviations=3, spare=2, renumbered=1_000, longest=8)


def compare(texts: Canonical, pairs: Indices) -> pl.DataFrame:
    """Compare pairs of texts.

    Args:
        texts: canonical texts.
        pairs: (n, 2) indices of texts.

    Returns:
        One row a pair: similarity (exact Jaccard of the shingles, repeated ones told apart; 0 to 1), same (they are
        copies), apart (they are similar and yet not the same: never to be grouped).
    """
    counted = _counted(texts)
    n = np.diff(counted.starts)[pairs]
    left, right = (_differences(texts, counted, pairs[:, a], pairs[:, b]) for a, b in ((0, 1), (1, 0)))
    shared = n[:, 0] - np.bincount(left.pair, left.size_in_shingles, len(pairs)).astype(np.int64)
    union = n.sum(axis=1) - shared
    similarity = np.divide(shared, union, out=np.zeros(len(pairs)), where=union > 0)
    inner = (left.without(left.at_edge(right)), right.without(right.at_edge(left)))
    margins = (left.without(~left.at_edge(right)), right.without(~right.at_edge(left)))
    slips = _only_slips(*inner, len(pairs)) & _nothing_else(texts, pairs, inner, margins)
    same = slips | _is_noise(*inner, texts, pairs)
    alike = similarity >= LEAST_ALIKE
    return pl.DataFrame({"similarity": similarity, "same": alike & same, "apart": alike & ~same})


@dataclass(frozen=True)
class _Counted:
    """Shingles of texts, the n-th of a kind told from the others; `order` sorts them by text and hash."""

    hashes: Hashes
    starts: Counts
    sorted_keys: Hashes


@dataclass(frozen=True)
class _Differences:
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

    def at_edge(self, other: "_Differences") -> Flags:
        """Runs that only add lines at an edge, where the other text has none of its own."""
        heads, tails = other.pair[other.first], other.pair[other.last]
        alone = (self.first & ~np.isin(self.pair, heads)) | (self.last & ~np.isin(self.pair, tails))
        return alone & self.marginal & ~(self.first & self.last)

    def without(self, gone: Flags) -> "_Differences":
        """The other runs."""
        kept = ~gone
        masks = (self.opposites[0][kept], self.opposites[1][kept])
        arrays = {f.name: getattr(self, f.name)[kept] for f in fields(self) if f.name != "opposites"}
        return _Differences(**arrays, opposites=masks)

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


def _counted(texts: Canonical) -> _Counted:
    hashes, starts = shingles(texts)
    text = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.lexsort((hashes, text))
    ranked, of = hashes[order], text[order]
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = (ranked[1:] != ranked[:-1]) | (of[1:] != of[:-1])
    place = np.arange(len(order))
    nth = place - np.maximum.accumulate(np.where(fresh, place, 0))
    tagged = np.empty_like(hashes)
    tagged[order] = ranked + nth.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return _Counted(tagged, starts, np.sort(_keys(tagged, text)))


def _keys(hashes: Hashes, text: Indices) -> Hashes:
    """One number for a shingle in a text; two may share one once in 10^19 looks."""
    keys = hashes ^ (text.astype(np.uint64) * np.uint64(0xD6E8FEB86659FD93))
    keys *= np.uint64(0xBF58476D1CE4E5B9)
    keys ^= keys >> np.uint64(29)
    return keys


def _differences(texts: Canonical, counted: _Counted, this: Indices, that: Indices) -> _Differences:
    n = np.diff(counted.starts)[this]
    pair = np.repeat(np.arange(len(this)), n)
    keys = _keys(counted.hashes[expand(counted.starts[this], n)], that[pair])
    found = np.searchsorted(counted.sorted_keys, keys)
    found[found == len(counted.sorted_keys)] = 0
    missing = counted.sorted_keys[found] != keys if len(keys) else np.zeros(0, dtype=np.bool_)
    edge = np.zeros(len(missing) + 1, dtype=np.bool_)
    edge[bounds(n)] = True
    before = np.concatenate([[False], missing])[:-1] & ~edge[:-1]
    after = np.concatenate([missing, [False]])[1:] & ~edge[1:]
    opens, closes = np.flatnonzero(missing & ~before), np.flatnonzero(missing & ~after)
    return _told(texts, pair[opens], opens - bounds(n)[pair[opens]], closes - bounds(n)[pair[opens]], this, n)


def _told(texts: Canonical, pair: Indices, opens: Indices, closes: Indices, this: Indices, n: Indices) -> _Differences:
    text = this[pair]
    begin, length = texts.starts[text], texts.lengths[text]
    first, last = opens == 0, closes == n[pair] - 1
    start = np.where(first, 0, opens + 2)
    end = np.maximum(np.where(last, length, closes + 1), start)
    marginal = (first & (end <= texts.head[text])) | (last & (start >= length - texts.tail[text]))
    start, end = start + begin, end + begin
    inside = texts.codes[expand(start, end - start)]
    runs = bounds(end - start)
    left, right = opposites()
    return _Differences(
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


def _any_bit(masks: Hashes, runs: Counts) -> Hashes:
    """Join the masks of each run."""
    joined = np.zeros(len(runs) - 1, dtype=np.uint64)
    np.bitwise_or.at(joined, np.repeat(np.arange(len(joined)), np.diff(runs)), masks)
    return joined


def _only_slips(left: _Differences, right: _Differences, n: int) -> Flags:
    """Pairs whose every difference is a slip that leaves numbers, denials and opposites alone."""
    says = [side.count(n, side.numbers | side.denials) > 0 for side in (left, right)]
    masks = np.zeros((2, 2, n), dtype=np.uint64)
    for row, side in enumerate((left, right)):
        for half in (0, 1):
            np.bitwise_or.at(masks[row, half], side.pair, side.opposites[half])
    turned = ((masks[0, 0] & masks[1, 1]) | (masks[0, 1] & masks[1, 0])) > 0
    aligned = left.count(n) == right.count(n)
    long = np.maximum(left.longest(n), right.longest(n))
    gaps = np.zeros(n, dtype=np.bool_)
    even = [side.without(~aligned[side.pair]) for side in (left, right)]
    wide = (np.maximum(even[0].size, even[1].size) > LONGEST_SLIP) & (np.minimum(even[0].size, even[1].size) > 0)
    gaps[even[0].pair[wide]] = True
    small = (long <= LONGEST_SLIP) | (aligned & (long <= LONGEST_GAP) & ~gaps)
    told: Flags = small & ~says[0] & ~says[1] & ~turned
    return told


def _nothing_else(
    texts: Canonical, pairs: Indices, inner: tuple[_Differences, ...], margins: tuple[_Differences, ...]
) -> Flags:
    """Pairs whose numbers and denials are the same, and whose lengths differ by no more than was seen to differ.

    A refrain that one text has once more, or a figure that stands elsewhere too, leaves few shingles missing.
    """
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(weights()[texts.codes])])
    told, seen = [], []
    for column in (0, 1):
        text, margin = pairs[:, column], margins[column]
        total = sums[texts.starts[text + 1]] - sums[texts.starts[text]]
        np.subtract.at(total, margin.pair, sums[margin.end] - sums[margin.start])
        told.append(total)
        seen.append(texts.lengths[text] - inner[column].characters(len(pairs)) - margin.characters(len(pairs)))
    equal: Flags = (told[0] == told[1]) & (np.abs(seen[0] - seen[1]) <= LONGEST_GAP)
    return equal


def _is_noise(left: _Differences, right: _Differences, texts: Canonical, pairs: Indices) -> Flags:
    """Pairs that differ all over by single characters, and in numbers no more than elsewhere.

    A form filled in anew differs by words and figures: its differences are longer than scattered slips would be.
    """
    n = len(pairs)
    runs, most = left.count(n) + right.count(n), np.maximum(left.count(n), right.count(n))
    shortest = texts.lengths[pairs].min(axis=1)
    rate = most / np.maximum(texts.lengths[pairs[:, 0]], 1)
    size = (left.characters(n) + right.characters(n)) / np.maximum(runs, 1)
    numerals_of = count_per_run(numerals()[texts.codes], texts.starts)[pairs[:, 0]]
    hits = [side.count(n, side.numbers) for side in (left, right)]
    expected = runs * numerals_of / np.maximum(texts.lengths[pairs[:, 0]], 1)
    longest = np.maximum(left.longest(n), right.longest(n))
    noise = np.zeros(n, dtype=np.bool_)
    for bounds_of, fits in ((SHORT, shortest < ENOUGH), (LONG, shortest >= ENOUGH)):
        noise |= (
            fits
            & (size <= 0.5 + bounds_of.growth * rate + bounds_of.slack / np.sqrt(np.maximum(most, 1)))
            & (hits[0] + hits[1] <= expected + bounds_of.deviations * np.sqrt(expected) + bounds_of.spare)
            & (np.minimum(*hits) <= bounds_of.renumbered)
            & (longest <= bounds_of.longest + 120 * rate)
        )
    told: Flags = noise & (shortest >= LEAST) & (most >= MANY) & (rate >= DENSE)
    return told
