"""A batch of texts as one array of code points and back, so that a step sees every character of the batch at once."""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.once import once

Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]
BREAK = 0xFDEE  # stands between two texts; a noncharacter, so in none of them
LAST = 0x10FFFF


def spread(texts: pl.Series) -> Codes:
    """Return the code points of all texts, `BREAK` between two (no nulls; at least one text)."""
    return np.frombuffer(texts.str.join(chr(BREAK)).item().encode("utf-32-le"), dtype=np.uint32).copy()


def gather(codes: Codes, name: str) -> pl.Series:
    """Return the texts of an array made by `spread`."""
    return pl.Series(name, [codes.tobytes().decode("utf-32-le")]).str.split(chr(BREAK)).explode()


def unit_of(ends: Flags, places: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return for each place the number of the unit it lies in, when units end where `ends` is true."""
    return np.searchsorted(np.flatnonzero(ends), places)


def per_text(codes: Codes, flags: Flags) -> npt.NDArray[np.intp]:
    """Count the places of each text of a spread batch where `flags` is true."""
    return counts(
        flags, np.concatenate(([0], np.flatnonzero(codes == BREAK)))
    )  # a break is counted with the text after it


def counts(flags: Flags, starts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Count the true places of each unit; units begin at `starts` (ascending, first 0)."""
    before = np.searchsorted(np.flatnonzero(flags), np.append(starts, len(flags)))
    return np.diff(before)


def member(chars: str, *ranges: tuple[int, int]) -> Flags:
    """Return a table over all code points: true for the characters given and the ranges, both ends in."""
    table = np.zeros(LAST + 1, dtype=np.bool_)
    table[[ord(char) for char in chars]] = True
    for low, high in ranges:
        table[low : high + 1] = True
    return table


HAN = member("〇々〆", (0x2E80, 0x2FDF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
SPACE = member(" \n\u3000\t\u00a0")


@once
def han_of_patterns() -> Flags:
    """The characters of `patterns.HAN`, as a table."""
    return member("々〇", (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
