"""Put the columns of a page in reading order: the foot of one leads to the head of the next."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.clean.seams import Page
from tasks.clean.tracks import Followed, Sheet

_Scores = NDArray[np.float32]

# A link with less evidence (log-odds) than this against its rivals is no evidence.
DOUBTFUL = 1.0
_SURE = 3.0
_BACKWARDS, _LEFT_OF, _EARLIER, _NO_LINK = 5.0, 0.5, 0.01, -2.0
_NEAR_END, _NEAR_HEAD, _TOPIC, _MOST_TOPIC = 14, 5, 0.5, 9.0
_PATHS = 256
_HOPELESS = 22.0


class Order(NamedTuple):
    """The lines of a page in reading order, and of each how sure it is that it goes on from the one before.

    A margin in log-odds: 0 where another column begins without a link, `DOUBTFUL` and no more where one begins with it.
    """

    lines: list[int]
    margins: list[float]


def order(page: Page, sheets: Sequence[Sheet], found: Sequence[Followed]) -> Order:
    """Chain the columns that `tracks.follow` found on the sheets of one page."""
    columns: list[list[int]] = []
    margins: list[list[float]] = []
    before = np.zeros((0, 0), dtype=bool)
    for sheet, (above, sure, _) in zip(sheets, found, strict=True):
        of = _numbered(above.tolist())
        left = _left_of(of, sheet.print_lines)
        n = len(columns)
        columns += [[] for _ in range(len(left))]
        margins += [[] for _ in range(len(left))]
        for line, column, margin in zip(sheet.lines.tolist(), of, sure.tolist(), strict=True):
            columns[n + column].append(line)
            margins[n + column].append(margin)
        before = np.block([[before, np.zeros((n, len(left)), bool)], [np.zeros((len(left), n), bool), left]])
    links = _links(page, columns)
    path = _best_path((links + _LEFT_OF * before).astype(np.float32), before)
    lines: list[int] = []
    known: list[float] = []
    previous = -1
    for at in path:
        lines += columns[at]
        known += [DOUBTFUL if previous >= 0 and _sure(links, previous, at) else 0.0, *margins[at][1:]]
        previous = at
    # No column prints a line twice.
    twice = [False, *(page.texts[a] == page.texts[b] for a, b in pairwise(lines))]
    return Order(lines, [0.0 if same else margin for same, margin in zip(twice, known, strict=True)])


def _sure(links: _Scores, previous: int, at: int) -> bool:
    """One column goes on in another if that fits well, and clearly better than any other."""
    others = np.delete(links[previous], [previous, at])
    return bool(links[previous, at] >= _SURE and links[previous, at] - max(others.max(initial=0.0), 0.0) >= 1.0)


def _numbered(above: Sequence[int]) -> list[int]:
    of: list[int] = []
    n = 0
    for over in above:
        of.append(n if over < 0 else of[over])
        n += over < 0
    return of


def _left_of(of: Sequence[int], print_lines: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which columns stand left of which: by the print lines that hold both, and what follows from that."""
    n = max(of) + 1
    seen = np.zeros((n, n), dtype=np.int64)
    for at in np.flatnonzero(print_lines[1:] == print_lines[:-1]).tolist():
        seen[of[at], of[at + 1]] += 1
    left = seen > seen.T
    for middle in range(n):
        left |= left[:, [middle]] & left[[middle], :] & ~left.T
    np.fill_diagonal(left, val=False)
    return left


def _links(page: Page, columns: Sequence[Sequence[int]]) -> _Scores:
    """Score each column (axis 1) as the one after each other."""
    heads, feet = np.array([c[0] for c in columns]), np.array([c[-1] for c in columns])
    n = len(columns)
    text = page.link(np.repeat(feet, n), np.tile(heads, n)).reshape(n, n)
    alike = page.alike([c[-_NEAR_END:] for c in columns], [c[:_NEAR_HEAD] for c in columns])
    return np.maximum(_NO_LINK, text + _TOPIC * np.minimum(alike, _MOST_TOPIC)).astype(np.float32)


def _best_path(links: _Scores, before: NDArray[np.bool_]) -> list[int]:
    """Find the order of all columns with the highest sum of links, less what stands before its left neighbours."""
    n = len(links)
    done = np.zeros((1, n), dtype=bool)
    score = np.zeros(1, dtype=np.float32)
    last = np.full(1, -1)
    marks = np.random.default_rng(0).integers(1, 1 << 50, size=n)
    steps: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for _ in range(n):
        step = np.where((last >= 0)[:, None], links[last], -_EARLIER * np.arange(n))
        skipped = (~done).astype(np.float32) @ before.astype(np.float32)
        value = np.where(done, -np.inf, score[:, None] + step - _BACKWARDS * skipped).ravel()
        ranked = np.argsort(-value, kind="stable")[: 8 * _PATHS]
        ranked = ranked[np.isfinite(value[ranked])]
        parent, at = ranked // n, ranked % n
        key = (done[parent] * marks).sum(axis=1) * n + at
        _, unique = np.unique(key, return_index=True)
        chosen = np.sort(unique)[:_PATHS]
        parent, last = parent[chosen], at[chosen]
        score = value[ranked[chosen]].astype(np.float32)
        done = done[parent]
        done[np.arange(len(last)), last] = True
        steps.append((parent, last))
    path: list[int] = []
    at_state = 0
    for parents, lasts in reversed(steps):
        path.append(int(lasts[at_state]))
        at_state = int(parents[at_state])
    return path[::-1]
