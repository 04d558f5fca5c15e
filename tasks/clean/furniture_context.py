"""Lines that are furniture only where they stand: navigation words in company, rubrics, slogans, running titles."""

import numpy as np
import polars as pl

from tasks.clean import furniture_rules, page_edges, runs, widths
from tasks.clean.gated import ask, matching
from tasks.clean.patterns import HAN, matches, narrow

_SITE_ENDS = "网|网站|在线|热线|文库|之家|大全|频道|论坛|资讯|门户|文档|范文|资料库|图书馆|下载站|公众号"
_SITE_NAME = rf"^[\p{{Han}}A-Za-z0-9]{{2,8}}(?:{_SITE_ENDS})$"
_LEAD = r"^[\[【（(]?(?:(?:内容|文章)?(?:摘要|提要|简介)|核心提示|导读|导语|编前)[\]】）)]?[：: ]*"
_CUT_SHORT = r"(?:…+|\.{2,}|。{2,})?(?:[\[【（(](?:详细|更多|全文|阅读全文)[\]】）)])?$"
_SHORT_END, _ENDS_SHORT = 6, r"(?:…|\.{2,}|。{2,}|[\[【（(](?:详细|更多|全文|阅读全文)[\]】）)])$"
_LEAST_LEAD, _LEAST_CUT = 12, 30
_CAPTION = "(?:摄影?|截图|资料照片?|供图|提供|翻摄|资料图片?)[）)]?$|[图摄][/／]"
# 社论：满怀信心再出发, no 电话：0999-8138
_SAYS = rf"^[{HAN} ]{{2,8}}：[^0-9A-Za-z]*[{HAN}“”‘’《》、，·]{{6}}"
_DOCUMENT_NUMBER = rf"^[{HAN}]{{1,12}}[〔\[（(][0-9]{{4}}[〕\]）)]第?[0-9]{{1,4}}号(?:签发人：[{HAN}]{{2,4}})?$"
_LONGEST_ISSUER, _HEAD, _LEAST_DAY, _NUMBERED = 40, 12, 8, 30
_BARE_DAY = r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$"
_COPY = 10
_DAY_AND_HOUSE = narrow(
    # no speaker's day has a naught before its figures
    rf"{_BARE_DAY}|^[0-9]{{4}}年(?:0[0-9]月[0-9]{{2}}|1[0-2]月0[0-9])日 +[\p{{Han}}]{{2,10}}$"
    rf"|^[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?: +[0-9:]{{4,8}})? +[\p{{Han}}]{{2,10}}$"
)
# As machines write a day: who writes a diary or a letter leaves the noughts out.
_DAY_OF_MACHINE = rf"{_BARE_DAY}|^[0-9]{{4}}年(?:0[1-9]月[0-3][0-9]|1[0-2]月0[1-9])日$"
PROSE = "[。；，！？…]"
OUTLINE = f"^(?:第{widths.NUMERAL}+[编章节条]|[（(]?[一二三四五六七八九十0-9]{{1,3}}[）)、.．]|[①-⑳•●◆])"
_CHROME = ["site_chrome_line", "related_label", "nav_word"]
_ABOUT = [*_CHROME, "meta_bar", "page_footer", "page_header"]
_TITLE, _DECKS = 45, 70
_LONGEST_WORDS = 60
_LAST_LINE = 30
_DAY = r"^(?:[^0-9 ]{4,20} ?)?\S{4} ?年 ?\S{1,2} ?月 ?\S{1,3} ?日$"
_WRITER = "^（(?:本[报网台刊])?(?:记者|通讯员|作者|据|新华社)"
_WEAK = ("weak", "strong", "label")


