"""The readings of a page that a search for its columns keeps: each places one more line in every way that may be best.

Of each reading it is known by how much the foot of one column can be lower down than that of another, since a PDF
reader sorts lines by height and a column's lines come at one steady beat, which a headline shifts by its leading.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.clean import sides
from tasks.clean.seams import FAR, MOST_TOPIC, NEAR, Kind

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

BEAM = 192
MOST_COLUMNS = 8
_MEMORY = 12
HOPELESS = 16.0
# Heights are in lines of body text. From a line (row: body, headline) to the next (column: body, headline).
# A headline a third larger than the text, under a blank line, is usual; what is measured of other pages is less exact.
USUAL = np.array([[1.0, 2.33], [1.0, 1.33]], dtype=np.float32)
GIVE = np.array([[0.0, 0.06], [0.06, 0.06]], dtype=np.float32)
GIVE_MEASURED = np.array([[0.0, 0.4], [0.2, 0.2]], dtype=np.float32)
_TOLERANCE = 0.01
# Lines of one height come from left to right: that each is lower down by this holds for them, too.
_STEP = np.float32(0.02)
# Pieces of one print line need not have quite the same height.
_SAME_LINE = np.float32(0.5)
_ENDED, _DROPPED = 1.0, 2.0
_UNKNOWN = np.float32(1e4)
# Costs in log-odds.
_PLAIN_HEADING, _LONG_HEADLINE, _FULL_UNDER_HEADLINE, _HEADLINE_IN_SENTENCE = 0.7, 2.0, 2.0, 3.0
_NEW, _NEW_AT_TOP, _IN_MID_PAGE, _TOP = 5.0, 2.0, 1.0, 16
_OUT_OF_TURN, _OUT_OF_TURN_AT_HEADLINE, _LATE, _MOST_LATE = 9.0, 2.0, 3.0, 4.0
_RIGHT_TO_LEFT, _NOT_NEXT, _TWICE = 5.0, 5.0, 20.0
# No line came where the next of a column was due: by the kind of its lowest line; last, of a headline. Quarters: sums
# are exact, whatever other pages are read with this one.
_SKIPPED = np.array([4.0, 1.5, 4.0, 0.5, 0.5, 0.25], dtype=np.float32)
_IMPOSSIBLE = np.float32(1e9)
_BEGINNING = -(10**6)
_FULL, _FULL_END, _FIRST, _BARE = map(int, (Kind.FULL, Kind.FULL_END, Kind.FIRST, Kind.BARE))


class Given(NamedTuple):
    """What is known of the lines of all sheets: first axis the lines, second the sheets, longest first."""

    links: Floats
    topics: Floats
    kinds: Ints
    as_body: Floats  # what it costs to read the line as body text, or as a headline
    as_headline: Floats
    beside: Flags  # the line stands right of the line before it, on one print line
    sizes: Ints
    leading: Floats
    give: Floats

    def of(self, sheets: Sequence[int], leading: Floats, give: Floats) -> "Given":
        """The same of some of the sheets, whose headlines are set otherwise."""
        lines = (part[:, sheets] for part in self[:6])
        return Given._make((*lines, self.sizes[sheets], leading, give))


class States(NamedTuple):
    """Readings so far, sorted by sheet: first axis the readings, second the columns."""

    sheet: Ints
    score: Floats
    foot: Ints
    headline: Flags
    skipped: Flags
    most: Floats  # of two columns: by how much the foot of the first can be lower down than that of the second
    left: Flags  # of two columns: the first stood left of the second
    next: Ints  # the column that stands right beside: pieces of a print line are neighbours
    chain: Ints  # the lines above the foot that belong to its article
    mark: Ints  # of the foot, what stands above it and how it was read: two readings of equal sums are one
    first: Ints  # the column of the first piece of the print line
    last: Ints


class Step(NamedTuple):
    """How each reading came about: the reading before it, and the line above the line placed."""

    parent: Ints
    above: Ints
    headline: Flags


def beginning(n: int) -> States:
    """One empty reading of each of n sheets."""
    return States(
        sheet=np.arange(n),
        score=np.zeros(n, dtype=np.float32),
        foot=np.full((n, 1), -1),
        headline=np.zeros((n, 1), dtype=bool),
        skipped=np.zeros((n, 1), dtype=bool),
        most=np.full((n, 1, 1), _UNKNOWN, dtype=np.float32),
        left=np.zeros((n, 1, 1), dtype=bool),
        next=np.full((n, 1), -1),
        chain=np.full((n, 1, _MEMORY), _BEGINNING),
        mark=np.zeros((n, 1), dtype=np.int64),
        first=np.zeros(n, dtype=np.int64),
        last=np.full(n, -1),
    )


def given(links: Floats, topics: Floats, kinds: Ints, marked: Flags, beside: Flags, sizes: Ints) -> Given:
    """Add what follows from the kinds of the lines, and the usual leading."""
    bare = kinds == _BARE
    may_head = (kinds == _FIRST) & ~marked
    return Given(
        links,
        topics,
        kinds,
        as_body=np.where(bare, _PLAIN_HEADING, 0.0).astype(np.float32),
        as_headline=np.where(bare, 0.0, np.where(may_head, _LONG_HEADLINE, _IMPOSSIBLE)).astype(np.float32),
        beside=beside,
        sizes=sizes,
        leading=np.tile(USUAL, (len(sizes), 1, 1)),
        give=GIVE,
    )


def placed(known: Given, states: States, line: int, marks: Ints) -> tuple[States, Step]:
    """Place one more line of each sheet that has one."""
    parents = np.flatnonzero(known.sizes[states.sheet] > line)
    if len(parents) < len(states.sheet):
        states = States._make(part[parents] for part in states)
    states = _fitted(states)
    value = _values(known, states, line)
    row, slot, headline, fresh, over, mark, score = _best(states, value, line, marks)
    grown = States._make(part[row] for part in states)._replace(score=score)
    grown = _grown(known, grown, line, slot, headline, fresh)
    grown.mark[np.arange(len(row)), slot] = mark
    return _skipped(known, grown, line), Step(parents[row], over, headline.astype(bool))


def _fitted(states: States) -> States:
    """Make room for one column more than any reading has."""
    used = states.foot >= 0
    n = used.shape[1]
    wanted = min(MOST_COLUMNS, 2 + int(np.flatnonzero(used.any(axis=0)).max(initial=-1)))
    if wanted <= n:
        cut = {
            name: getattr(states, name)[:, :wanted] for name in ("foot", "headline", "skipped", "next", "chain", "mark")
        }
        return states._replace(most=states.most[:, :wanted, :wanted], left=states.left[:, :wanted, :wanted], **cut)
    room = [(0, 0), (0, wanted - n)]
    return states._replace(
        foot=np.pad(states.foot, room, constant_values=-1),
        headline=np.pad(states.headline, room),
        skipped=np.pad(states.skipped, room),
        most=np.pad(states.most, [*room, room[1]], constant_values=_UNKNOWN),
        left=np.pad(states.left, [*room, room[1]]),
        next=np.pad(states.next, room, constant_values=-1),
        chain=np.pad(states.chain, [*room, (0, 0)], constant_values=_BEGINNING),
        mark=np.pad(states.mark, room),
    )


def _values(known: Given, states: States, line: int) -> Floats:
    """Score every way to place the line: under each column, or, last, as a new one; as body text, or as a headline."""
    sheet, foot, heads = states.sheet[:, None], states.foot, states.headline
    kind, beside = known.kinds[line][sheet], known.beside[line][sheet]
    text = known.links[line][sheet, np.minimum(line - foot - 1, NEAR - 1)]
    ago = np.minimum(line - states.chain - 1, FAR)
    topic = np.minimum(known.topics[line][sheet[..., None], ago].sum(axis=2), MOST_TOPIC)
    upper, lower = _apart(states)
    if beside.any():
        last = np.maximum(states.last, 0)
        left_of_last = np.take_along_axis(states.left, last[:, None, None], axis=2)[..., 0]
        text = text - _RIGHT_TO_LEFT * (beside & left_of_last)
        text = text - _TWICE * (beside & (np.arange(foot.shape[1]) == states.last[:, None]))
        text = text - _NOT_NEXT * (beside & sides.far(states.next, states.last))
    bound = np.where(beside, -_SAME_LINE, _STEP)
    under = known.kinds[np.maximum(foot, 0), sheet]
    in_sentence = ~heads & ((under == _FULL) | (under == _FIRST))
    # A headline tells of another story than the text above.
    costs = (_FULL_UNDER_HEADLINE * (heads & (kind <= _FULL_END)), _HEADLINE_IN_SENTENCE * in_sentence + topic * ~heads)
    values = np.full((*foot.shape[:1], foot.shape[1] + 1, 2), -_IMPOSSIBLE, dtype=np.float32)
    leading = known.leading[states.sheet]
    for headline, (cost, reading) in enumerate(zip(costs, (known.as_body, known.as_headline), strict=True)):
        step = np.where(heads, leading[:, 1, headline, None], leading[:, 0, headline, None])
        give = np.where(heads, known.give[1, headline], known.give[0, headline])
        off = bound - (upper + step + give)
        if beside.any():
            off = np.maximum(off, np.where(beside, lower + step - give - _SAME_LINE, 0.0))
        base = np.where((give > 0) | beside, _OUT_OF_TURN_AT_HEADLINE, _OUT_OF_TURN)
        turn = np.where(off > _TOLERANCE, base + _LATE * np.minimum(off, _MOST_LATE), 0.0)
        own = reading[line][states.sheet]
        values[:, :-1, headline] = np.where(foot >= 0, text + topic - turn - cost - own[:, None], -_IMPOSSIBLE)
        values[:, -1, headline] = -own
    whole = (kind[:, 0] != _FIRST) & (kind[:, 0] != _BARE)
    values[:, -1] -= _NEW_AT_TOP if line < _TOP else (_NEW + _IN_MID_PAGE * whole)[:, None]
    values[(foot >= 0).all(axis=1), -1] = -_IMPOSSIBLE
    return values + states.score[:, None, None]


def _apart(states: States) -> tuple[Floats, Floats]:
    """By how much the foot of each column can, and must, be lower down than the first piece of the last print line."""
    row = np.arange(len(states.first))
    return states.most[row, :, states.first], -states.most[row, states.first]


def _best(states: States, value: Floats, line: int, marks: Ints) -> tuple[Ints, Ints, Ints, Flags, Ints, Ints, Floats]:
    """Choose each sheet's best readings: parents, columns, if headline, if new; what is above; mark, score."""
    starts = np.flatnonzero(np.diff(states.sheet, prepend=-1))
    best = np.maximum.reduceat(value.max(axis=(1, 2)), starts)
    least = np.repeat(best - HOPELESS, np.diff(starts, append=len(states.sheet)))
    row, slot, headline = np.nonzero(value >= least[:, None, None])
    score = value[row, slot, headline]
    order = np.lexsort((-score, states.sheet[row]))
    row, slot, headline, score = row[order], slot[order], headline[order], score[order]
    fresh = slot == states.foot.shape[1]
    slot = np.where(fresh, (states.foot < 0).argmax(axis=1)[row], slot)
    over = np.where(fresh, -1, states.foot[row, slot])
    mark = marks[line, headline] * (2 * over + 3)
    key = states.mark.sum(axis=1)[row] - states.mark[row, slot] + mark
    _, once = np.unique(key + 7919 * states.sheet[row], return_index=True)
    once.sort()
    sheet = states.sheet[row[once]]
    starts = np.flatnonzero(np.diff(sheet, prepend=-1))
    rank = np.arange(len(sheet)) - np.repeat(starts, np.diff(starts, append=len(sheet)))
    kept = once[rank < BEAM]
    return row[kept], slot[kept], headline[kept], fresh[kept], over[kept], mark[kept], score[kept]


