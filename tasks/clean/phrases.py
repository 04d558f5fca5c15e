"""What speaks for one end of text to go on with another: known runs of two to four characters over the seam.

`seeds/lexicons/seams.parquet` tells by how much (log-odds) a run makes its last character likelier than the same run
without its first character does. It holds hashes of the runs, and no text.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks import lexicons

Hashes = NDArray[np.uint64]
Scores = NDArray[np.float32]

LONGEST = 4
_NEXT, _MIXED = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9
_DIGITS, _LETTERS = re.compile("[0-9０-９]+"), re.compile("[A-Za-z]+")


def counted(text: str) -> str:
    """Write a number as one 0, a word of letters as one A: these are counted as one character."""
    return _LETTERS.sub("A", _DIGITS.sub("0", text))


def hashed(runs: Hashes) -> NDArray[np.uint32]:
    """Shorten what `extended` makes of runs of characters to what the table holds."""
    mixed = (runs ^ (runs >> np.uint64(32))) * np.uint64(_MIXED)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def extended(runs: Hashes, following: Hashes, length: int = 1) -> Hashes:
    """Put runs of `length` characters behind others; a run of one character is its code point."""
    return runs * np.uint64(pow(_NEXT, length, 1 << 64)) + following


class Ends(NamedTuple):
    """The runs that lines begin with, and end with: of one, two and three characters."""

    heads: tuple[Hashes, ...]
    tails: tuple[Hashes, ...]


def ends(texts: Sequence[str]) -> Ends:
    """Gather the ends of lines, none empty."""
    most = LONGEST - 1
    plain = [counted(text.replace(" ", "")) for text in texts]
    first = _codes([text[:most].ljust(most, "\0") for text in plain])
    last = _codes([text[-most:].rjust(most, "\0") for text in plain])
    heads, tails = [first[:, 0]], [last[:, -1]]
    for n in range(1, most):
        heads.append(extended(heads[-1], first[:, n]))
        tails.append(extended(last[:, -1 - n], tails[-1], n))
    return Ends(tuple(heads), tuple(tails))


def _codes(texts: Sequence[str]) -> Hashes:
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    return codes.reshape(len(texts), -1).astype(np.uint64)


def over_the_seam(of: Ends, before: NDArray[np.int64], after: NDArray[np.int64]) -> Scores:
    """Sum up what the known runs that begin in a line of `before`, and end in that of `after`, say."""
    known, values = _table()
    total = np.zeros(len(before), dtype=np.float32)
    for left in range(1, LONGEST):
        for right in range(1, LONGEST - left + 1):
            key = hashed(extended(of.tails[left - 1][before], of.heads[right - 1][after], right))
            at = np.minimum(np.searchsorted(known, key), len(known) - 1)
            total += np.where(known[at] == key, values[at], np.float32(0.0))
    return total


@cache
def _table() -> tuple[NDArray[np.uint32], Scores]:
    told = pl.read_parquet(lexicons.FOLDER / "seams.parquet")
    steps = told["high"].cast(pl.UInt32) * 256 + told["low"]
    return steps.cum_sum().to_numpy(), told["odds"].cast(pl.Float32).to_numpy()
