"""When an article was published, how exactly, and on what ground.

Grounds in order: printed (page header, dateline or sign-off with its year), metadata, card, inferred. Never the clock.
"""

import calendar

import polars as pl

from tasks.enrich.dates import HAN_DIGITS, to_number

ZONE = "Asia/Shanghai"
YEAR = r"(?P<y>(?:1[89]|20|21)\d\d|[一二][〇○零九八][〇○零一二三四五六七八九]{2})"
MONTH = r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})"
DAY = r"(?P<d>\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
FULL = f"{YEAR}年{MONTH}月{DAY}[日号]"
ALONE = f"^[（(]?{FULL}[）)]?$"
MONTH_DAY = f"{MONTH}月{DAY}[日号]"
ISO = r"(?P<y>(?:1[89]|20|21)\d\d)[-/.年](?P<m>1[0-2]|0?[1-9])[-/.月](?P<d>3[01]|[12]\d|0?[1-9])"
COMPACT = r"^(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:[^0-9]|\d{4}|\d{6}|$)"
ENGLISH = r"^(?:[A-Z][a-z]{2}, )?(?P<d>\d{1,2}) (?P<m>\d{1,2}) (?P<y>\d{4})"  # months as numbers by then
MONTHS = {calendar.month_abbr[n]: str(n) for n in range(1, 13)}
COARSE = r"^(?P<y>(?:19|20)\d\d)(?:[-/.年](?P<m>1[0-2]|0?[1-9]))?[月年]?$"
# /2020-02/05/ /202002/05/ /20200205/ t20200205_12.html, on a host: the folders of a crawl tell when it ran
HOST = r"://|^[\w-]+(?:\.[\w-]+)+/"
IN_URI = r"[/_t=-](?P<y>(?:19|20)\d\d)[-/_]?(?P<m>0[1-9]|1[0-2])[-/_]?(?P<d>0[1-9]|[12]\d|3[01])(?:[^0-9]|$)"
LABELLED = f"(?:发布|发表|刊发|刊登|出版|印发|发稿|时间|日期)[^\n\\d]{{0,6}}(?:{ISO})"
WEEKDAY_FOLLOWS = f"{FULL}[，,]?\\s*[（(]?(?:星期|周)[一二三四五六日天]"
# a day that bears its year in the lead (the adoption of a law) tells of an event, not of the paper
IN_LEAD = f"^[^。！？\n]{{0,50}}?(?:[^年。！？\n\\d一二三四五六七八九十]|^){MONTH_DAY}"


def published(articles: pl.DataFrame) -> pl.DataFrame:
    """Date each article.

    Args:
        articles: a row an article: doc (any key), and nullable lead, tail, body str (first paragraph, last paragraph,
            all paragraphs), date_text str (of its dateline), header str (lines of its document taken out as furniture
            or site text, one a line), meta_published, uri str, card_year int, card_published date.

    Returns:
        The same rows in the same order with published_on date, published_precision (day | month | year) and
        published_basis (printed | metadata | card | inferred); all three null when nothing dates the article.
    """
    # in stages: an expression used twice is computed twice, and each holds several patterns
    seen = _inferred(articles.select("doc", "card_year", **_read_off())).with_columns(
        card=pl.coalesce("card_published", _in_year(pl.col("card_year")))
    )
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


def _read_off() -> dict[str, pl.Expr]:
    col = pl.col
    address = pl.when(col("uri").str.contains(HOST)).then(col("uri"))
    named = pl.coalesce(_groups(col("date_text"), MONTH_DAY), _groups(col("lead"), IN_LEAD)).struct
    vague = col("meta_published").str.extract_groups(COARSE).struct
    return {
        "printed": pl.coalesce(
            _header_day(col("header")), _day(col("date_text"), FULL), _day(col("lead"), ALONE), _day(col("tail"), ALONE)
        ),
        "metadata": pl.coalesce(_metadata_day(col("meta_published")), _day(address, IN_URI)),
        "coarse": _date(vague.field("y"), vague.field("m").fill_null("1"), pl.lit("1")),
        "coarse_month": vague.field("m").is_not_null(),
        "card_published": col("card_published"),
        "month": to_number(named.field("m")),
        "day": to_number(named.field("d")),
        "context": _day(col("body"), FULL),
    }


def _inferred(seen: pl.DataFrame) -> pl.DataFrame:
    """Add `inferred`: the month and day, in the year that brings it nearest to a full date of the context.

    1月5日 beside 2021-12-20 is 2022-01-05. The context is the article, else its document.
    """
    context = pl.coalesce("context", pl.col("context").drop_nulls().first().over("doc"))
    shifts = (0, -1, 1)
    near = seen.with_columns(near=context)
    days = near.with_columns(_in_year(pl.col("near").dt.year() + shift).alias(f"day{shift}") for shift in shifts)
    away = {shift: (pl.col(f"day{shift}") - pl.col("near")).dt.total_days().abs().fill_null(999) for shift in shifts}
    least = pl.min_horizontal(*away.values())
    nearest = pl.coalesce(*(pl.when(gap == least).then(f"day{shift}") for shift, gap in away.items()))
    return days.with_columns(inferred=nearest)


def _groups(text: pl.Expr, pattern: str) -> pl.Expr:
    found = text.str.extract_groups(pattern)
    return pl.when(found.struct.field("d").is_not_null()).then(found)


def _day(text: pl.Expr, pattern: str) -> pl.Expr:
    found = text.str.extract_groups(pattern).struct
    return _date(
        found.field("y").str.replace_many(HAN_DIGITS), to_number(found.field("m")), to_number(found.field("d"))
    )


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    parts = (year.cast(pl.String), month.cast(pl.String).str.zfill(2), day.cast(pl.String).str.zfill(2))
    return pl.concat_str(*parts, separator="-").str.to_date("%Y-%m-%d", strict=False)


def _header_day(header: pl.Expr) -> pl.Expr:
    days = header.str.extract_all(FULL).list.eval(_day(pl.element(), FULL)).list.drop_nulls().list.unique()
    # a header that names several days (other news, an archive list) says nothing, unless one bears a label or weekday
    only = pl.when(days.list.len() == 1).then(days.list.first())
    return pl.coalesce(_day(header, LABELLED), _day(header, WEEKDAY_FOLLOWS), only)


def _metadata_day(meta: pl.Expr) -> pl.Expr:
    text = meta.str.strip_chars()
    with_zone = (
        text.str.replace(r"Z$", "+0000").str.replace(r"T(\d\d:\d\d)([+-])", "T${1}:00${2}").str.replace(r"\.\d+", "")
    )
    moment = with_zone.str.to_datetime("%Y-%m-%dT%H:%M:%S%z", strict=False, time_unit="us")
    seconds = text.str.extract(r"^(\d{10})(?:\d{3})?(?:\.\d+)?$", 1).cast(pl.Int64, strict=False)
    epoch = (seconds * 1_000_000).cast(pl.Datetime("us", "UTC"))
    return pl.coalesce(
        moment.dt.convert_time_zone(ZONE).dt.date(),
        _day(text, ISO),
        _day(text, FULL),
        _day(text, COMPACT),
        _day(text.str.replace_many(MONTHS), ENGLISH),
        epoch.dt.convert_time_zone(ZONE).dt.date(),
    )


def _in_year(year: pl.Expr) -> pl.Expr:
    return _date(year, pl.col("month"), pl.col("day"))
