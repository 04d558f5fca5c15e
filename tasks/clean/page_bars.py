"""Bars of a site whose words are lines of their own, as where each text node of a page became a line."""

import numpy as np
import polars as pl

from tasks.clean import furniture_rules, line_cuts, runs
from tasks.clean.gated import ask, matching
from tasks.clean.taking import free, take

_SEPARATOR = "^(?:[|｜丨/·>＞»›]|>>|-)$"
_LONGEST_TOPIC, _LONGEST_WORD, _LONGEST_LINE = 4, 8, 120
_MANY_WORDS = r"^[^|｜\n]{1,8}(?: ?[|｜] ?[^|｜\n]{1,8}){3,}$"
_FEWEST = 3
# Words of a bar without anything between them: so many, and so much of the line.
_SHORTEST_RUN, _LONGEST_RUN, _MANY, _MOST_OF = 8, 60, 4, 0.75
_ON_TOP = 8
# What a browser prints over and under each page of a page: 2021/3/5 09:12 and the title; the address and 1/3.
_OPENS = "^(?:[0-9]{1,4}/[0-9]{1,2}/|https?://|file://|date )"
_PRINTED = (
    # the field of a record and its value, run into the text
    r"^(date \d{4}-\d{2}-\d{2}) +([^ 0-9].*)$",
    r"^(\d{1,4}/\d{1,2}/\d{1,4}[,，]? ?(?:上午|下午)?\d{1,2}[:：]\d{2}(?: ?[AP]M)?) +([^ 0-9][^ ]{5}.*)$",
    r"^((?:https?|file)://\S+) +(\d{1,4}/\d{1,4})$",
)
# What stands behind the moment then is a bar's.
_SOURCED = "^[0-9/]+ +[0-9:]+ +(?:来源|来自|稿源|作者|编辑|记者|责编)"


def part_printed(lines: pl.DataFrame) -> pl.DataFrame:
    """Give the moment of printing and the number of the page a row of its own, where a browser printed the page.

    Args:
        lines: The lines frame.
    """
    text = pl.col("text")
    rows = lines.select("text", "removed").with_row_index("row")
    rows = rows.filter(text.str.contains("/", literal=True) | text.str.starts_with("date "))
    rows = rows.filter(pl.col("removed").is_null()).filter(text.str.contains(_OPENS), ~text.str.contains(_SOURCED))
    if rows.is_empty():
        return lines
    parts = [rows.filter(text.str.contains(one)).select("row", pieces=text.str.extract_groups(one)) for one in _PRINTED]
    cuts = pl.concat(
        [part.select("row", pieces=pl.concat_list(pl.col("pieces").struct.unnest())) for part in parts if len(part)]
        or [pl.DataFrame(schema={"row": pl.UInt32, "pieces": pl.List(pl.String)})]
    )
    return line_cuts.apply(lines, cuts.sort("row"))


def _glued(frame: pl.DataFrame, plain: pl.Series) -> pl.Series:
    """Tell lines near the head or foot of a text that are words of a bar, run together."""
    size = frame["n"].is_between(_SHORTEST_RUN, _LONGEST_RUN)
    near = (frame["rank"] < _ON_TOP) | frame.select(runs.to_go(pl.col("n").is_not_null()) <= _ON_TOP).to_series()
    likely = (plain & size & near).arg_true()
    texts = frame["text"][likely]
    known = list(furniture_rules.words("nav_topic") + furniture_rules.words("nav_ui"))
    words = texts.str.extract_many(known, leftmost=True)
    held = words.list.eval(pl.element().str.len_chars()).list.sum()
    told = (words.list.len() >= _MANY) & (held >= _MOST_OF * texts.str.len_chars())
    return pl.Series([False]).new_from_index(0, len(frame)).scatter(likely, told)


def links(frame: pl.DataFrame) -> pl.DataFrame:
    """Take words between lines of a separator alone, lines of many words between bars, what stands among such words.

    Args:
        frame: row, doc, text, n, rank, alive, ends, marked, body, shape, in source order.

    Returns:
        The frame with `shape` set on such lines.
    """
    plain = frame.select(plain=free("body", "ends", "marked"))["plain"]
    may_part = frame["alive"] & (frame["n"] <= 2) & (frame["shape"].is_null() | (frame["shape"] == "ornament"))
    tiny = matching(frame["text"], may_part.fill_null(value=False), _SEPARATOR)
    piped = ask(frame["text"], plain & (frame["n"] <= _LONGEST_LINE), _are_piped) | _glued(frame, plain)
    nav = frame["shape"].is_in(["nav_word", "site_chrome_line"]).fill_null(value=False)
    taken = piped
    if tiny.any() or nav.any():
        taken = piped | _among(frame, plain, tiny, nav)
    return take(frame, taken, "nav_word")


def _are_piped(texts: pl.Series) -> pl.Series:
    return matching(texts, texts.str.contains("[|｜]"), _MANY_WORDS)


def _among(frame: pl.DataFrame, plain: pl.Series, tiny: pl.Series, nav: pl.Series) -> pl.Series:
    """Tell words between separators, and unknown ones among those on top of a page."""
    doc = frame["doc"].to_numpy()
    likely = pl.Series(np.flatnonzero((np.bincount(doc, (tiny | nav).to_numpy()) > 0)[doc]))
    words = {"word": plain & (frame["n"] <= _LONGEST_WORD), "few": plain & (frame["n"] <= _LONGEST_TOPIC)}
    told = frame.select("doc", **words, tiny=tiny, nav=nav)[likely]
    tiny_beside = runs.above(pl.col("tiny"), False) | runs.below(pl.col("tiny"), False)
    told = told.with_columns(between=pl.col("word") & tiny_beside & (pl.col("tiny").sum().over("doc") > 1))
    # the lines on top of a page, down to the first that is no word of a bar
    few = pl.col("few") & ~pl.col("nav")
    top = runs.so_far(~(few | pl.col("nav"))) == 0
    told = told.with_columns(few=top & few, nav=pl.col("nav") & top)
    # sums first: a comparison over each document would be made document by document
    navs, fews = pl.col("nav").sum().over("doc"), pl.col("few").sum().over("doc")
    told = told.with_columns(among=pl.col("few") & (navs >= pl.max_horizontal(_FEWEST, fews)))
    return pl.Series([False]).new_from_index(0, len(frame)).scatter(likely, told["between"] | told["among"])
