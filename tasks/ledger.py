"""The ledger: which span of its decoded view every published row and removed run came from, found by counting content.

Conservation (promise 1) is checked here: the content of each row equals the content of its spans under the fold.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from tasks.clean.marks import STEPS
from tasks.clean.strip import Origin
from tasks.content import Codes, Counts, Laid, Places, bounds, count_per_run, decode, expand


@dataclass(frozen=True)
class Rows:
    """The published rows of a batch that hold content, in the order of their codes (0, 1, 2 ...).

    `indices` lists the content characters (indices into the origin's arrays) of all rows, row by row in reading order;
    `starts` has n + 1 entries.
    """

    indices: Places
    starts: Counts

    def spans(self, offsets: Places) -> tuple[Counts, Counts]:
        """Give for each row the first and past-the-last offset of its content in the decoded view (0, 0: none)."""
        return _extent(self.indices, self.starts, offsets)


def place(origin: Origin, n_content: Counts, row: Counts, order: Counts, n_rows: int) -> Rows:
    """Find the content characters of each row.

    Args:
        origin: where the kept content of the batch stands.
        n_content: content characters of each line, lines in source order; they add up to the kept content.
        row: the row code of each line, -1 for a removed one.
        order: the place of each line in the reading order of its row.
        n_rows: how many row codes there are.
    """
    firsts = bounds(n_content)[:-1]
    published = np.flatnonzero(row >= 0)
    sequence = published[np.lexsort((order[published], row[published]))]
    indices = origin.kept[expand(firsts[sequence], n_content[sequence])]
    per_row = np.bincount(row[sequence], weights=n_content[sequence], minlength=n_rows).astype(np.int64)
    return Rows(indices, bounds(per_row))


def unfaithful(origin: Origin, rows: Rows, texts: Laid, fold: Codes) -> Counts:
    """List the rows whose text holds other content than the spans it came from.

    Args:
        origin: where the content of the batch stands.
        rows: the rows and their content characters.
        texts: the texts of the rows, in code order.
        fold: for each code point its class under width, radicals, compatibility forms and script.
    """
    counts, wanted = count_per_run(texts.content, texts.starts), np.diff(rows.starts)
    same = counts == wanted
    ours, theirs = texts.codes[texts.content], origin.codes[rows.indices]
    if not same.all():
        ours, theirs = ours[np.repeat(same, counts)], theirs[np.repeat(same, wanted)]
    # most characters are themselves: the fold is asked about the others alone
    other = np.flatnonzero(ours != theirs)
    changed = other[_folded(fold, ours[other]) != _folded(fold, theirs[other])]
    ends = np.cumsum(np.where(same, counts, 0))
    return np.union1d(np.flatnonzero(~same), np.searchsorted(ends, changed, side="right"))


def spans(origin: Origin, n_content: Counts, fate: Counts, fates: pl.DataFrame) -> pl.DataFrame:
    """Tile the content of each decoded view with maximal runs of one fate.

    Args:
        origin: where the content of the batch stands.
        n_content: content characters of each line in source order.
        fate: the fate code of each line (an index into `fates`).
        fates: code u32 and whatever tells of it (fate, row_id, step ...), without the marked steps.

    Returns:
        doc u32, ordinal i32 (from 1), start i64, end i64, n_content i32, code i32 (null for a run that a mark
        took out), step (of the mark), text (of the removed), and the columns of `fates`.
    """
    code = -origin.step.astype(np.int32)
    code[origin.kept] = np.repeat(fate.astype(np.int32), n_content)
    new = np.ones(len(code) + 1, dtype=np.bool_)
    np.not_equal(code[1:], code[:-1], out=new[1:-1])
    new[origin.starts] = True
    edges = np.flatnonzero(new)
    first, last = edges[:-1], edges[1:] - 1
    doc = np.searchsorted(origin.starts, first, side="right") - 1
    before = np.searchsorted(doc, np.arange(len(origin.starts) - 1))
    frame = pl.DataFrame(
        {
            "doc": doc.astype(np.uint32),
            "ordinal": (np.arange(1, len(doc) + 1) - before[doc]).astype(np.int32),
            "start": origin.offsets[first].astype(np.int64),
            "end": origin.offsets[last].astype(np.int64) + 1,
            "n_content": (last - first + 1).astype(np.int32),
            "code": code[first],
        }
    )
    marked = pl.DataFrame(
        {"code": [-1 - i for i in range(len(STEPS))], "fate": ["removed"] * len(STEPS), "row_id": None, "step": STEPS},
        schema={"code": pl.Int64, "fate": pl.String, "row_id": pl.String, "step": pl.String},
    )
    # rows are gathered from one piece in a sixth of the time that two take
    known = pl.concat([fates.select("code", "fate", "row_id", "step"), marked], rechunk=True)
    # codes are small numbers: where each stands is looked up, which costs a fraction of a join
    codes = known["code"].to_numpy() + len(STEPS)
    place = np.zeros(codes.max() + 1, dtype=np.uint32)
    place[codes] = np.arange(len(codes), dtype=np.uint32)
    found = place[frame["code"].to_numpy() + len(STEPS)]
    frame = frame.hstack(known.drop("code")[found])
    at = np.flatnonzero((known["fate"] == "removed").to_numpy()[found])
    texts = texts_between(origin, *(frame[c].to_numpy()[at].astype(np.int64) for c in ("doc", "start", "end")))
    which = np.full(len(frame), len(at), dtype=np.uint32)
    which[at] = np.arange(len(at), dtype=np.uint32)
    return frame.with_columns(text=pl.concat([texts, pl.Series([None], dtype=pl.String)], rechunk=True)[which])


def texts_between(origin: Origin, doc: Counts, start: Counts, end: Counts) -> pl.Series:
    """Read the characters from start to end out of the decoded views."""
    counts = end - start
    return decode(origin.view[expand(origin.view_starts[doc] + start, counts)], counts)


def parts_of(rows: Rows, row: Counts, n_content: Counts, offsets: Places) -> tuple[Counts, Counts]:
    """Give source start and end of pieces that tile rows (sentences of paragraphs), pieces in row order."""
    starts = bounds(n_content)
    shift = rows.starts[row] - starts[_first_piece(row)]
    return _extent_at(rows.indices, starts[:-1] + shift, starts[1:] + shift, offsets)


def extent(rows: Rows, row: Counts, before: Counts, n_content: Counts, offsets: Places) -> tuple[Counts, Counts]:
    """Give source start and end of pieces of rows, each with `before` content characters of its row ahead of it."""
    first = rows.starts[row] + before
    return _extent_at(rows.indices, first, first + n_content, offsets)


def _first_piece(row: Counts) -> Counts:
    new = np.ones(len(row), dtype=np.bool_)
    new[1:] = row[1:] != row[:-1]
    first = np.flatnonzero(new)
    return np.repeat(first, np.diff(np.append(first, len(row))))


def _extent(indices: Places, starts: Counts, offsets: Places) -> tuple[Counts, Counts]:
    return _extent_at(indices, starts[:-1], starts[1:], offsets)


def _extent_at(indices: Places, a: Counts, b: Counts, offsets: Places) -> tuple[Counts, Counts]:
    """First to last: the smaller of both ends first, since columns that were disentangled can run backwards."""
    if not len(indices):
        return np.zeros(len(a), dtype=np.int64), np.zeros(len(a), dtype=np.int64)
    top = len(indices) - 1
    empty = b <= a
    at = (np.minimum(a, top), np.clip(b - 1, 0, top))
    one, two = (offsets[indices[end]].astype(np.int64) for end in at)
    start, end = np.minimum(one, two), np.maximum(one, two) + 1
    return np.where(empty, start, start), np.where(empty, start, end)


def _folded(fold: Codes, codes: Codes) -> Codes:
    out: Codes = fold[np.minimum(codes, len(fold) - 1)] if len(fold) < 0x110000 else fold[codes]
    return out