def _grown(known: Given, states: States, line: int, slot: Ints, headline: Ints, fresh: Flags) -> States:
    """Put the line into its column."""
    row = np.arange(len(slot))
    first, last, most, left = states.first, states.last, states.most, states.left
    beside = known.beside[line][states.sheet]
    pair = beside & (last >= 0) & (last != slot)
    was = states.headline[row, slot].astype(np.int64)
    step, give = known.leading[states.sheet, was, headline], known.give[was, headline]
    least, highest = step - give, step + give
    slack = np.where(beside, _SAME_LINE, -_STEP)
    # What is out of turn is put where it came.
    highest = np.maximum(highest, -slack - most[row, slot, first])
    least = np.minimum(least, highest)
    if beside.any():
        least = np.where(beside, np.minimum(least, most[row, first, slot] + slack), least)
    across = np.where(fresh[:, None], _UNKNOWN, most[row, slot] + highest[:, None])
    down = np.where(fresh[:, None], _UNKNOWN, most[row, :, slot] - least[:, None])
    most[row, slot], most[row, :, slot], most[row, slot, slot] = across, down, 0.0
    other = (first != slot) & (last >= 0)
    # It is no higher than the first piece of the print line before, or about as high as that of its own.
    through = (most[row, :, first] + np.where(other, slack, _UNKNOWN)[:, None])[:, :, None] + most[row, slot][:, None]
    most = np.minimum(most, through)
    if beside.any():
        level = most[row, :, slot] + np.where(other & beside, _SAME_LINE, _UNKNOWN)[:, None]
        most = np.minimum(most, level[:, :, None] + most[row, first][:, None])
        left = sides.parted(left, pair, last, slot, fresh)
    elif fresh.any():
        left[row[fresh], slot[fresh]] = left[row[fresh], :, slot[fresh]] = False
    sides.note(states.next, pair, last, slot, fresh)
    above = np.where((fresh | ((headline == 1) & (was == 0)))[:, None], _BEGINNING, states.chain[row, slot, :-1])
    states.chain[row, slot, 0], states.chain[row, slot, 1:] = line, above
    states.foot[row, slot] = line
    states.headline[row, slot] = headline == 1
    states.skipped[row, slot] = False
    return states._replace(most=most, left=left, first=np.where(beside & (last >= 0), first, slot), last=slot)


