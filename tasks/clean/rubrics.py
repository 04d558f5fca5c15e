"""Names of sections alone above a headline: known ones, ones that are made like them, and unknown ones on top."""

import numpy as np
import polars as pl

from tasks.clean import furniture_rules, line_odds, runs
from tasks.clean.document_names import PROCEEDINGS
from tasks.clean.patterns import HAN, narrow
from tasks.clean.taking import OUTLINE, PROSE, take

_RUBRIC, _PAUSED, _DECKS = 12, 24, 70
# Log-odds that a short line is a section's name, and no headline or a piece of one.
_SECTION, _LONGEST_SECTION, _ON_TOP = 0.0, 6, 4
# 书香伴夏 may be a headline over its subtitle.
_UNKNOWN = 3
# -以案说法-, 【街巷】: a name that is set apart by signs.
_NAME = f" ?[{HAN}·]{{2,6}} ?"
_SET_OFF = rf"^(?:[-—·]{_NAME}[-—·]|[■◆●▲★]{_NAME}[■◆●▲★]|[【［\[]{_NAME}[】］\]])$"
_SIGNS = "-—·■◆●▲★【】［］[] "
_HEADLINE = 12
# 记者调查·01, 云江早报 | 主题教育进行时
_BAR, _ANY_SECTION = 30, narrow(r"^[\p{Han}“”]{2,9}(?: +[\p{Han}“”]{2,9})?$")
# 3月6日 下午, in an agenda
_DAY = "^(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日.{0,6}$"
# 1 材料与方法
_CHAPTER = f"^[0-9]{{1,2}} +[{HAN}]+$"
_HEADING = f"{OUTLINE}[^。；：，]{{2,24}}$"


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take a section's name alone before a headline: a known one anywhere, an unknown one on top of a page.

    Args:
        frame: row, doc, text, n, gap, alive, closed, ends, wrapped, flat, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    some, text = _candidates(frame), pl.col("text")
    next_text, next_n = pl.col("next"), pl.col("next").str.len_chars()
    loose = ~pl.col("wrapped") & ~pl.col("flat")
    named = text.is_in(list(furniture_rules.words("rubric")))
    known = named | furniture_rules.has_shape(text, "rubric", "weak")
    plain = ~next_text.str.contains(f"{PROSE}|{_DAY}")
    headline = (plain & next_n.is_between(6, _DECKS)).fill_null(value=False)
    # 听，那一树蝉鸣: a mark inside, none at its end, a line alone
    paused = next_text.str.contains("^[^。；：、…]*[^。；：、，…]$") & (next_n <= _PAUSED) & pl.col("next_alone")
    # 一线调查, a kicker
    before = ((plain | paused) & next_n.is_between(4, _DECKS)).fill_null(value=False) | pl.col("next_taken")
    short = (pl.col("n") <= _UNKNOWN) | (
        (pl.col("alone") | loose & pl.col("close") & (pl.col("n") < _LONGEST_SECTION)) & (next_n >= _HEADLINE)
    )
    unofficial = ~text.str.contains(f"(?:{'|'.join(furniture_rules.words('official'))})$")
    # what stands over a subtitle is a headline
    on_top = pl.col("top") & short & (pl.col("n") <= 6) & unofficial & ~next_text.str.contains(f"{OUTLINE}|^——")
    # what stands over a bar is a headline, if no list has it
    likely = pl.lit(_are_sections(some["text"], some["n"])) & headline & ~pl.col("next_taken")
    apart = pl.col("opens") | pl.col("alone")
    rubric = (
        (named & pl.col("top") & pl.col("next_row").is_not_null())
        | (((known & before) | likely | (pl.col("set_off") & unofficial & headline)) & apart)
        | (named & headline & ((pl.col("gap") > 0) | loose))
        | (pl.col("opens") & on_top & headline)
    )
    return take(frame, pl.concat([some.filter(rubric)["row"], _bars(frame)]).unique(), "rubric")


