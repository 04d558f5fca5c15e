"""Takes what a page has above its headline: the site's name, its motto, its sections, over a sign of the page's own.

A sign tells of the lines above it only where a headline stands below it, most where that has its bar, too.
"""

from dataclasses import dataclass

import polars as pl

from tasks.clean import runs
from tasks.clean.gated import matching
from tasks.clean.paths import PATH, TOP
from tasks.clean.patterns import HAN, matches, narrow
from tasks.clean.taking import OUTLINE, free, take


@dataclass(frozen=True)
class Sign:
    """A line that has been named before, on top of a page, and the lines above it that it tells of.

    Attributes:
        shape: What these are named.
        named: What the sign was named; none for any name.
        says: A pattern that it fits.
        ranks: The first and the last line of a document that it may be.
        longest: Characters of the lines above it.
        barred: The headline below it has to have its bar.
    """

    shape: str
    named: tuple[str, ...]
    says: str
    ranks: tuple[int, int]
    longest: int
    barred: bool


_SIGNS = (
    Sign("site_chrome_line", ("nav_word", "unlisted_line", "site_chrome_line"), "位置", (0, TOP - 1), 24, barred=False),
    Sign("site_chrome_line", ("site_chrome_line",), PATH, (1, TOP - 1), 60, barred=True),
    Sign("page_header", (), "星期|周[一二三四五六日]|礼拜", (1, 2), 18, barred=True),
)
_SHORTEST, _LONGEST = 6, 60
# Names of other sites in a row, however long.
_ROW_OF_NAMES, _NAMES = "[-_|｜]", 3
# 公司新闻 Company News: many sites of firms name their sections twice.
_IN_ENGLISH = "[A-Z]?[A-Za-z]+(?: [A-Za-z&]+){1,3}"
_SECTION = narrow(rf"(?:新闻|活动|消息|公告|动态|要闻|资讯|快讯|公报)$|^[\p{{Han}}]{{2,8}} {_IN_ENGLISH}$")
_LONGEST_SECTION, _LONGEST_ENGLISH, _STACK = 8, 28, 3
_TAG, _LONGEST_TAG = narrow(r"^[\p{Han}]{1,10}(?:网|台|报|社)(?:消息|讯)(?:（[\p{Han}]{2,8}）)?：$"), 26
_PARTED = "^[^_，。]{2,40}(?:_[^_，。]{1,40}){2,}$"


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take such lines.

    Args:
        frame: row, doc, text, n, gap, rank, alive, ends, marked, wrapped, flat, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    frame = take(frame, _page_names(frame), "page_title")
    for sign in _SIGNS:
        frame = take(frame, _above(frame, sign), sign.shape)
    frame = take(frame, _sections(frame), "site_chrome_line")
    return take(frame, _tags(frame), "meta_bar")


def in_latin(frame: pl.DataFrame) -> pl.DataFrame:
    """Take lines without a Chinese character on top of a page, where one of them is known for a site's own."""
    firsts = (frame["rank"] == 0).arg_true()
    docs = frame["doc"][firsts].filter(_are_latin(frame["text"][firsts]))
    if docs.is_empty():
        return frame
    top = frame.select("row", "doc", "text", "rank", "alive", "shape").filter(
        pl.col("rank") < TOP, pl.col("doc").is_in(docs.implode())
    )
    top = top.with_columns(latin=_are_latin(top["text"])).with_columns(run=pl.col("latin").cum_min().over("doc"))
    top = top.filter("run", (pl.col("shape") == "site_chrome_line").any().over("doc", "run"))
    return take(frame, top.filter(free())["row"], "site_chrome_line")


def _are_latin(texts: pl.Series) -> pl.Series:
    return matching(texts, ~texts.str.contains(f"[{HAN}]"), "[A-Za-z]{3}")


