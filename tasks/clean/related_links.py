"""Takes what a site links to before and after its text: heads of other texts, among furniture or below their label."""

import polars as pl

from tasks.clean import runs
from tasks.clean.figures import DATE, DAY
from tasks.clean.gated import ask, matching
from tasks.clean.patterns import matches
from tasks.clean.taking import flagged, free, take

_CHROME = ["site_chrome_line", "related_label", "nav_word"]
_LONGEST, _LONGEST_LISTED = 45, 70
_LAST_LINE = 30
_SIGNED = rf"^(?:[^0-9 ]{{4,20}} ?)?{DATE}$"
_WRITER = "^（(?:本[报网台刊])?(?:记者|通讯员|作者|据|新华社)"
# - 某县公布十二件实事2021-01-24, one below the other.
_BULLETS, _ITEMS = list("-•·▪●"), 3
_ITEM = rf"^[-•·▪●] ?[^。；]{{4,60}}{DAY}$"
_CUT_SHORT = r"(?:…+|\.{3})$"


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take such lines.

    Args:
        frame: row, doc, text, n, alive, ends, flat, told (a page's headline), body, shape; `page`, where the reader
            told; in source order.

    Returns:
        The frame with `shape` set on them.
    """
    frame = take(frame, _dated(frame), "related_link")
    frame = take(frame, _cut_short(frame), "related_link")
    return take(frame, _among_furniture(frame), "related_link")


def _dated(frame: pl.DataFrame) -> pl.Series:
    """Items that end in a day, several below the text, and what items stand behind the first of them."""
    none = pl.Series([False]).new_from_index(0, len(frame))
    # some have the form of a bar: 某县公布2021-01-24
    plain = pl.col("shape").is_null() | (pl.col("shape") == "meta_bar")
    rows = frame.select(free=pl.col("alive") & plain & ~pl.col("ends") & ~pl.col("body"))["free"].arg_true()
    rows = rows.filter(frame["text"][rows].str.head(1).is_in(_BULLETS))
    linked = rows.filter(matches(frame["text"][rows], _ITEM))
    if len(linked) < _ITEMS:
        return none
    told = frame.select("doc", "row", below=runs.to_go(pl.col("body")) == 0, linked=flagged(frame, linked))
    told = told.with_columns(linked=pl.col("linked") & pl.col("below"))
    several = pl.col("linked").sum().over("doc") >= _ITEMS
    begun = runs.so_far(pl.col("linked")) > 0
    item = pl.col("row").is_in(rows.implode())
    return told.select(found=several & begun & pl.col("below") & item)["found"]


def _cut_short(frame: pl.DataFrame) -> pl.Series:
    """Paragraphs below the last label of related texts, where all that follow are broken off."""
    label = pl.col("shape") == "related_label"
    labelled = frame.filter(label)["doc"].unique()
    if labelled.is_empty():
        return pl.Series([False]).new_from_index(0, len(frame))
    some = frame.select("row", "doc", "text", "body", "shape").filter(pl.col("doc").is_in(labelled.implode()))
    last = pl.col("row").filter(label).max().over("doc")
    below = some.filter(pl.col("body"), pl.col("row") > last)
    return below.filter(pl.col("text").str.contains(_CUT_SHORT).all().over("doc"))["row"]


def _among_furniture(frame: pl.DataFrame) -> pl.Series:
    """Short lines outside the text, with a site's words between them and the text."""
    chrome = pl.col("shape").is_in(_CHROME).fill_null(value=False)
    if not frame["shape"].is_in(_CHROME).any():
        return pl.Series([False]).new_from_index(0, len(frame))
    row = pl.col("row")
    told = frame.with_columns(
        tail=row > row.filter("body").max().over("doc"),
        head=row < row.filter("body").min().over("doc"),
        shared=pl.col("flat").any().over("doc"),
    ).with_columns(
        chrome_before=runs.so_far(chrome & pl.col("tail")) > 0,
        chrome_in_tail=(chrome & pl.col("tail")).any().over("doc"),
        chrome_after=runs.to_go(chrome & pl.col("head")) > 0,
        titled=(pl.col("shape") == "page_title").any().over("doc"),
    )
    # who issued a notice and when, and who wrote it, close the text
    short = frame["n"] <= _LAST_LINE
    day = matching(frame["text"], short & frame["text"].str.ends_with("日"), _SIGNED)
    credit = matching(frame["text"], short & frame["text"].str.starts_with("（"), _WRITER)
    # a line that breaks off at a comma is a sentence's
    comma = ask(frame["text"], frame["n"] <= _LONGEST, lambda some: some.str.tail(1).is_in(list("，、；,;")))
    closing = pl.any_horizontal(pl.lit(day), pl.lit(credit), pl.lit(comma), runs.below(pl.lit(day), False))
    # the mark-up of a page has told its links
    page = pl.col("page").fill_null(value=False) if "page" in frame.columns else pl.lit(value=False)
    listed = runs.so_far((pl.col("shape") == "related_label").fill_null(value=False) & pl.col("tail")) > 0
    size = pl.col("n") <= pl.when(listed).then(_LONGEST_LISTED).otherwise(_LONGEST)
    link = free("ends", "told") & size & ~closing & ~page
    after = pl.col("tail") & (pl.col("chrome_before") | (pl.col("shared") & pl.col("chrome_in_tail")))
    before = pl.col("head") & pl.col("chrome_after") & pl.col("shared") & pl.col("titled")
    return told.select(link=(link & (after | before)).fill_null(value=False))["link"]
