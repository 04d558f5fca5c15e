"""Shortest path through a sequence of lines in two states (starts a paragraph, continues one), for all lines at once.

Only the difference of the two costs matters; a line maps it by a clamped shift, and clamped shifts compose: a scan.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Costs = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Steps(NamedTuple):
    """What each line costs, given the state of the line before it: four arrays of one length.

    Attributes:
        start_after_start: A paragraph of one line before, and this line starts the next one.
        start_after_more: The line before ends a longer paragraph, this one starts the next.
        more_after_start: The line before starts the paragraph that this one continues.
        more_after_more: Both continue.
    """

    start_after_start: Costs
    start_after_more: Costs
    more_after_start: Costs
    more_after_more: Costs


def starts(steps: Steps, first: Flags) -> Flags:
    """Find for each line whether it starts a paragraph, at the least cost in all.

    Args:
        steps: Costs of each line; those of a line with `first` are not read.
        first: The line opens a sequence, so it starts a paragraph.

    Returns:
        True where the line starts a paragraph.
    """
    advantage = _forward(steps, first)
    return _backward(steps, first, advantage)


def _forward(steps: Steps, first: Flags) -> Costs:
    """Cost of `start` less cost of `more` up to each line."""
    sure = -1e6
    # D -> min(D + a, b) - min(D + c, d) is D clamped: slope +1 or -1 between two constants.
    a, b, c, d = steps.start_after_start, steps.start_after_more, steps.more_after_start, steps.more_after_more
    falls = (b - a) < (d - c)
    sign = np.where(falls, -1.0, 1.0)
    shift = np.where(falls, b - c, a - d)
    low = np.where(first, sure, np.minimum(a - c, b - d))
    high = np.where(first, sure, np.maximum(a - c, b - d))
    step = 1
    while step < len(low) and bool((low < high).any()):
        sign, shift, low, high = _after(sign, shift, low, high, step)
        step *= 2
    return low


def _after(sign: Costs, shift: Costs, low: Costs, high: Costs, step: int) -> tuple[Costs, Costs, Costs, Costs]:
    """Compose each map with the one `step` lines before it."""
    ends = sign[step:] * low[:-step] + shift[step:], sign[step:] * high[:-step] + shift[step:]
    new = [array.copy() for array in (sign, shift, low, high)]
    new[0][step:] = sign[step:] * sign[:-step]
    new[1][step:] = sign[step:] * shift[:-step] + shift[step:]
    new[2][step:] = np.clip(np.minimum(*ends), low[step:], high[step:])
    new[3][step:] = np.clip(np.maximum(*ends), low[step:], high[step:])
    return new[0], new[1], new[2], new[3]


def _backward(steps: Steps, first: Flags, advantage: Costs) -> Flags:
    """Trace the cheapest path back: what a line is, given what the next one is."""
    n = len(advantage)
    if n == 0:
        return np.zeros(0, np.bool_)
    lead = advantage[:-1]
    before_start = lead + steps.start_after_start[1:] <= steps.start_after_more[1:]
    before_more = lead + steps.more_after_start[1:] <= steps.more_after_more[1:]
    free = first[1:]
    own = lead <= 0
    before_start = np.where(free, own, before_start)
    before_more = np.where(free, own, before_more)
    known = before_start == before_more
    flips = ~known & ~before_start
    # From the last line back: a known line resets, each flip in between turns the state around.
    known = np.append(known, True)
    value = np.append(before_start, advantage[-1] <= 0)
    turns = np.append(np.cumsum(flips[::-1])[::-1], 0)
    at = np.where(known, np.arange(n), n)
    nearest = np.minimum.accumulate(at[::-1])[::-1]
    result: Flags = value[nearest] ^ ((turns - turns[nearest]) % 2 == 1)
    return result | first
