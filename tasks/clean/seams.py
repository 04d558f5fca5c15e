"""How well one print line of a page follows another: by their widths, marks, the words cut between them, the topic.

A score is a log-odds: of two lines that could come next, the one that scores higher by 1 is right 2.7 times as often.
The weights were fitted on pairs of lines of 20 typeset pages, that of `phrases` chosen on 90 whole ones.
"""

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tasks.clean import phrases, widths

Scores = NDArray[np.float32]
_Codes = NDArray[np.int64]

_ENDS = re.compile(widths.ENDS_SENTENCE)
_LEFT_OPEN = re.compile("[“（《][^”）》]*$")
_CLOSES = re.compile("^[^“（《]*[”）》]")
_MARKS = re.compile("[，。；：]")
_CLOSERS = frozenset(widths.CLOSERS)
_DATELINE = re.compile(widths.DATELINE.replace(r"\p{Han}", "\u4e00-\u9fff"))
_INDENT = 2.0
# How many lines back a line's predecessor, and the rest of its article, are looked for.
NEAR, FAR = 40, 120
_MOST_ALIKE = 12


class Kind(IntEnum):
    """What a line may be, by its width and its end."""

    FULL = 0
    FULL_END = 1
    FIRST = 2  # narrower than a full line by the indent
    LAST = 3
    BARE = 4  # short, and no sentence ends: a headline, or a heading


# Row: the line; column: the line after it.
_FOLLOWS = np.array(
    (
        (0.4, -0.6, -3.1, 0.7, -2.4),
        (0.4, -0.4, 0.1, 0.1, -0.2),
        (0.4, -0.2, -2.2, -1.0, -1.9),
        (-1.6, -0.6, 1.2, -0.7, 1.7),
        (-1.5, -0.2, 2.1, -1.0, 0.7),
    )
)
_BRACKET, _SEAM, _NUMBER, _WORD, _LONGER_WORD, _DATED, _TOPIC = 1.5, 0.9, 1.6, 0.4, 1.1, 2.0, 1.5
MOST_TOPIC = 6.0
_CHARACTERS = 0x110000


def kind_of(text: str, width: float, column: float) -> Kind:
    """Say what a line `width` wide is in a column `column` wide (both in Han widths)."""
    core = width - (text[-1] in _CLOSERS)
    ends = _ENDS.search(text) is not None
    if core > column - _INDENT + 0.5:
        return Kind.FULL_END if ends else Kind.FULL
    if core > column - _INDENT - 0.6:
        return Kind.FULL_END if ends else Kind.FIRST
    if not ends and width > column - _INDENT - 0.6:
        return Kind.FIRST
    return Kind.LAST if ends else Kind.BARE


