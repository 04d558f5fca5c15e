"""How wide a line is in print, in Han widths, and the marks that rule where a line may break.

Every layout step measures lines here, so that they agree. Text is clean by then: marks in Chinese text are full width.
"""

import numpy as np
import polars as pl

from tasks.clean.figures import NUMERAL, ORDINAL
from tasks.clean.gated import matching

CLOSERS = "，。、；：！？…”’）》〉】〕」』％%,.;:!?)"
OPENERS = "“‘（《〈【〔「『("
ENDERS = "。！？!?…"
# A line longer than any column was not wrapped, and only its ends tell more.
_WIDEST = 60
_FULL_MARKS = "，。、；：！？“”‘’（）《》〈〉【】〔〕「」『』"

ENDS_SENTENCE = rf"[{ENDERS}][”’）》〉】〕」』)]*$"
ENDS_CLAUSE = r"[；：;:][”’）》〉】〕」』)]*$"
ENDS_OPEN = rf"[，、,{OPENERS}]$"

# `第三条的规定` at a line start is a wrapped reference, no article: after an article's number stands no particle.
OUTLINE = (
    rf"^(?:第{NUMERAL}{{1,8}}[编章节条款部卷](?:之{NUMERAL}{{1,2}})?"
    r"(?:[ \u3000]|$|[^ \u3000的第规和、至到及与或，中款项所])"
    rf"|{ORDINAL}{{1,3}}、"
    # 第（五）项、第 at the end of a line, （六）项和 on the next
    rf"|[（(](?:{ORDINAL}{{1,3}}|[0-9]{{1,2}})[）)](?:$|[^项款、所]|项目|款项)"
    r"|[0-9]{1,2}(?:[.．](?:[^0-9]|$)|、)"
    rf"|第{ORDINAL}{{1,2}}[，、]"
    r"|附件?[：:]?$|[●■◆▲★•①-⑳]"
    # [3]某某.末级渠系改造[J]
    r"|[\[［][0-9]{1,3}[\]］] ?[\p{Han}A-Za-z]{2})"
)
_ARTICLE = f"^第{NUMERAL}{{1,8}}条(?:之{NUMERAL}{{1,2}})? "
# 二、突出工作重点，扎实推进各项任务: clauses under a Han number, no sentence among them.
# 第一章 总则: a few words, no mark.
CHAPTER = rf"^第{NUMERAL}{{1,4}}[编章](?:[ \u3000]|[^ \u3000的第规和、至到及与或，中款项所])[^，。；：！？、]{{1,16}}$"
HEADING = rf"^(?:{ORDINAL}{{1,3}}、|[（(]{ORDINAL}{{1,3}}[）)])[^。；！？：]{{4,44}}$"
# 2004年9月13日 国务院常务会议通过, under the name of a law.
DAY_OF_LAW = r"^[（(]?(?:根据)?\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 ?[\p{Han}《]"
DATELINE = (
    r"^(?:据)?(?:本报|本网|本台|新华社|中新社|中新网|央视网|人民网|[\p{Han}]{2,6}(?:日报|晚报|新闻网|早报|时报|在线))"
    r"[^。，]{0,30}?(?:讯|电|消息|报道)"
    # 江州网云江5月12日电, 江州网讯（记者
    r"|^(?:据)?[\p{Han}]{1,8}[报网社台线端][\p{Han}]{0,8} ?(?:\d{1,2} ?月 ?\d{1,2} ?日 ?(?:电|讯|消息)"
    r"|(?:电|讯) ?[（(][\p{Han}]{0,8}(?:记者|通讯员))"
    r"|^(?:据)?[\p{Han}]{1,6}(?:网|社|日报|晚报)[\p{Han}]{2,5} ?\d{1,2} ?月(?: ?\d{1,2} ?日?)?$"
    r"|^[（(](?:上接|下转)|^[（(]本[报网台](?:记者|通讯员)[^（）()。，]{2,20}[）)]"
    r"|^[□■●◎◇◆] ?(?:[\p{Han}]{2,8} ?)?(?:记者|通讯员) ?[\p{Han}]"
)


def measures(texts: pl.Series) -> list[pl.Series]:
    """Measure lines (f32).

    Returns:
        width: in Han widths, Han and full-width marks 1, ASCII one half, ASCII spaces nothing: a typesetter's space
        beside a digit is thinner than any fixed measure and often put in after the line was broken; that behind the
        number of an article stood in print. give: how much wider the line may have been for its spaces. ascii: its
        ASCII characters that are no spaces.
    """
    chars, size = texts.str.len_chars().to_numpy().astype(np.int64), texts.str.len_bytes().to_numpy()
    spaces = texts.str.count_matches(" ", literal=True).to_numpy()
    # by arithmetic, ten times as fast as a pattern: ASCII takes one byte, all but rare characters of Chinese three
    letters = np.maximum(np.maximum((chars * 3 - size) / 2, 0) - spaces, 0)
    led = matching(texts, texts.str.starts_with("第"), _ARTICLE).to_numpy()
    found = {"width": chars - spaces - letters * 0.5 + led * 0.5, "give": spaces * 0.5, "ascii": letters}
    return [pl.Series(name, values, dtype=pl.Float32) for name, values in found.items()]


def width(texts: pl.Series) -> pl.Series:
    """Measure lines in Han widths, as `measures` does (f32)."""
    return measures(texts)[0]


def marks(text: pl.Expr) -> pl.Expr:
    """Count the full-width marks."""
    return text.str.head(_WIDEST).str.count_matches(f"[{_FULL_MARKS}]").cast(pl.Float32)
