"""When an article was published, how exactly, and on what ground.

Grounds in order: printed (page header, dateline or sign-off with its year), metadata, card, inferred. Never the clock.
"""

import calendar
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import polars as pl

from tasks.clean.patterns import narrow
from tasks.enrich.dates import HAN_DIGITS, to_number

DAY_TYPE = pl.Date()
_PARTS = pl.Struct({"y": pl.String, "m": pl.String, "d": pl.String})
NAMED = pl.Struct({"m": pl.Int32, "d": pl.Int32})
ZONE = "Asia/Shanghai"
YEAR = r"(?P<y>(?:1[89]|20|21)\d\d|[一二][〇○零九八][〇○零一二三四五六七八九]{2})"
MONTH = r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})"
DAY = r"(?P<d>\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
FULL = f"{YEAR}年{MONTH}月{DAY}[日号]"
# （1991年4月30日《某报》）, （原载《某报》1991年4月30日第3版）: where a text first stood
ALONE = (
    rf"^[（(]?(?:(?:原载|摘自|载|刊于|据|来源[：:])?(?:于)?《[^》]{{2,12}}》[，, ]{{0,2}})?{FULL}"
    r"(?:《[^》]{2,12}》|第?[A-Z]?\d{1,2}版)?[）)]?$"
)
# 民国113年5月1日, 发布日期：113年5月1日: years since 1912
REPUBLIC = (
    r"(?:(?:中华|中華)?民[国國]|(?:日期|时间|時間)[：:] ?)(?P<y>1[01]\d|[5-9]\d)年"
    r"(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])日"
)
REPUBLIC_BEGAN, RECENT = 1911, "^[（(]?(?:中华|中華)?民[国國] ?1[01][0-9]年"
MONTH_DAY = f"{MONTH}月{DAY}[日号]"
ISO = r"(?P<y>(?:1[89]|20|21)\d\d)[-/.年](?P<m>1[0-2]|0?[1-9])[-/.月](?P<d>3[01]|[12]\d|0?[1-9])"
# the bar of a page, the head of a paper: 2021-03-16 09:12, 2021.3.16 星期二
IN_FIGURES = r"(?:^|[^0-9./-])((?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9]))(?:[^0-9./-]|$)"
COMPACT = r"^(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:[^0-9]|\d{4}|\d{6}|$)"
ENGLISH = r"^(?:[A-Z][a-z]{2}, )?(?P<d>\d{1,2}) (?P<m>\d{1,2}) (?P<y>\d{4})"  # months as numbers by then
MONTHS = {calendar.month_abbr[n]: str(n) for n in range(1, 13)}
# 《新闻联播》（20240725）: the day in brackets beside the name of what appears daily
IN_TITLE = (
    r"[（(][^（()）0-9]*(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:[ T][0-9:]{4,8})?[）)]"
)
COARSE = r"^(?P<y>(?:19|20)\d\d)(?:[-/.年](?P<m>1[0-2]|0?[1-9]))?[月年]?$"
# /2020-02/05/ /202002/05/ /20200205/ t20200205_12.html, on a host: the folders of a crawl tell when it ran
HOST = narrow(r"://|^[\w-]+(?:\.[\w-]+)+/")
IN_URI = r"[/_t=-](?P<y>(?:19|20)\d\d)[-/_]?(?P<m>0[1-9]|1[0-2])[-/_]?(?P<d>0[1-9]|[12]\d|3[01])(?:[^0-9]|$)"
LABEL = "发布|发表|刊发|刊登|出版|印发|发稿|时间|日期"
LABELLED = f"(?:{LABEL})[^\n\\d]{{0,6}}(?:{ISO})"
WEEKDAY_FOLLOWS = f"{FULL}[，,]?\\s*[（(]?(?:星期|周)[一二三四五六日天]"
# a day that bears its year in the lead (the adoption of a law) tells of an event, not of the paper
LONGEST_ALONE = 100  # bytes
LONGEST_LEAD = 64  # characters that the pattern below can take
IN_LEAD = f"^[^。！？\n]{{0,50}}?(?:[^年。！？\n\\d一二三四五六七八九十]|^){MONTH_DAY}"


