"""Dates in text: spans and numbers, and digits that are no date."""

import polars as pl
import pytest

from tasks.enrich.dates import find_dates, to_number

FOUND: list[tuple[str, str, list[tuple[str, int | None, int | None, int | None]]]] = [
    ("full", "于2020年2月3日召开", [("2020年2月3日", 2020, 2, 3)]),
    ("full with spaces", "于2020 年 2 月 3 日召开", [("2020 年 2 月 3 日", 2020, 2, 3)]),
    ("full in Han", "二〇二〇年十二月三十一日", [("二〇二〇年十二月三十一日", 2020, 12, 31)]),
    ("ISO", "发布时间：2021-03-05 10:20", [("2021-03-05", 2021, 3, 5)]),
    ("month and day", "4月4日晚，全省", [("4月4日", None, 4, 4)]),
    ("month and day in Han", "我会在九月廿八日到", [("九月廿八日", None, 9, 28)]),
    ("month", "2021年7月，", [("2021年7月", 2021, 7, None)]),
    ("year", "到2025年，建成", [("2025年", 2025, None, None)]),
    ("two", "2021年8月25日至11月20日", [("2021年8月25日", 2021, 8, 25), ("11月20日", None, 11, 20)]),
    ("with its weekday", "2021年7月20日 星期二", [("2021年7月20日 星期二", 2021, 7, 20)]),
]
NONE = [
    ("number", "共计20210305件"),
    ("score", "以3比1获胜"),
    ("length of time", "两年来，三个月内，五天后"),
    ("version", "第2版"),
    ("document number", "〔2020〕5号"),
    ("phone", "0790-6612345"),
    ("thirteenth month", "13月40号楼"),
]


@pytest.mark.parametrize(("label", "text", "dates"), FOUND, ids=[label for label, _, _ in FOUND])
def test_date_is_found_with_its_span_and_numbers(
    label: str, text: str, dates: list[tuple[str, int | None, int | None, int | None]]
) -> None:
    frame = find_dates(pl.Series(["", text]), relative=False)
    assert frame.select("text", "year", "month", "day").rows() == dates
    assert [text[row["start"] : row["end"]] for row in frame.iter_rows(named=True)] == [date[0] for date in dates]
    assert frame["row"].unique().to_list() == [1]


@pytest.mark.parametrize(("label", "text"), NONE, ids=[label for label, _ in NONE])
def test_digits_that_are_no_date_are_not_found(label: str, text: str) -> None:
    assert find_dates(pl.Series([text]), relative=False).is_empty()


def test_relative_days_are_found_but_never_resolved() -> None:
    frame = find_dates(pl.Series(["昨日，正月初一，国庆节，上周三"]))
    assert frame["text"].to_list() == ["昨日", "正月初一", "国庆节", "上周三"]
    assert frame.select("year", "month", "day", "precision").null_count().row(0) == (4, 4, 4, 4)


def test_day_whose_month_is_not_told_is_found_but_not_resolved() -> None:
    frame = find_dates(pl.Series(["你13.5.2015有空，1/2/2020呢", "113.5.20154，13.5/2015"]))
    assert frame.select("row", "text", "precision").rows() == [(0, "13.5.2015", None), (0, "1/2/2020", None)]


def test_han_numerals_up_to_thirty_nine_are_read() -> None:
    words = pl.Series(["一", "十", "十二", "二十", "二十三", "廿三", "廿", "三十", "三十一", "7", "07", "x"])
    numbers = pl.DataFrame({"word": words}).select(to_number(pl.col("word")))["word"]
    assert numbers.to_list() == [1, 10, 12, 20, 23, 23, 20, 30, 31, 7, 7, None]
