"""How well one print line of a page follows another: by their widths, marks, the words cut between them, the topic.

A score is a log-odds: of two lines that could come next, the one that scores higher by 1 is right 2.7 times as often.
The weights were fitted on pairs of lines of 20 typeset pages; counts of characters are in `seeds/lexicons/seams.tsv`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from math import log, sqrt

from tasks import lexicons
from tasks.clean import widths

_ENDS = re.compile(widths.ENDS_SENTENCE)
_LEFT_OPEN = re.compile("[“（《][^”）》]*$")
_CLOSES = re.compile("^[^“（《]*[”）》]")
_CLOSERS = frozenset(widths.CLOSERS)
_DATELINE = re.compile(widths.DATELINE.replace(r"\p{Han}", "\u4e00-\u9fff"))
_HAN = re.compile("[\u4e00-\u9fff]+")
_INDENT = 2.0


class Kind(IntEnum):
    """What a line may be, by its width and its end."""

    FULL = 0
    FULL_END = 1
    FIRST = 2  # narrower than a full line by the indent
    LAST = 3
    BARE = 4  # short, and no sentence ends: a headline, or a heading


# Row: the line; column: the line after it.
_FOLLOWS = (
    (1.4, 0.4, -2.1, 1.7, -1.4),
    (0.4, -0.4, 0.1, 0.1, -0.2),
    (1.4, 0.8, -1.2, 0.0, -0.9),
    (-1.6, -0.6, 1.2, -0.7, 1.7),
    (-1.5, -0.2, 2.1, -1.0, 0.7),
)
_BRACKET, _SEAM, _NUMBER, _WORD, _LONGER_WORD, _DATED, _TOPIC = 1.5, 0.6, 1.6, 0.4, 1.1, 2.0, 1.5
_MOST_TOPIC = 6.0


def kind_of(text: str, width: float, column: float) -> Kind:
    """Say what a line `width` wide is in a column `column` wide (both in Han widths)."""
    core = width - (text[-1] in _CLOSERS)
    ends = _ENDS.search(text) is not None
    if core > column - _INDENT + 0.5:
        return Kind.FULL_END if ends else Kind.FULL
    if core > column - _INDENT - 0.6:
        return Kind.FULL_END if ends else Kind.FIRST
    return Kind.LAST if ends else Kind.BARE


class Seams:
    """Scores links between the lines of one document.

    Args:
        texts: the lines, none empty.
        kinds: what each may be.
    """

    def __init__(self, texts: Sequence[str], kinds: Sequence[Kind]) -> None:
        """Count what the lines have in common."""
        self.texts, self.kinds = texts, kinds
        self.dated = [_DATELINE.search(text) is not None for text in texts]
        self.pairs = [_pairs(text) for text in texts]
        lines_with = Counter(pair for found in self.pairs for pair in found)
        self._rarity = {pair: 1 / sqrt(n) for pair, n in lines_with.items()}
        self._words = Counter(text[k : k + n] for text in texts for n in (2, 3) for k in range(len(text) - n + 1))
        self._open = [_LEFT_OPEN.search(text) is not None for text in texts]
        self._closes = [_CLOSES.search(text) is not None for text in texts]
        self._known: dict[tuple[int, int], float] = {}

    def link(self, before: int, after: int) -> float:
        """Score line `after` as the next line of the column that line `before` stands in."""
        key = before, after
        if key not in self._known:
            self._known[key] = self._link(before, after)
        return self._known[key]

    def topic(self, seen: dict[str, int], line: int) -> float:
        """Score what a line has in common with the pairs of characters `seen` in the lines above it."""
        rare = sum(self._rarity[pair] for pair in self.pairs[line] if pair in seen)
        return min(_MOST_TOPIC, _TOPIC * rare)

    def _link(self, before: int, after: int) -> float:
        x, y, kind = self.texts[before], self.texts[after], self.kinds[before]
        score = _FOLLOWS[kind][self.kinds[after]]
        if self._open[before]:
            short = kind in (Kind.LAST, Kind.BARE)
            score += _BRACKET * (1.0 if self._closes[after] else -0.5 if short else 0.0)
        elif self._closes[after]:
            score -= _BRACKET
        if self.dated[after]:
            score += _DATED if kind is Kind.BARE else -_DATED
        return score if kind is Kind.LAST else score + self._cut(x, y)

    def _cut(self, x: str, y: str) -> float:
        """Score the word or clause that the line end may have cut."""
        last, first = _counted(x[-1]), _counted(y[0])
        if last == first and last in "0A":
            return _NUMBER
        score = _SEAM * _likelihood(last, first)
        if x[-1] in _CLOSERS:
            return score
        n = self._words[x[-1] + y[0]]
        longer = (self._words[x[-2:] + y[0]] > 0) + (self._words[x[-1] + y[:2]] > 0)
        return score + _LONGER_WORD * longer + (_WORD * min(1.5, 0.7 + 0.3 * log(n)) if n else 0.0)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(run[k : k + 2] for run in _HAN.findall(text) for k in range(len(run) - 1))


def _counted(character: str) -> str:
    if character.isdigit():
        return "0"
    return "A" if character.isascii() and character.isalpha() else character


def _likelihood(last: str, first: str) -> float:
    known = _table().get(last)
    return 0.0 if known is None else known[1].get(first, known[0])


@cache
def _table() -> dict[str, tuple[float, dict[str, float]]]:
    """Character -> (log-likelihood ratio of any other successor, of each known one)."""
    table: dict[str, tuple[float, dict[str, float]]] = {}
    for character, other, groups in lexicons.rows("seams"):
        known: dict[str, float] = {}
        for group in groups.split(" "):
            value, successors = re.fullmatch(r"(-?\d)(.*)", group, re.DOTALL).groups()  # type: ignore[union-attr]
            known |= dict.fromkeys(successors, float(value))
        table[character] = float(other), known
    return table