def company(frame: pl.DataFrame) -> pl.DataFrame:
    """Take navigation words, site names and site labels that stand beside other furniture, or many on a line."""
    able = pl.col("n") <= _LONGEST_WORDS
    short = frame.filter("alive", pl.col("shape").is_null(), able, ~pl.col("ends"), pl.col("fresh"))
    asked = short.select("row", "text", "flat").join(
        _looks(short["text"].unique()), on="text", how="left", maintain_order="left"
    )
    words, several, site = pl.col("words"), pl.col("several"), pl.col("site")
    named = frame["row"].filter(page_edges.ends_of_paths(frame))
    asked = asked.with_columns(site=site & ~pl.col("row").is_in(named.implode()))
    weak = asked.select(
        "row",
        "label",
        weak=words | site | pl.col("dated"),
        strong=several | pl.col("counted") | (words & (pl.col("breaks") >= 3)) | (site & pl.col("flat")),
    ).filter(pl.col("weak") | pl.col("label"))
    if weak.is_empty():
        return frame
    frame = frame.with_columns(flags(frame, weak["row"], weak[name]).alias(name) for name in _WEAK)
    known = pl.col("shape").is_in(_ABOUT) | pl.col("strong")
    frame = frame.with_columns(sure=known.fill_null(False))
    beside = _beside(pl.col("sure") | pl.col("weak"))
    frame = frame.with_columns(sure=pl.col("sure") | (pl.col("weak") & beside))
    # A label proves least: it needs furniture on both sides, or on one at the edge of the file.
    above = runs.above(pl.col("sure"), True)
    below = runs.below(pl.col("sure"), True)
    frame = frame.with_columns(label=pl.col("label") & ~pl.lit(_only_headlines(frame)))
    taken = (pl.col("sure") & pl.col("weak")) | pl.col("strong") | (pl.col("label") & above & below & ~pl.col("body"))
    return frame.with_columns(
        shape=pl.when(taken & pl.col("shape").is_null()).then(pl.lit("nav_word")).otherwise("shape"),
        body=pl.col("body") & ~taken,
    ).drop(*_WEAK, "sure")


def _only_headlines(frame: pl.DataFrame) -> pl.Series:
    """Tell labels (`社论：…`) that furniture alone parts from the text below, and nothing else heads that text."""
    asked = frame["label"].fill_null(value=False).arg_true().to_numpy()
    found = np.zeros(len(frame), dtype=np.bool_)
    if not len(asked):
        return pl.Series(found)
    told = pl.col("alive") & pl.col("shape").is_null() & ~pl.any_horizontal("weak", "strong", "label", "sure")
    others = frame.select(told.fill_null(value=False)).to_series().arg_true().to_numpy()
    if len(others):
        doc, body = frame["doc"].to_numpy(), frame["body"].to_numpy()
        at = np.searchsorted(others, asked)
        below, above = others[np.minimum(at, len(others) - 1)], others[np.maximum(at - 1, 0)]
        heads = (at < len(others)) & (doc[below] == doc[asked]) & body[below]
        heads &= (at == 0) | (doc[above] != doc[asked]) | page_edges.between_path_and_bar(frame, asked)
        found[asked[heads]] = True
    return matching(frame["text"], pl.Series(found), _SAYS)


def _looks(texts: pl.Series) -> pl.DataFrame:
    """Say what texts are made of: text, words (navigation alone), several, counted, breaks, site, dated, label."""
    text, words = pl.col("text"), furniture_rules.are_of_words(texts, "nav_topic", "nav_ui")
    navigation = texts.filter(words)
    breaks = navigation.str.count_matches(r"[ \x{3000}|｜丨·>＞»›/：【\[（]+[^ \x{3000}|｜丨·>＞»›/：【\[（]")
    several = (breaks >= 1) & furniture_rules.have_word(navigation, "nav_ui")
    at, no = words.arg_true(), pl.Series([False]).new_from_index(0, len(texts))
    return texts.to_frame("text").with_columns(
        words=words,
        site=text.str.contains(narrow(_SITE_NAME)),
        dated=text.str.contains(_BARE_DAY),
        label=furniture_rules.has_shape(text, "site_chrome_line", "weak"),
        breaks=pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(texts)).scatter(at, breaks),
        several=no.clone().scatter(at, several),
        counted=no.scatter(at, matches(navigation, "[（(][0-9]+[）)]")),
    )