def published(articles: pl.DataFrame) -> pl.DataFrame:
    """Date each article.

    Args:
        articles: a row an article: doc (any key), and nullable title, lead, tail, body str (first paragraph, last
            paragraph, all paragraphs), date_text str (of its dateline), header str (lines of its document taken out
            as furniture or site text, one a line), header_above str (those of them above its text), meta_published,
            uri str, card_year int, card_published date.

    Returns:
        The same rows in the same order with published_on date, published_precision (day | month | year) and
        published_basis (printed | metadata | card | inferred); all three null when nothing dates the article.
    """
    seen = articles.select("doc", "card_year", "card_published").hstack(_read_off(articles))
    seen = seen.hstack(_inferred(articles, seen)).with_columns(card=pl.coalesce("card_published", "in_card_year"))
    exact = ("printed", "metadata", "card", "inferred")
    # a month or a year in the metadata is worth less than any day, but more than nothing
    on, is_day = pl.coalesce(*exact, "coarse"), pl.coalesce(*exact).is_not_null()
    coarse = pl.when("coarse_month").then(pl.lit("month")).otherwise(pl.lit("year"))
    grounds = (pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in exact)
    dated = pl.when(on.is_not_null())
    return articles.hstack(
        seen.select(
            published_on=on,
            published_precision=dated.then(pl.when(is_day).then(pl.lit("day")).otherwise(coarse)),
            published_basis=dated.then(pl.coalesce(*grounds, pl.lit("metadata"))),
        )
    )


def _read_off(articles: pl.DataFrame) -> list[pl.Series]:
    names = ("title", "date_text", "lead", "tail", "meta_published", "uri")
    title, line, lead, tail, meta, uri = (articles[name] for name in names)
    printed = [
        _in_header(articles.select("doc", "header", "header_above")),
        _told(line, line.str.contains("年", literal=True), lambda text: _day(text, FULL)),
        *(_told(text, _may_be_a_day(text), lambda text: _day(text, ALONE)) for text in (lead, tail)),
        *(_told(text, _may_be_a_day(text) & text.str.contains(RECENT), _republic_day) for text in (title, lead, tail)),
        _told(tail, tail.str.ends_with("印发"), lambda text: _day(text, FULL)),
        _in_titles(articles.select("doc", "title")),
    ]
    metadata = [
        _told(meta, meta.is_not_null(), _metadata_day),
        _told(uri, uri.str.contains(HOST), lambda text: _day(text, IN_URI)),
    ]
    named = [
        _told(line, line.str.contains("月", literal=True), lambda text: _month_day(text, MONTH_DAY), NAMED),
        _told(lead, lead.str.head(LONGEST_LEAD).str.contains("月", literal=True), _month_day_in_lead, NAMED),
    ]
    return [
        _first(printed).alias("printed"),
        _first(metadata).alias("metadata"),
        _told(meta, meta.is_not_null(), _coarse_day).alias("coarse"),
        _told(meta, meta.is_not_null(), _has_coarse_month, pl.Boolean()).alias("coarse_month"),
        _first(named).alias("named"),
    ]


def _in_header(articles: pl.DataFrame) -> pl.Series:
    """The day in the header of each article's document, above its text if there: read once for all articles."""
    documents = articles.unique("doc", keep="first", maintain_order=True)
    header, above = documents["header"], documents["header_above"]
    may_tell = rf"年|{LABEL}|\d{{4}}[-/.]\d"
    first = _told(above, above.str.contains(may_tell), _header_day)
    rest = _told(header, first.is_null() & header.str.contains(may_tell), _header_day)
    told = documents.select("doc", day=_first([first, rest]))
    return articles.select("doc").join(told, on="doc", how="left", maintain_order="left")["day"]


