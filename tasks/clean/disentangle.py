"""Put pages whose columns were read across back into reading order, column after column.

Only documents that `columns.interleaved` tells as a whole are touched: they are rare, so each is worked out by itself.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks.clean import columns, reading_order, seams, spaced, tracks, unwrap, widths

_WHOLE = 0.5
# One document costs some 0.4 seconds for each thousand of its lines.
_MOST_LINES = 4000
_NARROWEST = 6
_CLOSERS, _ENDS = widths.CLOSERS, re.compile(widths.ENDS_SENTENCE)
_PROSE = re.compile("[，。！？；]")
# Marks that end a quotation hang over the edge together.
_MOST_HUNG = 3
# Of a column's width: a headline that may have spaces, and one that fills its line.
_LONGEST_HEADLINE, _FULL_HEADLINE = 0.8, 0.72
_LONGEST_OF_HEAD = 4
# Of what tells such a page apart; it is measured otherwise there.
_INSIDE = 0.8


def run(lines: pl.DataFrame) -> pl.DataFrame:
    """Reorder the lines of interleaved documents, cut print lines that hold several columns, and join what wraps.

    Args:
        lines: The lines frame after `side_by_side.run`.

    Returns:
        The same columns; `sure` is null but where the document was interleaved and is put in order: how sure it is
        (log-odds) that the line goes on from the one before. There rows stand in reading order, `line` tells the
        order of the source, `mixed` is false, and no line joins by a link below `reading_order.DOUBTFUL`.
    """
    if not lines["mixed"].any():
        return lines
    kept = lines.filter(pl.col("removed").is_null())
    told = (
        kept.group_by("doc", maintain_order=True)
        .agg(whole=pl.col("mixed").mean() >= _WHOLE, few=pl.len() <= _MOST_LINES)
        .filter("whole", "few")["doc"]
    )
    if told.is_empty():
        return lines
    rest = lines.filter(~pl.col("doc").is_in(told.implode()))
    before = [name for name in lines.columns if name not in ("joins", "joiner", "wrap_width", "block", "mixed", "sure")]
    pages = [_parted(lines.filter(pl.col("doc") == doc).select(before)) for doc in told]
    found = iter(tracks.follow([sheet for page in pages for sheet in page.sheets]))
    parts = [_in_order(page, [next(found) for _ in page.sheets]) for page in pages]
    joined = unwrap.join(pl.concat(parts)).with_columns(
        mixed=pl.lit(value=False),
        joins=pl.col("joins") & (pl.col("sure") >= reading_order.DOUBTFUL).fill_null(value=True),
    )
    return pl.concat([rest, joined.select(lines.columns)]).sort("doc", maintain_order=True)


class _Pieces(NamedTuple):
    """A document cut into pieces that stand in one column each; `free` are those of the columns, `head` those above.

    A document with blank lines within its sentences has no sheets; `heads` are its lines that need not go on from the
    line before.
    """

    cells: pl.DataFrame
    rows: list[int]
    head: list[int]
    free: list[int]
    page: seams.Page
    sheets: list[tracks.Sheet]
    heads: NDArray[np.int64]


def _parted(document: pl.DataFrame) -> _Pieces:
    """Cut the print lines of one document that hold several columns."""
    texts, removed = document["text"].to_list(), document["removed"].to_list()
    width, column = _measure([text for text, rule in zip(texts, removed, strict=True) if rule is None])
    rows: list[int] = []
    pieces: list[str] = []
    for row, text in enumerate(texts):
        cut = [text] if removed[row] else list(_cut(text, width, column))
        rows += [row] * len(cut)
        pieces += cut
    gaps = [0 if n and rows[n - 1] == row else document["gap"][row] for n, row in enumerate(rows)]
    cells = document[rows].with_columns(
        text=pl.Series(pieces),
        line=pl.int_range(len(rows), dtype=pl.UInt32),
        gap=pl.Series(gaps, dtype=pl.Int32),
    )
    kept = [n for n, row in enumerate(rows) if removed[row] is None]
    is_spaced = _is_spaced([pieces[n] for n in kept], [gaps[n] for n in kept])
    head, free = _headed(kept, gaps, [not is_spaced or len(piece) <= _LONGEST_OF_HEAD for piece in pieces])
    kinds = [seams.kind_of(pieces[n], width(pieces[n]), column) for n in free]
    page = seams.Page([pieces[n] for n in free], kinds)
    print_lines, blank = np.array([rows[n] for n in free]), np.array([gaps[n] for n in free])
    sheets = [] if is_spaced else list(_sheets(page, print_lines, blank))
    return _Pieces(cells, rows, head, free, page, sheets, _heads(print_lines, blank))


def _in_order(pieces: _Pieces, found: Sequence[tracks.Followed]) -> pl.DataFrame:
    """Reorder one document; furniture stays behind the line that it stood behind."""
    cells, rows, head, free, page, sheets, heads = pieces
    sequence, margins = reading_order.order(page, sheets, found) if sheets else spaced.order(page, heads)
    sure = dict.fromkeys(head, 0.0) | {free[at]: margin for at, margin in zip(sequence, margins, strict=True)}
    place = _with_furniture([*head, *(free[at] for at in sequence)], len(rows))
    # Lines that stand alone beside a page's number are of its head, too.
    rule = next((name for name in cells["removed"][: len(head) + 1] if name is not None), None)
    of_head = pl.col("line").is_in(head) & (pl.col("text").str.len_chars() <= _LONGEST_OF_HEAD)
    return (
        cells[place]
        .with_columns(
            removed=pl.when(of_head & pl.lit(rule is not None)).then(pl.lit(rule, pl.String)).otherwise("removed"),
            gap=pl.lit(0, dtype=pl.Int32),
            indent=pl.lit(0, dtype=pl.Int32),
            sure=pl.Series([sure.get(at) for at in place], dtype=pl.Float32),
        )
        .with_columns(
            starts_paragraph=pl.col("starts_paragraph")
            | (pl.col("sure") < reading_order.DOUBTFUL).fill_null(value=False),
        )
    )


def _sheets(page: seams.Page, rows: NDArray[np.int64], gaps: NDArray[np.int64]) -> Iterator[tracks.Sheet]:
    """Part a page where blank lines stand: each block was sorted by height for itself."""
    block = np.cumsum((gaps > np.median(gaps)) & (np.arange(len(gaps)) > 0))
    for number in range(block.max() + 1):
        lines = np.flatnonzero(block == number)
        yield tracks.Sheet(page, lines, rows[lines])


def _heads(rows: NDArray[np.int64], gaps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Find the lines below a blank line, and those that a print line of several pieces holds, or stands above."""
    first = np.append(np.True_, rows[1:] != rows[:-1])
    several = ~first | ~np.append(first[1:], np.True_)
    return np.flatnonzero((gaps > 0) | several | np.append(np.True_, several[:-1]))


