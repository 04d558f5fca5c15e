"""The tree of headings and items that a paragraph stands in, read from the marks that open paragraphs.

A style of mark has one level in an article, so that a missing, doubled or wrong number moves nothing.
"""

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from tasks.clean.figures import NUMERAL, ONE_TO_TEN
from tasks.clean.gated import ask, matching
from tasks.clean.patterns import narrow
from tasks.content import bounds, imported

# Levels that end in .5 are open: among themselves such styles rank in order of appearance in the article.
LEVELS = {
    "第一部分": 0.0,
    "第一编": 1.0,
    "第一章": 2.0,
    "第一节": 3.0,
    "第一条": 4.5,
    "一.": 4.5,
    "（一）": 5.0,
    "1.": 6.5,
    "（1）": 6.5,
    "1）": 6.5,
    "①": 6.5,
    "第一": 6.5,
    "一是": 6.5,
}
_MARKS = (
    rf"第{NUMERAL}{{1,3}}部分",
    rf"第{NUMERAL}{{1,7}}(?:[编篇章节]|条(?:之{NUMERAL}{{1,2}})?)",
    rf"[（(](?:[{ONE_TO_TEN}]{{1,3}}|\d{{1,2}})[）)]",
    rf"[{ONE_TO_TEN}]{{1,3}}、|\d{{1,2}}[.．、）)]|[①-⑳⑴-⒇]",
    rf"第[{ONE_TO_TEN}]{{1,2}}[，、：]|[{ONE_TO_TEN}]{{1,2}}[是要]|首先[是，、]|其[次一二三四五][是，、]",
)
_ANY = narrow("|".join(_MARKS))
_LONGEST_MARK = 12
SEPARATOR = " / "
_NOWHERE = -1

_ARTICLE = "第一条"
_CHAPTERS = ["第一部分", "第一编", "第一章", "第一节"]
_ITEMS = ["一.", "（一）", "1.", "（1）", "1）", "①"]
_PLAIN_LEVEL = 3.5
_LONGEST = 40
_LONGEST_PLAIN = 24
_STOPS = "[。；！？…]"
_WORDS = r"^[【“《]?[\p{Han}][\p{Han}A-Za-z0-9·“”《》 ]*[\p{Han}”》】]$"
_NOTHING = pl.lit([], pl.List(pl.String))
_FIRST = rf"^[第（(首其{ONE_TO_TEN}\d①-⑳⑴-⒇]"
# 1.5万吨 and 一、二级 count things, they number nothing.
_COUNTS = rf"\d{{1,2}}[.．、]\d|[{ONE_TO_TEN}]、[{ONE_TO_TEN}][级线类等审期档批、和]"
_PROSE = rf"第{NUMERAL}{{1,3}}(?:节课|篇章|篇文|条[路河线例船街]|章程)"
_NO_MARK = f"^(?:{_COUNTS}|{_PROSE})"
_TABLE = r"\t|^\|.*\|$|^[^|]+(?:\|[^|]*){2,}$"