def _skipped(known: Given, states: States, line: int) -> States:
    """Charge for columns whose next line is overdue, and drop those that must have ended."""
    row, sheet = np.arange(len(states.sheet)), states.sheet
    foot, heads = states.foot, states.headline
    # The print line is lower down than the foot of a column by at least this; its other pieces came before their turn.
    lower = -states.most[row, :, states.first]
    live = (foot >= 0) & (lower < _UNKNOWN / 2)
    leading = known.leading[sheet]
    after_headline = np.maximum(leading[:, 1, 0], leading[:, 1, 1]) + known.give[1, 1]
    due = live & ~states.skipped & (lower > np.where(heads, after_headline[:, None], 1.0) + _TOLERANCE)
    if not due.any():
        return states
    kind = np.where(heads, len(_SKIPPED) - 1, known.kinds[np.maximum(foot, 0), sheet[:, None]])
    score = states.score - np.where(due, _SKIPPED[kind], 0.0).sum(axis=1)
    states = states._replace(score=score.astype(np.float32), skipped=states.skipped | due)
    gone = live & states.skipped & (lower > (leading[:, 0, 1] + known.give[0, 1] + _ENDED)[:, None])
    return _dropped(states, gone) if gone.any() else states


def _dropped(states: States, gone: Flags) -> States:
    keeps = ~(gone[:, :, None] | gone[:, None])
    return states._replace(
        score=states.score - np.float32(_DROPPED) * gone.sum(axis=1),
        foot=np.where(gone, -1, states.foot),
        headline=states.headline & ~gone,
        skipped=states.skipped & ~gone,
        most=np.where(keeps, states.most, _UNKNOWN),
        left=states.left & keeps,
        next=np.where(gone | np.take_along_axis(gone, np.maximum(states.next, 0), axis=1), -1, states.next),
        chain=np.where(gone[..., None], _BEGINNING, states.chain),
        mark=np.where(gone, 0, states.mark),
    )
