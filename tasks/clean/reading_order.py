"""Put the columns of a page in reading order: the foot of one leads to the head of the next."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, product
from math import inf

from tasks.clean.seams import Seams
from tasks.clean.tracks import Cell

# Up to here the best order of all is searched for; of more columns the best link first.
_FEW = 11
_LEFT_OF, _BACKWARDS, _NO_LINK = 0.5, -4.0, -2.0
_NEAR_END, _AHEAD, _NEAR = 14, 3, 10
# A link with less evidence (log-odds) than this against its rivals is no evidence.
DOUBTFUL = 1.0
_SURE = 3.0


def order(
    cells: Sequence[Cell], seams: Seams, above: Sequence[int], margins: Sequence[float]
) -> tuple[list[int], list[float]]:
    """Chain the columns that `tracks.follow` found.

    Returns:
        The lines in reading order; and of each in that order, how sure it is that it goes on from the one before
        (log-odds): 0 where another column begins without a link, `DOUBTFUL` and no more where one begins with a link,
        else the least of the margin of its column and the margin against a change of places with another column.
    """
    columns = _columns(above)
    links = _links(cells, seams, columns)
    sequence = _best_path(links) if len(columns) <= _FEW else _greedy_path(links)
    unchanged = _unchanged(seams, above, columns)
    lines: list[int] = []
    sure: list[float] = []
    previous = -1
    for at in sequence:
        lines += columns[at]
        sure.append(DOUBTFUL if previous >= 0 and _sure(links[previous], at) else 0.0)
        for over, line in pairwise(columns[at]):
            # No column prints a line twice.
            twice = seams.texts[over] == seams.texts[line]
            sure.append(0.0 if twice else min(margins[line], unchanged[line]))
        previous = at
    return lines, sure


def _sure(links: list[float], at: int) -> bool:
    """One column goes on in another if that fits well, and clearly better than any other."""
    others = (score for other, score in enumerate(links) if other != at)
    return links[at] >= _SURE and links[at] - max(others, default=0.0) >= 1.0


def _columns(above: Sequence[int]) -> list[list[int]]:
    columns: list[list[int]] = []
    of: dict[int, int] = {}
    for line, over in enumerate(above):
        if over < 0:
            of[line] = len(columns)
            columns.append([line])
        else:
            of[line] = of[over]
            columns[of[line]].append(line)
    return columns


def _unchanged(seams: Seams, above: Sequence[int], columns: list[list[int]]) -> list[float]:
    """Score for each line that its column and another did not change places above it and above a line of the other."""
    seen: dict[int, dict[str, int]] = {}
    below: dict[int, list[int]] = {}
    for column in columns:
        for n, line in enumerate(column):
            seen[line] = {pair: 0 for at in column[max(0, n - _NEAR_END) : n + 1] for pair in seams.pairs[at]}
            below[line] = column[n : n + _AHEAD]
    known: dict[tuple[int, int], float] = {}

    def fits(before: int, after: int) -> float:
        if (before, after) not in known:
            topic = sum(seams.topic(seen[before], line) for line in below[after])
            known[before, after] = seams.link(before, after) + topic
        return known[before, after]

    unchanged = [inf] * len(above)
    for line, over in enumerate(above):
        for other in range(line + 1, min(line + _NEAR, len(above))):
            above_other = above[other]
            if over < 0 or above_other < 0 or above_other >= line or above_other == over:
                continue
            kept, swapped = fits(over, line) + fits(above_other, other), fits(over, other) + fits(above_other, line)
            unchanged[line] = min(unchanged[line], kept - swapped)
            unchanged[other] = min(unchanged[other], kept - swapped)
    return unchanged


def _links(cells: Sequence[Cell], seams: Seams, columns: list[list[int]]) -> list[list[float]]:
    """Score each column as the one after each other: as text, and by which of two stood left of the other."""
    left = _left_of(cells, columns)
    seen = [{pair: 0 for line in column[-_NEAR_END:] for pair in seams.pairs[line]} for column in columns]
    scores = [[0.0] * len(columns) for _ in columns]
    for a, b in product(range(len(columns)), repeat=2):
        topic = sum(seams.topic(seen[a], line) for line in columns[b][:5]) / 2
        score = max(_NO_LINK, seams.link(columns[a][-1], columns[b][0]) + topic)
        scores[a][b] = score + (_LEFT_OF if (a, b) in left else _BACKWARDS if (b, a) in left else 0.0)
    return scores


def _left_of(cells: Sequence[Cell], columns: list[list[int]]) -> set[tuple[int, int]]:
    """Tell which columns stand left of which: by the print lines that hold both, and what follows from that."""
    of = {line: n for n, column in enumerate(columns) for line in column}
    seen: Counter[tuple[int, int]] = Counter()
    for one, other in pairwise(sorted(of)):
        if cells[one].print_line == cells[other].print_line:
            seen[of[one], of[other]] += 1
    left = {(a, b) for (a, b), n in seen.items() if n > seen[b, a]}
    for middle, a, b in product(range(len(columns)), repeat=3):
        if (a, middle) in left and (middle, b) in left and (b, a) not in left:
            left.add((a, b))
    return left


def _best_path(links: list[list[float]]) -> list[int]:
    """Find the order of all columns with the highest sum of links (Held and Karp)."""
    n = len(links)
    best: dict[tuple[int, int], tuple[float, int]] = {(1 << k, k): (-0.01 * k, -1) for k in range(n)}
    for done in range(1, 1 << n):
        for last in range(n):
            if (done, last) not in best:
                continue
            value = best[done, last][0]
            for following in range(n):
                if not done >> following & 1:
                    key = done | 1 << following, following
                    score = value + links[last][following]
                    if key not in best or best[key][0] < score:
                        best[key] = score, last
    if n == 0:
        return []
    done = (1 << n) - 1
    at = max(range(n), key=lambda last: best[done, last][0])
    path = []
    while at >= 0:
        path.append(at)
        done, at = done & ~(1 << at), best[done, at][1]
    return path[::-1]


def _greedy_path(links: list[list[float]]) -> list[int]:
    n = len(links)
    following: dict[int, int] = {}
    leader = list(range(n))
    pairs = sorted(((links[a][b], -a, -b) for a, b in product(range(n), repeat=2) if a != b), reverse=True)
    for score, minus_a, minus_b in pairs:
        a, b = -minus_a, -minus_b
        if score <= _NO_LINK or a in following or leader[b] != b or leader[a] == b:
            continue
        following[a] = b
        head = leader[a]
        while b >= 0:
            leader[b] = head
            b = following.get(b, -1)
    path = []
    for start in range(n):
        at = start if leader[start] == start else -1
        while at >= 0:
            path.append(at)
            at = following.get(at, -1)
    return path
