"""Cuts texts that were run together without a space between their paragraphs where an outline or a formula opens one.

现总结如下：一、树立安全意识，……。二、：such numbers behind a full stop or a colon begin paragraphs.
"""

import numpy as np
import polars as pl

from tasks.clean import line_cuts
from tasks.clean.document_names import DOCUMENT_NAMES
from tasks.clean.figures import NUMERAL, ORDINAL
from tasks.clean.gated import matching, where
from tasks.clean.patterns import narrow

# Bytes of a line, and how many a text has on average, that is not set in lines of paragraphs.
_LONG, _AVERAGE, _HEAD = 450, 600, 160
_SIGNS = "[。：](?:一、|（一）)|。(?:二、|（二）|本院认为)|同志们：|各位|尊敬的"
_NUMBER = f"{ORDINAL}{{1,3}}"
_MARK = rf"{_NUMBER}、|（{_NUMBER}）"
_BEHIND_END = rf"([。：！？][”）》]?)((?:{_MARK})[\p{{Han}}“《])"
# 一、总体要求（一）指导思想。: a heading, then its first clause
_HEADING = narrow(rf"((?:^|\n){_NUMBER}、[^。；！？：（\n]{{3,50}})(（一）)")
# 一、制定的背景是什么？当前，……: the heading asks; 一、……新局面今年以来，……: it ends where such texts open.
_ASKS = narrow(rf"((?:^|\n){_NUMBER}、[^。；！？\n]{{4,40}}？)([^\n])")
_HEADING_BEFORE = narrow(
    rf"((?:^|\n){_NUMBER}、[^。；！？：\n]{{6,50}}?)((?:(?:今年|近年|近几年)(?:以)?来|今天|刚才|党的(?:十[八九]|二十)大以来)，)"
)
_IN_TURN = (("\n一、", "\n二、"), ("\n一、", "\n（一）"), ("\n（一）", "\n（二）"))
# 第二条　……。第三条　……: the articles of a law, its chapters, and what one lists.
_ARTICLE = rf"第{NUMERAL}{{1,6}}条"
_OF_LAW = narrow(rf"[。；：][”）》]?{_ARTICLE}[ \x{{3000}}]+[\p{{Han}}“《]")
_BEFORE_ARTICLE = narrow(rf"([。；：][”）》]?)({_ARTICLE}[ \x{{3000}}]+[\p{{Han}}“《])")
_CHAPTER = rf"第{NUMERAL}{{1,4}}[编章]"
_BEFORE_CHAPTER = narrow(rf"([^\n第])({_CHAPTER}[ \x{{3000}}]+[\p{{Han}}])")
_UNDER_CHAPTER = narrow(
    rf"((?:^|\n){_CHAPTER}[ \x{{3000}}]+[\p{{Han}} \x{{3000}}、]{{1,24}}?)({_ARTICLE}[ \x{{3000}}])"
)
_FORMER = "(。)(前款(?:规定|所称|所列))"
_LISTED = narrow(rf"([：；])(（{_NUMBER}）[\p{{Han}}“《])")
# ……贯彻落实。罗坪县人民政府2023年9月5日（此件公开发布）罗坪县……办法: the end of the notice that hands it out.
_SIGNED = narrow(
    r"(。)([\p{Han}]{3,24}(?:政府|办公[室厅]|委员会|[局厅部院]))(\d{4}年\d{1,2}月\d{1,2}日)(（此件[^（）]{2,10}）)?([^\n]|$)"
)
_ADDRESSED = narrow(r"^([^。\n]{4,80}[县市区局门位校构业]：)((?:现将|现就|经|为|根据|按照)[^\n])")
# ……审理终结。本院认为，……: the parts of a judgment.
_OF_JUDGMENT = narrow(
    r"(。)((?:本院(?:经审理)?(?:认为|查明)|经(?:公开开庭|本院|依法)?审理查明|上述(?:事实|证据)[，有由]"
    r"|[\p{Han}]{2,14}人民检察院(?:以[\p{Han}]{1,8}[（〔]|指控)|被告人[\p{Han}某]{1,5}，(?:曾用名|别名|男|女|农民|绰号)))"
)
# ……活动总结为进一步……: a headline, then how such texts open
_OPENING = (
    "为(?:了|进一步|认真|深入|全面|切实|贯彻|加强|推动|扎实|确保)|根据|按照|同志们：|各位[领代委同]|尊敬的"
    "|(?:今年|近年)(?:以)?来，|(?:今天|刚才)，"
)
_TITLED = narrow(rf"^([^。，；：！？\n]{{6,60}}?(?:{DOCUMENT_NAMES})\d?)((?:{_OPENING})[^\n]{{60}})")
# 下面是小编为大家整理的……，供大家参考。 before a text
_PREFACE = "^((?:以下|下面)(?:就)?是小编[^。！\n]{4,80}[。！])([^\n])"
_OPENS = "小编|为|根据|按照|同志们|各位|尊敬的|来，|今天，|刚才，"
_GREETING = "(\n|^)(同志们|各位(?:领导|代表|委员|同志)|尊敬的[^，。：\n]{2,20})：([^\n])"


