"""Says of two similar texts whether they are copies, or tell of two things in almost the same words.

Copies differ by slips: single characters here and there, a credit at the edge. A notice for another day, a law as
revised or a corrected figure differs in what it says: a number, a negation, an opposite, a clause.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from tasks.content import Flags, count_per_run
from tasks.dedupe.canonical import Canonical
from tasks.dedupe.differences import LONGEST_MARGIN, Counted, Differences, Indices, counted, differences
from tasks.dedupe.meaning import numerals, weights
from tasks.dedupe.signatures import Hashes

LEAST_ALIKE = 0.3
# A word is mistyped in one character; what is lost or doubled may be two. A longer difference says something.
LONGEST_SLIP, LONGEST_GAP = 1, 2
# A text of some length with many differences, a good share of its characters, may be a damaged copy: chance has hit its
# numbers as well. A short one shows less and must fit more closely.
MANY, DENSE, LEAST, ENOUGH, BALANCE = 4, 0.018, 100, 200, 0.5
# parts compared at once, and characters of pairs in a part: its arrays take some forty times as many bytes
_THREADS, _PART = 2, 2_000_000


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
LONG = Bounds(growth=18, slack=4, deviations=3, spare=2, renumbered=1_000, longest=8)


def compare(texts: Canonical, pairs: Indices) -> pl.DataFrame:
    """Compare pairs of texts.

    Args:
        texts: canonical texts.
        pairs: (n, 2) indices of texts.

    Returns:
        One row a pair: similarity (exact Jaccard of the shingles, repeated ones told apart; 0 to 1), same (they are
        copies), apart (alike but for a few differences that tell: never to be grouped).
    """
    forward = _in_parts(texts, pairs, counted(texts))
    alike = pl.col("similarity") >= LEAST_ALIKE
    same = forward.select(alike & (_slips(texts, pairs, forward) | pl.col("noise"))).to_series()
    return forward.select("similarity", same=same, apart=alike & ~same & pl.col("clean"))


def _slips(texts: Canonical, pairs: Indices, forward: pl.DataFrame) -> pl.Series:
    """Which pairs differ by slips alone.

    Where a text repeats itself a difference may seem to stand elsewhere: both ways must agree, but for what is added at
    the tail, which only the one way sees there, and at the head, which only the other does.
    """
    slips = np.zeros(len(pairs), dtype=np.bool_)
    at = np.flatnonzero(_may_be_slips(texts, pairs))
    rows, places = np.unique(pairs[at], return_inverse=True)
    some = texts.gather(rows)
    ahead = forward[at]
    backward = _in_parts(some, places.reshape(-1, 2), counted(some, backward=True))
    slips[at] = (ahead["slips"] & backward["slips"]) | _at_margin(ahead) | _at_margin(backward)
    return pl.Series(slips)


def _may_be_slips(texts: Canonical, pairs: Indices) -> Flags:
    """Pairs with the same numbers and denials, but for those at an edge: most that share a form have others."""
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(weights()[texts.codes])])
    begin, end = texts.starts[:-1], texts.starts[1:]
    head, tail = (np.minimum(np.minimum(edge, LONGEST_MARGIN), texts.lengths) for edge in (texts.head, texts.tail))
    total = sums[end] - sums[begin]
    edged = (sums[begin + head] != sums[begin]) | (sums[end] != sums[end - tail])
    may: Flags = (total[pairs[:, 0]] == total[pairs[:, 1]]) | edged[pairs].any(axis=1)
    return may


def _at_margin(compared: pl.DataFrame) -> pl.Series:
    return compared["slips"] & compared["margin"]


def _in_parts(texts: Canonical, pairs: Indices, tagged: Counted) -> pl.DataFrame:
    sizes = np.cumsum(texts.lengths[pairs].sum(axis=1))
    cuts = np.searchsorted(sizes, np.arange(_PART, sizes[-1] if len(sizes) else 0, _PART)) + 1
    with ThreadPoolExecutor(_THREADS) as threads:
        return pl.concat(threads.map(partial(_compared, texts, tagged), np.split(pairs, np.unique(cuts))))


def _compared(texts: Canonical, tagged: Counted, pairs: Indices) -> pl.DataFrame:
    n = np.diff(tagged.starts)[pairs]
    left, right = (differences(texts, tagged, pairs[:, a], pairs[:, b]) for a, b in ((0, 1), (1, 0)))
    shared = n[:, 0] - np.bincount(left.pair, left.size_in_shingles, len(pairs)).astype(np.int64)
    union = n.sum(axis=1) - shared
    similarity = np.divide(shared, union, out=np.zeros(len(pairs)), where=union > 0)
    inner = (left.without(left.at_edge(right)), right.without(right.at_edge(left)))
    margins = (left.without(~left.at_edge(right)), right.without(~right.at_edge(left)))
    slips = _only_slips(*inner, len(pairs)) & _nothing_else(texts, pairs, inner, margins)
    margin = margins[0].count(len(pairs)) + margins[1].count(len(pairs)) > 0
    noise = _is_noise(*inner, texts, pairs)
    runs = np.maximum(left.count(len(pairs)), right.count(len(pairs)))
    clean = (runs < MANY) | (runs < DENSE * texts.lengths[pairs].min(axis=1))
    return pl.DataFrame({"similarity": similarity, "slips": slips, "margin": margin, "noise": noise, "clean": clean})


def _only_slips(left: Differences, right: Differences, n: int) -> Flags:
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
    texts: Canonical, pairs: Indices, inner: tuple[Differences, ...], margins: tuple[Differences, ...]
) -> Flags:
    """Pairs whose numbers and denials are the same, and whose lengths differ by no more than was seen to differ.

    A refrain that one text has once more, or a figure that stands elsewhere too, leaves few shingles missing.
    """
    told_by = weights()[texts.codes]
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(told_by)])
    order = _in_order(texts, told_by)
    told, seen, margined = [], [], np.zeros(len(pairs), dtype=np.bool_)
    for column in (0, 1):
        text, margin = pairs[:, column], margins[column]
        total = sums[texts.starts[text + 1]] - sums[texts.starts[text]]
        np.subtract.at(total, margin.pair, sums[margin.end] - sums[margin.start])
        margined[margin.pair] = True
        told.append(total)
        seen.append(texts.lengths[text] - inner[column].characters(len(pairs)) - margin.characters(len(pairs)))
    # two figures that change places leave the same figures
    placed = margined | (order[pairs[:, 0]] == order[pairs[:, 1]])
    equal: Flags = (told[0] == told[1]) & placed & (np.abs(seen[0] - seen[1]) <= LONGEST_GAP)
    return equal


def _in_order(texts: Canonical, told_by: Hashes) -> Hashes:
    """A number for the numerals and denials of each text in their order."""
    at = np.flatnonzero(told_by)
    starts = np.searchsorted(at, texts.starts)
    place = (np.arange(len(at)) - np.repeat(starts[:-1], np.diff(starts))).astype(np.uint64)
    mixed = (told_by[at] + place * np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(31)
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(mixed)])
    ordered: Hashes = sums[starts[1:]] - sums[starts[:-1]]
    return ordered


def _is_noise(left: Differences, right: Differences, texts: Canonical, pairs: Indices) -> Flags:
    """Pairs that differ all over by single characters, and in numbers no more than elsewhere.

    A form filled in anew differs by words and figures: its differences are longer than scattered slips would be.
    """
    n = len(pairs)
    counts = (left.count(n), right.count(n))
    runs, most, least = counts[0] + counts[1], np.maximum(*counts), np.minimum(*counts)
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
    told: Flags = noise & (shortest >= LEAST) & (least >= MANY) & (least >= BALANCE * most) & (rate >= DENSE)
    return told