def _above(frame: pl.DataFrame, sign: Sign) -> pl.Series:
    """Return the rows above a sign, where a headline stands below it."""
    named = pl.col("shape").is_in(sign.named) if sign.named else pl.col("shape").is_not_null()
    likely = frame.select(likely=named & pl.col("rank").is_between(*sign.ranks))["likely"]
    rows = likely.fill_null(value=False).arg_true()
    rows = rows.filter(matches(frame["text"][rows], sign.says))
    if rows.is_empty():
        return rows
    row, n, text = pl.col("row"), pl.col("n"), pl.col("text")
    top = frame.select("row", "doc", "text", "n", "rank", "alive", "ends", "body", "shape").filter(
        pl.col("rank") < TOP, pl.col("doc").is_in(frame["doc"][rows].unique().implode())
    )
    told = top.with_columns(at=row.filter(row.is_in(rows.implode())).min().over("doc"))
    others = free("ends") & (n > _LONGEST) & (row < pl.col("at")) & (text.str.count_matches(_ROW_OF_NAMES) >= _NAMES)
    told = told.with_columns(others=others & ~text.str.contains("[。；，]"))
    told = told.with_columns(body=pl.col("body") & ~pl.col("others"))
    told = told.with_columns(prose=row.filter("body").min().over("doc").fill_null(len(frame)))
    head = free("ends") & (n >= _SHORTEST) & (row > pl.col("at")) & (row < pl.col("prose"))
    head &= text.str.contains(f"[{HAN}]{{3}}") & ~text.str.contains(OUTLINE)
    told = told.with_columns(head=row.filter(head).min().over("doc")).filter(pl.col("head").is_not_null())
    if sign.barred:
        bar = (pl.col("shape") == "meta_bar") & (row > pl.col("head")) & (row < pl.col("prose"))
        told = told.filter(bar.any().over("doc"))
    size = (n <= sign.longest) | pl.col("others")
    return told.filter(free("ends", "body"), row < pl.col("at"), size)["row"]


def _page_names(frame: pl.DataFrame) -> pl.Series:
    """A page's first line of names parted by `_`, where a headline stands below it, right above a bar."""
    plain = frame.select(plain=free("ends", "marked", "wrapped", "flat") & (pl.col("n") >= _SHORTEST))["plain"]
    named = matching(frame["text"], plain & (frame["rank"] == 0), _PARTED)
    if not named.any():
        return named
    barred = runs.below(pl.col("shape") == "meta_bar", False) & pl.col("rank").is_between(1, TOP)
    heads = frame["doc"].filter(frame.select(pl.lit(plain) & barred).to_series())
    return named & frame["doc"].is_in(heads.unique().implode())


def _sections(frame: pl.DataFrame) -> pl.Series:
    """Names of a site's sections above a bar and the headline below it, or above a headline and its bar."""
    on_top = frame.select(on_top=free("ends") & (pl.col("rank") < TOP))["on_top"]
    short = frame["n"] <= _LONGEST_SECTION
    english = matching(frame["text"], on_top & ~short & (frame["n"] <= _LONGEST_ENGLISH), "[a-zA-Z]$")
    named = matching(frame["text"], on_top & (short | english), _SECTION)
    if not named.any():
        return named
    headline = free("ends") & (pl.col("n") > _LONGEST_SECTION)
    bar = pl.col("shape") == "meta_bar"
    # a headline of its own blank lines: what stands on it in print is a part of it
    headed = headline & ~pl.col("body") & (pl.col("gap") > 0) & runs.below(bar, False)
    told = frame.select(
        "doc", bar=((bar & runs.below(headline, False)) | headed).fill_null(value=False), named=pl.lit(named)
    )
    for _ in range(_STACK):
        told = told.with_columns(bar=pl.col("bar") | (pl.col("named") & runs.below(pl.col("bar"), False)))
    return told["bar"] & named


def _tags(frame: pl.DataFrame) -> pl.Series:
    """The tag of who reports that stands alone above a headline (`云江网消息（新闻联播）：`), no line wrapped."""
    likely = frame.select(likely=free("wrapped", "flat") & (pl.col("n") <= _LONGEST_TAG))["likely"]
    likely &= frame["text"].str.ends_with("：")
    tag = matching(frame["text"], likely.fill_null(value=False), _TAG)
    if not tag.any():
        return tag
    plain = ~pl.col("ends") & ~pl.col("marked") & pl.col("n").is_between(_SHORTEST, _LONGEST)
    prose = pl.col("marked") & (pl.col("n") > _LONGEST_TAG)
    told = frame.select("doc", tag=pl.lit(tag), headed=plain & runs.below(prose, False))
    return told.select(tag=pl.col("tag") & runs.below(pl.col("headed"), False))["tag"]
