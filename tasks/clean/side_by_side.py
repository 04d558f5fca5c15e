"""Part columns that stand side by side, a run of spaces between them, as a layout-keeping PDF reader leaves them.

Each column begins at one place in all its lines, and most of these are full and end in mid-sentence: the cells of a
table do not, nor the halves of a verse.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks.clean import unwrap, widths

_Ints = NDArray[np.int64]

_GUTTER, _PIECE = "  ", re.compile(r"\S+(?: \S+)*")
_ENDS, _MARK, _MARKED = re.compile(widths.ENDS_SENTENCE), re.compile("[，。；：！？]"), re.compile("[，。；：、！？]$")
# 【走进茶乡】 opens a headline, though it fill its line as the one above does.
_RUBRIC = re.compile("【[^】]+】.")
# A document has so many lines of several pieces, and so many of all its lines are; else it is not looked at.
_FEWEST, _MOSTLY = 5, 0.5
# In cells, of which a Han character takes two: how far apart the first pieces of one column can begin, an indent with
# them; how narrow a column can be; how much narrower a full line can be than the widest.
_NEAR, _NARROWEST, _GIVE = 5, 12, 5
# A column has a piece in so many of the lines; so many of these are full, hold a mark, and do not end in one.
_HELD, _FULL, _PROSE, _OPEN = 0.4, 0.5, 0.4, 0.4
# So many of its pieces begin at its edge; one beside another may begin some cells before it.
_USUAL, _PUSHED = 0.1, 2
_SURE = 16.0


class _Piece(NamedTuple):
    row: int
    start: int
    width: int
    text: str


def run(lines: pl.DataFrame) -> pl.DataFrame:
    """Read columns that stand side by side one after the other.

    Args:
        lines: The lines frame after `unwrap.join`.

    Returns:
        The same columns and `sure` f32, null but where lines were parted. There rows stand in reading order, `line`
        tells the order of the source, and `mixed` is false.
    """
    lines = lines.with_columns(sure=pl.lit(None, pl.Float32))
    gutter = lines["text"].str.contains(_GUTTER, literal=True) & lines["removed"].is_null()
    if not gutter.any():
        return lines
    doc = lines["doc"].to_numpy()
    n_gutters = np.bincount(doc, gutter.to_numpy())
    told = np.flatnonzero((n_gutters >= _FEWEST) & (n_gutters >= _MOSTLY * np.bincount(doc)))
    names = [name for name in lines.columns if name not in ("joins", "joiner", "wrap_width", "block", "mixed", "sure")]
    parts = {one: _parted(lines.filter(pl.col("doc") == one).select(names)) for one in told.tolist()}
    found = [part for part in parts.values() if part is not None]
    if not found:
        return lines
    joined = (
        unwrap.join(pl.concat(found))
        .with_columns(sure=pl.lit(_SURE, pl.Float32), mixed=pl.lit(value=False))
        .select(lines.columns)
    )
    rest = lines.filter(~pl.col("doc").is_in(joined["doc"].unique().implode()))
    return pl.concat([rest, joined]).sort("doc", maintain_order=True)


def _parted(document: pl.DataFrame) -> pl.DataFrame | None:
    """Part the lines of one document where they hold the same columns; None where they do not."""
    gone = document["removed"].is_not_null()
    pieces = _pieces(document, gone.to_list())
    held = ~(gone.to_numpy() | _alone(document, pieces))
    columns = _columns([piece for piece in pieces if held[piece.row]], len(document))
    if len(columns) < 2:
        return None
    edges = [_edge(column) for column in columns]
    pieces = [part for piece in pieces for part in (_cut(piece, edges) if held[piece.row] else [piece])]
    columns = _columns([piece for piece in pieces if held[piece.row]], len(document))
    starts = [min(piece.start for piece in column) for column in columns]
    of = {id(piece): number for number, column in enumerate(columns) for piece in column}
    # What is in no column goes over the page: it parts the lines above from those below.
    across = {piece.row for piece in pieces if id(piece) not in of and not gone[piece.row]}
    stretch = np.cumsum([row in across or row - 1 in across for row in range(len(document))])
    numbers = [of.get(id(piece), 0) for piece in pieces]
    order = sorted(range(len(pieces)), key=lambda n: (stretch[pieces[n].row], numbers[n], n))
    rows = [piece.row for piece in pieces]
    parted = document[rows].with_columns(
        text=pl.Series([piece.text for piece in pieces]),
        line=pl.int_range(len(rows), dtype=pl.UInt32),
        indent=pl.Series(
            [max(0, piece.start - starts[number]) // 2 for piece, number in zip(pieces, numbers, strict=True)],
            dtype=pl.Int32,
        ),
    )[order]
    turns = [
        n > 0
        and (numbers[at] != numbers[order[n - 1]] or _RUBRIC.match(pieces[at].text) is not None)
        and _ENDS.search(pieces[order[n - 1]].text) is not None
        for n, at in enumerate(order)
    ]
    return parted.with_columns(gap=pl.when(pl.Series(turns)).then(1).otherwise("gap").cast(pl.Int32))


def _pieces(document: pl.DataFrame, gone: Sequence[bool]) -> list[_Piece]:
    """Cut the lines at runs of spaces, but those that are taken."""
    return [
        _Piece(row, indent + _cells(text[: found.start()]), _cells(found[0]), found[0])
        for row, (text, indent) in enumerate(document.select("text", "indent").iter_rows())
        for found in ([re.match(".*", text, re.DOTALL)] if gone[row] else _PIECE.finditer(text))
        if found
    ]


def _alone(document: pl.DataFrame, pieces: Sequence[_Piece]) -> NDArray[np.bool_]:
    """Tell the lines of one piece between blank lines: a headline over the page may begin where a column does."""
    apart = document["gap"].to_numpy() > 0
    apart[:1] = True
    single = np.bincount([piece.row for piece in pieces], minlength=len(apart)) == 1
    found: NDArray[np.bool_] = apart & np.append(apart[1:], np.False_) & single
    return found


def _columns(pieces: Sequence[_Piece], n_lines: int) -> list[list[_Piece]]:
    """Find the columns, left to right; none where one of them is no running text."""
    starts = np.array([piece.start for piece in pieces])
    order = np.argsort(starts, kind="stable")
    group = np.cumsum(np.diff(starts[order], prepend=starts[order[0]]) > _NEAR)
    found = [[pieces[at] for at in sorted(order[group == number].tolist())] for number in range(group[-1] + 1)]
    columns = [column for column in found if len(column) >= _HELD * n_lines]
    edges = [_edge(column) for column in columns]
    kept: list[list[_Piece]] = []
    beside: set[int] = set()
    for column, left, edge in zip(columns, edges, [*edges[1:], None][: len(columns)], strict=True):
        own = [
            piece
            for piece in column
            if piece.start >= left - _PUSHED * (piece.row in beside)
            and (edge is None or piece.start + piece.width < edge)
        ]
        beside |= {piece.row for piece in own}
        if not _is_prose(own):
            return []
        kept.append(own)
    return kept


def _cut(piece: _Piece, edges: Sequence[int]) -> list[_Piece]:
    """Cut a piece where a column begins behind a single space: a mark of the line beside hangs over its edge."""
    for at in (found.start() for found in re.finditer(" ", piece.text)):
        start = piece.start + _cells(piece.text[: at + 1])
        if start in edges and piece.text[at - 1] in widths.CLOSERS:
            left, right = piece.text[:at], piece.text[at + 1 :]
            rest = _Piece(piece.row, start, _cells(right), right)
            return [_Piece(piece.row, piece.start, _cells(left), left), *_cut(rest, edges)]
    return [piece]


def _edge(column: Sequence[_Piece]) -> int:
    """Find where a column begins: a headline across the page may begin anywhere near."""
    starts = Counter(piece.start for piece in column)
    return min(start for start, n in starts.items() if n >= min(max(2, _USUAL * len(column)), max(starts.values())))


def _is_prose(column: Sequence[_Piece]) -> bool:
    """Whether the pieces are lines of running text."""
    # marks may hang over the edge
    widest = max(Counter(piece.width for piece in column).items(), key=lambda item: item[::-1], default=(0, 0))[0]
    full = sum(piece.width >= widest - _GIVE for piece in column)
    marked = sum(_MARK.search(piece.text) is not None for piece in column)
    is_open = sum(_MARKED.search(piece.text) is None for piece in column)
    least = min(full / _FULL, marked / _PROSE, is_open / _OPEN)
    return widest >= _NARROWEST and least >= len(column)


def _cells(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
