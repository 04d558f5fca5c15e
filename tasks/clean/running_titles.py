"""Takes what is printed on every page: running titles, watermarks, page numbers of any dress.

A line that comes again and again is one where it interrupts sentences, stands at even distances in a column, or beside
page numbers; numbers in any brackets are pages where they count up at even distances.
"""

import numpy as np
import polars as pl

from tasks.clean import runs
from tasks.clean.codepoints import Flags
from tasks.clean.furniture_context import OUTLINE, PROSE, taken_out
from tasks.clean.patterns import HAN
from tasks.content import Counts

_LETTER = f"[A-Za-z{HAN}\u00c0-\u1fff\u3040-\u30ff\uac00-\ud7a3]"
_NO_WORD = f"[^0-9A-Za-z{HAN}]{{0,4}}"
_NUMBER = rf"^{_NO_WORD}(?:第 ?)?[Pp]?\.? ?([0-9]{{1,3}})(?: ?页)?{_NO_WORD}$"
_LONGEST, _LONGEST_NUMBER = 40, 9
_PAGE = ("page_number", "page_header")
# Lines of a page at least; and how much longer than usual the longest may be.
_FEWEST_LINES, _UNEVEN = 8, 1.25


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Name such lines.

    Args:
        frame: row, doc, text, n (characters), gap, alive, ends, closed, full, marked, wrapped, flat, body,
            shape.

    Returns:
        The frame with `shape` set on them; a headline that runs on over the pages is kept where it stands first.
    """
    numbers = _bare_numbers(frame)
    left = frame.select(
        "row", "doc", "text", "n", "wrapped", able=pl.col("alive") & pl.col("shape").is_null() & ~pl.col("ends")
    )
    left = left.filter("able")
    paged = left.filter(pl.col("n") <= _LONGEST_NUMBER).filter(pl.col("text").str.contains(_NUMBER))
    numbers = np.union1d(numbers, _pages(paged))
    some = left.filter(pl.col("n") <= _LONGEST).filter(pl.col("text").str.contains(_LETTER))
    some = some.filter(~pl.col("text").str.contains(PROSE), ~pl.col("text").str.contains(OUTLINE))
    same = pl.col("text").str.replace_all("[0-9]+", "0").str.replace_all("[ \u3000]+", "")
    some = some.with_columns(same=same).filter(pl.len().over("doc", "same") >= 2)
    if some.is_empty():
        return taken_out(frame, pl.Series(numbers), "page_number")
    titles = _running(frame, some, numbers)
    return taken_out(taken_out(frame, pl.Series(numbers), "page_number"), pl.Series(titles), "running_title")


def _bare_numbers(frame: pl.DataFrame) -> Counts:
    """A number by itself interrupts a column, or stands at an end of the file."""
    alone = (pl.col("gap") > 0) & (runs.below(pl.col("gap")) > 0)
    interrupts = pl.col("wrapped") & (alone | (~pl.col("closed") & runs.above(pl.col("full"), False)))
    at_end = runs.above(pl.lit(False), True) | runs.below(pl.lit(False), True)
    left = pl.col("alive") & pl.col("shape").is_null()
    short = left & (pl.col("n") <= 5) & (interrupts | at_end)
    told = frame.select("row", "text", "closed", short=short).filter("short")
    # an item's number in brackets does not stand inside a sentence
    dressed = ~pl.col("closed") & pl.col("text").str.contains(r"^[（(【\[~～·•]?[Pp]?[0-9]{1,3}[）)】\]~～·•]?$")
    return told.filter(pl.col("text").str.contains("^[0-9]{1,3}$") | dressed)["row"].to_numpy()


def _pages(paged: pl.DataFrame) -> Counts:
    """Of the lines that are numbers, those that count up, three at least, at even distances."""
    value = pl.col("text").str.extract(_NUMBER).cast(pl.Int32)
    step = pl.col("value") - pl.col("value").shift(1).over("doc")
    counted = paged.with_columns(value=value).with_columns(
        up=(step == 1).fill_null(value=False), next=(step.shift(-1).over("doc") == 1).fill_null(value=False)
    )
    counted = counted.filter(pl.col("up") | pl.col("next")).with_columns(lines=pl.col("row").diff().over("doc"))
    return counted.filter("wrapped", pl.len().over("doc") >= 3, _even("doc"))["row"].to_numpy()


def _even(*key: str) -> pl.Expr:
    """Tell groups whose `lines`, counted from one to the next, are many and much the same."""
    usual, most, least = (pl.col("lines").median(), pl.col("lines").max(), pl.col("lines").min())
    same = (most <= _UNEVEN * usual + 2) & (least >= usual / _UNEVEN - 2)
    return ((usual >= _FEWEST_LINES) & same).over(*key).fill_null(value=False)


def _running(frame: pl.DataFrame, some: pl.DataFrame, numbers: Counts) -> Counts:
    """Of lines that come again (row, doc, text, wrapped, same) tell the running titles."""
    page = frame["shape"].is_in(_PAGE).fill_null(value=False).to_numpy().copy()
    page[numbers] = True
    rows, doc = some["row"].to_numpy(), frame["doc"].to_numpy()
    before = _texts_above(frame, rows, page)
    key = ["doc", "same"]
    apart, within = _inside(frame, rows, before)
    some = some.with_columns(
        apart=pl.Series(apart),
        within=pl.Series(apart | within),
        beside=pl.Series(_beside(page, doc)[rows]),
        above=frame["text"].gather(before.clip(0)),
        lines=pl.col("row").diff().over(key),
        # a form repeats its words, a table its rows
        title=pl.col("text").str.contains(rf"[{HAN}]{{2}}.*[{HAN}]{{2}}") & ~pl.col("text").str.contains(r"[：<>\\]"),
    )
    count = pl.len().over(key)
    mostly = {name: pl.col(name).sum().over(key) * 2 >= count for name in ("apart", "within", "beside")}
    paged = mostly["beside"] | (pl.col("wrapped") & _even(*key))
    each = (pl.col("within") & pl.col("beside")).all().over(key)
    # where a passage comes again, so does the line above each of its lines
    other = pl.col("above").n_unique().over(key) * 4 > count * 3
    likely = pl.col("title") & other & (each | ((count >= 3) & (mostly["within"] | paged)))
    taken = some.filter(((count >= 3) & mostly["apart"]) | likely)
    first = taken.filter(pl.int_range(pl.len()).over(key) == 0)["row"].to_numpy()
    return np.setdiff1d(taken["row"].to_numpy(), first[_are_headlines(frame, first)])


def _texts_above(frame: pl.DataFrame, rows: Counts, page: Flags) -> Counts:
    """Find the last line above each that is text: neither a page number nor a line that comes again; -1 for none."""
    furniture = page | ~_flags(frame["alive"])
    furniture[rows] = True
    above: Counts = np.maximum.accumulate(np.where(furniture, -1, np.arange(len(frame))))[rows]
    return above


def _inside(frame: pl.DataFrame, rows: Counts, above: Counts) -> tuple[Flags, Flags]:
    """Tell the lines in mid-sentence that stand apart, and those below a text that fills its column without an end."""
    doc, full, closed = frame["doc"].to_numpy(), *(_flags(frame[name]) for name in ("full", "closed"))
    apart = frame.select((pl.col("gap") > 0) & (runs.below(pl.col("gap")) > 0) | (pl.col("flat") & (pl.col("n") <= 12)))
    within: Flags = (above >= 0) & (doc[above] == doc[rows]) & full[above]
    return ~closed[rows] & _flags(apart.to_series())[rows], within


def _are_headlines(frame: pl.DataFrame, first: Counts) -> Flags:
    """Tell which of these lines have no text above, and text right below: a headline can run on over the pages."""
    doc = frame["doc"].to_numpy()
    body = _flags(frame["body"]) & _flags(frame["alive"])
    passed = runs.count(body, np.append(True, doc[1:] != doc[:-1]))
    text = _flags(frame["marked"]) | _flags(frame["ends"]) | _flags(frame["full"])
    below = np.minimum(first + 1, len(frame) - 1)
    found: Flags = (passed[first] == 0) & text[below] & (doc[below] == doc[first])
    return found


def _flags(values: pl.Series) -> Flags:
    return values.fill_null(value=False).to_numpy()


def _beside(page: Flags, doc: Counts) -> Flags:
    """Tell the lines right above or below a page number or header."""
    same = doc[1:] == doc[:-1]
    beside = np.zeros_like(page)
    beside[1:] |= page[:-1] & same
    beside[:-1] |= page[1:] & same
    return beside
