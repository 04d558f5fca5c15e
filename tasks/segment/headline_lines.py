"""Makes one block of a headline that is set over several print lines."""

import numpy as np
import polars as pl

from tasks.clean import phrases, print_pieces, reading_order, widths
from tasks.clean.gated import matching
from tasks.clean.patterns import matches, narrow
from tasks.segment.headlines import ISSUER, SUBTITLE, TITLE_END, WHO, WRITER

_REST, _PAIR = 3, 5
# Log-odds that words run on.
_KNOWN, _LIKELY, _SURELY = 0.0, 3.5, 4.0
# 某某办公室关于做好: what it is about, and the 通知 that tells, stand on the next line.
_ABOUT = "关于[^》”]*$"
_PROSE = "[，；。]|）："
_LABEL = narrow(r"^[\p{Han}]{2,8}：")
_BEGINS_PLAINLY = "^[^—－(（-]"
_HAN_ONLY = narrow(r"^[\p{Han}]+$")
_KICKER_END = "(?:强调|指出|要求|时|表示|会上|提出|部署|强调说)[：:]?$"


def merged(blocks: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Make one row of a headline that is set over several print lines.

    Args:
        blocks: kept blocks with the columns of `headlines.with_roles`, and gap, flat, width.

    Returns:
        The rows with a wrapped headline collapsed into its first row; and of each row that was, the block it is in.
    """
    text = pl.col("text")
    above = pl.col("head").shift(1, fill_value=False) & (pl.col("doc") == pl.col("doc").shift(1))
    next_line = (pl.col("gap") == 0) & (pl.col("block") == pl.col("block").shift(1) + pl.col("n_lines").shift(1))
    wrapped = (pl.col("width").is_not_null() | pl.col("flat")) & ~pl.col("mixed")
    # a headline wider than the columns is wrapped, too: what is left of its last word says so
    remainder = (text.str.len_chars() <= _REST) & pl.col("width").is_not_null().any().over("doc") & ~pl.col("mixed")
    wrapped |= remainder
    told = pl.col("told") | pl.col("told").shift(1, fill_value=False)
    likely = (pl.col("head") & above & next_line & ~told).fill_null(value=False)
    asked = blocks.select(likely=likely, wrapped=wrapped.fill_null(value=False))
    numbered = blocks.with_columns(goes_on=_going_on(blocks, asked["likely"], asked["wrapped"]))
    numbered = numbered.with_columns(unit=(~pl.col("goes_on")).cum_sum())
    several = pl.col("unit").is_in(numbered["unit"].filter(numbered["goes_on"]).unique().implode())
    numbered = numbered.drop("goes_on")
    alone = numbered.filter(~several)
    rest = [name for name in blocks.columns if name not in ("text", "n_chars", "n_lines", "titled")]
    whole = (
        numbered.filter(several)
        .group_by("unit", maintain_order=True)
        .agg(pl.col(rest).first(), pl.col("n_chars", "n_lines").sum(), text.str.join(""))
        .with_columns(
            titled=pl.col("head") & text.str.replace_all(" ", "").str.contains(TITLE_END) & ~text.str.contains(SUBTITLE)
        )
    )
    units = pl.concat([alone, whole.select(alone.columns)]).sort("unit").drop("unit")
    return units, units["block"][numbered["unit"] - 1]


def _going_on(blocks: pl.DataFrame, likely: pl.Series, wrapped: pl.Series) -> pl.Series:
    """Tell which lines go on with the headline above: asked only where a headline stands above a headline.

    Args:
        blocks: as `merged` has them.
        likely: which rows are asked.
        wrapped: lines break here where print ends; elsewhere only what no name of a document can end with goes on.
    """
    rows = likely.arg_true()
    here, over = blocks["text"][rows], blocks["text"][rows - 1]
    whole_above = matches(over, _KICKER_END) | matches(over, TITLE_END)
    # a subtitle behind a dash may be set over two lines, too
    parted = matches(here, SUBTITLE) | (matches(over, SUBTITLE) & ~over.str.starts_with("——"))
    # two of one length are a pair: 多彩活动迎重阳, 敬老情深暖人心; print would have to end so by chance
    below = blocks["head"] | (blocks["gap"] == 0) & (blocks["n_chars"] <= _REST)
    paired = (over.str.len_chars() == here.str.len_chars()) & ~below.shift(-1, fill_value=False)[rows]
    paired &= (over.str.len_chars() >= _PAIR) & ~(rows - 2).is_in((rows - 1).implode())
    paired &= ~_words_run_on(over, here, paired) & ~(over.str.contains("[0-9]$") & here.str.contains("^[0-9]"))
    # not on a page put in order, whose lines are print lines
    flat = blocks["flat"][rows].fill_null(value=False) & blocks["sure"][rows].is_null()
    flat &= blocks["width"][rows].is_not_null()
    goes_on = ~whole_above & ~parted & ~paired & (over.str.len_chars() + 2 >= here.str.len_chars()) & wrapped[rows]
    # where lines were run together, what does not fill a print line is a unit
    full = flat & _fill_lines(blocks, rows)
    runs_on = _words_run_on(over, here, full)
    # what stood before the headline on its line may be gone
    surely = _words_run_on(over, here, flat & goes_on, _SURELY)
    goes_on = (goes_on & (~flat | full | surely)) | (~whole_above & runs_on)
    about = matches(over, _ABOUT) | (here.str.starts_with("关于") & matches(over, ISSUER + "$"))
    # 某县防治虫害的, and on the next line 指挥部通告
    goes_on |= ~whole_above & ~parted & over.str.ends_with("的")
    goes_on |= ~whole_above & about & matches(here, TITLE_END)
    goes_on |= _broken(over, here, wrapped[rows] & ~goes_on & blocks["width"][rows].is_not_null() & ~flat)
    # 东河河长：何启明 over 西河河长：罗雁: rows of a list
    goes_on &= ~(matches(here, _LABEL) & matches(over, _LABEL))
    # on a page put in order, that one stood above the other may be a guess: it is not followed into prose
    guessed = (blocks["sure"][rows] < reading_order.SURE).fill_null(value=False)
    apart = (blocks["sure"][rows] <= reading_order.APART).fill_null(value=False)
    goes_on &= ~apart & (~guessed | ~(here.str.contains(_PROSE) | over.str.contains(_PROSE)))
    return pl.Series([False]).new_from_index(0, len(blocks)).scatter(rows, goes_on)


def _broken(over: pl.Series, here: pl.Series, asked: pl.Series) -> pl.Series:
    """Tell the pairs of print lines with a word, or a rubric in brackets, over their seam, whatever each looks like."""
    # 【奋进新征程 and ——代表委员议国是】
    rubric = matching(over, asked, "【[^】]*$") & matching(here, asked, "^[^【】]+】")
    # 某某报告 and 集发布
    rest = asked & (here.str.len_chars() <= _REST) & ~matches(here, WRITER)
    words = asked & ~matching(here, asked, narrow(WHO)) & matching(here, asked, _BEGINS_PLAINLY)
    return rubric | matching(here, rest, _HAN_ONLY) | _words_run_on(over, here, words, _LIKELY)


def _fill_lines(blocks: pl.DataFrame, rows: pl.Series) -> pl.Series:
    """Tell the lines of a flattened headline that end where a print line is full, or the second or third one is."""
    found = pl.Series([False]).new_from_index(0, len(blocks))
    some = blocks.select("doc", "width", "text", head=pl.col("head") & pl.col("flat")).with_row_index("row")
    some = some.filter(pl.col("head").fill_null(value=False))
    first = (pl.col("row") != pl.col("row").shift(1) + 1) | (pl.col("doc") != pl.col("doc").shift(1))
    some = some.with_columns(full="width", width=widths.width(some["text"]), run=first.fill_null(value=True).cum_sum())
    fills = some.select(fills=print_pieces.ends_full_line("run"))["fills"]
    return found.scatter(some["row"], fills)[rows - 1]


def _words_run_on(over: pl.Series, here: pl.Series, asked: pl.Series, least: float = _KNOWN) -> pl.Series:
    """Tell the pairs of lines with a known run of characters over their seam: print broke a word there."""
    found = pl.Series([False]).new_from_index(0, len(over))
    rows = asked.arg_true()
    if rows.is_empty():
        return found
    n = np.arange(len(rows))
    ends = phrases.ends([*over[rows], *here[rows]])
    return found.scatter(rows, pl.Series(phrases.over_the_seam(ends, n, n + len(rows)) > least))
