"""Datelines: who reports, from where, when, read off the head of an article's first paragraph.

The text itself is left alone (a dateline stays in its paragraph); only its parts are named.
"""

import numpy as np
import polars as pl

from tasks.clean.patterns import narrow

# One range instead of \p{Han}: counted repeats of the full class compile to automata of megabytes.
HAN = "[\u3400-\u9fff]"
MONTH_DAY = r"(?:\d{1,2}月\d{1,2}[日号]|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿卅]{1,3}[日号])"
YEAR = r"(?:(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2}|一九[〇○零一二三四五六七八九]{2})年"
HOUR = "(?:凌晨|清晨|早晨|早上|一早|上午|中午|午间|下午|午后|傍晚|晚间|晚上|深夜|夜间|夜|晚|晨|早)?"
LOOSE_DAY = "近日|日前|昨日|昨天|今日|今天|近期|连日来|昨晚|今晨"

# a paper's name may hold 社 or 网 (中国社会报), so papers are tried first
HOUSE = f"(?:{HAN}{{1,12}}?(?:报|电视台|电台|总台|客户端)|{HAN}{{1,8}}?(?:社|网|台|融媒))"
AGENCY = "(?:社|网|客户端)$"
MARKS = "[■□▲●◆★【\\s]*"

REPORTERS = "[（(](?P<people>[^（）()]{2,60})[）)]"
PEOPLE = f"{HAN}{{2,4}}?(?:[、\\s]{HAN}{{2,4}}?){{0,5}}"
TAIL_DATE = f"\\s?(?P<after>(?:{MONTH_DAY}|{LOOSE_DAY}){HOUR})(?:[，。、\\s]|召开|举行|从|在|$)"

# 新华社北京4月1日电（记者 某某）, 据新华社合肥5月28日电, 本报郑州1月10日电, 云江日报4月1日讯（记者某某）, 本台消息：
TAGGED = (
    f"^(?P<tag>{MARKS}(?:据|综合)?(?P<house>{HOUSE})(?P<place>{HAN}{{2,8}}?)?"
    f"(?P<date>(?:{YEAR})?{MONTH_DAY}|\\d{{1,2}}日)?(?:综合|专|特)?(?:(?P<wire>电)|讯|消息)】?"
    f"(?:\\s?{REPORTERS}|\\s?(?P<spoken>{HAN}{{0,6}}?记者\\s?{PEOPLE}(?:报道|\\s)))?)"
    f"(?P<stop>.?)"
)
UNTAGGED = f"^(?P<after>{MONTH_DAY}{HOUR})[，,]"

ROLE = (
    f"(?:{HAN}{{2,12}}?(?:报|社|网|台|客户端)|全媒体|融媒体|见习|实习|特约|首席|特派|本报|本网|驻{HAN}{{2,4}})*"
    "(?:记者|通讯员|特派员|实习生|评论员|编译|摄影报道|报道|摄影|文/图|图/文|采写)"
)
PAPER_IN_BRACKETS = f"^({HAN}{{2,12}}?(?:报|社|网|台|客户端))(?:全媒体|首席|见习|特派)?记者"
LONGEST_TAG = 160
DATELINE = pl.Struct(
    [
        *(pl.Field(name, pl.String()) for name in ("publisher", "agency")),
        pl.Field("journalists", pl.List(pl.String())),
        *(pl.Field(name, pl.String()) for name in ("place", "date_text", "text")),
    ]
)
NAME = "^[\u3400-\u9fff]{1,12}(?:·[\u3400-\u9fff]{1,12})*$"


def parse_dateline(text: pl.Expr) -> pl.Expr:
    """Name the parts of a dateline at the head of a paragraph.

    Args:
        text: first paragraph of an article, clean (full-width marks, no stray spaces).

    Returns:
        A struct: publisher (a newspaper or station; 本报 stays 本报), agency (a wire service), journalists list[str],
        place, date_text (as printed; a year only when the tag prints one), text (the tag itself, null without one).
        A paragraph that just starts with a day (2月19日下午，) gives date_text alone. Fields that do not fit are null.
    """
    return text.map_batches(_parsed, return_dtype=DATELINE)


def has_tag(heads: pl.Series) -> pl.Series:
    """Tell of the heads of paragraphs whether `parse_dateline` would find a tag there."""
    likely = heads.str.contains(narrow(TAGGED)).fill_null(value=False)
    found = _grouped(heads.filter(likely)).select(_is_tag()).to_series()
    return likely.scatter(likely.arg_true(), found) if likely.any() else likely


def _parsed(texts: pl.Series) -> pl.Series:
    """Take apart the heads that a plain look tells to hold a tag or a day: groups are dear, most heads hold neither."""
    heads = texts.str.head(LONGEST_TAG)
    likely = (heads.str.contains(narrow(TAGGED)) | heads.str.contains(narrow(UNTAGGED))).arg_true()
    found = _grouped(heads[likely]).select(_dateline()).to_series()
    source = np.full(len(texts), len(found), dtype=np.uint32)
    source[likely.to_numpy()] = np.arange(len(found), dtype=np.uint32)
    nothing = pl.Series([{"journalists": []}], dtype=DATELINE)
    return pl.concat([found, nothing], rechunk=True)[source].alias(texts.name)


def _grouped(heads: pl.Series) -> pl.DataFrame:
    return heads.to_frame("head").with_columns(pl.col("head").str.extract_groups(TAGGED).struct.unnest())


def _is_tag() -> pl.Expr:
    """讯 and 电 are parts of many words: only a bracket, a space, a colon or a date shows that a tag ends here."""
    ends = pl.any_horizontal(pl.col("people", "spoken", "date").is_not_null())
    return pl.col("tag").is_not_null() & (ends | pl.col("stop").is_in([" ", "：", "　", "】", "", "，"])).fill_null(
        value=False
    )


def _dateline() -> pl.Expr:
    tagged, head = _is_tag(), pl.col("head")
    house = pl.when(tagged).then(pl.col("house").str.replace("^(?:据|综合)", ""))
    own = pl.when(tagged).then(pl.col("people").str.extract(PAPER_IN_BRACKETS, 1))
    is_agency = house.str.contains(AGENCY) & (house != "本网") & own.is_null()
    rest = pl.when(tagged).then(head.str.slice(pl.col("tag").str.len_chars()))
    day = (
        pl.when(tagged)
        .then(pl.coalesce("date", rest.str.extract_groups(f"^{TAIL_DATE}").struct.field("after")))
        .otherwise(head.str.extract_groups(UNTAGGED).struct.field("after"))
    )
    return pl.struct(
        pl.when(~is_agency).then(pl.coalesce(own, house)).alias("publisher"),
        pl.when(is_agency).then(house).alias("agency"),
        journalists(pl.when(tagged).then(pl.coalesce("people", "spoken"))).alias("journalists"),
        pl.when(tagged).then("place").alias("place"),
        day.alias("date_text"),
        pl.when(tagged).then(pl.col("tag").str.strip_chars()).alias("text"),
    )


def journalists(people: pl.Expr) -> pl.Expr:
    """Names without roles and houses: `全媒体记者 甲乙、丙丁` -> [甲乙, 丙丁]; null -> []."""
    names = people.fill_null("").str.replace_all(ROLE, " ").str.replace_all("[、，,；;]", " ").str.split(" ")
    return names.list.eval(pl.element().filter(pl.element().str.contains(NAME)))
