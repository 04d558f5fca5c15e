"""Cuts texts that were run together without a space between their paragraphs where an outline or a formula opens one.

现总结如下：一、树立安全意识，……。二、：such numbers behind a full stop or a colon begin paragraphs.
"""

import numpy as np
import polars as pl

from tasks.clean import line_cuts
from tasks.clean.document_names import DOCUMENT_NAMES
from tasks.clean.gated import matching
from tasks.clean.patterns import narrow

# Bytes of a line, and how many a text has on average, that is not set in lines of paragraphs.
_LONG, _AVERAGE, _HEAD = 450, 600, 160
_SIGNS = ["。一、", "：一、", "。（一）", "：（一）", "。二、", "。（二）", "同志们：", "各位", "尊敬的"]
_NUMBER = "[一二三四五六七八九十]{1,3}"
_MARK = rf"{_NUMBER}、|（{_NUMBER}）"
_BEHIND_END = rf"([。：！？][”）》]?)((?:{_MARK})[\p{{Han}}“《])"
# 一、总体要求（一）指导思想。: a heading, then its first clause
_HEADING = narrow(rf"((?:^|\n){_NUMBER}、[^。；！？：（\n]{{3,50}})(（一）)")
_IN_TURN = (("\n一、", "\n二、"), ("\n一、", "\n（一）"), ("\n（一）", "\n（二）"))
# ……活动总结为进一步……: a headline, then how such texts open
_OPENING = (
    "为(?:了|进一步|认真|深入|全面|切实|贯彻|加强|推动|扎实|确保)|根据|按照|同志们：|各位[领代委同]|尊敬的"
    "|(?:今年|近年)(?:以)?来，|(?:今天|刚才)，"
)
_TITLED = narrow(rf"^([^。，；：！？\n]{{6,60}}?(?:{DOCUMENT_NAMES})\d?)((?:{_OPENING})[^\n]{{60}})")
# 下面是小编为大家整理的……，供大家参考。 before a text
_PREFACE = "^((?:以下|下面)(?:就)?是小编[^。！\n]{4,80}[。！])([^\n])"
_OPENS = ["小编", "为", "根据", "按照", "同志们", "各位", "尊敬的", "来，", "今天，", "刚才，"]
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
    some = some.with_columns(cut=cut)
    in_turn = [
        pl.col("cut").str.contains(first, literal=True).any() & pl.col("cut").str.contains(then, literal=True).any()
        for first, then in _IN_TURN
    ]
    some = some.with_columns(told=pl.any_horizontal(in_turn).over("doc"))
    some = some.with_columns(cut=pl.when("told").then("cut").otherwise("text"))
    titled = pl.when("first").then(pl.col("cut").str.replace(_TITLED, "${1}\n${2}")).otherwise("cut")
    parted = pl.when("first").then(titled.str.replace(_PREFACE, "${1}\n${2}")).otherwise(titled)
    some = some.with_columns(cut=parted.str.replace(_GREETING, "${1}${2}：\n${3}"))
    cuts = some.filter(pl.col("cut") != pl.col("text")).select("row", pieces=pl.col("cut").str.split("\n"))
    numbered = lines.with_row_index("row")
    opens = pl.when(pl.col("row").is_in(cuts["row"].implode())).then(True).otherwise("starts_paragraph")
    return line_cuts.apply(numbered.with_columns(starts_paragraph=opens).drop("row"), cuts)


def _likely(lines: pl.DataFrame) -> pl.DataFrame:
    """Choose the long lines of texts that have few lines for their length: row, doc, text, first (of its text)."""
    size, doc = lines["text"].str.len_bytes().to_numpy(), lines["doc"].to_numpy()
    few = np.bincount(doc, size) >= _AVERAGE * np.bincount(doc)
    long = np.flatnonzero((size >= _LONG) & few[doc])
    first = np.diff(doc[long], prepend=-1) != 0
    some = lines.select("doc", "text", "flat", "removed")[long]
    some = some.with_columns(row=pl.Series(long, dtype=pl.UInt32), first=pl.Series(first))
    some = some.filter(pl.col("removed").is_null(), ~pl.col("flat"))
    heads = some["text"].str.head(_HEAD)
    titled = matching(heads, some["first"] & heads.str.contains_any(_OPENS), f"{_TITLED}|{_PREFACE}")
    return some.filter(pl.col("text").str.contains_any(_SIGNS) | titled)