def _is_spaced(texts: Sequence[str], gaps: Sequence[int]) -> bool:
    """Whether blank lines stand within sentences, too, as they do where the print has wide leading."""
    inside = [gap > 0 for text, gap in zip(texts, gaps[1:], strict=False) if not _ENDS.search(text)]
    return sum(inside) >= _INSIDE * columns.SPACED * len(inside) > 0


def _headed(free: list[int], gaps: Sequence[int], may_head: Sequence[bool]) -> tuple[list[int], list[int]]:
    """Part the lines that stand alone over the page (its name, number, date) from the columns."""
    n = 0
    while n + 1 < len(free) and gaps[free[n + 1]] and may_head[free[n]]:
        n += 1
    return free[:n], free[n:]


def _with_furniture(sequence: list[int], n: int) -> list[int]:
    """Add the rows that are not in the sequence, each behind the row before it."""
    placed, anchor = set(sequence), -1
    after: dict[int, list[int]] = {}
    for row in range(n):
        if row in placed:
            anchor = row
        else:
            after.setdefault(anchor, []).append(row)
    return after.get(-1, []) + [row for at in sequence for row in (at, *after.get(at, []))]


class _Measure:
    """The width of a line, with letters and digits as wide as Han or half as wide."""

    def __init__(self, letter: float) -> None:
        self.letter = letter

    def __call__(self, text: str) -> float:
        return sum(0.0 if c == " " else self.letter if c.isascii() else 1.0 for c in text)


def _measure(texts: Sequence[str]) -> tuple[_Measure, float]:
    """Find how wide the columns are, and by which measure: the one by which more unfinished lines agree."""
    plain = [text for text in texts if " " not in text and text[-1] not in _CLOSERS + widths.OPENERS]
    found = []
    for letter in (1.0, 0.5):
        measure = _Measure(letter)
        votes = Counter(round(measure(text)) for text in plain)
        wide = {width: n for width, n in votes.items() if width >= _NARROWEST}
        column = max(wide, key=lambda width: (wide[width], width), default=0)
        found.append((wide.get(column, 0), letter, column))
    _, letter, column = max(found)
    return _Measure(letter), float(column)


def _cut(text: str, width: _Measure, column: float) -> Iterator[str]:
    """Cut a print line at its gutters; a headline keeps its spaces."""
    parts = [text]
    if " " in text:
        if width(text) > column + 1:
            parts = _grouped(text.split(), width, column)
        else:
            halves = _grouped(text.split(), width, column)
            if len(halves) == 2 and (
                max(map(width, halves)) >= _FULL_HEADLINE * column or any(map(_ENDS.search, halves))
            ):
                parts = halves
    for part in parts:
        rest = part
        while column >= _NARROWEST and width(rest) > column + 1.5:
            at = _edge(rest, width, column)
            yield rest[:at].rstrip()
            rest = rest[at:].lstrip()
        if rest:
            yield rest


def _grouped(words: Sequence[str], width: _Measure, column: float) -> list[str]:
    groups: list[str] = []
    for word in words:
        both = f"{groups[-1]} {word}" if groups else ""
        if both and width(both) + 1 <= _LONGEST_HEADLINE * column and not _PROSE.search(both):
            groups[-1] = both
        else:
            groups.append(word)
    return groups


def _edge(text: str, width: _Measure, column: float) -> int:
    """Find where the first of two touching columns ends: at its width, or behind the marks that hang over it."""
    at = 1
    while at < len(text) and width(text[: at + 1]) <= column + 0.25:
        at += 1
    while at < len(text) and text[at] in _CLOSERS and width(text[: at + 1]) <= column + _MOST_HUNG:
        at += 1
    return at
