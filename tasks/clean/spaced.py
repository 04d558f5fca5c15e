"""Follow the columns of a page that was read across and has blank lines between its lines: where columns alternate.

A blank line ends no paragraph there. What stands without one is of one column; its pieces are linked by the words cut
between them, and by how many pieces lie between the links near by: that is how many columns alternate.
"""

import numpy as np
from numpy.typing import NDArray

from tasks.clean.reading_order import APART, Order
from tasks.clean.seams import Page

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float32]

# So many pieces ahead the next of a column is looked for; so many around tell how many columns alternate.
_AHEAD, _AROUND, _ROUNDS, _MOST_ROUNDS = 9, 8, 5, 12
_BEAT, _LEAST, _NONE = np.float32(5.0), 0.0, np.float32(-99.0)
# Links as sure as this are settled: their pieces are no rivals of others. Less sure ones order the page, and join not.
# Other links must be better by so much than none. Neighbours that fit worse than that are of two columns.
_SETTLED, _STANDS, _PARTED = 3.5, 1.5, -1.0
_CERTAIN, _UNSURE = np.float32(16.0), np.float32(APART)


def order(page: Page, heads: _Ints) -> Order:
    """Read the pieces of a page, which begin at `heads`: linked ones one after the other, where the first stands."""
    above, margins = _followed(page, heads)
    columns: list[list[int]] = []
    of: list[int] = []
    for line, over in enumerate(above.tolist()):
        of.append(len(columns) if over < 0 else of[over])
        if over < 0:
            columns.append([])
        columns[of[line]].append(line)
    lines = [line for column in columns for line in column]
    return Order(lines, margins[lines].tolist())


def _followed(page: Page, heads: _Ints) -> tuple[_Ints, _Floats]:
    """For each line the one above it (-1: none), and how sure: what is not, is no link that joins."""
    later = np.arange(1, len(page.texts))
    heads = np.union1d(heads, later[page.link(later - 1, later) < _PARTED])
    feet = np.append(heads[1:], len(page.texts)) - 1
    above, margins = np.arange(len(page.texts)) - 1, np.full(len(page.texts), _CERTAIN)
    above[heads], margins[heads] = -1, _UNSURE
    chosen, sure = _linked(_fits(page, feet, heads))
    linked = np.flatnonzero(chosen >= 0)
    after = heads[linked + 1 + chosen[linked]]
    above[after], margins[after] = feet[linked], np.where(sure[linked] >= _SETTLED, sure[linked], _UNSURE)
    return above, margins


def _fits(page: Page, feet: _Ints, heads: _Ints) -> _Floats:
    """Score each piece (row) before each of the `_AHEAD` pieces behind it."""
    n = len(heads)
    one = np.repeat(np.arange(n), _AHEAD)
    other = one + 1 + np.tile(np.arange(_AHEAD), n)
    real = other < n
    fits = np.full(n * _AHEAD, _NONE)
    fits[real] = page.link(feet[one[real]], heads[other[real]])
    return fits.reshape(n, _AHEAD)


def _linked(fits: _Floats) -> tuple[_Ints, _Floats]:
    """Choose how many pieces ahead each goes on (-1: nowhere), and say how sure that is."""
    chosen = np.full(len(fits), -1)
    score = fits
    for _ in range(_ROUNDS):
        score = fits + _BEAT * _beat(chosen)
        chosen = _matched(score)
    sure = np.full(len(fits), _UNSURE)
    for _ in range(_MOST_ROUNDS):
        margins = _margins(score, chosen)
        settled = np.flatnonzero((sure < _SETTLED) & (margins >= _SETTLED))
        if not len(settled):
            break
        sure[settled] = margins[settled]
        score = _without_rivals(score, settled, chosen[settled])
        chosen = _matched(score)
    return chosen, sure


def _beat(chosen: _Ints) -> _Floats:
    """The share of the pieces around each that go on so many pieces ahead."""
    n = len(chosen)
    votes = np.zeros((n + 1, _AHEAD), dtype=np.float32)
    linked = np.flatnonzero(chosen >= 0)
    votes[linked + 1, chosen[linked]] = 1.0
    total = votes.cumsum(axis=0)
    at = np.arange(n)
    near = total[np.minimum(at + _AROUND + 1, n)] - total[np.maximum(at - _AROUND, 0)] - votes[1:]
    share: _Floats = near / np.float32(2 * _AROUND)
    return share


def _matched(score: _Floats) -> _Ints:
    """Give each piece one that goes on, none to two; the best links first."""
    n = len(score)
    chosen, taken = np.full(n, -1), np.zeros(n + _AHEAD, dtype=bool)
    for at in np.argsort(-score, axis=None, kind="stable").tolist():
        one, lag = divmod(at, _AHEAD)
        if score[one, lag] < _LEAST:
            break
        if chosen[one] < 0 and not taken[one + lag]:
            chosen[one], taken[one + lag] = lag, True
    return chosen


def _margins(score: _Floats, chosen: _Ints) -> _Floats:
    """By how much each link is better than any other of its two pieces, and than none."""
    n = len(score)
    at = np.flatnonzero(chosen >= 0)
    margins = np.full(n, _UNSURE)
    own, others = score[at, chosen[at]], score.copy()
    others[at, chosen[at]] = _NONE
    lags = np.arange(_AHEAD)
    before = (at + chosen[at])[:, None] - lags
    back = np.where(before >= 0, others[np.maximum(before, 0), lags], _NONE)
    rival = np.maximum(others[at].max(axis=1), back.max(axis=1))
    margins[at] = own - np.maximum(rival, _STANDS)
    return margins


def _without_rivals(score: _Floats, at: _Ints, lag: _Ints) -> _Floats:
    """Take out all other links of the pieces that the links `at` join."""
    left, own, lags = score.copy(), score[at, lag], np.arange(_AHEAD)
    before = (at + lag)[:, None] - lags
    rows, columns = np.nonzero(before >= 0)
    left[at] = _NONE
    left[before[rows, columns], columns] = _NONE
    left[at, lag] = own
    return left
