"""Takes what is furniture only beside a bar: a bare number, a paper's name, who published, a value below its label."""

from dataclasses import dataclass

import polars as pl

from tasks.clean import runs
from tasks.clean.figures import DAY
from tasks.clean.gated import matching
from tasks.clean.patterns import HAN, narrow
from tasks.clean.taking import free, take


@dataclass(frozen=True)
class Form:
    """A line and the side of a bar where it is the bar's.

    Attributes:
        shape: What it is named, and the bar is named.
        longest: Its characters.
        says: A pattern that it fits.
        above: It may stand right above the bar.
        below: It may stand right below it.
        headed: It has to stand right below a line that may be the headline.
    """

    shape: str
    longest: int
    says: str
    above: bool = False
    below: bool = False
    headed: bool = False


# 云江在线, 清河发布, 平安清河 between a headline and the moment when it was published.
_HOUSE = narrow(
    r"^(?:[\p{Han}]{2,8}(?:网|报|社|台|在线|论坛|热线|频道|客户端|新闻|传媒)"
    r"|[\p{Han}]{2,4}(?:发布|微讯|微报|融媒体?|公安|教育|网信|交警|消防|文旅|卫健|政务|资讯|头条|之声)"
    r"|(?:平安|文旅|健康|网信|法治|清廉|微观)[\p{Han}]{2,4}"
    r"|(?:新闻|宣传|政府|综合|办公)(?:[局处科室部]|办(?:公室)?|中心|传播处))$"
)
_FORMS = (
    Form("meta_bar", 9, "^[0-9]+$", below=True),
    Form("page_header", 11, narrow(r"^[\p{Han}]{2,8}报$"), above=True, below=True),
    Form("meta_bar", 12, _HOUSE, above=True, headed=True),
)
_HEADLINE, _TOP = 6, 12
_ORIGINAL, _MOST, _LONGEST_NAME = "原创", 3, 12
# 责任编辑： and 发布日期： on a line of their own, the value on the next.
_EDITS, _LONGEST_EDITOR = narrow("(?:编辑|责编|记者|作者|校对|审核|摄影|通讯员)[：:]$"), 12
_NAME, _LONGEST_EDITORS = narrow(rf"^[{HAN}]{{2,4}}(?:[ 、][{HAN}]{{2,4}})?$"), 9
_DATES, _LONGEST_LABEL = narrow("^(?:(?:发布|发表|更新|出版|刊发)?(?:日期|时间)|作者|来源|编辑|发布者?)：$"), 6
_MOMENT = rf"^{DAY}(?: ?[0-9]{{1,2}}[:：][0-9]{{2}}(?:[:：][0-9]{{2}})?)?$"
_LONGEST_VALUE = 12


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take such lines.

    Args:
        frame: doc, text, n, rank, alive, ends, marked, wrapped, flat, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    if frame["shape"].null_count() == len(frame):
        return frame
    frame = take(frame, _names(frame), "editor_line")
    frame = take(frame, _values(frame), "meta_bar")
    for form in _FORMS:
        frame = take(frame, _beside(frame, form), form.shape)
    return take(frame, _below_original(frame), "meta_bar")


def _beside(frame: pl.DataFrame, form: Form) -> pl.Series:
    bar = pl.col("shape") == form.shape
    sides = pl.any_horizontal(
        runs.below(bar, False) & form.above,
        runs.above(bar, False) & form.below,
    )
    able = free("ends", "marked") & (pl.col("n") <= form.longest) & sides
    if form.headed:
        able &= runs.above(free("ends", "marked") & (pl.col("n") >= _HEADLINE), False)
    return matching(frame["text"], frame.select(able=able.fill_null(value=False))["able"], form.says)


def _below_original(frame: pl.DataFrame) -> pl.Series:
    """`原创`, and up to three names between it and a bar."""
    plain = pl.col("shape").is_null() | (pl.col("shape") == "nav_word")
    name = pl.col("alive") & plain & ~pl.col("ends") & ~pl.col("marked") & (pl.col("n") <= _LONGEST_NAME)
    said = frame.select("doc", name=name.fill_null(value=False), bar=pl.col("shape") == "meta_bar")
    original = said["name"] & (frame["text"] == _ORIGINAL)
    if not original.any():
        return original
    said = said.with_columns(reaches=pl.col("name") & runs.below(pl.col("bar"), False), taken=original)
    for _ in range(_MOST - 1):
        said = said.with_columns(pl.col("reaches") | (pl.col("name") & runs.below(pl.col("reaches"), False)))
    said = said.with_columns(taken=pl.col("taken") & pl.col("reaches"))
    for _ in range(_MOST):
        said = said.with_columns(pl.col("taken") | (pl.col("reaches") & runs.above(pl.col("taken"), False)))
    return said["taken"]


def _names(frame: pl.DataFrame) -> pl.Series:
    """A name in the line below a label that has none."""
    likely = pl.col("shape").is_in(["meta_bar", "editor_line"]) & (pl.col("n") <= _LONGEST_EDITOR)
    label = matching(frame["text"], frame.select(likely=likely.fill_null(value=False))["likely"], _EDITS)
    if not label.any():
        return label
    under = free("ends", "marked", "wrapped", "flat") & (pl.col("n") <= _LONGEST_EDITORS)
    under &= runs.above(pl.lit(label), False)
    return matching(frame["text"], frame.select(under=under)["under"], _NAME)


def _values(frame: pl.DataFrame) -> pl.Series:
    """A label and its value below it: a day, or anything short before other furniture."""
    short = (frame["alive"] & frame["n"].is_between(3, _LONGEST_LABEL)).arg_true()
    rows = short.filter(frame["text"][short].str.ends_with("："))
    rows = rows.filter(matching(frame["text"][rows], pl.repeat(True, len(rows), eager=True), _DATES))
    none = pl.Series([False]).new_from_index(0, len(frame))
    if rows.is_empty():
        return none
    known, on_top = pl.col("shape").is_not_null(), pl.col("rank") < _TOP
    told = frame.select("doc", "text", "n", "rank", "alive", "ends", "marked", "shape")
    told = told.with_columns(label=none.scatter(rows, values=True))
    # on top of a page, right below what is known for its own
    told = told.with_columns(label=pl.col("label") & (known | on_top & runs.above(known, False)))
    below = told.select(below=free() & runs.above(pl.col("label"), False))["below"]
    value = pl.lit(below) & on_top & ~pl.col("ends") & ~pl.col("marked") & (pl.col("n") <= _LONGEST_VALUE)
    told = told.with_columns(value=matching(frame["text"], below, _MOMENT) | (value & runs.below(known, False)))
    # a label whose value is the text stays
    return told.select(taken=pl.col("value") | (free() & pl.col("label") & runs.below(pl.col("value"), False)))["taken"]
