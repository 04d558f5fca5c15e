"""Splits off what stands at the head or tail of a line and is no part of it: continuation markers, editors, indexes.

Each becomes a row of its own, so that it can be taken out whole and its text kept.
"""

import numpy as np
import polars as pl

from tasks.clean import line_cuts
from tasks.clean.collection_labels import NUMBER, SAMPLE
from tasks.clean.figures import COUNT, NUMERAL
from tasks.clean.patterns import HAN

_NUMBERED = rf"第?[A-Za-z]{{0,2}} ?{NUMERAL}{{1,4}}(?:[、—～-][0-9]{{1,3}})? ?版"
_PAGE = rf"{_NUMBERED}|[A-Z][0-9]{{1,3}}|头版|[上前后下本]版|[上前下]期"
_NUMBER = rf"(?:{_PAGE}|[上下前后]页|第{COUNT}{{1,3}}页)"
_SEE = rf"[{HAN}]{{0,4}}(?:全文|正文|文字|报道|图片|评论|内容|文|图)(?:均|分|请)?见|详见"
_TURN = rf"(?:[上下]?文?(?:紧[接转]|承接|续见|上接|下转|下接|上转|续接|接|转|续)|{_SEE})"
_ARROW = "▼▽▶►>＞〉»◀◁▷→←↓↑●■◆★☆▲◤◥◢◣➤☞"
_MARKER = (
    rf"[{_ARROW}]{{0,3}} ?(?:[（【\[［] ?(?:未完[，,、 ]{{0,2}})?{_TURN}(?:今日|今天|本报)? ?{_NUMBER}"
    rf"[^（）。！？【】［］]{{0,14}}[）】\]］]|[《<〈] ?{_TURN}(?:今日|今天|本报)? ?{_NUMBER} ?[》>〉])"
    rf"(?: ?[{_ARROW}]{{1,3}})?"
)
# Without brackets only where no sentence can open or close so.
_BARE = rf"第? ?[A-Z]?{COUNT}{{1,3}} ?版"
_BARE_HEAD = rf"[{_ARROW}]{{0,3}} ?(?:紧接|上接|下接|下转|上转) ?{_BARE}"
_BARE_TAIL = rf"[{_ARROW}]{{0,3}} ?下转 ?{_BARE}[{_ARROW}]{{0,3}}"
# 。下 / 转第7版: broken at the end of a print line
_STOP = "([。；！？”）])"
_BARE_OPENED, _BARE_CLOSED = f"{_STOP}(下(?:转第?)?)$", rf"^((?:转?第 ?|转)?[A-Z]?{COUNT}{{1,3}} ?版)$"
_TURNED, _OPENED = 9, r"[（【\[](?:紧接|上接|下转|下接|[上下]?文?[接转])[^（）。，！？]{0,6}$"
_CLOSED = r"^[^（）。，！？]{0,6}版?[^（）。，！？]{0,6}[）】\]]"
_EDITING = "(?:本文|本版|文字|见习|实习)?(?:责任编辑|责编|编辑|校对|编校|审核)"
_EDITOR = rf"[（\[【]{_EDITING}[：:/／ ][{HAN}、，：: /／]{{2,24}}[）\]】](?:1[01][0-9]{{5}})?"
_END = r"[（\[【](?:全文完|本文完|正文完|本文结束|全文结束|完|未完待续|待续)[）\]】]"
# 第一篇 and a space open a part of a plan as well.
_INDEX = (
    rf"(?:[【\[（(](?:第?{NUMBER}篇|{SAMPLE}{NUMBER})[】\]）)]|[（(]{NUMBER}[）)]{SAMPLE}|第{NUMBER}篇[：:]"
    rf"|{SAMPLE}{NUMBER}[：: ])"
)

# What a line that bears a mark opens or closes with, and holds: the cheap test before the dear ones.
_FIRST = [*_ARROW, *"（【[［《<〈上下紧篇范模例样第"]
_LAST = [*"）】]］》>〉版", *_ARROW]
_DIGITS, _DATED = list("0123456789"), "[）)]1[01][0-9]{5}$"
_HINTS = "[接转见续编校完篇]|审核|范[文本]|模板|例文|样[本文]"

# A row cut off opens with U+0001 and the number of its class until the rows are out.
_CUT = "\x01"
_CLASSES = ("continuation_marker", "editor_line", "doc_tail", "collection_index", "meta_bar")
# A headline and, on the same line, where and when it stood: http://www.example.com.cn 2008年03月06日 07:25 某报
_STOOD = "https?://[A-Za-z0-9_./-]+ ?[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日 ?[0-9]{1,2}[:：][0-9]{2}.*"
_NEAR, _LONGEST = 12, 160
_HEADED = rf"^(.+?) *({_STOOD})$"


