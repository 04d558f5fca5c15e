"""Put the columns of a page in reading order: the foot of one leads to the head of the next.

Two columns that may have changed places where an article ends are read in both ways: the one that makes the better
page as a whole, by the words cut between foot and head and by what stood left of what, is taken.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.clean.seams import Kind, Page
from tasks.clean.tracks import Followed, Sheet

_Scores = NDArray[np.float32]
_Flags = NDArray[np.bool_]
_Lines = NDArray[np.int64]

# With more evidence (log-odds) than this against it nothing joins; what joins by less than SURE is told.
# What is APART was never taken to go on.
DOUBTFUL, SURE, APART = -4.0, 1.0, -16.0
_SURE, _FITTING, _FITS = 3.0, 2.5, 1.0
_BACKWARDS, _LEFT_OF, _BELOW, _EARLIER, _NO_LINK, _AT_ODDS = 5.0, 0.5, 0.7, 0.01, -3.0, 3.0
_NEAR_END, _NEAR_HEAD, _TOPIC, _MOST_TOPIC = 14, 5, 0.5, 9.0
_RIVALS, _RIVAL, _MOST_RIVALLED, _NEVER = 11, 0.5, 6.0, -9.0
_PATHS = 64
_IMPOSSIBLE = np.float32(1e6)
# What may change places: within so many lines, where a link has a rival; so many are tried, so often.
_NEAR, _DOUBTED, _TRIED, _ROUNDS = 24, 8.0, 24, 6


class Order(NamedTuple):
    """The lines of a page in reading order, and of each how sure it is that it goes on from the one before.

    A margin in log-odds; 0 where another column begins without a link, or where a sentence's words do not fit: it
    may as well be wrong.
    """

    lines: list[int]
    margins: list[float]


class _Known(NamedTuple):
    """What the reader saw: which lines stand right beside each other, and the sheet of each line."""

    beside: list[tuple[int, int]]
    sheet: _Lines


class _Reading(NamedTuple):
    """A page read in one way: what stands above each line, the columns in order, scores of their links and of all."""

    above: list[int]
    columns: list[list[int]]
    links: _Scores
    score: float


def order(page: Page, sheets: Sequence[Sheet], found: Sequence[Followed]) -> Order:
    """Chain the columns that `tracks.follow` found on the sheets of one page."""
    above, margins = [-1] * len(page.texts), [0.0] * len(page.texts)
    known = _Known([], np.zeros(len(page.texts), dtype=np.int64))
    for number, (sheet, (over, sure, _)) in enumerate(zip(sheets, found, strict=True)):
        lines = sheet.lines.tolist()
        known.sheet[sheet.lines] = number
        for line, place, margin in zip(lines, over.tolist(), sure.tolist(), strict=True):
            above[line], margins[line] = (lines[place] if place >= 0 else -1), margin
        same = np.flatnonzero(np.diff(sheet.print_lines) == 0).tolist()
        known.beside.extend((lines[at], lines[at + 1]) for at in same)
    best = _read(page, above, known)
    for _ in range(_ROUNDS):
        changed = [(_read(page, other, known), cost) for other, cost in _changes(page, best.above, margins, sheets)]
        better, cost = max(changed, key=lambda one: one[0].score - one[1], default=(best, 0.0))
        if better.score - cost <= best.score:
            break
        best = better
    return _ordered(page, best, margins)


def _ordered(page: Page, reading: _Reading, margins: Sequence[float]) -> Order:
    lines: list[int] = []
    known: list[float] = []
    within: list[bool] = []
    for at, column in enumerate(reading.columns):
        lines += column
        within += [False, *[True] * (len(column) - 1)]
        known += [_sure(reading.links, at) if at else 0.0, *(margins[line] for line in column[1:])]
    above, below, sure = np.array(lines[:-1], dtype=np.int64), np.array(lines[1:], dtype=np.int64), np.array(known[1:])
    # In mid-sentence the words must fit, too, and better than those of other lines. No column prints a line twice.
    cut = (page.kinds[above] == Kind.FULL) | (page.kinds[above] == Kind.FIRST)
    sure = np.where(cut & np.array(within[1:]), sure - _RIVAL * _rivalled(page, above, below), sure)
    doubted = cut & (sure < _FITTING) & (page.link(above, below) < _FITS)
    sure = np.where(doubted, np.minimum(sure, 0.0), sure)
    twice = np.array([page.texts[a] == page.texts[b] for a, b in pairwise(lines)], dtype=bool)
    return Order(lines, known[:1] + np.where(twice, _NEVER, sure).tolist())


def _rivalled(page: Page, above: _Lines, below: _Lines) -> _Scores:
    """Measure by how much the words of another line near by fit better, after the one above or before the one below."""
    lag = np.arange(_RIVALS)
    n = len(page.texts)
    after, before = above[:, None] + 1 + lag, below[:, None] - 1 - lag
    follows = np.where((after < n) & (after != below[:, None]), page.links[np.minimum(after, n - 1), lag], _NO_LINK)
    precedes = np.where((before >= 0) & (before != above[:, None]), page.links[below][:, :_RIVALS], _NO_LINK)
    rival = np.maximum(follows.max(axis=1), precedes.max(axis=1))
    better: _Scores = np.clip(rival - page.link(above, below), 0.0, _MOST_RIVALLED).astype(np.float32)
    return better


def _sure(links: _Scores, at: int) -> float:
    """How sure it is that a column goes on in the next: that fits well, and clearly better than any other of both."""
    link = links[at - 1, at]
    rivals = np.concatenate([np.delete(links[at - 1], [at - 1, at]), np.delete(links[:, at], [at - 1, at])])
    rival = max(float(rivals.max(initial=0.0)), 0.0)
    return _SURE + float(link) - rival if link >= _SURE and link - rival >= DOUBTFUL else 0.0


def _changes(
    page: Page, above: Sequence[int], margins: Sequence[float], sheets: Sequence[Sheet]
) -> Iterator[tuple[list[int], float]]:
    """Yield other readings, and what speaks against each: a line under another foot, whose own line changes over."""
    below = {over: line for line, over in enumerate(above) if over >= 0}
    found = [*_at_ends(page, above, below, margins, sheets), *_at_heads(above, margins, sheets)]
    for cost, line, foot in sorted(found)[:_TRIED]:
        changed = list(above)
        if foot in below:
            changed[below[foot]] = above[line]
        changed[line] = foot
        yield changed, cost


def _at_ends(
    page: Page, above: Sequence[int], below: Mapping[int, int], margins: Sequence[float], sheets: Sequence[Sheet]
) -> Iterator[tuple[float, int, int]]:
    """Find the lines that may stand under the foot of another article: the cost, the line, the foot."""
    ends = (page.kinds != Kind.FULL) & (page.kinds != Kind.FIRST)
    for sheet in sheets:
        lines = sheet.lines.tolist()
        first, last = lines[0], lines[-1]
        for line in lines:
            over = above[line]
            if over < 0 or not ends[over] or margins[line] >= _DOUBTED:
                continue
            for foot in range(max(first, line - _NEAR), line):
                other = below.get(foot, last + 1)
                if foot == over or not ends[foot] or other < line or other - line > _NEAR or other <= over:
                    continue
                if other > last and foot < line - _NEAR // 2:
                    continue
                cost = max(0.5, margins[line], margins[other] if other <= last else 0.0)
                if cost < _DOUBTED:
                    yield cost, line, foot


def _at_heads(
    above: Sequence[int], margins: Sequence[float], sheets: Sequence[Sheet]
) -> Iterator[tuple[float, int, int]]:
    """Find the heads of columns that may stand under a foot near by, whose own line then heads a column."""
    for sheet in sheets:
        lines = sheet.lines.tolist()
        for head in (line for line in lines if above[line] < 0 and margins[line] < _DOUBTED):
            for other in range(max(lines[0], head - _NEAR), min(lines[-1], head + _NEAR) + 1):
                if 0 <= above[other] < head and margins[other] < _DOUBTED:
                    yield max(0.5, margins[head], margins[other]), head, above[other]


def _read(page: Page, above: list[int], known: _Known) -> _Reading:
    """Put columns in order."""
    columns: list[list[int]] = []
    of: list[int] = []
    for line, over in enumerate(above):
        if over < 0:
            of.append(len(columns))
            columns.append([line])
        else:
            of.append(of[over])
            columns[of[over]].append(line)
    left, at_odds = _left_of(columns, Counter((of[a], of[b]) for a, b in known.beside))
    links = _links(page, columns, known.sheet)
    path, score = _best_path((links + _LEFT_OF * left).astype(np.float32), left)
    return _Reading(above, [columns[at] for at in path], links[np.ix_(path, path)], score - _AT_ODDS * at_odds)


def _left_of(columns: Sequence[Sequence[int]], pairs: Counter[tuple[int, int]]) -> tuple[_Flags, int]:
    """Tell which columns stand left of which; and how often the page contradicts itself.

    Args:
        columns: the lines of each.
        pairs: how often one column stood right beside another, left to right: pieces of a print line are neighbours.
    """
    group, place = list(range(len(columns))), [0] * len(columns)
    at_odds = 0
    for (a, b), n in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        if group[a] == group[b]:
            at_odds += n * (place[b] != place[a] + 1)
            continue
        moved, shift = group[b], place[a] + 1 - place[b]
        for one, held in enumerate(group):
            if held == moved:
                group[one], place[one] = group[a], place[one] + shift
    of, x = np.array(group), np.array(place)
    wide = {one: int(np.ptp(x[of == one])) for one in set(group)}
    # A group as wide as the page tells where on the page its columns stand.
    whole = [one for one, width in wide.items() if width == max(wide.values()) and width > 1]
    for one in whole:
        x[of == one] -= x[of == one].min()
    of = np.where(np.isin(of, whole), -1, of)
    known = of[:, None] == of
    first, last = np.array([c[0] for c in columns]), np.array([c[-1] for c in columns])
    overlap = known & (x[:, None] == x) & (first[:, None] < last) & (first < last[:, None])
    np.fill_diagonal(overlap, val=False)
    return known & (x[:, None] < x), at_odds + int(overlap.sum()) // 2


def _links(page: Page, columns: Sequence[Sequence[int]], sheet: _Lines) -> _Scores:
    """Score each column (axis 1) as the one after each other: by words, by topic, where it may stand right below."""
    heads, feet = np.array([c[0] for c in columns]), np.array([c[-1] for c in columns])
    n = len(columns)
    text = page.link(np.repeat(feet, n), np.tile(heads, n)).reshape(n, n)
    alike = page.alike([c[-_NEAR_END:] for c in columns], [c[:_NEAR_HEAD] for c in columns])
    # a headline tells of another story than the text above
    topic = np.minimum(alike, _MOST_TOPIC) * (page.kinds[heads] != Kind.BARE)
    below = sheet[heads] == sheet[feet][:, None] + 1
    links: _Scores = np.maximum(_NO_LINK, text + _TOPIC * topic + _BELOW * below).astype(np.float32)
    return links


def _best_path(links: _Scores, before: _Flags) -> tuple[list[int], float]:
    """Find the order of all columns with the highest sum of links, less what stands before its left neighbours."""
    n = len(links)
    done = np.zeros((1, n), dtype=bool)
    score = np.zeros(1, dtype=np.float32)
    last = np.full(1, -1)
    marks = np.random.default_rng(0).integers(1, 1 << 50, size=n)
    cost = before.astype(np.float32)
    steps: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for _ in range(n):
        step = np.where((last >= 0)[:, None], links[last], -_EARLIER * np.arange(n))
        skipped = (~done).astype(np.float32) @ cost
        value = np.where(done, -_IMPOSSIBLE, score[:, None] + step - _BACKWARDS * skipped).ravel()
        ranked = np.argsort(-value, kind="stable")[: 4 * _PATHS]
        ranked = ranked[value[ranked] > -_IMPOSSIBLE / 2]
        parent, at = ranked // n, ranked % n
        key = (done[parent] * marks).sum(axis=1) * n + at
        chosen = np.sort(np.unique(key, return_index=True)[1])[:_PATHS]
        parent, last = parent[chosen], at[chosen]
        score = value[ranked[chosen]].astype(np.float32)
        done = done[parent]
        done[np.arange(len(last)), last] = True
        steps.append((parent, last))
    path: list[int] = []
    state = 0
    for parents, lasts in reversed(steps):
        path.append(int(lasts[state]))
        state = int(parents[state])
    return path[::-1], float(score[0])
