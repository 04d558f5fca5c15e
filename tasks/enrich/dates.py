"""Dates in Chinese text: where they stand and what day they name. A day is never reckoned from the clock."""

import polars as pl

HAN_DIGITS = {"〇": "0", "○": "0", "零": "0", "一": "1", "二": "2", "三": "3", "四": "4"} | {
    "五": "5", "六": "6", "七": "7", "八": "8", "九": "9"
}  # fmt: skip
ONES = "一二三四五六七八九"
HAN_ERA = f"[\u4e00-\u9fff]{{2}}(?:[{ONES}]{{0,2}}十?[元{ONES}])"
SPACE = r"\s?"
YEAR_DIGITS = r"\d{4}|[〇○零一二三四五六七八九]{4}"
MONTH_DIGITS = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
DAY_DIGITS = r"3[01]|[12]\d|0?[1-9]|三十一?|[二廿]十?[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
WEEKDAY = "(?:[，,]?\\s?[（(]?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][）)]?)?"

# named groups: y1 m1 d1 (2020年2月3日), y2 m2 d2 (2020-02-03), y3 m3 (2020年2月), y4 (2020年), m5 d5 (2月3日)
CALENDAR = (
    f"(?P<y1>{YEAR_DIGITS}){SPACE}年{SPACE}(?P<m1>{MONTH_DIGITS}){SPACE}月{SPACE}(?P<d1>{DAY_DIGITS}){SPACE}[日号]"
    r"|(?P<y2>(?:1[5-9]|20|21)\d\d)[-/. ](?P<m2>1[0-2]|0?[1-9])[-/. ](?P<d2>3[01]|[12]\d|0?[1-9])"
    f"|(?P<y3>{YEAR_DIGITS}){SPACE}年{SPACE}(?P<m3>{MONTH_DIGITS}){SPACE}月"
    f"|(?P<y4>{YEAR_DIGITS}){SPACE}年"
    f"|(?P<m5>{MONTH_DIGITS}){SPACE}月{SPACE}(?P<d5>{DAY_DIGITS}){SPACE}[日号]"
)
# days named against another day, lunar days and feasts: found, never resolved
WEEK = "(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]"
SMALL = "3[01]|[12]\\d|[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
RELATIVE = (
    f"大?[前昨今明后後][天日]|[今昨明][晨早晚]|近日|日前|近期|最近|连日来|(?:[上下]{{1,2}}|这|本|最后)?一?[个個]?的?{WEEK}"
    f"|(?:(?:去|今|明)年)?(?:上|下|本)个?月(?:{SMALL})[日号]"
)
MONTH = "(?:正|[冬腊]|[一二三四五六七八九十]|十[一二])月"
LUNAR = (
    f"(?:(?:{YEAR_DIGITS}|{HAN_ERA})年)?农历(?:(?:{YEAR_DIGITS})年)?{MONTH}(?:初[{ONES}十]|廿[{ONES}]|[二三]?十[{ONES}]?)"
    f"|(?:(?:{YEAR_DIGITS}|{HAN_ERA})年)?(?:{MONTH}(?:初[{ONES}十]|廿[{ONES}])|正月[二三]?十[{ONES}]?|大年(?:初[{ONES}]|三十))"
)
LUNAR_LOOSE = f"(?:(?:{YEAR_DIGITS})年)?{MONTH}[二三]?十[{ONES}]?"
# 二〇〇四年八月十五: the day may go without its 日 where all numerals are Han
HAN_DAY = (
    f"(?:[〇○零{ONES}]{{4}}|[两二]千[〇零]?[{ONES}十]{{0,3}})年(?:十[一二]?|[{ONES}])月"
    f"(?:[{ONES}]?十[{ONES}]?|[{ONES}])[日号]?"
)
# 13.5.2015, 1/2/2020: a day, but which of the first two numbers is the month is not said
YEAR_LAST = (
    r"(?-u:\b)(?:0?[1-9]|[12]\d|3[01])(?:\.(?:0?[1-9]|[12]\d|3[01])\.|/(?:0?[1-9]|[12]\d|3[01])/)(?:19|20)\d\d(?-u:\b)"
)
FEASTS = (
    "元旦节?|春节|元宵节?|清明节?|端午节?|中秋节?|重阳节?|国庆节?|劳动节|妇女节|儿童节|教师节|青年节|建军节|植树节|除夕"
)
CUT = "\ue000"  # private use: reading drops none, but a date never holds one


def find_dates(text: pl.Series, *, relative: bool = True) -> pl.DataFrame:
    """Find every date in a column of texts.

    Args:
        text: texts; characters U+E000 in them are treated as blanks.
        relative: also find days that name no calendar day of their own (昨日, 星期三, 正月初一, 国庆节).

    Returns:
        A row a date, in text order: row u32 (of the input), start, end i64 (characters), text, year, month, day i32
        (null where not named) and precision (day | month | year | null). Years are those printed, never supplied.
    """
    pattern = f"(?:{CALENDAR}){WEEKDAY}"
    everything = (
        f"(?:{LUNAR}|{HAN_DAY}|{pattern}|{LUNAR_LOOSE}|{YEAR_LAST}|{RELATIVE}|{FEASTS})"
        if relative
        else f"(?:{pattern})"
    )
    pieces = (
        pl.DataFrame({"text": text.str.replace_all(CUT, " ", literal=True)})
        .with_row_index("row")
        .with_columns(pl.col("text").str.replace_all(f"({everything})", f"{CUT}${{1}}{CUT}").str.split(CUT))
        .explode("text")
        .with_columns(
            end=pl.col("text").str.len_chars().cast(pl.Int64).cum_sum().over("row"),
            found=pl.int_range(pl.len()).over("row") % 2 == 1,
        )
    )
    return pieces.filter("found").select(
        "row",
        start=pl.col("end") - pl.col("text").str.len_chars(),
        end="end",
        text="text",
        **_numbers(pl.col("text")),
    )


def _numbers(text: pl.Expr) -> dict[str, pl.Expr]:
    groups = text.str.extract_groups(f"^(?:{CALENDAR})").struct
    year, month, day = (
        pl.coalesce(*(groups.field(name) for name in names))
        for names in (("y1", "y2", "y3", "y4"), ("m1", "m2", "m3", "m5"), ("d1", "d2", "d5"))
    )
    precision = (
        pl.when(day.is_not_null())
        .then(pl.lit("day"))
        .when(month.is_not_null())
        .then(pl.lit("month"))
        .when(year.is_not_null())
        .then(pl.lit("year"))
    )
    return {"year": _year(year), "month": to_number(month), "day": to_number(day), "precision": precision}


def _year(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(HAN_DIGITS).cast(pl.Int32, strict=False)


def to_number(text: pl.Expr) -> pl.Expr:
    """A number below 40 in Arabic or Han numerals (十二, 廿三, 三十一) -> i32; null when it is none."""
    tens = (
        text.str.replace("^廿十?", "二十").str.replace("^十", "一十").str.replace("十$", "十零").str.replace("十", "")
    )
    return tens.str.replace_many(HAN_DIGITS).cast(pl.Int32, strict=False)