def split_off(lines: pl.DataFrame) -> pl.DataFrame:
    """Give marks at the head or tail of a line a row of their own, already named in `removed`.

    Args:
        lines: The lines frame.

    Returns:
        The frame, `line` renumbered; a new row has its line's other columns, `gap` and `indent` 0 but for the first.
    """
    rows = lines.select("doc", "text", "removed").with_row_index("row").filter(pl.col("removed").is_null())
    text = pl.col("text")
    # the day, as Taiwan counts its years: （编辑：某某）1110701
    dated = text.str.tail(1).is_in(_DIGITS) & text.str.contains(_DATED)
    edged = rows.filter(text.str.tail(1).is_in(_LAST) | text.str.head(1).is_in(_FIRST) | dated)
    opened, closed = _broken(rows)
    stood = _standing(lines, rows)
    hits = pl.concat([edged.filter(text.str.contains(_HINTS)), opened, closed, stood]).unique("row").sort("row")
    hits = hits.with_columns(
        opened=pl.col("row").is_in(opened["row"].implode()), closed=pl.col("row").is_in(closed["row"].implode())
    )
    parted = pl.when(pl.col("row").is_in(stood["row"].implode())).then(
        text.str.replace(_HEADED, f"${{1}}\n{_CUT}4${{2}}")
    )
    whole = hits.select("row", cut=_cut() if stood.is_empty() else pl.coalesce(parted, _cut()))
    cut = whole.filter(pl.col("cut").str.contains(_CUT, literal=True))
    if cut.is_empty():
        return lines
    pieces = cut.select(
        "row",
        pieces=pl.col("cut").str.split("\n").list.eval(pl.element().str.strip_chars().filter(pl.element() != "")),
    )
    number = pl.col("text").str.extract(f"^{_CUT}(\\d)").cast(pl.Int32)
    name = number.replace_strict(dict(enumerate(_CLASSES)), default=None, return_dtype=pl.String)
    taken = pl.col("text").str.starts_with(_CUT)
    return line_cuts.apply(lines, pieces).with_columns(
        text=pl.when(taken).then(pl.col("text").str.replace(f"^{_CUT}\\d ?", "")).otherwise("text"),
        removed=pl.coalesce("removed", pl.when(taken).then(name)),
    )


def _standing(lines: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the lines near the head of a document that are a headline with where and when it stood."""
    doc = lines["doc"].to_numpy()
    first = np.flatnonzero(np.append(True, doc[1:] != doc[:-1])[: len(doc)])
    near = (np.arange(len(doc)) - np.repeat(first, np.diff(np.append(first, len(doc))))) < _NEAR
    some = rows.filter(pl.lit(pl.Series(near)).gather(pl.col("row")))
    some = some.filter(pl.col("text").str.contains("http", literal=True), pl.col("text").str.len_chars() <= _LONGEST)
    return some if some.is_empty() else some.filter(pl.col("text").str.contains(_HEADED))


def _broken(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the lines that end inside a marker, and those that go on with it."""
    tail = pl.col("text").str.tail(_TURNED)
    opened = rows.filter(tail.str.contains("[接转]|下$")).with_columns(bare=tail.str.contains(_BARE_OPENED))
    opened = opened.filter(pl.col("bare") | tail.str.contains(_OPENED))
    over = opened.select("doc", "bare", row=pl.col("row") + 1)
    after = rows.join(over, on=["doc", "row"], maintain_order="left")
    bare = pl.col("text").str.contains(_BARE_CLOSED)
    closed = after.filter(pl.when("bare").then(bare).otherwise(pl.col("text").str.head(14).str.contains(_CLOSED)))
    opened = opened.filter(pl.col("row").is_in((closed["row"] - 1).implode()))
    return opened.drop("bare"), closed.drop("bare")


def _cut() -> pl.Expr:
    """Put each mark on a line of its own, opened by its class."""
    text = pl.col("text")
    opened = text.str.replace(rf"({_OPENED})", f"\n{_CUT}0${{1}}").str.replace(_BARE_OPENED, f"${{1}}\n{_CUT}0${{2}}")
    closed = text.str.replace(f"({_CLOSED})", f"{_CUT}0${{1}}\n").str.replace(_BARE_CLOSED, f"{_CUT}0${{1}}\n")
    text = pl.when("opened").then(opened).when("closed").then(closed).otherwise(text)
    text = text.str.replace(f"^({_MARKER}|{_BARE_HEAD})", f"{_CUT}0${{1}}\n")
    text = text.str.replace(f"({_END})$", f"\n{_CUT}2${{1}}")
    text = text.str.replace(f"({_EDITOR})(\n|$)", f"\n{_CUT}1${{1}}${{2}}")
    text = text.str.replace(rf"([^{_CUT}0-9 {_ARROW}])({_MARKER})(\n|$)", f"${{1}}\n{_CUT}0${{2}}${{3}}")
    text = text.str.replace(rf"{_STOP}({_BARE_TAIL})$", f"${{1}}\n{_CUT}0${{2}}")
    return text.str.replace(f"^({_INDEX})", f"{_CUT}3${{1}}\n")
