"""What the characters of a line tell: the log-odds that it is a site's or a paper's own, or the name of a section.

`seeds/lexicons/line_odds.npz` holds a weight for each hash of a run of one to four characters, fitted on lines of both
kinds. It speaks for wordings that no list has, and holds no text.
"""

from collections.abc import Iterator
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks import lexicons
from tasks.clean.phrases import extended, hashed
from tasks.once import once

Buckets = NDArray[np.uint32]
Flags = NDArray[np.bool_]
Odds = NDArray[np.float32]
Kind = Literal["own", "rubric"]

LONGEST, BITS = 4, 16
STEP = 1 / 8
_BREAK = 10


def odds(texts: pl.Series, kind: Kind = "own") -> Odds:
    """Return the log-odds of lines, one a line: above 0 they are rather a site's own (or a section's name).

    The weights of a line's runs are summed up and divided by the square root of their number: a long line says more
    than a short one, but not in proportion.
    """
    codes = encoded(texts)
    found = np.zeros(len(codes), dtype=np.float32)
    for buckets, whole in runs(codes):
        found[: len(buckets)] += np.where(whole, _weights()[kind][buckets], np.float32(0))
    starts = np.flatnonzero(codes == _BREAK)
    # with its ends a line has as many runs of each length as characters
    length = np.diff(starts) - 1
    return np.add.reduceat(found, starts[:-1]) / np.sqrt(np.maximum(LONGEST * length, 1)) if len(length) else found[:0]


def encoded(texts: pl.Series) -> NDArray[np.uint64]:
    """Write lines as code points between breaks: letters small, a number as one 0, white space as one space."""
    plain = texts.str.to_lowercase().str.replace_all("[0-9]+", "0").str.replace_all(r"\s+", " ").str.strip_chars(" ")
    joined = "\n".join(["", *plain, ""])
    return np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)


def runs(codes: NDArray[np.uint64]) -> Iterator[tuple[Buckets, Flags]]:
    """Yield by length the bucket of the run that begins at each character, and whether it is one line's."""
    breaks, of_run = codes == _BREAK, codes
    for length in range(1, LONGEST + 1):
        of_run = extended(of_run[:-1], codes[length - 1 :]) if length > 1 else of_run
        whole = ~breaks if length == 1 else np.ones(len(of_run), dtype=np.bool_)
        for at in range(1, length - 1):
            whole &= ~breaks[at : at + len(of_run)]
        yield hashed(of_run) >> np.uint32(32 - BITS), whole


@once
def _weights() -> dict[str, Odds]:
    with np.load(lexicons.FOLDER / "line_odds.npz") as kept:
        return {kind: kept[kind].astype(np.float32) * np.float32(STEP) for kind in kept.files}
