"""Takes the mottoes that fill a page: at its foot, and between a finished text and the next headline."""

import numpy as np
import polars as pl

from tasks.clean import furniture_rules, runs, unlisted
from tasks.clean.document_names import SPOKEN
from tasks.clean.patterns import matches, narrow
from tasks.clean.taking import flagged, free, take

_FOOT, _LAST, _SHORTEST_TITLE = 8, 4, 6
_PAIR, _HALF = 2, 4
_MOTTO, _ALONE = 40, 20
# A line under a headline that is no headline of its own: over it stands one.
_SECONDARY = f"^(?:——|－－|--|──)|(?:出席|主持|参加|批示|{SPOKEN})(?:会议|活动)?$|^自.{{2,12}}起"


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take a page's filler: a motto in units of two to eight characters at a page's foot, or between articles.

    Args:
        frame: row, doc, text, n, alive, ends, marked, aside, fresh, flat, removed, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    text = pl.col("text")
    short = frame.select("row", "text", "alive", "n", to_go=pl.len().over("doc") - runs.rank())
    short = short.filter("alive", pl.col("n") <= _MOTTO)
    some = short.filter(text.str.contains(" ", literal=True))
    some = some.filter(text.str.contains(narrow(r"^[\p{Han}]{2,8}(?: [\p{Han}]{2,8})+$")))
    units = some["row"] if some.is_empty() else pl.concat([_even(some), _of_other_words(frame, some)]).unique()
    between = _between_articles(frame)
    asked = pl.concat([short.filter(pl.col("to_go") <= _FOOT)["row"], between]).unique()
    near = frame.select("row", "text").filter(pl.col("row").is_in(asked.implode()))
    mottos = near.filter(furniture_rules.has_shape(text, "slogan"))["row"]
    if units.is_empty() and mottos.is_empty():
        return frame
    taken = pl.col("shape").is_not_null() | ~pl.col("alive")
    motto = pl.lit(flagged(frame, pl.concat([units, mottos])))
    foot = runs.to_go(~(taken | motto)) == 0
    before_other = runs.below(taken, True) & pl.col("fresh")
    filler = ~taken & motto & (foot | before_other | pl.lit(flagged(frame, between)))
    found = frame.select(found=filler.fill_null(value=False))["found"].to_numpy()
    if not found.any():
        return frame
    return take(frame, pl.Series(unlisted.not_alone(frame, found, np.zeros_like(found))), "slogan")


def _even(some: pl.DataFrame) -> pl.Series:
    """Of lines of short units those whose units are of one length (or nearly), known words of mottoes in them."""
    sizes = some["text"].str.split(" ").list.eval(pl.element().str.len_chars())
    wide = (sizes.list.max() - sizes.list.min()).cast(pl.Int32)
    some, wide = some.filter(wide <= 1), wide.filter(wide <= 1)
    units = some["text"].str.split(" ")
    known = list(furniture_rules.words("slogan_unit"))
    told = units.list.eval(pl.element().str.contains_any(known))
    # the last lines of a page: one word is enough
    last = (some["to_go"] <= _LAST) & told.list.any()
    return some["row"].filter((told.list.all() & ((wide == 0) | last)) | ((wide == 0) & last))


def _of_other_words(frame: pl.DataFrame, some: pl.DataFrame) -> pl.Series:
    """Of a page's last lines those of two units of one length, none of whose words the page's text has."""
    some = some.filter(pl.col("to_go") <= _LAST)
    halves = some["text"].str.split(" ")
    sizes = halves.list.eval(pl.element().str.len_chars())
    even = (halves.list.len() == _PAIR) & (sizes.list.min() == sizes.list.max()) & (sizes.list.min() >= _HALF)
    last = some.filter(even).select("row", half=pl.col("text").str.split(" ")).explode("half")
    if last.is_empty():
        return some["row"].clear()
    words = last.select("row", word=pl.concat_list(pl.col("half").str.head(2), pl.col("half").str.tail(2)))
    words = words.explode("word").with_columns(doc=frame["doc"][words.explode("word")["row"]])
    texts = frame.filter("body", pl.col("doc").is_in(words["doc"].unique().implode()))
    texts = texts.group_by("doc").agg(pl.col("text").str.join(""))
    said = words.join(texts, on="doc").with_columns(said=pl.col("text").str.contains(pl.col("word"), literal=True))
    return said.group_by("row").agg(pl.col("said").any()).filter(~pl.col("said"))["row"]


def _between_articles(frame: pl.DataFrame) -> pl.Series:
    """Return the rows of short lines that stand alone between a finished text and a headline of the next one."""
    plain = frame.select(plain=free("ends", "marked", "flat"))["plain"]
    # a text has closed above, by a sentence or a credit, or went to another page
    over = frame["ends"] | frame["aside"] | (frame["removed"] == "continuation_marker").fill_null(value=False)
    same = (frame["doc"] == frame["doc"].shift(1)).fill_null(value=False)
    alone = plain & (frame["n"] <= _ALONE) & over.shift(1, fill_value=False) & same
    under = (plain & (frame["n"] >= _SHORTEST_TITLE) & same).shift(-1, fill_value=False)
    rows = (alone & under).arg_true()
    next_line = frame["text"][rows + 1]
    return frame["row"][rows.filter(~matches(next_line, _SECONDARY))]
