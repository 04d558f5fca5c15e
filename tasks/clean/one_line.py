"""Cut a text of one line at its spaces where these were its line ends: after sentences and around headings alone."""

import numpy as np
import polars as pl

from tasks.clean import line_cuts, runs, space_cuts, widths
from tasks.clean.figures import DAY
from tasks.clean.patterns import narrow

# Of bytes; shares of a text.
_SHORTEST, _LEAST, _HALF, _NEARLY, _LONG = 300, 0.1, 0.5, 0.9, 1200
_STOP = rf"[{widths.ENDERS}；：:;][”’）》]*"
_SENTENCE = rf"[{widths.ENDERS}：][”’）》]*"
_CLAUSE = rf"[{widths.ENDERS}；;][”’）》]*"
# So many paragraphs; more, where other lines stand beside, and fewer behind a headline and a dateline.
_MIN_STOPS, _MIN_STOPS_BESIDE, _MIN_STOPS_HEADED = 3, 5, 2
# Sentences between spaces, and characters of a paragraph, where a space after a sentence's end parts paragraphs.
_SENTENCES, _ROOM = 2, 30
_SOME, _MORE_ROOM = 1.25, 60
# Where so many pieces are numbered, each may be one sentence.
_NUMBERED = 0.25
_SHORTEST_PARAGRAPH, _LONGEST_HEADING, _MOST_HEADINGS = 15, 40, 0.5
# So many of the spaces may stand elsewhere: a few, or, below the bar of a page, those around its links.
_STRAY, _STRAY_BELOW_BAR = 0.03, 0.5
_BAR, _SHORTEST_BAR = f"{DAY}|^(?:来源|稿源|作者|编辑)[：:]", 2
# The same in a text that is not cut yet, near its head.
_TOP, _SPACES = 1000, 4
_BESIDE_BAR = (
    r"[ ：:](?:19|20)[0-9]{2}(?:[-/.][0-9]{1,2}[-/.][0-9]|年[0-9]{1,2}月[0-9]{1,2}日"
    r"(?: ?[0-9]{1,2}[:：]| [^ ]{0,4}来源))"
    r"| (?:来源|稿源|作者|编辑|[^ ]{0,4}(?:时间|日期))[：:]"
)
# 环湖公路完工 云江日报临渚1月19日讯（: a headline before its dateline.
_HEADED = narrow(
    r"^([^。，！？；：]{6,50}) +((?:本报|新华社|[\p{Han}]{2,8}[报社网台])[\p{Han}0-9]{0,14}"
    r"(?:讯|电|消息)(?:[ （(：]|记者))"
)
# 环湖公路全线完工 2021年3月，: a headline before a date, where no other number stands between spaces.
_HEADED_BY_DATE = narrow(r"(^|\n)([\p{Han}“”《》、：—]{6,40}) +([0-9]{1,4}[年月])")
_SPACED_NUMBER = narrow(r"[0-9] +[\p{Han}]")
# Pieces without an end, so many of one length, are print lines: a paragraph goes on over their spaces.
_LINES, _LINE, _ALIKE, _EVEN = 6, 14, 2, 0.6
# What pages print between a headline and its text: 2021-03-05 09:12, 来源：云江日报, 字号：大.
_STAMP = narrow(
    r" +(?:(由) ([^ \n]{2,8}) )?((?:(?:发布|发表|更新)?(?:时间|日期|于)[：:]? ?)?(?:19|20)[0-9]{2}"
    r"(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日 ?[0-9]{1,2}[：:][0-9]{2}))"
    r"(?:[ \x{3000}]([0-9]{1,2}[：:][0-9：:]{2,5}))?(?: (\|) ([^ \n]{2,12}))?(?: +|\n)"
)
_LABEL = narrow(
    r"[ \n]+((?:(?:文章|信息)?来源|稿源|作者|(?:责任)?编辑|责编|发布(?:机构|时间)|点击[量数]|浏览(?:次数|量)|字号|字体"
    r"|上一篇|下一篇)[：:])"
)
# Names in brackets are parted by spaces.
_BRACKETED = r"([（《【][^ （）《》【】。\n]{0,40}) +([^（）《》【】。\n]{0,40}[）》】])"
# 新华社云江2月17日电: one space stands after it.
_DATED = narrow(r"^[^。，：；！？]{2,30}[0-9]日?(?:专?电|讯|消息)$")