def _in_titles(articles: pl.DataFrame) -> pl.Series:
    """The day that each article's title has in brackets, else the only one that titles of its document have."""
    title = articles["title"]
    own = _told(title, title.str.contains(r"\d{8}"), lambda text: _day(text, IN_TITLE)).alias("own")
    if own.null_count() == len(own):
        return own
    only = articles.select("doc", own).drop_nulls().unique().filter(pl.len().over("doc") == 1).rename({"own": "only"})
    days = articles.select("doc", own).join(only, on="doc", how="left", maintain_order="left")
    return days.select(pl.coalesce("own", "only")).to_series()


def _inferred(articles: pl.DataFrame, seen: pl.DataFrame) -> list[pl.Series]:
    """The month and day that are named, in the year that brings them nearest to a full date of the context.

    1月5日 beside 2021-12-20 is 2022-01-05. The context is the article, else its document. Beside it, `in_card_year`:
    the same day in the year of the card.
    """
    chosen = seen["named"].is_not_null()
    docs, body = seen["doc"].filter(chosen).unique(), articles["body"]
    context = _told(body, seen["doc"].is_in(docs.implode()) & body.is_not_null(), lambda text: _day(text, FULL))
    near = pl.coalesce("context", pl.col("context").drop_nulls().first().over("doc"))
    rows = seen.select("doc", "card_year", "named", context=context).select(
        "card_year", pl.col("named").struct.unnest(), near=near
    )
    inferred = _told(rows.to_struct("inferred"), chosen, _nearest)
    return [inferred, _told(rows.to_struct("in_card_year"), chosen & rows["card_year"].is_not_null(), _in_card_year)]


def _told(
    values: pl.Series, likely: pl.Series, told: Callable[[pl.Series], pl.Series], dtype: pl.DataType = DAY_TYPE
) -> pl.Series:
    """What is told of the likely values, null for the others: patterns are dear, and a look rules most texts out."""
    if not likely.any():
        return pl.Series(values.name, [None], dtype=dtype).new_from_index(0, len(values))
    found = told(values.filter(likely)).cast(dtype)
    source = np.full(len(values), len(found), dtype=np.uint32)
    source[np.flatnonzero(likely.to_numpy())] = np.arange(len(found), dtype=np.uint32)
    return pl.concat([found, pl.Series([None], dtype=dtype)], rechunk=True)[source].alias(values.name)


def _first(grounds: Sequence[pl.Series]) -> pl.Series:
    return pl.select(pl.coalesce(*grounds)).to_series()


def _may_be_a_day(text: pl.Series) -> pl.Series:
    return (text.str.len_bytes() < LONGEST_ALONE) & text.str.contains("年", literal=True)


def _parts(text: pl.Series, pattern: str) -> pl.DataFrame:
    """The named groups of the first match, a column each: matched once, however often they are asked."""
    return text.str.extract_groups(pattern).struct.unnest()


def _day(text: pl.Series, pattern: str) -> pl.Series:
    return _parts(text, pattern).select(_of_parts()).to_series()


@cache  # to build it takes longer than to find the day of a few texts
def _of_parts() -> pl.Expr:
    year = pl.col("y").str.replace_many(HAN_DIGITS)
    return _date(year, to_number(pl.col("m")), to_number(pl.col("d")))


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    parts = (year.cast(pl.String), month.cast(pl.String).str.zfill(2), day.cast(pl.String).str.zfill(2))
    return pl.concat_str(*parts, separator="-").str.to_date("%Y-%m-%d", strict=False)


def _month_day(text: pl.Series, pattern: str) -> pl.Series:
    parts = pl.struct(to_number(pl.col("m")), to_number(pl.col("d")))
    return _parts(text, pattern).select(pl.when(pl.col("d").is_not_null()).then(parts)).to_series()


def _month_day_in_lead(lead: pl.Series) -> pl.Series:
    # groups cost several times what the match itself does
    return _told(lead, lead.str.contains(IN_LEAD), lambda text: _month_day(text, IN_LEAD), NAMED)


