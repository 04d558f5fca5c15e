"""Tells from one look at the code points of a batch which texts a step can have work in: most need no dear one.

A need is never missed and may be in vain: the step itself has the last word.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean import annotations, compat, invisible, jammers, readings
from tasks.clean.gated import COMPAT, DAMAGED, GLOSSES, INVISIBLE, JAMMED, MARKED, MARKUP
from tasks.clean.marks import CLOSE, FIRST_OPENER
from tasks.content import Codes, Counts, Flags, bounds, encode, lengths, or_per_run
from tasks.once import once
from tasks.read import damage
from tasks.read.plausibility import costs

Bits = npt.NDArray[np.uint8]
# Of single characters: what may be a gloss or the rest of one, and what stands alone where a byte was lost.
_LETTER, _STUCK = 64, 128
_MARKUP = "<>&#`*_}\\\\\\]"
_STEPS_BEFORE = INVISIBLE | COMPAT
_FIRST_WIDE, _FIRST_MARK, _HARD_SPACE = 0x3001, 0x2010, 0xA0
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
# Where readings stand at the characters themselves, one in fifty characters of the text is the first letter of one.
_PLAIN = 0.02


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
    near = _Near.of(codes, kinds)
    needs[_in_text(starts, near.places[_stuck(near)])] |= DAMAGED
    glosses = np.bincount(_in_text(starts, near.places[_glosses(near)]), minlength=len(texts))
    needs[glosses >= annotations.LEAST] |= GLOSSES
    jammed = np.bincount(_in_text(starts, near.places[_jammed(near)]), minlength=len(texts))
    needs[jammed >= jammers.LEAST] |= JAMMED
    plain = np.bincount(_in_text(starts, near.places[_plain(near)]), minlength=len(texts))
    needs[plain > _PLAIN * np.diff(starts)] |= GLOSSES
    # what the first steps change may make work for the next ones
    needs[(needs & _STEPS_BEFORE) > 0] |= MARKUP | GLOSSES
    return Look(texts, codes, starts, needs)


def _in_text(starts: Counts, places: Counts) -> Counts:
    return np.searchsorted(starts, places, side="right") - 1


@dataclass(frozen=True)
class _Near:
    """The few characters that tell by what is beside them, with their kinds and the characters before and after."""

    places: Counts
    own: Codes
    kinds: Bits
    before: Codes
    after: Codes

    @classmethod
    def of(cls, codes: Codes, kinds: Bits) -> "_Near":
        places = np.flatnonzero(kinds >= _LETTER)
        before, after = codes[np.maximum(places - 1, 0)], codes[np.minimum(places + 1, len(codes) - 1)]
        return cls(places, codes[places], kinds[places], before, after)


def _stuck(near: _Near) -> Flags:
    """Tell which letters and question marks stand where a byte was lost: between wide ones, letters after rare ones."""
    digit = (near.after >= ord("0")) & (near.after <= ord("9"))
    wide = (near.before >= _FIRST_WIDE) & ((near.after >= _FIRST_MARK) | digit)
    found: Flags = wide & ((near.kinds & _STUCK) > 0)
    rows = np.flatnonzero(found)
    found[rows] = (near.own[rows] == ord("?")) | (costs()[near.before[rows]] >= damage.RARE)
    return found


def _glosses(near: _Near) -> Flags:
    """Tell which letters stand at the head of a bracket, have a tone, or stand before the number of one."""
    toned = (near.kinds & GLOSSES) > 0
    opened = _before_gloss()[np.minimum(near.before, 0xFFFF)]
    found: Flags = ((near.kinds & _LETTER) > 0) & (
        toned | opened | ((near.after >= ord("1")) & (near.after <= ord("5")))
    )
    return found


def _jammed(near: _Near) -> Flags:
    """Tell letters alone between a space and a sign, as random signs against copying hold them."""
    found: Flags = (near.before == ord(" ")) | (near.before == _HARD_SPACE)
    found &= (near.after > ord(" ")) & (near.after < ord("<"))
    return found


def _plain(near: _Near) -> Flags:
    """Tell small letters right at a character, which may be its reading without a tone."""
    found: Flags = (near.own >= ord("a")) & (near.own <= ord("z"))
    found &= (near.before >= _FIRST_HAN) & (near.before <= _LAST_HAN)
    return found


@once
def _before_gloss() -> Flags:
    table = np.zeros(0x10000, dtype=np.bool_)
    table[_members(annotations.BEFORE_GLOSS)] = True
    return table


@once
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
