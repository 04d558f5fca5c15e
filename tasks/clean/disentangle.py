"""Put pages whose columns were read across back into reading order, column after column.

Only documents that `columns.interleaved` tells as a whole are touched: they are rare, so each is worked out by itself.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import polars as pl

from tasks.clean import reading_order, seams, tracks, unwrap, widths

_WHOLE = 0.5
# One document costs about two seconds for each thousand of its lines.
_MOST_LINES = 4000
_NARROWEST = 6
_CLOSERS, _ENDS = widths.CLOSERS, re.compile(widths.ENDS_SENTENCE)
_PROSE = re.compile("[，。！？；]")
_LONGEST_HEADLINE = 0.8
_LONGEST_OF_HEAD = 4


def run(lines: pl.DataFrame) -> pl.DataFrame:
    """Reorder the lines of interleaved documents, cut print lines that hold several columns, and join what wraps.

    Args:
        lines: The lines frame after `unwrap.join`.

    Returns:
        The same columns and `sure` f32, null but where the document was interleaved and is put in order: how sure it is
        (log-odds) that the line goes on from the one before. There rows stand in reading order, `line` tells the
        order of the source, `mixed` is false, and no line joins by a link below `reading_order.DOUBTFUL`.
    """
    lines = lines.with_columns(sure=pl.lit(None, pl.Float32))
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
    parts = [_in_order(lines.filter(pl.col("doc") == doc).select(before)) for doc in told]
    joined = unwrap.join(pl.concat(parts)).with_columns(
        mixed=pl.lit(value=False),
        joins=pl.col("joins") & (pl.col("sure") >= reading_order.DOUBTFUL).fill_null(value=True),
    )
    return pl.concat([rest, joined.select(lines.columns)]).sort("doc", maintain_order=True)


def _in_order(page: pl.DataFrame) -> pl.DataFrame:
    """Cut and reorder one document; furniture stays behind the line that it stood behind."""
    texts, removed = page["text"].to_list(), page["removed"].to_list()
    width, column = _measure([text for text, rule in zip(texts, removed, strict=True) if rule is None])
    rows: list[int] = []
    pieces: list[str] = []
    for row, text in enumerate(texts):
        cut = [text] if removed[row] else list(_cut(text, width, column))
        rows += [row] * len(cut)
        pieces += cut
    gaps = [0 if n and rows[n - 1] == row else page["gap"][row] for n, row in enumerate(rows)]
    cells = page[rows].with_columns(
        text=pl.Series(pieces),
        line=pl.int_range(len(rows), dtype=pl.UInt32),
        gap=pl.Series(gaps, dtype=pl.Int32),
    )
    free = [n for n, row in enumerate(rows) if removed[row] is None]
    head, free = _headed(free, gaps)
    kinds = [seams.kind_of(pieces[n], width(pieces[n]), column) for n in free]
    scores = seams.Seams([pieces[n] for n in free], kinds)
    placed = [tracks.Cell(rows[n], gaps[n]) for n in free]
    sequence, margins = reading_order.order(placed, scores, *tracks.follow(placed, scores))
    sure = dict.fromkeys(head, 0.0) | {free[at]: margin for at, margin in zip(sequence, margins, strict=True)}
    place = _with_furniture([*head, *(free[at] for at in sequence)], len(rows))
    # Lines that stand alone beside a page's number are of its head, too.
    rule = next((removed[row] for row in rows[: len(head) + 1] if removed[row] is not None), None)
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


def _headed(free: list[int], gaps: Sequence[int]) -> tuple[list[int], list[int]]:
    """Part the lines that stand alone over the page (its name, number, date) from the columns."""
    n = 0
    while n + 1 < len(free) and gaps[free[n + 1]]:
        n += 1
    return free[:n], free[n:]


def _with_furniture(sequence: list[int], n: int) -> list[int]:
    """Add the rows that are not in the sequence, each behind the row before it."""
    missing = sorted(set(range(n)) - set(sequence))
    after: dict[int, list[int]] = {}
    for row in missing:
        anchor = row - 1
        while anchor in missing:
            anchor -= 1
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
            halves = text.split()
            if len(halves) == 2 and _ENDS.search(halves[0]):
                parts = halves
    for part in parts:
        rest = part
        while column >= _NARROWEST and width(rest) > column + 1.5:
            at = _edge(rest, width, column)
            yield rest[:at]
            rest = rest[at:]
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
    while at < len(text) - 1 and text[at] in _CLOSERS and width(text[: at + 1]) <= column + 2:
        at += 1
    return at
