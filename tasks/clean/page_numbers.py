"""Takes the numbers of pages, in any dress: alone where they interrupt a column, or counted up at even distances."""

import polars as pl

from tasks.clean import runs
from tasks.clean.patterns import HAN
from tasks.clean.taking import free, take

_NO_WORD = f"[^0-9A-Za-z{HAN}]{{0,4}}"
_NUMBER = rf"^{_NO_WORD}(?:第 ?)?[Pp]?\.? ?([0-9]{{1,3}})(?: ?页)?{_NO_WORD}$"
_BARE, _DRESSED = "^[0-9]{1,3}$", r"^[（(【\[~～·•]?[Pp]?[0-9]{1,3}[）)】\]~～·•]?$"
_LONGEST, _LONGEST_ALONE, _FEWEST = 9, 5, 3
# Lines of a page at least; and how much longer than usual the longest may be.
_FEWEST_LINES, _UNEVEN = 8, 1.25


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Name such lines.

    Args:
        frame: row, doc, text, n (characters), gap, alive, ends, closed, full, wrapped, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    found = pl.concat([_alone(frame), _counted_up(frame)])
    return take(frame, found.unique(), "page_number")


def _alone(frame: pl.DataFrame) -> pl.Series:
    """A number by itself interrupts a column, or stands at an end of the file."""
    apart = (pl.col("gap") > 0) & (runs.below(pl.col("gap")) > 0)
    interrupts = pl.col("wrapped") & (apart | (~pl.col("closed") & runs.above(pl.col("full"), False)))
    at_end = runs.above(pl.lit(False), True) | runs.below(pl.lit(False), True)
    short = free() & (pl.col("n") <= _LONGEST_ALONE) & (interrupts | at_end)
    told = frame.select("row", "text", "closed", short=short).filter("short")
    # an item's number in brackets does not stand inside a sentence
    dressed = ~pl.col("closed") & pl.col("text").str.contains(_DRESSED)
    return told.filter(pl.col("text").str.contains(_BARE) | dressed)["row"]


def _counted_up(frame: pl.DataFrame) -> pl.Series:
    """Of the lines that are numbers, those that count up, three at least, at even distances."""
    short = frame.select("row", "doc", "text", "wrapped", short=free("ends") & (pl.col("n") <= _LONGEST))
    paged = short.filter("short").with_columns(value=pl.col("text").str.extract(_NUMBER).cast(pl.Int32))
    paged = paged.drop_nulls("value")
    step = pl.col("value").diff().over("doc")
    paged = paged.with_columns(
        up=(step == 1).fill_null(value=False), next=(step.shift(-1).over("doc") == 1).fill_null(value=False)
    )
    counted = paged.filter(pl.col("up") | pl.col("next")).with_columns(lines=pl.col("row").diff().over("doc"))
    return counted.filter("wrapped", pl.len().over("doc") >= _FEWEST, at_even_distances("doc"))["row"]


def at_even_distances(*key: str) -> pl.Expr:
    """Tell groups whose `lines`, counted from one to the next, are many and much the same."""
    usual, most, least = (pl.col("lines").median(), pl.col("lines").max(), pl.col("lines").min())
    same = (most <= _UNEVEN * usual + 2) & (least >= usual / _UNEVEN - 2)
    return ((usual >= _FEWEST_LINES) & same).over(*key).fill_null(value=False)