def _header_day(header: pl.Series) -> pl.Series:
    written, figures = (
        header.str.extract_all(pattern).to_frame("day").with_row_index("row").explode("day").drop_nulls()
        for pattern in (FULL, IN_FIGURES)
    )
    read = [some.with_columns(day=_day(some["day"], as_)) for some, as_ in ((written, FULL), (figures, ISO))]
    days = pl.concat(read).drop_nulls("day").unique()
    # a header that names several days (other news, an archive list) says nothing, unless one bears a label or weekday
    only = days.group_by("row").agg(pl.col("day").first(), n=pl.len()).filter(pl.col("n") == 1)
    rows = pl.select(row=pl.int_range(len(header), dtype=pl.get_index_type()))
    lone = rows.join(only, on="row", how="left", maintain_order="left")["day"]
    return _first([_day(header, LABELLED), _day(header, WEEKDAY_FOLLOWS), lone, _republic_day(header)])


def _republic_day(text: pl.Series) -> pl.Series:
    """A day in years of the Republic."""
    found = _told(
        text, text.str.contains("民[国國]|[：:] ?1[01][0-9]年"), lambda some: _parts(some, REPUBLIC).to_struct(), _PARTS
    )
    year = pl.col("y").cast(pl.Int32) + REPUBLIC_BEGAN
    return found.struct.unnest().select(_date(year, to_number(pl.col("m")), to_number(pl.col("d")))).to_series()


def _metadata_day(meta: pl.Series) -> pl.Series:
    text = meta.str.strip_chars()
    with_zone = (
        text.str.replace(r"Z$", "+0000").str.replace(r"T(\d\d:\d\d)([+-])", "T${1}:00${2}").str.replace(r"\.\d+", "")
    )
    moment = with_zone.str.to_datetime("%Y-%m-%dT%H:%M:%S%z", strict=False, time_unit="us")
    seconds = text.str.extract(r"^(\d{10})(?:\d{3})?(?:\.\d+)?$", 1).cast(pl.Int64, strict=False)
    epoch = (seconds * 1_000_000).cast(pl.Datetime("us", "UTC"))
    return _first(
        [
            moment.dt.convert_time_zone(ZONE).dt.date(),
            _day(text, ISO),
            _day(text, FULL),
            _day(text, COMPACT),
            _day(text.str.replace_many(MONTHS), ENGLISH),
            epoch.dt.convert_time_zone(ZONE).dt.date(),
        ]
    )


def _coarse_day(meta: pl.Series) -> pl.Series:
    return _parts(meta, COARSE).select(_date(pl.col("y"), pl.col("m").fill_null("1"), pl.lit("1"))).to_series()


def _has_coarse_month(meta: pl.Series) -> pl.Series:
    return _parts(meta, COARSE)["m"].is_not_null()


def _nearest(rows: pl.Series) -> pl.Series:
    frame, shifts = rows.struct.unnest(), (0, -1, 1)
    # in stages: an expression used twice is computed twice
    days = frame.with_columns(_in_year(pl.col("near").dt.year() + shift).alias(f"day{shift}") for shift in shifts)
    away = {f"day{shift}": (pl.col(f"day{shift}") - pl.col("near")).dt.total_days().abs() for shift in shifts}
    gaps = days.select("near", *away, **{f"gap{name}": gap.fill_null(999) for name, gap in away.items()})
    least = pl.min_horizontal("^gap.*$")
    nearest = pl.coalesce(*(pl.when(pl.col(f"gap{name}") == least).then(name) for name in away))
    return gaps.select(nearest).to_series()


def _in_card_year(rows: pl.Series) -> pl.Series:
    return rows.struct.unnest().select(_in_year(pl.col("card_year"))).to_series()


def _in_year(year: pl.Expr) -> pl.Expr:
    return _date(year, pl.col("m"), pl.col("d"))
