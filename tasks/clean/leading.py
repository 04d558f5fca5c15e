"""Measure how a page spaces its headlines, in lines of body text, from where the lines of its columns were read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tasks.clean.track_states import USUAL

_FEWEST = 4
_ODD = 0.5


def measure(columns: Sequence[tuple[NDArray[np.int64], NDArray[np.bool_]]]) -> NDArray[np.float32]:
    """Measure the height from a line (axis 0: body, headline) to the next one (axis 1).

    A line of body text in one column is worth as much as the lines beside it that were read meanwhile.

    Args:
        columns: for each sheet of the page the line above each line (-1: none), and which lines are headlines.

    Returns:
        The heights; the usual ones where the page has too few headlines to tell.
    """
    kinds, steps = [], []
    for above, headline in columns:
        after = np.flatnonzero(above >= 0)
        before = above[after]
        kind = 2 * headline[before] + headline[after]
        plain = kind == 0
        height = _heights(len(above), before[plain], after[plain])
        kinds.append(kind)
        steps.append(height[after] - height[before])
    kind, step = np.concatenate(kinds), np.concatenate(steps)
    leading = USUAL.copy()
    for one in (1, 2, 3):
        told = step[kind == one]
        if len(told) >= _FEWEST:
            leading[one // 2, one % 2] = told[np.abs(told - np.median(told)) <= _ODD].mean()
    return leading


def _heights(n: int, before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.float64]:
    speed, beside = np.zeros(n + 1), np.zeros(n + 1)
    for total, each in ((speed, 1 / (after - before)), (beside, np.ones(len(after)))):
        np.add.at(total, before, each)
        np.add.at(total, after, -each)
    return np.concatenate([[0.0], np.cumsum(np.cumsum(speed) / np.maximum(np.cumsum(beside), 1))])
