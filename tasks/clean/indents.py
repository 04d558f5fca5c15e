"""How deep first lines are set in: seen from the shallower lines of their document, and what of a line that takes."""

import numpy as np
import numpy.typing as npt
import polars as pl

Flags = npt.NDArray[np.bool_]

LEAST = 2.0
_FLUSH, _MOST, _FEWEST = 0.25, 0.9, 3
_WIDEST = 6.0
# Widths in halves of a Han: the least of a print line, and more than any has. Lines that tell of a column.
_NARROW, _HALVES = 24, 124
SEVERAL, _OVER = 3, 0.5


def mostly(frame: pl.DataFrame, doc: npt.NDArray[np.uint32], may_start: Flags, filled: Flags) -> Flags:
    """Tell documents of short paragraphs, where most lines are set in: each at the edge goes on with a sentence.

    Or it stands below a full line, where that ends a sentence.
    """
    indent, first = frame["indent"].to_numpy(), frame["first"].to_numpy()
    n = int(doc.max(initial=0)) + 1
    set_in, edge = (indent >= LEAST) & ~first, (indent == 0) & ~first
    n_set_in, n_edge = np.bincount(doc, set_in, n), np.bincount(doc, edge & (frame["gap"].to_numpy() == 0), n)
    wrong = np.bincount(doc, edge & may_start & ~filled, n)
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
    # a heading leaves more room than any indent takes
    told = told & (room <= _WIDEST)
    medians = pl.DataFrame({"doc": doc[told], "room": room[told]}).group_by("doc").agg(pl.col("room").median())
    found[medians["doc"].to_numpy()] = medians["room"].to_numpy().clip(0, 8)
    return found


def filled(frame: pl.DataFrame, doc: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """How many lines are as full as the line above each is, itself among them; 0 below one that can be no full line.

    That is one of few words, one wider than columns are, and one over which many lines run.
    """
    found = np.zeros(len(doc), dtype=np.int64)
    rows = np.flatnonzero((np.bincount(doc, frame["indent"].to_numpy() >= LEAST) > 0)[doc])
    if not len(rows):
        return found
    indent, width = frame["indent"].to_numpy()[rows], frame["core"].to_numpy()[rows].astype(np.float64)
    halves = np.round(2 * (width + indent / 2)).clip(0, _HALVES - 3).astype(np.int64)
    of = np.unique(doc[rows], return_inverse=True)[1]
    count = np.bincount(of * _HALVES + halves, minlength=(of.max() + 1) * _HALVES).reshape(-1, _HALVES)
    total = np.cumsum(np.pad(count, ((0, 0), (3, 2))), axis=1)
    near, over = total[of, halves + 5] - total[of, halves], total[of, -1] - total[of, halves + 5]
    full = (halves >= _NARROW) & (halves < _HALVES - 3) & (over <= _OVER * near)
    here = found.copy()
    here[rows] = np.where(full, near, 0)
    found[1:] = np.where(doc[1:] == doc[:-1], here[:-1], 0)
    return found