def part(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut such lines.

    Args:
        lines: the lines frame with `flat` and `starts_paragraph`.

    Returns:
        The frame, `line` renumbered; the pieces start paragraphs.
    """
    some = _likely(lines)
    if some.is_empty():
        return lines
    cut = pl.col("text").str.replace_all(narrow(_BEHIND_END), "${1}\n${2}").str.replace_all(_HEADING, "${1}\n${2}")
    some = some.with_columns(cut=cut, led=pl.lit("\n") + cut)
    in_turn = [
        pl.col("led").str.contains(first, literal=True).any() & pl.col("led").str.contains(then, literal=True).any()
        for first, then in _IN_TURN
    ]
    some = some.with_columns(told=pl.any_horizontal(in_turn).over("doc"))
    some = some.with_columns(cut=pl.when("told").then("cut").otherwise("text")).drop("led")
    some = some.with_columns(
        cut=where(where(some["cut"], some["told"], _at_headings), _have(some["cut"], "。本院认为"), _at_parts)
    )
    some = some.with_columns(cut=where(some["cut"], some["law"], _at_articles))
    titled = pl.when("first").then(pl.col("cut").str.replace(_TITLED, "${1}\n${2}")).otherwise("cut")
    parted = pl.when("first").then(titled.str.replace(_PREFACE, "${1}\n${2}")).otherwise(titled)
    some = some.with_columns(cut=parted.str.replace(_GREETING, "${1}${2}：\n${3}"))
    cuts = some.filter(pl.col("cut") != pl.col("text")).select("row", pieces=pl.col("cut").str.split("\n"))
    numbered = lines.with_row_index("row")
    opens = pl.when(pl.col("row").is_in(cuts["row"].implode())).then(True).otherwise("starts_paragraph")
    return line_cuts.apply(numbered.with_columns(starts_paragraph=opens).drop("row"), cuts)


def _have(texts: pl.Series, sign: str) -> pl.Series:
    return texts.str.contains(sign, literal=True)


def _at_headings(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(_ASKS, "${1}\n${2}").str.replace_all(_HEADING_BEFORE, "${1}\n${2}")


def _at_parts(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(_OF_JUDGMENT, "${1}\n${2}")


def _at_articles(texts: pl.Series) -> pl.Series:
    """Cut a law at its chapters and articles, and at what these list; and the notice above it."""
    cut = texts.str.replace_all(_BEFORE_CHAPTER, "${1}\n${2}").str.replace_all(_UNDER_CHAPTER, "${1}\n${2}")
    cut = cut.str.replace_all(_BEFORE_ARTICLE, "${1}\n${2}").str.replace_all(_LISTED, "${1}\n${2}")
    cut = cut.str.replace_all(_FORMER, "${1}\n${2}")
    signed = cut.str.replace(_SIGNED, "${1}\n${2}\n${3}\n${4}\n${5}").str.replace_all("\n{2,}", "\n")
    return signed.str.replace(_ADDRESSED, "${1}\n${2}")


def _likely(lines: pl.DataFrame) -> pl.DataFrame:
    """Choose the long lines of texts that have few lines for their length, and those that hold articles of a law.

    Returns:
        row, doc, text, first (of its text), law.
    """
    size, doc = lines["text"].str.len_bytes().to_numpy(), lines["doc"].to_numpy()
    few = np.bincount(doc, size) >= _AVERAGE * np.bincount(doc)
    long = np.flatnonzero(size >= _LONG)
    some = lines.select("doc", "text", "flat", "removed")[long]
    some = some.with_columns(row=pl.Series(long, dtype=pl.UInt32), few=pl.Series(few[doc[long]]))
    some = some.filter(pl.col("removed").is_null())
    law = matching(some["text"], _have(some["text"], "。第"), _OF_LAW)
    some = some.with_columns(law=law, few=pl.col("few") & ~pl.col("flat")).filter(pl.col("few") | pl.col("law"))
    some = some.with_columns(first=(pl.col("doc") != pl.col("doc").shift(1)).fill_null(value=True))
    heads = some["text"].str.head(_HEAD)
    titled = matching(heads, some["first"] & some["few"] & heads.str.contains(_OPENS), f"{_TITLED}|{_PREFACE}")
    return some.filter(pl.col("law") | titled | pl.col("few") & pl.col("text").str.contains(_SIGNS))