def paths(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Add the outline to paragraphs.

    Args:
        paragraphs: one row a paragraph, in reading order, the rows of an article together: article_id, text (marks
            full-width), and, if known, part (`credit` and `byline` are kept as roles). Other columns pass through.

    Returns:
        The frame with outline (list of strings, outermost first; a numbered row's own mark or heading comes last),
        outline_path (the same joined by ` / `), role (heading | body | list_item | table_row | credit | byline).
    """
    first = (pl.col("article_id") != pl.col("article_id").shift(1)).fill_null(True)
    marked = paragraphs.with_columns(
        _first=first, _last=first.shift(-1, fill_value=True), _mark=_mark(paragraphs["text"]), _tail=_tail()
    )
    styles = marked.select(pl.col("_mark").drop_nulls().unique()).with_columns(_style=_style(pl.col("_mark")))
    marked = marked.join(styles, on="_mark", how="left", maintain_order="left")
    levelled = _with_levels(marked.with_columns(_looks(marked)).with_columns(role=_role("part" in paragraphs.columns)))
    # a row without a level stands where the row before it stands
    turns = levelled["_level"].is_not_null() | levelled["_first"]
    places = _places(levelled.filter(turns).select("_level", "_label", "_first"))
    return levelled.hstack(places[turns.cum_sum() - 1]).select(*paragraphs.columns, "outline", "outline_path", "role")


def _places(turns: pl.DataFrame) -> pl.DataFrame:
    """Join the labels in force at each row, of all levels from the outermost on."""
    levels = turns["_level"].drop_nulls().unique().sort().to_list()
    if not levels:
        return turns.select("_first", outline=_NOTHING, outline_path=pl.lit("")).drop("_first")
    at, first = turns["_level"].fill_null(np.nan).to_numpy(), turns["_first"].to_numpy()
    in_force = np.stack([_latest(at, first, level) for level in levels], axis=1)
    named = (turns["_label"].fill_null("") != "").to_numpy()
    labelled = (in_force != _NOWHERE) & named[in_force]
    labels = turns["_label"][in_force[labelled]].to_arrow(compat_level=pl.CompatLevel.oldest())
    array = pa.LargeListArray.from_arrays(bounds(labelled.sum(axis=1)), labels)
    outline = imported(array, pl.List(pl.String))
    return pl.DataFrame({"outline": outline, "outline_path": outline.list.join(SEPARATOR)})


def is_heading(text: pl.Expr) -> pl.Expr:
    """Tell whether a paragraph, by its own looks, is a numbered heading: an outline mark, a few words, no sentence."""
    return (
        (text.str.len_chars() <= _LONGEST)
        & text.str.contains(rf"^(?:{_ANY})[　 ]*[^ 　]")
        & ~text.str.contains(_NO_MARK)
        & ~text.str.contains(rf"{_STOPS}|[，、：:]$")
    )


def _are_headings(texts: pl.Series) -> pl.Series:
    return texts.to_frame("text").select(is_heading(pl.col("text")))["text"]


def _mark(texts: pl.Series) -> pl.Series:
    """Read the mark that opens each text; few characters can open one, so most texts are not looked at."""
    heads = texts.str.head(_LONGEST_MARK)
    rows = heads.str.contains(_FIRST).arg_true()
    some = heads[rows]
    found = some.str.extract(f"^({_ANY})").set(some.str.contains(_NO_MARK), None)
    return pl.Series([None], dtype=pl.String).new_from_index(0, len(texts)).scatter(rows, found)


def _tail() -> pl.Expr:
    return pl.col("text").str.tail(3)


def _style(mark: pl.Expr) -> pl.Expr:
    """Reduce a mark to its style: its numbers to one, its brackets and stops to one width."""
    plain = (
        mark.str.replace(rf"条之{NUMERAL}+$", "条")
        .str.replace_all(r"\d+|[⑴-⒇]", "1")
        .str.replace_all(f"[{ONE_TO_TEN}百千零〇○两]+", "一")
        .str.replace_many({"(": "（", ")": "）", "．": ".", "、": ".", "：": "，", "要": "是", "篇": "编"})
    )
    same = plain.str.replace("^第1", "第一").str.replace("^[①-⑳]$", "①").str.replace("^1$", "（1）")
    return same.str.replace("^(?:第一，|第一\\.)$", "第一").str.replace("^[其首].[是，.]$", "第一")


def _looks(marked: pl.DataFrame) -> list[pl.Series]:
    """Say which rows look like a numbered heading, a plain heading, a row of a table: each asked of few rows."""
    text, has_mark = marked["text"], marked["_mark"].is_not_null()
    length = text.str.len_chars()
    numbered = ask(
        text, has_mark & (length <= _LONGEST), lambda some: some.to_frame().select(is_heading(pl.col("text")))["text"]
    )
    words = matching(text, ~has_mark & (length <= _LONGEST_PLAIN), narrow(_WORDS))
    table = matching(text, text.str.contains(r"[\t|]"), _TABLE)
    return [length.alias("_length"), numbered.alias("_numbered"), words.alias("_words"), table.alias("_table")]


def _role(parts: bool) -> pl.Expr:
    chapter = pl.col("_style").is_in(_CHAPTERS)
    # A row of short numbered lines is a list; a heading has something else under it.
    opens = ~pl.col("_last") & (pl.col("_style").shift(-1).fill_null("") != pl.col("_style"))
    heading = pl.col("_numbered") & (chapter | opens) & (pl.col("_style") != _ARTICLE)
    role = (
        pl.when(heading.fill_null(False) | _is_plain_heading())
        .then(pl.lit("heading"))
        .when(pl.col("_style").is_in(_ITEMS))
        .then(pl.lit("list_item"))
        .when("_table")
        .then(pl.lit("table_row"))
        .otherwise(pl.lit("body"))
    )
    if not parts:
        return role
    return pl.when(pl.col("part").is_in(["credit", "byline"])).then("part").otherwise(role)


def _is_plain_heading() -> pl.Expr:
    """A short line of words between finished paragraphs, the next of which is running text."""
    words = pl.col("_words") & ~pl.col("_tail").str.contains(r"(?:\d日|摄)$")
    stopped = pl.col("_tail").str.contains(rf"{_STOPS}[”’）》]*$")
    before = ~pl.col("_first") & stopped.shift(1).fill_null(False)
    text_next = (pl.col("_length") > _LONGEST_PLAIN) & (stopped | pl.col("_tail").str.ends_with("："))
    after = ~pl.col("_last") & text_next.shift(-1).fill_null(False)
    return words & before & after


def _with_levels(frame: pl.DataFrame) -> pl.DataFrame:
    """Add _level (where the row stands in the tree) and _label (what it adds to the path; null resets the level)."""
    text = pl.col("text")
    frame = frame.with_columns(_article=pl.col("_first").cum_sum(), _at=pl.int_range(pl.len()))
    seen = (
        frame.filter(pl.col("_style").is_not_null())
        .group_by("_article", "_style")
        .agg(pl.col("_at").min())
        .with_columns(_rank=pl.col("_at").rank("dense").over("_article"))
    )
    fixed = pl.col("_style").replace_strict(LEVELS, default=None, return_dtype=pl.Float64)
    seen = seen.with_columns(_own=pl.when(fixed % 1 == 0.5).then(fixed - 0.5 + pl.col("_rank") / 100).otherwise(fixed))
    frame = frame.join(
        seen.select("_article", "_style", "_own"), on=["_article", "_style"], how="left", maintain_order="left"
    )
    heading = pl.col("role") == "heading"
    plain = heading & pl.col("_style").is_null()
    known = pl.when(heading & ~plain).then("_own").when("_first").then(_PLAIN_LEVEL).forward_fill()
    sibling = (pl.col("_style") == pl.col("_style").shift(1)) & ~pl.col("_first")
    ended = sibling & pl.col("_tail").shift(1).str.ends_with("；") & pl.col("_tail").str.ends_with("。")
    after_list = ended.shift(1).fill_null(False) & pl.col("_style").is_null() & ~heading & ~pl.col("_first")
    level = pl.when(plain).then(known).when(after_list).then(pl.col("_own").shift(1)).otherwise("_own")
    return frame.with_columns(_level=level, _label=pl.when(heading).then(text).when(~after_list).then("_mark"))


def _latest(levels: npt.NDArray[np.float64], first: npt.NDArray[np.bool_], level: float) -> npt.NDArray[np.int64]:
    """The row whose label is in force at one level: the last one there, unless a higher level or article came after."""
    here = levels == level
    turn = np.maximum.accumulate(np.where(here | (levels < level) | first, np.arange(len(levels)), 0))
    return np.where(here[turn], turn, _NOWHERE)