def split(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut texts that are one line, or one and site text around it, where no space but a few stands in a sentence.

    Args:
        lines: The lines frame, with `starts_paragraph`.

    Returns:
        The frame with such lines exploded and `line` renumbered; `starts_paragraph` is true of each piece
        behind an end.
    """
    likely = _likely(lines)
    if likely.is_empty():
        return lines
    pieces = _pieces(likely)
    found = _parted(pieces)
    if found.is_empty():
        return lines
    pieces = pieces.join(found, on="row", how="semi", maintain_order="left")
    # a piece behind one without an end may go on with it
    opens = pl.col("ended").shift(1, fill_value=True) | (runs.rank("row") == 0)
    stays = (pl.col("stray") | pl.col("dated")).shift(1, fill_value=False) & (runs.rank("row") > 0)
    pieces = pieces.with_columns(opens=pl.when(opens).then(pl.lit(True)), whole=(~stays).cum_sum())
    whole = pieces.group_by("whole", maintain_order=True).agg(pl.first("row", "opens"), pl.col("piece").str.join(" "))
    cuts = whole.group_by("row", maintain_order=True).agg(pieces="piece")
    told = pl.col("row").is_in(found["row"].implode())
    cut = line_cuts.apply(lines.with_row_index("row"), cuts)
    places = cut.select(told).to_series().arg_true()
    return cut.with_columns(cut["starts_paragraph"].scatter(places, whole["opens"])).drop("row")


def _likely(lines: pl.DataFrame) -> pl.DataFrame:
    """Choose lines of more than half of their text with spaces behind ends: `row`, `text`, `least` (ends to show)."""
    text = pl.col("text")
    sizes, doc = lines["text"].str.len_bytes().to_numpy(), lines["doc"].to_numpy()
    share = sizes / np.bincount(doc, sizes, minlength=1)[doc]
    rows = np.flatnonzero((share >= _LEAST) & (sizes >= _SHORTEST) | (sizes >= _LONG))
    some = lines[rows].select("doc", "text", "removed", row=pl.Series(rows, dtype=pl.UInt32), share=share[rows])
    found = some.filter(pl.col("removed").is_null()).filter(text.str.contains("[。！？：；][ \u3000]"))
    found = found.with_columns(text.str.replace_all("\u3000", " "))
    stops, spaces = text.str.count_matches(_STOP + " "), text.str.count_matches(" ", literal=True)
    found = found.with_columns(stops=stops, spaces=spaces)
    # the texts of a page, each with its headline before its dateline
    apart = found.filter(pl.col("share") <= _HALF)
    headed = apart.filter(text.str.contains(_HEADED)).filter(pl.col("share").sum().over("doc") > _HALF)["row"]
    of_page = pl.col("row").is_in(headed.implode())
    beside = pl.when(of_page).then(_MIN_STOPS_HEADED).when(pl.col("share") < _NEARLY).then(_MIN_STOPS_BESIDE)
    # of spaces inside sentences there are many more
    few_others = pl.col("stops") * _SPACES >= pl.col("spaces")
    # a text a line, as records have them
    all_alike = (pl.col("stops") >= _MIN_STOPS_BESIDE) & few_others
    of_texts = all_alike & (pl.col("share").filter(all_alike).sum().over("doc") > _HALF)
    told = found.filter((pl.col("share") > _HALF) | of_page | of_texts).with_columns(least=beside.otherwise(_MIN_STOPS))
    may = (pl.col("stops") >= pl.col("least")) & few_others
    return told.filter(may | text.str.head(_TOP).str.contains(_BESIDE_BAR)).select("row", "text", "least")


def _pieces(likely: pl.DataFrame) -> pl.DataFrame:
    """Cut at the spaces that can be line ends (`row`, `piece`); `stray` behind a piece where that was none."""
    text = pl.col("text")
    kept = text.str.replace(_HEADED, "${1}\n${2}").str.replace_all(
        _STAMP, "\n" + space_cuts.KEPT.join(f"${{{group}}}" for group in range(1, 7)) + "\n"
    )
    kept = kept.str.replace_all(_LABEL, "\n${1}")
    for _ in range(4):
        kept = kept.str.replace_all(_BRACKETED, "${1}" + space_cuts.KEPT + "${2}")
    cut = space_cuts.cut(kept)
    by_date = (
        pl.when(text.str.contains(_SPACED_NUMBER))
        .then(cut)
        .otherwise(cut.str.replace_all(_HEADED_BY_DATE, "${1}${2}\n${3}"))
    )
    pieces = likely.select("row", "least", piece=by_date.str.split("\n")).explode("piece")
    piece = pl.col("piece").str.strip_chars()
    pieces = pieces.select("row", "least", piece=piece).filter(pl.col("piece") != "")
    first = runs.rank("row") == 0
    marked = pl.col("piece").str.contains("[。！？；，]")
    pieces = pieces.with_columns(
        ended=pl.col("piece").str.contains(_STOP + "$"),
        short=pl.col("piece").str.len_chars().is_between(2, _LONGEST_HEADING) & (~marked | first),
    ).with_columns(
        sentence=pl.col("ended")
        & pl.col("piece").str.contains(_SENTENCE + "$")
        & (pl.col("piece").str.len_chars() >= _SHORTEST_PARAGRAPH)
    )
    # a heading has a text below it
    text_below = (pl.col("piece").str.len_chars() >= _SHORTEST_PARAGRAPH) | ~pl.col("ended")
    short = pl.col("short") & (first | text_below.shift(-1, fill_value=True))
    body = pl.col("sentence").cum_sum().over("row") > 0
    body &= pl.col("piece").str.contains(_CLAUSE + "$").cum_sum(reverse=True).over("row") > 0
    return pieces.with_columns(
        body=body,
        stray=body & ~pl.col("ended") & ~short & (pl.col("row") == pl.col("row").shift(-1)),
        dated=pl.col("short") & pl.col("piece").str.contains(_DATED),
    )


def _parted(pieces: pl.DataFrame) -> pl.DataFrame:
    """Tell the lines (`row`) whose spaces are the line ends that they were written with."""
    piece, ended = pl.col("piece"), pl.col("ended")
    heading = ~ended & pl.col("short")
    headings = heading.sum()
    top = ~pl.col("body") & (pl.col("body").cum_sum().over("row") == 0)
    # 2018年6月25日 某市人民代表大会……通过 is a law's history
    of_bar = piece.str.contains(_BAR) & (piece.str.contains("：") | ~piece.str.contains(narrow(widths.DAY_OF_LAW)))
    bars = pieces.filter(top).group_by("row").agg(bar=of_bar.any() & (pl.len() >= _SHORTEST_BAR))
    told = (
        pieces.filter("body")
        .group_by("row", maintain_order=True)
        .agg(
            size=piece.str.len_chars().sum(),
            stops=piece.str.contains(_SENTENCE + "$").sum(),
            ended=ended.sum(),
            least=pl.first("least"),
            sentences=piece.str.count_matches(_SENTENCE).sum(),
            numbered=piece.str.contains(widths.OUTLINE).mean(),
            stray=pl.col("stray").mean(),
            crowded=(heading & heading.shift(1) & heading.shift(2)).any(),
            few=headings <= _MOST_HEADINGS * pl.len(),
            printed=_are_print_lines(piece.str.len_chars().filter("stray")),
        )
        .join(bars, on="row", how="left", maintain_order="left")
    )
    bar = pl.col("bar").fill_null(value=False)
    stops, size = pl.col("stops"), pl.col("size")
    many = (pl.col("sentences") >= _SENTENCES * stops) & (size >= (stops + 1) * _ROOM)
    some = (pl.col("sentences") >= _SOME * stops) & (size >= (stops + 1) * _MORE_ROOM)
    # three headings on end are words between stray spaces
    alone = (pl.col("stray") <= _STRAY) & ~pl.col("crowded") & (pl.col("ended") >= pl.col("least"))
    alone &= many | some | (pl.col("numbered") >= _NUMBERED)
    return told.filter("few", alone | (bar & (pl.col("stray") <= _STRAY_BELOW_BAR) & ~pl.col("printed"))).select("row")


def _are_print_lines(sizes: pl.Expr) -> pl.Expr:
    usual = sizes.median()
    alike = (sizes.cast(pl.Float64) - usual).abs() <= _ALIKE
    return ((sizes.len() >= _LINES) & (usual >= _LINE) & (alike.mean() >= _EVEN)).fill_null(value=False)