def _beside(known: pl.Expr) -> pl.Expr:
    return runs.above(known, False) | runs.below(known, False)


def tops(frame: pl.DataFrame) -> pl.DataFrame:
    """Take what stands above a text alone: the masthead of an official paper and its number; a summary that repeats.

    `罗坪县人民政府文件` stands above `罗政发〔2020〕5号`; a summary says no more than the head of the text below it.
    """
    text, below = pl.col("text"), pl.col("next")
    some = frame.select(
        *("row", "text", "n", "rank", "alive"), next=runs.below(text), next_row=runs.below(pl.col("row"))
    )
    some = some.filter("alive", pl.col("rank") < _HEAD).drop_nulls("next")
    red = some.filter(pl.col("n") <= _LONGEST_ISSUER, text.str.ends_with("文件") | text.str.ends_with("文 件"))
    red = red.filter(below.str.replace_all(" ", "").str.contains(_DOCUMENT_NUMBER))
    leads = some.filter(text.str.contains(_LEAD) | text.str.tail(_SHORT_END).str.contains(_ENDS_SHORT))
    said = text.str.replace(_LEAD, "").str.replace(_CUT_SHORT, "")
    leads = leads.filter((said.str.len_chars() >= _LEAST_LEAD) & below.str.starts_with(said))
    # cut short by the page, without a word that says so
    cut = some.filter((pl.col("n") >= _LEAST_CUT) & below.str.starts_with(text) & (below != text))
    # a caption that the page prints for the picture and again below it
    twice = some.filter(pl.col("n") >= _LEAST_LEAD, pl.col("n") == pl.col("n").shift(-1)).filter(below == text)
    twice = twice.filter(text.str.contains(_CAPTION))
    leads = pl.concat([leads, cut, twice]).unique("row")
    frame = taken_out(taken_out(frame, red["row"], "page_header"), red["next_row"], "meta_bar")
    return taken_out(frame, leads["row"], "page_title")


def beside_headlines(frame: pl.DataFrame) -> pl.DataFrame:
    """Take a day in figures under a headline or on top of a text, and the number of a document above its name."""
    text, free = frame["text"], frame["alive"] & frame["shape"].is_null()
    short = (free & ~frame["ends"] & frame["n"].is_between(_LEAST_DAY, _NUMBERED)).arg_true()
    here = text[short]
    rows = short.filter(here.str.ends_with("号") | here.str.starts_with("20") | here.str.starts_with("19"))
    here = text[rows]
    day, number = matches(here, _DAY_AND_HOUSE), matches(here.str.replace_all(" ", ""), _DOCUMENT_NUMBER)
    opens = matching(here, frame["rank"][rows] == 0, _DAY_OF_MACHINE)
    told = day | number | opens
    rows, day, number, opens = rows.filter(told), day.filter(told), number.filter(told), opens.filter(told)
    if rows.is_empty():
        return frame
    over, under, then, rest = (_near(frame, rows, step) for step in (-1, 1, 2, 3))
    closed = frame["closed"][rows] | ~over["free"] | over["text"].str.ends_with("）")
    # a headline may be set over two lines, or three
    named = under["head"] & ~under["prose"] & (then["prose"] | then["head"] & (rest["prose"] | rest["head"]))
    heads = over["text"].str.head(_COPY)
    copied = ~under["prose"] & (heads == under["text"].str.head(_COPY)) & (heads.str.len_chars() == _COPY)
    # or more of a page's own stands between it and the text
    own = over["head"] & under["taken"]
    taken = (
        (day & (over["head"] & under["prose"] | own | copied)) | (number & closed & named) | (opens & under["prose"])
    )
    return taken_out(frame, rows.filter(taken), "meta_bar")


