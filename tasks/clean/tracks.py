"""Follow the columns of a page through text that was read across it: which line stands under which.

A PDF reader sorts lines by height, so each column's lines come at their own steady beat; a headline shifts the beat by
its leading. A beam search keeps the assignments whose heights never run back and whose lines follow one another best.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from tasks.clean.seams import Kind, Seams

# Heights are in lines of body text. A headline has more leading, and a blank line above it.
_HEADLINE, _ABOVE_HEADLINE = 1.3, 2.3
# Lines on one print line need not have quite the same height.
_SAME_LINE = 0.45
_STEP = 0.02
_LOST = 2.0
_BEAM = 100
_MOST_COLUMNS = 8
_HOPELESS = 25.0
_MEMORY = 14
# A reading that still has a rival so many lines later is less sure by so much than the scores say.
_LOOKS = ((4, 0.0), (10, 2.0))
# Costs in log-odds.
_NEW, _NEW_AT_TOP, _NEW_IN_MID_PAGE, _DROPPED, _PLAIN_HEADING, _FULL_UNDER_HEADLINE, _HEADLINE_IN_SENTENCE = (
    4,
    2,
    1,
    3,
    0.7,
    2,
    1.5,
)
_OUT_OF_TURN, _LATE, _OUT_OF_TURN_AT_HEADLINE, _LATE_AT_HEADLINE = 3.0, 3.0, 0.3, 2.0
_NOWHERE = -1e9


class Cell(NamedTuple):
    """A piece of a print line that stands in one column: its number of print line, and blank lines before it."""

    print_line: int
    gap: int


class _Foot:
    """The lowest line of a column so far, and the pairs of characters of the lines above it in its article."""

    __slots__ = ("depth", "line", "seen", "topics", "under")

    def __init__(self, line: int, seen: dict[str, int], depth: int) -> None:
        self.line, self.seen, self.depth = line, seen, depth
        self.under: dict[tuple[int, bool], _Foot] = {}
        self.topics: dict[int, float] = {}


class _Column(NamedTuple):
    foot: _Foot
    height: float
    headline: bool
    fresh: bool


class _Trace(NamedTuple):
    line: int
    above: int
    before: "_Trace | None"


class _State(NamedTuple):
    score: float
    height: float
    columns: tuple[_Column, ...]
    trace: _Trace | None


def follow(cells: Sequence[Cell], seams: Seams) -> tuple[list[int], list[float]]:
    """Find for each line the one above it in its column, and how sure that is.

    Args:
        cells: where each line was printed, in source order.
        seams: scores of the same lines.

    Returns:
        The index of the line above, -1 for the first line of a column; and by how much the best reading that puts
        the line under another one scores lower (log-odds, at most `_HOPELESS`).
    """
    n = len(cells)
    search = _Search(cells, seams)
    states = [_State(0.0, _NOWHERE, (), None)]
    seen: list[tuple[int, float, dict[int, float]]] = []
    for line in range(n):
        states = search.extend(states, line)
        seen += [(line - ago, less, _above(states, ago)) for ago, less in _LOOKS if line >= ago]
    seen += [(n - 1 - ago, less, _above(states, ago)) for most, less in _LOOKS for ago in range(min(most, n))]
    above = [-1] * n
    trace = states[0].trace
    while trace is not None:
        above[trace.line] = trace.above
        trace = trace.before
    margins = [_HOPELESS] * n
    for line, less, scores in seen:
        rival = max((score for over, score in scores.items() if over != above[line]), default=_NOWHERE)
        margins[line] = min(margins[line], scores[above[line]] - rival - less)
    return above, margins


def _above(states: Sequence[_State], ago: int) -> dict[int, float]:
    """Give the best score by what stands above the line that was placed `ago` lines ago; states come best first."""
    found: dict[int, float] = {}
    for state in states:
        trace = state.trace
        for _ in range(ago):
            trace = trace and trace.before
        if trace is not None:
            found.setdefault(trace.above, state.score)
    return found


# Score, height, the other columns, the line's own, that one before the line, and how it came about.
_Reading = tuple[float, float, tuple[_Column, ...], _Column, "_Column | None", "_Trace | None"]


class _Search:
    def __init__(self, cells: Sequence[Cell], seams: Seams) -> None:
        self.cells, self.seams = cells, seams
        printed = [cell.print_line for cell in cells]
        self.beside_last = [i > 0 and printed[i] == printed[i - 1] for i in range(len(cells))]
        starts = (i if cell.gap else 0 for i, cell in enumerate(cells))
        self.block_start = list(accumulate(starts, max))
        self.shared = [a or b for a, b in zip(self.beside_last, [*self.beside_last[1:], False], strict=True)]

    def extend(self, states: list[_State], line: int) -> list[_State]:
        """Place one more line in every way that may still be best; the best `_BEAM` states, best first."""
        found: dict[tuple[tuple[int, int, bool], ...], _Reading] = {}
        best = _NOWHERE
        readings = self._readings(line)
        root = self._foot(None, line, headline=False)
        new_block = self.cells[line].gap > 0
        for state in states:
            if state.score < best - _HOPELESS:
                break
            height = _NOWHERE if new_block else state.height
            columns = [column for column in state.columns if column.height + _ABOVE_HEADLINE + _LOST >= height]
            score = state.score - _DROPPED * (len(state.columns) - len(columns))
            for placed in self._placed(line, readings, root, score, height, columns):
                value, now, kept, column, under = placed
                if value < best - _HOPELESS:
                    continue
                best = max(best, value)
                key = tuple(sorted((c.foot.line, round((c.height - now) * 16), c.headline) for c in (*kept, column)))
                other = found.get(key)
                if other is not None and other[0] >= value:
                    continue
                found[key] = value, now, kept, column, under, state.trace
        kept_best = sorted(found.values(), key=lambda one: -one[0])[:_BEAM]
        return [self._grown(line, *one) for one in kept_best]

    def _grown(
        self,
        line: int,
        score: float,
        height: float,
        others: tuple[_Column, ...],
        column: _Column,
        under: _Column | None,
        trace: _Trace | None,
    ) -> _State:
        """The state of a reading that is kept: only then is it gathered what stands above the line."""
        if under is None:
            return _State(score, height, (*others, column), _Trace(line, -1, trace))
        heads = column.headline and not under.headline
        below = column._replace(foot=self._foot(under.foot, line, headline=heads))
        return _State(score, height, (*others, below), _Trace(line, under.foot.line, trace))

    def _readings(self, line: int) -> tuple[tuple[bool, float], ...]:
        """Say whether the line is a headline, each reading with its cost."""
        kind, text = self.seams.kinds[line], self.seams.texts[line]
        if kind is Kind.BARE:
            return (True, 0.0), (False, _PLAIN_HEADING)
        if kind is Kind.FIRST and not any(mark in text for mark in "，。；："):
            return (False, 0.0), (True, 2.0)
        return ((False, 0.0),)

    def _placed(
        self,
        line: int,
        readings: tuple[tuple[bool, float], ...],
        root: _Foot,
        score: float,
        height: float,
        columns: list[_Column],
    ) -> Iterator[tuple[float, float, tuple[_Column, ...], _Column, _Column | None]]:
        """Yield every way to place the line: score, height so far, the other columns, its own, that one before it."""
        seams, kind, shared = self.seams, self.seams.kinds[line], self.shared[line]
        for at, column in enumerate(columns):
            foot = column.foot
            if self.beside_last[line] and foot.line == line - 1:
                continue
            link = score + seams.link(foot.line, line) + self._topic(foot, line)
            kept = (*columns[:at], *columns[at + 1 :])
            for headline, cost in readings:
                if column.headline:
                    own = column.height + (_HEADLINE if headline else 1.0)
                else:
                    own = column.height + (_ABOVE_HEADLINE if headline else 1.0)
                late = height + (0.0 if shared else _STEP) - own
                value = link - cost
                if headline and not column.headline and seams.kinds[foot.line] in (Kind.FULL, Kind.FIRST):
                    value -= _HEADLINE_IN_SENTENCE
                if column.headline and not headline and kind in (Kind.FULL, Kind.FULL_END):
                    value -= _FULL_UNDER_HEADLINE
                in_time = late <= (_SAME_LINE if shared else 0.001)
                if not in_time:
                    unsure = headline or column.headline or column.fresh
                    value -= (_OUT_OF_TURN_AT_HEADLINE if unsure else _OUT_OF_TURN) + late * (
                        _LATE_AT_HEADLINE if unsure else _LATE
                    )
                if shared:
                    own = own if in_time else height
                    now = max(height, own - _SAME_LINE)
                else:
                    own = now = max(own, height + _STEP)
                yield value, now, kept, _Column(root, own, headline, False), column
        if len(columns) < _MOST_COLUMNS:
            whole = kind in (Kind.FULL, Kind.FULL_END, Kind.LAST)
            mid_page = whole and height > _NOWHERE and line > 12
            if height > _NOWHERE:
                own = height + _STEP
            else:
                own = min(column.height for column in columns) + 1.0 if columns else 0.0
            top = line < 16 or line < self.block_start[line] + 6
            value = score - (_NEW_AT_TOP if top else _NEW) - (_NEW_IN_MID_PAGE if mid_page else 0)
            for headline, cost in readings:
                yield value - cost, own, tuple(columns), _Column(root, own, headline, True), None

    def _topic(self, foot: _Foot, line: int) -> float:
        if line not in foot.topics:
            foot.topics[line] = self.seams.topic(foot.seen, line)
        return foot.topics[line]

    def _foot(self, above: _Foot | None, line: int, *, headline: bool) -> _Foot:
        if above is None:
            return _Foot(line, dict.fromkeys(self.seams.pairs[line], 0), 0)
        below = above.under.get((line, headline))
        if below is None:
            depth = above.depth + 1
            old = {} if headline else {pair: at for pair, at in above.seen.items() if depth - at <= _MEMORY}
            below = _Foot(line, old | dict.fromkeys(self.seams.pairs[line], depth), depth)
            above.under[line, headline] = below
        return below