class Page:
    """The lines of one document, none empty, and the kind of each: scores links between any two of them."""

    def __init__(self, texts: Sequence[str], kinds: Sequence[Kind]) -> None:
        """Measure the lines, and count what they have in common."""
        self.texts, self.kinds = texts, np.array(kinds, dtype=np.int64)
        sizes = np.array([len(text) for text in texts], dtype=np.int64)
        codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
        starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
        ends = starts + sizes - 1
        short = sizes == 1
        self._first, self._last = codes[starts], codes[ends]
        self._ends = phrases.ends(texts)
        self._second = np.where(short, 0, codes[np.minimum(starts + 1, len(codes) - 1)])
        self._before_last = np.where(short, 0, codes[np.maximum(ends - 1, 0)])
        self.marked = np.array([_MARKS.search(text) is not None for text in texts], dtype=bool)
        self._dated = np.array([_DATELINE.search(text) is not None for text in texts], dtype=bool)
        self._opens = np.array([_LEFT_OPEN.search(text) is not None for text in texts], dtype=bool)
        self._closes = np.array([_CLOSES.search(text) is not None for text in texts], dtype=bool)
        self._hangs = np.array([text[-1] in _CLOSERS for text in texts], dtype=bool)
        line = np.repeat(np.arange(len(texts)), sizes)
        self._count(codes, line)
        self._known: dict[tuple[int, ...], Scores] = {}

    def link(self, before: _Codes, after: _Codes) -> Scores:
        """Score each line of `after` as the next line of the column that the line of `before` stands in."""
        kind = self.kinds[before]
        score = _FOLLOWS[kind, self.kinds[after]]
        opens, closes = self._opens[before], self._closes[after]
        short = (kind == Kind.LAST) | (kind == Kind.BARE)
        score += _BRACKET * np.where(opens, np.where(closes, 1.0, np.where(short, -0.5, 0.0)), -1.0 * closes)
        score += np.where(self._dated[after], np.where(kind == Kind.BARE, _DATED, -_DATED), 0.0)
        return (score + np.where(kind == Kind.LAST, 0.0, self._cut(before, after))).astype(np.float32)

    @cached_property
    def links(self) -> Scores:
        """Score each line (row) after each of the `NEAR` lines before it; column 0 is the line just before."""
        return self._band(NEAR, self.link)

    @cached_property
    def topics(self) -> Scores:
        """Score what each line (row) has in common with each of the `FAR` lines before it."""
        found = np.zeros((len(self.texts), FAR), dtype=np.float32)
        key, line, weight = self._pairs
        for lag in range(1, _MOST_ALIKE + 1):
            same = key[lag:] == key[:-lag]
            if not same.any():
                break
            after, before, worth = line[lag:][same], line[:-lag][same], weight[lag:][same]
            near = (after - before <= FAR) & (after > before)
            np.add.at(found, (after[near], after[near] - before[near] - 1), worth[near])
        return found

    def alike(self, before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> Scores:
        """Score what each group of lines `before` (row) has in common with each group `after`."""
        wanted = [self._held(tuple(group)) for group in after]
        return np.stack([self._held(tuple(group)) for group in before]) @ (np.stack(wanted) * self._worth).T

    @cached_property
    def _worth(self) -> Scores:
        """What each pair of characters that lines share is worth."""
        worth = np.zeros(self._of_line[0].max(initial=-1) + 1, dtype=np.float32)
        worth[self._of_line[0]] = self._of_line[1]
        return worth

    def _held(self, lines: tuple[int, ...]) -> Scores:
        """Tell which pairs of characters stand in some lines: 1, else 0."""
        if lines not in self._known:
            pair, _, starts = self._of_line
            found = np.zeros(len(self._worth), dtype=np.float32)
            for line in lines:
                found[pair[starts[line] : starts[line + 1]]] = 1.0
            self._known[lines] = found
        return self._known[lines]

    @cached_property
    def _of_line(self) -> tuple[_Codes, Scores, _Codes]:
        """The pairs of characters line by line: which, what it is worth, and where each line's begin."""
        key, line, weight = self._pairs
        pair = np.unique(key, return_inverse=True)[1]
        order = np.argsort(line, kind="stable")
        return pair[order], weight[order], np.searchsorted(line[order], np.arange(len(self.texts) + 1))

    def _band(self, width: int, score: Callable[[_Codes, _Codes], Scores]) -> Scores:
        n = len(self.texts)
        after = np.repeat(np.arange(n), width)
        before = after - np.tile(np.arange(1, width + 1), n)
        real = before >= 0
        found = np.full(n * width, -9.0, dtype=np.float32)
        found[real] = score(before[real], after[real])
        return found.reshape(n, width)

    def _count(self, codes: _Codes, line: _Codes) -> None:
        """Count the words of two and three characters, and find the pairs of Han that lines share."""
        beside = line[1:] == line[:-1]
        two = codes[:-1] * _CHARACTERS + codes[1:]
        self._twos, self._n_twos = np.unique(two[beside], return_counts=True)
        self._threes = np.unique((two[:-1] * _CHARACTERS + codes[2:])[beside[1:] & beside[:-1]])
        han = (codes >= 0x4E00) & (codes <= 0x9FFF)
        plain = beside & han[1:] & han[:-1]
        unique = np.unique(np.stack([two[plain], line[:-1][plain]], axis=1), axis=0)
        key, at = unique[:, 0], unique[:, 1]
        _, group, n = np.unique(key, return_inverse=True, return_counts=True)
        # Sums of such parts are exact in any order.
        self._pairs = key, at, (np.round(_TOPIC / np.sqrt(n[group]) * 64) / 64).astype(np.float32)

    def _cut(self, before: _Codes, after: _Codes) -> Scores:
        """Score the word or clause that the line end may have cut."""
        last, first = self._last[before], self._first[after]
        two = last * _CHARACTERS + first
        n = _looked_up(self._twos, self._n_twos, two)
        longer = _looked_up(self._threes, None, self._before_last[before] * _CHARACTERS**2 + two)
        longer = longer + _looked_up(self._threes, None, two * _CHARACTERS + self._second[after])
        word = np.where(n > 0, np.minimum(1.5, 0.7 + 0.3 * np.log(np.maximum(n, 1))), 0.0)
        score = _SEAM * phrases.over_the_seam(self._ends, before, after)
        score = score + np.where(self._hangs[before], 0.0, _LONGER_WORD * longer + _WORD * word)
        last, first = _counted(last), _counted(first)
        return np.where((last == first) & ((last == _DIGIT) | (last == _LETTER)), _NUMBER, score)


_DIGIT, _LETTER = ord("0"), ord("A")


def _looked_up(keys: _Codes, values: NDArray[np.int64] | None, wanted: _Codes) -> NDArray[np.int64]:
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found = keys[at] == wanted
    return found.astype(np.int64) if values is None else np.where(found, values[at], 0)


def _counted(codes: _Codes) -> _Codes:
    digit = (codes >= 0x30) & (codes <= 0x39)
    letter = ((codes >= 0x41) & (codes <= 0x5A)) | ((codes >= 0x61) & (codes <= 0x7A))
    return np.where(digit, _DIGIT, np.where(letter, _LETTER, codes))
