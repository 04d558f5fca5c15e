"""How deep first lines are set in: seen from the shallower lines of their document, and what of a line that takes."""

import numpy as np
import numpy.typing as npt
import polars as pl

Flags = npt.NDArray[np.bool_]

LEAST = 2.0
_FLUSH, _MOST, _FEWEST = 0.25, 0.9, 3


def mostly(frame: pl.DataFrame, doc: npt.NDArray[np.uint32], may_start: Flags) -> Flags:
    """Tell documents of short paragraphs, where most lines are set in: each at the edge goes on with a sentence."""
    indent, first = frame["indent"].to_numpy(), frame["first"].to_numpy()
    n = int(doc.max(initial=0)) + 1
    set_in, edge = (indent >= LEAST) & ~first, (indent == 0) & ~first
    n_set_in, n_edge = np.bincount(doc, set_in, n), np.bincount(doc, edge & (frame["gap"].to_numpy() == 0), n)
    wrong = np.bincount(doc, edge & may_start, n)
    told = np.bincount(doc, set_in & may_start, n) >= _MOST * n_set_in
    found: Flags = (n_edge >= 1) & (wrong == 0) & (n_set_in >= _FEWEST) & (n_set_in > n_edge) & told
    return found


def deep(frame: pl.DataFrame, doc: npt.NDArray[np.uint32], n_lines: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """How much deeper than the shallower lines of its document each line is set in: most may open a paragraph."""
    found = np.zeros(len(doc))
    rows = np.flatnonzero((np.bincount(doc, frame["indent"].to_numpy() != 0, len(n_lines)) > 0)[doc])
    usual = pl.col("indent").quantile(_FLUSH, "lower").over("doc")
    found[rows] = frame[rows].select((pl.col("indent") - usual).clip(-8, 8)).to_series().to_numpy()
    return found


def taken(doc: npt.NDArray[np.uint32], room: npt.NDArray[np.float32], told: Flags) -> npt.NDArray[np.float64]:
    """What an indent takes of a line in each document; not a number where no line tells."""
    found = np.full(int(doc.max(initial=0)) + 1, np.nan)
    medians = pl.DataFrame({"doc": doc[told], "room": room[told]}).group_by("doc").agg(pl.col("room").median())
    found[medians["doc"].to_numpy()] = medians["room"].to_numpy().clip(0, 8)
    return found
