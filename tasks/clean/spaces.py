"""Closes the spaces that layout left inside a text, and keeps those that a reader needs (HOUSE_RULES, Spaces)."""

import polars as pl

BESIDE = r"\p{Han}\x{3001}-\x{301F}\x{FF01}-\x{FF0F}\x{FF1A}-\x{FF20}\x{FF3B}-\x{FF40}\x{FF5B}-\x{FF65}“”‘’…—·％○×"
ANY = r"[ \t\x{3000}\x{A0}\x{2000}-\x{200A}]"
# A lower-case Latin word with a space on either side stands in a Chinese sentence by accident: kept as found, it is an anomaly.
STRAY_WORD = rf"([\p{{Han}}，、；：。]){ANY}+([a-z]{{2,}}){ANY}+(\p{{Han}})"
# Names in a byline and what follows the tag of a dateline are units: 本报讯 记者方亮报道 2月3日, （记者 四建磊 吴韬）.
CREDIT_WORD = "记者|通讯员|特派员|撰稿|见习"
NAMES = rf"([（(][^（()）。]{{0,14}}(?:{CREDIT_WORD})(?:[^（()）。0-9]{{0,24}}?\p{{Han}})?){ANY}+(\p{{Han}}[^（()）。0-9]{{0,30}}[）)])"
TAG = rf"^([\p{{Han}}]{{2,12}}(?:讯|电|消息)){ANY}+((?:{CREDIT_WORD})[\p{{Han}}、]{{2,20}}?报道){ANY}*([0-9]{{1,2}}月[0-9]{{1,2}}日)?"
TAG_ALONE = rf"^([\p{{Han}}]{{1,8}}(?:报|社|网|台)[\p{{Han}}\d]{{0,10}}(?:讯|电|消息)){ANY}+([^\s])"
REPORTED = rf"^([\p{{Han}}\ufddc]{{0,14}}(?:{CREDIT_WORD})[\p{{Han}}、]{{2,20}}?报道){ANY}+([^\s])"
NAMES_IN_A_BYLINE = 4


def close(text: pl.Expr) -> pl.Expr:
    """Close the spaces of a paragraph: none beside Han or a full-width mark, one between Latin words."""
    return pl.when(text.str.contains(ANY)).then(_restored(_closed(_protected(text)))).otherwise(text)


def close_units(text: pl.Expr) -> pl.Expr:
    """Close the spaces of a headline, byline or slogan: one is kept between its units, none between single characters or at marks."""
    one = text.str.replace_all(rf"{ANY}+", " ").str.strip_chars()
    joined = one.str.replace_all(r"(\p{Han}) ([0-9A-Za-z])", "${1}${2}").str.replace_all(r"([0-9A-Za-z%]) (\p{Han})", "${1}${2}")
    return (
        joined.str.replace_all(r"(^| )(\p{Han}) (\p{Han})( |$)", "${1}${2}${3}${4}")
        .str.replace_all(r" ([，。；：！？、）》〉”’])", "${1}")
        .str.replace_all(r"([，。；：、（《〈“‘]) ", "${1}")
    )


def _closed(text: pl.Expr) -> pl.Expr:
    return (
        text.str.replace_all(rf"([{BESIDE}]){ANY}+", "${1}")
        .str.replace_all(rf"{ANY}+([{BESIDE}])", "${1}")
        .str.replace_all(rf"{ANY}+", " ")
        .str.strip_chars()
    )


def _protected(text: pl.Expr) -> pl.Expr:
    kept = text.str.replace_all(STRAY_WORD, "${1}\ufddc${2}\ufddc${3}")
    named = kept.str.replace(TAG, "${1}\ufddc${2}\ufddc${3}")
    kept = kept.str.replace(TAG_ALONE, "${1}\ufddc${2}")
    for _ in range(NAMES_IN_A_BYLINE):
        named = named.str.replace(NAMES, "${1}\ufddc${2}")
    return pl.when(text.str.contains(CREDIT_WORD)).then(named.str.replace(TAG_ALONE, "${1}\ufddc${2}").str.replace(REPORTED, "${1}\ufddc${2}")).otherwise(kept)


def _restored(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all("\ufddc", " ", literal=True)