def _bars(frame: pl.DataFrame) -> pl.Series:
    """Rows of a page's number or paper with a section of any name (5版·某某进行时) above a headline."""
    text, taken = pl.col("text"), pl.col("shape").is_not_null() | ~pl.col("alive")
    some = frame.select(
        *("row", "text", "n", "gap"),
        taken=taken,
        apart=((runs.so_far(~taken) == 1) | pl.col("closed") & (pl.col("gap") > 0)) & ~pl.col("flat"),
        next=runs.below(text),
        next_taken=runs.below(taken, True),
    )
    some = some.filter(~pl.col("taken"), "apart", pl.col("n").is_between(5, _BAR)).drop_nulls("next")
    next_text = pl.col("next")
    headline = ~next_text.str.contains(PROSE) & next_text.str.len_chars().is_between(2, _DECKS)
    some = some.filter(headline | pl.col("next_taken"), text.str.contains("[ ·|｜：]"), ~text.str.contains(_CHAPTER))
    if some.is_empty():
        return some["row"]
    parts = furniture_rules.parts()
    known = narrow(rf" (?:{parts['PAPER']}|{parts['PAGE']}|{parts['DATE']}|{parts['WEEK']}|[0-9]{{1,2}}) ")
    rest = (" " + text + " ").str.replace_all("[ ·|｜：]+", "  ")
    left = rest.str.replace_all(known, " ").str.strip_chars(" ")
    # 1999年10月1日 公路通车: a day alone tells of no page
    paged = rest.str.contains(narrow(rf" (?:{parts['PAPER']}|{parts['PAGE']}|[0-9]{{1,2}}) "))
    named = paged & left.str.contains(_ANY_SECTION)
    return some.filter(named)["row"]


def _candidates(frame: pl.DataFrame) -> pl.DataFrame:
    """Short lines of Han with what stands around each: row, text (without signs), n, gap, next (the line below) ..."""
    text, gap, taken = pl.col("text"), pl.col("gap"), pl.col("shape").is_not_null() | ~pl.col("alive")
    page = pl.col("page").fill_null(value=False) if "page" in frame.columns else pl.lit(value=False)
    some = frame.select(
        *("row", "text", "n", "gap", "wrapped", "flat"),
        taken=taken,
        top=runs.so_far(~taken) == 1,
        opens=pl.col("closed") | runs.above(taken, True),
        # a text's first line has no blank line above it; a page tells its headline in other ways
        alone=((gap > 0) | (runs.rank() == 0) & (pl.col("n") <= _ON_TOP) & ~page & ~runs.below(taken, True))
        & (runs.below(gap) > 0),
        # right below a page's header, where no blank lines are
        close=~page
        & runs.above(taken, False)
        & (gap == 0)
        & (runs.below(gap) == 0)
        & (runs.below(runs.below(gap)) == 0),
        over_row=runs.above(pl.col("row")),
        over_taken=runs.above(taken, False),
        next_row=runs.below(pl.col("row")),
        next_taken=runs.below(taken, True),
        next_alone=(runs.below(gap) > 0) & (runs.below(runs.below(gap)) > 0) | ~pl.col("wrapped") & ~pl.col("flat"),
    )
    some = some.filter(pl.col("n") <= _RUBRIC, ~pl.col("taken"))
    some = some.with_columns(
        set_off=text.str.contains(_SET_OFF),
        text=pl.when(text.str.contains(_SET_OFF)).then(text.str.strip_chars(_SIGNS)).otherwise(text),
    )
    some = some.filter(text.str.contains(f"^[{HAN}·]+$"), ~text.str.contains(f"^(?:{PROCEEDINGS})$"))
    lines = frame["text"]
    some = some.with_columns(over=lines.gather(some["over_row"]).fill_null(""), next=lines.gather(some["next_row"]))
    # what stands below a heading of the text is its text; right below a clause stands its rest
    goes_on = pl.col("over").str.ends_with("；") & (gap == 0)
    return some.filter(~(pl.col("over").str.contains(_HEADING) & ~pl.col("over_taken") | goes_on))


def _are_sections(texts: pl.Series, n: pl.Series) -> pl.Series:
    rows = (n <= _LONGEST_SECTION).arg_true()
    told = np.zeros(len(texts), dtype=np.bool_)
    told[rows] = line_odds.odds(texts[rows], "rubric") >= _SECTION
    return pl.Series(told)