def _near(frame: pl.DataFrame, rows: pl.Series, step: int) -> pl.DataFrame:
    """Look at the lines so many lines below: text, free (no furniture), taken, head (can be a headline), prose."""
    at = rows.cast(pl.Int64) + step
    there = frame.select("doc", "text", "n", "ends", "marked", "alive", "shape")[at.clip(0, len(frame) - 1)]
    same = (there["doc"] == frame["doc"][rows]) & (at >= 0) & (at < len(frame))
    text = pl.col("text")
    head = ~pl.col("ends") & pl.col("n").is_between(6, _DECKS) & text.str.contains(f"[{HAN}]{{3}}")
    return there.with_columns(free=pl.lit(same) & pl.col("alive") & pl.col("shape").is_null()).select(
        "text",
        "free",
        taken=pl.lit(same) & pl.col("alive") & pl.col("shape").is_not_null(),
        head=pl.col("free") & head & ~text.str.contains("[。；]"),
        prose=pl.lit(same) & (pl.col("marked") | pl.col("ends")),
    )


def flags(frame: pl.DataFrame, rows: pl.Series, values: pl.Series | bool = True) -> pl.Series:
    """One flag a row, no where none is told."""
    return pl.Series([False]).new_from_index(0, len(frame)).scatter(rows, values)


def taken_out(frame: pl.DataFrame, rows: pl.Series, shape: str | None) -> pl.DataFrame:
    """Name the shape of some rows."""
    return frame if rows.is_empty() else frame.with_columns(frame["shape"].scatter(rows, shape))


def zones(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the links that share-site pages print before and after their text, among other furniture."""
    if not frame["shape"].is_in(_CHROME).any():
        return frame
    chrome = pl.col("shape").is_in(_CHROME).fill_null(False)
    position = pl.col("row")
    frame = frame.with_columns(
        last_body=position.filter(pl.col("body")).max().over("doc"),
        first_body=position.filter(pl.col("body")).min().over("doc"),
        shared=pl.col("flat").any().over("doc"),
    ).with_columns(
        tail=position > pl.col("last_body"),
        head=position < pl.col("first_body"),
    )
    frame = frame.with_columns(
        chrome_before=runs.so_far(chrome & pl.col("tail")) > 0,
        chrome_in_tail=(chrome & pl.col("tail")).any().over("doc"),
        chrome_after=runs.to_go(chrome & pl.col("head")) > 0,
        titled=(pl.col("shape") == "page_title").any().over("doc"),
    )
    # who issued a notice and when, and who wrote it, close the text
    short = frame["n"] <= _LAST_LINE
    day = matching(frame["text"], short & frame["text"].str.ends_with("日"), _DAY)
    credit = matching(frame["text"], short & frame["text"].str.starts_with("（"), _WRITER)
    # a line that breaks off at a comma is a sentence's
    comma = ask(frame["text"], frame["n"] <= _TITLE, lambda some: some.str.tail(1).is_in(list("，、；,;")))
    frame = frame.with_columns(day=day, credit=credit, comma=comma)
    closing = pl.any_horizontal("day", "credit", "comma", runs.below(pl.col("day"), False))
    # the mark-up of a page has told its links
    told = pl.col("page").fill_null(value=False) if "page" in frame.columns else pl.lit(value=False)
    listed = runs.so_far((pl.col("shape") == "related_label").fill_null(value=False) & pl.col("tail")) > 0
    size = pl.col("n") <= pl.when(listed).then(_DECKS).otherwise(_TITLE)
    link = pl.col("alive") & pl.col("shape").is_null() & ~pl.col("ends") & size & ~closing & ~told & ~pl.col("told")
    after = pl.col("tail") & (pl.col("chrome_before") | (pl.col("shared") & pl.col("chrome_in_tail")))
    before = pl.col("head") & pl.col("chrome_after") & pl.col("shared") & pl.col("titled")
    return frame.with_columns(shape=pl.when(link & (after | before)).then(pl.lit("related_link")).otherwise("shape"))
