"""Asks many patterns about many short texts: each text only those whose needs it meets, each pattern compiled once.

To compile the shapes of furniture takes longer than to match them, and Polars compiles them anew for each batch.
"""

from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean.needs import Need, Words, alternatives
from tasks.clean.patterns import compiled
from tasks.content import Codes, Counts, bounds, encode, expand, lengths

Flags = npt.NDArray[np.bool_]
_LAST = 0xFFFF
_SLOTS = 1 << 18


@dataclass(frozen=True)
class Shape:
    """One pattern.

    Attributes:
        kind: what a match proves.
        pattern: in Rust's syntax.
        whole: it must match the text from end to end.
        spaced: it sees the text with its white space.
        need: what a text must hold for it.
    """

    kind: int
    pattern: str
    whole: bool
    spaced: bool
    need: Need

    def matches(self, text: str, bare: str) -> bool:
        pattern = f"^(?:{self.pattern})$" if self.whole else self.pattern
        return compiled(pattern).isinstance_python(text if self.spaced else bare)


class Shapes:
    """Patterns that are asked together.

    Args:
        rows: of each pattern what it proves, how it is matched (`line`: the whole text without its white space,
            `spaced`: the whole text, its spaces narrow, `has`: any part of it without its white space), and itself.
    """

    def __init__(self, rows: list[tuple[int, str, str]]) -> None:
        self._shapes = [
            Shape(kind, pattern, how != "has", how == "spaced", need)
            for kind, how, row in rows
            for pattern, need in alternatives(row)
        ]
        self._kinds = np.array([shape.kind for shape in self._shapes])
        wanted = [shape.need.rarest_first() for shape in self._shapes]
        sets = {pieces: number for number, pieces in enumerate(dict.fromkeys(each for own in wanted for each in own))}
        self._pieces, self._n_sets = _Pieces(list(sets)), len(sets)
        # of the sets that a shape needs the rarest tells where to look, the others are looked up
        firsts = np.array([sets[own[0]] for own in wanted])
        self._by_first = np.argsort(firsts, kind="stable")
        self._first_bounds = np.searchsorted(firsts[self._by_first], np.arange(len(sets) + 1))
        rest = zip_longest(*([sets[each] for each in own[1:]] for own in wanted), fillvalue=len(sets))
        self._others = [np.array(row) for row in rest]
        self._least = np.array([shape.need.least for shape in self._shapes])
        self._most = np.array([shape.need.most if shape.whole else _LAST for shape in self._shapes])
        self._opens = _Edges([shape.need.first if shape.whole else None for shape in self._shapes])
        self._closes = _Edges([shape.need.last if shape.whole else None for shape in self._shapes])

    def proven(self, texts: pl.Series, bare: pl.Series) -> tuple[Counts, Counts]:
        """Match all texts.

        Args:
            texts: short texts.
            bare: the same without their white space.

        Returns:
            The row and the kind of every match.
        """
        rows, which = self._candidates(bare)
        spaced = texts[rows].str.replace_all("\u3000", " ", literal=True)
        asked = zip(spaced.to_list(), bare[rows].to_list(), which.tolist(), strict=True)
        good = np.fromiter((self._shapes[shape].matches(text, own) for text, own, shape in asked), np.bool_, len(rows))
        return rows[good], self._kinds[which[good]]

    def _candidates(self, bare: pl.Series) -> tuple[Counts, Counts]:
        """Return pairs of text and shape where the text holds what the shape needs."""
        codes, edges = np.take(_lower(), encode(bare), mode="clip"), bounds(lengths(bare))
        places, sets = self._pieces.find(codes)
        held = np.zeros((len(bare), self._n_sets + 1), dtype=np.bool_)
        held[np.searchsorted(edges, places, side="right") - 1, sets] = True
        rows, sets = np.divmod(np.flatnonzero(held), self._n_sets + 1)
        held[:, -1] = True
        counts = np.diff(self._first_bounds)[sets]
        rows, which = np.repeat(rows, counts), self._by_first[expand(self._first_bounds[sets], counts)]
        sizes = np.diff(edges)[rows]
        good = (sizes >= self._least[which]) & (sizes <= self._most[which])
        good &= self._opens.allow(which, codes[edges[rows]]) & self._closes.allow(which, codes[edges[rows + 1] - 1])
        for others in self._others:
            good &= held[rows, others[which]]
        return rows[good], which[good]


class _Pieces:
    """Sets of pieces of one or two characters, and where they stand in a text."""

    def __init__(self, sets: list[Words]) -> None:
        of = sorted((_key(piece), number) for number, pieces in enumerate(sets) for piece in pieces)
        keys, self._sets = np.array([key for key, _ in of], dtype=np.uint32), np.array([number for _, number in of])
        starts = np.flatnonzero(np.diff(keys, prepend=0))
        self._keys: Codes = keys[starts]
        self._bounds = np.append(starts, len(keys))
        self._single, self._double = np.zeros(_LAST + 1, dtype=np.bool_), np.zeros(_SLOTS, dtype=np.bool_)
        before, after = self._keys >> np.uint32(16), self._keys & np.uint32(_LAST)
        self._single[before[after == 0]] = True
        self._double[_slot(before[after > 0], after[after > 0])] = True

    def find(self, codes: Codes) -> tuple[Counts, Counts]:
        """Return the places of all pieces in these code points, and of each the number of a set that it is in."""
        before, after = codes[:-1], codes[1:]
        single = np.flatnonzero(self._single[codes])
        double = np.flatnonzero(self._double[_slot(before, after)])
        keys = np.concatenate([codes[single] << 16, before[double] << 16 | after[double]])
        places = np.concatenate([single, double])
        at = np.searchsorted(self._keys, keys)
        known = np.take(self._keys, at, mode="clip") == keys
        places, at = places[known], at[known]
        starts, counts = self._bounds[at], self._bounds[at + 1] - self._bounds[at]
        return np.repeat(places, counts), self._sets[expand(starts, counts)]


class _Edges:
    """What each shape can open, or close, with."""

    def __init__(self, edges: list[Words | None]) -> None:
        chars = {char for each in edges for char in each or ()}
        self._column = np.zeros(_LAST + 1, dtype=np.uint16)
        self._column[[ord(char) for char in chars]] = range(1, len(chars) + 1)
        self._allowed = np.ones((len(edges), len(chars) + 1), dtype=np.bool_)
        for row, each in zip(self._allowed, edges, strict=True):
            if each is not None:
                row[:] = False
                row[self._column[[ord(char) for char in each]]] = True

    def allow(self, shapes: Counts, codes: Codes) -> Flags:
        allowed: Flags = self._allowed[shapes, self._column[codes]]
        return allowed


def _key(piece: str) -> int:
    first, second = ord(piece[0]), ord(piece[1]) if len(piece) > 1 else 0
    return first << 16 | second


def _slot(before: Codes, after: Codes) -> Codes:
    """Where a table of few places holds two characters; some share a place."""
    slots: Codes = (before * np.uint32(181) ^ after) & np.uint32(_SLOTS - 1)
    return slots


@cache
def _lower() -> Codes:
    """Every code point in lower case, as far as patterns go: Latin of both widths, and what they take for it.

    All digits are one, and what lies beyond the first plane is.
    """
    table = np.arange(_LAST + 1, dtype=np.uint32)
    for first, last in ("AZ", "ＡＺ"):
        table[ord(first) : ord(last) + 1] += 32
    table[[0x17F, 0x212A]] = ord("s"), ord("k")
    table[ord("0") : ord("9") + 1] = ord("0")
    return table
