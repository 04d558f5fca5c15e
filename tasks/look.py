"""Tells from one look at the code points of a batch which texts a step can have work in: most need no dear one.

A need is never missed and may be in vain: the step itself has the last word.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean import annotations, compat, invisible, readings
from tasks.clean.gated import COMPAT, DAMAGED, GLOSSES, INVISIBLE, MARKED, MARKUP
from tasks.clean.marks import CLOSE, FIRST_OPENER
from tasks.content import Codes, Counts, bounds, encode, lengths, or_per_run
from tasks.read import damage

Bits = npt.NDArray[np.uint8]
# Of single characters: what may be a gloss or the rest of one, and what stands alone where a byte was lost.
_LETTER, _STUCK = 64, 128
_MARKUP = "<&#`\\]"
_STEPS_BEFORE = INVISIBLE | COMPAT
_FIRST_WIDE, _FIRST_MARK = 0x3001, 0x2010


@dataclass(frozen=True)
class Look:
    """A batch of texts as code points.

    Attributes:
        texts: the texts as they were read.
        codes: their code points, end to end.
        starts: where each text begins in `codes`, and where the last one ends.
        needs: bits of `tasks.clean.gated`, one number a text.
    """

    texts: pl.Series
    codes: Codes
    starts: Counts
    needs: Bits


def look(texts: pl.Series) -> Look:
    """Look at the texts of a batch (no nulls), marks of the readers in them."""
    codes, starts = encode(texts), bounds(lengths(texts))
    kinds = np.take(_table(), codes, mode="clip")
    needs = or_per_run(kinds, starts) & ~np.uint8(_LETTER | _STUCK)
    needs[_in_text(starts, _stuck(codes, kinds))] |= DAMAGED
    glosses = np.bincount(_in_text(starts, _glosses(codes, kinds)), minlength=len(texts))
    needs[glosses >= annotations.LEAST] |= GLOSSES
    # what the first steps change may make work for the next ones
    needs[(needs & _STEPS_BEFORE) > 0] |= MARKUP | GLOSSES
    return Look(texts, codes, starts, needs)


def _in_text(starts: Counts, places: Counts) -> Counts:
    return np.searchsorted(starts, places, side="right") - 1


def _stuck(codes: Codes, kinds: Bits) -> Counts:
    """Find letters and question marks between two wide characters."""
    places = np.flatnonzero(kinds & _STUCK)
    before, after = _beside(codes, places)
    digit = (after >= ord("0")) & (after <= ord("9"))
    found: Counts = places[(before >= _FIRST_WIDE) & ((after >= _FIRST_MARK) | digit)]
    return found


def _glosses(codes: Codes, kinds: Bits) -> Counts:
    """Find letters at the head of a bracket, with a tone, or before the number of one."""
    places = np.flatnonzero(kinds & _LETTER)
    before, after = _beside(codes, places)
    toned = (kinds[places] & GLOSSES) > 0
    opened = np.isin(before, [ord(char) for char in annotations.BEFORE_GLOSS])
    found: Counts = places[toned | opened | ((after >= ord("1")) & (after <= ord("5")))]
    return found


def _beside(codes: Codes, places: Counts) -> tuple[Codes, Codes]:
    return codes[np.maximum(places - 1, 0)], codes[np.minimum(places + 1, len(codes) - 1)]


@cache
def _table() -> Bits:
    table = np.zeros(0x110000, dtype=np.uint8)
    toned = annotations.TONED[1:-1]
    for bit, chars in (
        (INVISIBLE, invisible.ANY[1:-1]),
        (COMPAT, compat.chars()),
        (MARKUP, _MARKUP),
        (MARKED, f"{chr(FIRST_OPENER)}-{CLOSE}"),
        (DAMAGED, damage.SIGNS),
        (GLOSSES, toned),
        (_LETTER, f"{readings.LETTERS}{readings.BOPOMOFO}{annotations.EMOJI}{toned}:"),
        (_STUCK, damage.STUCK),
    ):
        table[_members(chars)] |= bit
    return table


def _members(chars: str) -> Counts:
    """List the code points of what stands between the brackets of a character class."""
    plain = re.sub(r"\\x\{?([0-9a-f]+)\}?|\\(.)", lambda m: chr(int(m[1], 16)) if m[1] else m[2], chars)
    found = [(low or one, high or one) for low, high, one in re.findall("(?s)(.)-(.)|(.)", plain)]
    return np.concatenate([np.arange(ord(low), ord(high) + 1) for low, high in found])
