"""Fits seams.parquet: which runs of two to four characters make their last one likelier than a shorter run does.

PYTHONPATH=. python seeds/lexicons/fit_seams.py FOLDER   (FOLDER: Simplified texts in *.txt, UTF-8)

It counts runs and keeps no text.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks.clean.phrases import LONGEST, counted, extended, hashed

Numbers = NDArray[np.int64]

NOT_COUNTED = re.compile("[^\u4e00-\u9fff，。、；：！？“”（）《》0A]+")
# So many successors are added to those seen of a run, spread as they are after a shorter one.
ADDED = {2: 20.0, 3: 10.0, 4: 6.0}
# A run seen less often has no entry, nor one that tells less, or is too rare for what it tells.
FEWEST, LEAST, WORTH, HIGHEST = 2, 0.3, 12.0, 15
MOST_CHARACTERS, BITS = 8000, 13


def main() -> None:
    """Write seams.parquet."""
    table = seams(path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.txt")))
    to = Path(__file__).with_name("seams.parquet")
    table.write_parquet(to, compression="zstd", compression_level=22, statistics=False)


def seams(texts: Iterable[str]) -> pl.DataFrame:
    """Count runs of characters; keep those that make their last character clearly likelier than a shorter run does.

    Returns:
        One row a run, by its hash: `low`, the last byte of the step from the hash before, and `high`, the rest of it;
        `odds`, rounded log-odds.
    """
    one = np.frombuffer(
        "\n".join(NOT_COUNTED.sub("\n", counted(text)) for text in texts).encode("utf-32-le"), np.uint32
    )
    held, place, n_held = np.unique(one, return_inverse=True, return_counts=True)
    rank = np.argsort(np.argsort(-n_held, kind="stable"), kind="stable")
    ids = np.where((held == ord("\n")) | (rank >= MOST_CHARACTERS), 0, rank + 1)[place].astype(np.int64)
    character = np.zeros(MOST_CHARACTERS + 1, dtype=np.uint64)
    character[np.where(rank < MOST_CHARACTERS, rank + 1, 0)] = held
    runs, counts = zip(*(_runs(ids, length) for length in range(1, LONGEST + 1)), strict=True)
    kept: list[pl.DataFrame] = []
    for length in range(2, LONGEST + 1):
        often = counts[length - 1] >= FEWEST
        run, n = runs[length - 1][often], counts[length - 1][often]
        odds = np.log(_share(runs, counts, run, length) / _share(runs, counts, _last(run, length - 1), length - 1))
        told = (odds >= LEAST) & (n * odds >= WORTH)
        key = np.zeros(told.sum(), dtype=np.uint64)
        for at in reversed(range(length)):
            key = extended(key, character[run[told] >> (BITS * at) & ((1 << BITS) - 1)])
        kept.append(pl.DataFrame({"key": hashed(key), "odds": np.clip(np.round(odds[told]), 1, HIGHEST), "n": n[told]}))
    # Two runs may have one hash: the commoner one is meant.
    table = pl.concat(kept).sort("n", descending=True).unique("key", keep="first").sort("key")
    step = table["key"].diff(null_behavior="ignore").fill_null(table["key"][0])
    return table.select(
        high=(step // 256).cast(pl.UInt16), low=(step % 256).cast(pl.UInt8), odds=pl.col("odds").cast(pl.UInt8)
    )


def _runs(ids: Numbers, length: int) -> tuple[Numbers, Numbers]:
    run, whole = np.zeros(len(ids) - length + 1, dtype=np.int64), np.ones(len(ids) - length + 1, dtype=bool)
    for at in range(length):
        part = ids[at : at + len(run)]
        run, whole = run << BITS | part, whole & (part > 0)
    return np.unique(run[whole], return_counts=True)


def _last(run: Numbers, length: int) -> Numbers:
    return run & ((1 << BITS * length) - 1)


def _share(runs: Sequence[Numbers], counts: Sequence[Numbers], run: Numbers, length: int) -> NDArray[np.float64]:
    """How often the last character of each run comes after the others."""
    n = _looked_up(runs[length - 1], counts[length - 1], run)
    if length == 1:
        return (n + 1) / counts[0].sum()
    shorter = _share(runs, counts, _last(run, length - 1), length - 1)
    context = _looked_up(runs[length - 2], counts[length - 2], run >> BITS)
    return (n + ADDED[length] * shorter) / (context + ADDED[length])


def _looked_up(keys: Numbers, values: Numbers, wanted: Numbers) -> Numbers:
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0)


if __name__ == "__main__":
    main()
