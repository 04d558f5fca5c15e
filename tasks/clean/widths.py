"""How wide a line is in print, in Han widths, and the marks that rule where a line may break.

Every layout step measures lines here, so that they agree. Text is clean by then: marks in Chinese text are full width.
"""

import polars as pl

CLOSERS = "，。、；：！？…”’）》〉】〕」』％%,.;:!?)"
OPENERS = "“‘（《〈【〔「『("
ENDERS = "。！？!?…"
HAN = r"\p{Han}〇"

ENDS_SENTENCE = rf"[{ENDERS}][”’）》〉】〕」』)]*$"
ENDS_CLAUSE = r"[；：;:][”’）》〉】〕」』)]*$"
ENDS_OPEN = rf"[，、,{OPENERS}]$"
HAS_STOP = r"[，。；！？]"

NUMERAL = "[一二三四五六七八九十百零〇两0-9]"
# `第三条的规定` at a line start is a wrapped reference, no article: after an article's number stands no particle.
OUTLINE = (
    rf"^(?:第{NUMERAL}{{1,6}}[编章节条款部卷](?:之{NUMERAL}{{1,2}})?"
    r"(?:[ \u3000]|$|[^ \u3000的第规和、至到及与或，中款项所])"
    r"|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|[0-9]{1,2}(?:[.．](?:[^0-9]|$)|、)|[（(][0-9]{1,2}[）)]"
    r"|第[一二三四五六七八九十]{1,2}[，、]"
    r"|附件?[：:]?$|[●■◆▲★•①-⑳])"
)
DATELINE = (
    r"^(?:本报|新华社|中新社|中新网|央视网|人民网|[\p{Han}]{2,6}(?:日报|晚报|新闻网|早报|时报|在线))"
    r"[^。，]{0,30}?(?:讯|电|消息|报道)"
    r"|^[（(](?:上接|下转)"
)


def width(text: pl.Expr) -> pl.Expr:
    """Measure text in Han widths: Han and full-width marks 1, ASCII one half, ASCII spaces nothing.

    These count nothing, because a typesetter's space beside a digit is thinner than any fixed measure and often put in
    after the line was broken; `give` says how much they may have taken.
    """
    ascii_chars = text.str.count_matches(r"[!-~]")
    spaces = text.str.count_matches(r"[ \t]")
    return (text.str.len_chars().cast(pl.Float32) - spaces - ascii_chars * 0.5).cast(pl.Float32)


def give(text: pl.Expr) -> pl.Expr:
    """Say how much wider than `width` the line may have been, for the spaces in it."""
    return (text.str.count_matches(r"[ \t]") * 0.5).cast(pl.Float32)


def first_unit(text: pl.Expr) -> pl.Expr:
    """Measure what stands undivided at the head of a line: had it fitted, it would stand on the line before."""
    unit = text.str.extract(rf"^([{OPENERS}]*(?:[0-9A-Za-z.%+\-]+|.)[{CLOSERS}]*)", 1)
    return width(unit.fill_null(""))


def first_cell(text: pl.Expr) -> pl.Expr:
    """Measure the same where every character has a cell of its own and numbers are broken like words."""
    return text.str.extract(rf"^([{OPENERS}]*.[{CLOSERS}]*)", 1).fill_null("").str.len_chars().cast(pl.Float32)


def least(text: pl.Expr) -> pl.Expr:
    """Measure a line as a press could squeeze it: marks half as wide, those at its end hanging over the edge."""
    return (width(text) - hanging(text) - (marks(text) - hanging(text)).clip(0) * 0.5).cast(pl.Float32)


def marks(text: pl.Expr) -> pl.Expr:
    """Count the full-width marks."""
    return text.str.count_matches(r"[，。、；：！？“”‘’（）《》〈〉【】〔〕「」『』]").cast(pl.Float32)


def hanging(text: pl.Expr) -> pl.Expr:
    """Measure the marks that end a line and may hang over its edge, since none may start the next line."""
    return width(text.str.extract(rf"([{CLOSERS}]*)$", 1).fill_null("")).clip(0, 2)
