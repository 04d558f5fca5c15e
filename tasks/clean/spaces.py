"""Closes the spaces that layout left inside a text, and keeps those that a reader needs (HOUSE_RULES, Spaces)."""

import polars as pl

from tasks.clean import table_rows
from tasks.clean.gated import where
from tasks.clean.patterns import HAN, narrow

BESIDE = HAN + r"\x{3001}-\x{301F}\x{FF01}-\x{FF0F}\x{FF1A}-\x{FF20}\x{FF3B}-\x{FF40}\x{FF5B}-\x{FF65}“”‘’…—·％○×"
ANY = r"[ \t\x{3000}\x{A0}\x{2000}-\x{200A}]"
# All spaces that there are: the first step gives every other one this spelling.
SPACE, WIDE_SPACE = " ", "\u3000"
# A lower-case Latin word with a space on either side stands in a Chinese sentence by accident: kept as found,
# it is an anomaly.
# A row of x stands for a word left out, and is closed like any letter.
STRAY_WORD = rf"([{HAN}，、；：。]){ANY}+([a-wyz][a-z]+|x+[a-wyz][a-z]*){ANY}+([{HAN}])"
# Names in a byline and what follows the tag of a dateline are units: 本报讯 记者方亮报道 2月3日, （记者 四建磊 吴韬）.
CREDIT_WORD = "记者|通讯员|特派员|撰稿|见习"
NAMES = narrow(
    rf"([（(][^（()）。]{{0,14}}(?:{CREDIT_WORD})(?:[^（()）。0-9]{{0,24}}?\p{{Han}})?)"
    rf"{ANY}+(\p{{Han}}[^（()）。0-9]{{0,30}}[）)])"
)
TAG = narrow(
    rf"^((?:[\p{{Han}}]{{2,8}}\x{{fddc}})?[\p{{Han}}]{{2,12}}(?:讯|电|消息)){ANY}+((?:{CREDIT_WORD})[\p{{Han}}、]{{2,20}}?报道)"
    rf"{ANY}*([0-9]{{1,2}}月[0-9]{{1,2}}日)?"
)
TAG_ALONE = narrow(
    rf"^([\p{{Han}}]{{1,8}}(?:报|社|网|台|在线|客户端)[\p{{Han}}\d]{{0,10}}(?:讯|电|消息)){ANY}+([^\s（(【《“])"
)
REPORTED = narrow(rf"^([\p{{Han}}\x{{fddc}}]{{0,14}}(?:{CREDIT_WORD})[\p{{Han}}、]{{2,20}}?报道){ANY}+([^\s：，。:,])")
# 清河网 清河日报讯 记者……: the site that has it from its paper.
SITE = narrow(rf"^([\p{{Han}}]{{2,6}}(?:网|在线|客户端)){ANY}+([\p{{Han}}]{{2,12}}(?:讯|电|消息)(?:{ANY}|[（(]))")
NAMES_IN_A_BYLINE = 4
# What these patterns cannot match without: a cheap look before the dear one.
TAG_END, REPORT_END, SITE_END = rf"(?:讯|电|消息){ANY}", rf"报道{ANY}", rf"(?:网|在线|客户端){ANY}"


def close(text: pl.Expr) -> pl.Expr:
    """Close the spaces of a paragraph: none beside Han or a full-width mark, one between Latin words."""
    return text.map_batches(close_all, return_dtype=pl.String)


def close_all(values: pl.Series) -> pl.Series:
    """Do what `close` does on a column: the rows without a space are not looked at twice."""
    return where(values, _spaced(values), lambda spaced: _restored(_closed(_protected(spaced))))


def without_spaces(values: pl.Series) -> pl.Series:
    """Take every space out; few lines have any."""
    return where(values, _spaced(values), _unspaced)


def _spaced(values: pl.Series) -> pl.Series:
    # found as bytes, three times as fast as by a class
    return values.str.contains(SPACE, literal=True) | values.str.contains(WIDE_SPACE, literal=True)


def _unspaced(values: pl.Series) -> pl.Series:
    return values.str.replace_all(SPACE, "", literal=True).str.replace_all(WIDE_SPACE, "", literal=True)


def close_units(text: pl.Expr) -> pl.Expr:
    """Close the spaces of a headline or byline: one stays between units, none between characters or at marks."""
    one = text.str.replace_all(rf"{ANY}+", " ").str.strip_chars()
    joined = one.str.replace_all(rf"([{HAN}]) ([0-9A-Za-z])", "${1}${2}").str.replace_all(
        rf"([0-9A-Za-z%]) ([{HAN}])", "${1}${2}"
    )
    # 编 者 说 明: a headline of single characters, set wide
    wide = joined.str.contains(rf"^[{HAN}](?: [{HAN}]){{2,9}}$")
    joined = pl.when(wide).then(joined.str.replace_all(" ", "", literal=True)).otherwise(joined)
    return (
        joined.str.replace_all(rf"(^| )([{HAN}]) ([{HAN}])( |$)", "${1}${2}${3}${4}")
        .str.replace_all(r" ([，。；：！？、）》〉”’])", "${1}")
        .str.replace_all(r"([，。；：、（《〈“‘]) ", "${1}")
    )


def _closed(text: pl.Series) -> pl.Series:
    closed = (
        text.str.replace_all(rf"([{BESIDE}]){ANY}+", "${1}")
        .str.replace_all(rf"{ANY}+([{BESIDE}])", "${1}")
        .str.replace_all(rf"{ANY}+", " ")
        .str.strip_chars()
    )
    return where(closed, table_rows.is_row(closed), lambda rows: rows.str.replace_all(" ?[|] ?", "|"))


def _protected(text: pl.Series) -> pl.Series:
    kept = where(
        text,
        text.str.contains(r"[a-z]{2}"),
        lambda latin: latin.str.replace_all(STRAY_WORD, "${1}\ufddc${2}\ufddc${3}"),
    )
    kept = where(kept, kept.str.contains(SITE_END), lambda some: some.str.replace(SITE, "${1}\ufddc${2}"))
    tagged = where(kept, kept.str.contains(CREDIT_WORD), _with_names)
    tagged = where(tagged, tagged.str.contains(TAG_END), lambda some: some.str.replace(TAG_ALONE, "${1}\ufddc${2}"))
    return where(tagged, tagged.str.contains(REPORT_END), lambda some: some.str.replace(REPORTED, "${1}\ufddc${2}"))


def _with_names(text: pl.Series) -> pl.Series:
    named = text.str.replace(TAG, "${1}\ufddc${2}\ufddc${3}").str.replace_all("\ufddc([：:，。])", "${1}")
    for _ in range(NAMES_IN_A_BYLINE):
        named = named.str.replace(NAMES, "${1}\ufddc${2}")
    return named


def _restored(text: pl.Series) -> pl.Series:
    return text.str.replace_all("\ufddc", " ", literal=True)
