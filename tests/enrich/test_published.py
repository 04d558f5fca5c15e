"""The day of publication: which ground wins, and what is no ground at all."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tasks.enrich.published import published

TEXTS = ("title", "lead", "tail", "body", "date_text", "header", "header_above", "meta_published", "uri")
SCHEMA: dict[str, Any] = dict.fromkeys(TEXTS, pl.String) | {
    "doc": pl.String,
    "card_year": pl.Int32,
    "card_published": pl.Date,
}
DAY = "day"
CASES: list[tuple[str, dict[str, Any], tuple[date, str, str] | None]] = [
    (
        "page header",
        {"date_text": "4月4日", "header": "云江日报 2020年4月5日 星期日"},
        (date(2020, 4, 5), DAY, "printed"),
    ),
    ("page header in Han", {"header": "二〇二〇年二月五日 第2版"}, (date(2020, 2, 5), DAY, "printed")),
    (
        "labelled day among others",
        {"header": "发布时间：2021-03-05 10:20\n2020年1月2日 备案"},
        (date(2021, 3, 5), DAY, "printed"),
    ),
    ("bar of a page", {"header": "云江在线 2021-03-16 09:12 评论 0 条"}, (date(2021, 3, 16), DAY, "printed")),
    ("page header in figures", {"header": "A3 要闻 2021.3.16 星期二"}, (date(2021, 3, 16), DAY, "printed")),
    ("links with days in figures", {"header": "旧闻 2020-01-01\n旧闻 2020-01-02"}, None),
    ("numbers that look like a day", {"header": "备案 1303-2021-03-16-7 号"}, None),
    ("when it was printed", {"tail": "罗坪县人民政府办公室2021年3月16日印发"}, (date(2021, 3, 16), DAY, "printed")),
    (
        "bar above the text, other news below it",
        {"header": "2021-03-16 09:12 云江在线\n旧闻 2020-01-01", "header_above": "2021-03-16 09:12 云江在线"},
        (date(2021, 3, 16), DAY, "printed"),
    ),
    ("header with several days", {"header": "旧闻 2020年1月1日\n旧闻 2020年1月2日"}, None),
    ("dateline with its year", {"date_text": "2021年4月1日"}, (date(2021, 4, 1), DAY, "printed")),
    ("paper and day below", {"tail": "（1991年4月30日《云江日报》）"}, (date(1991, 4, 30), DAY, "printed")),
    ("where it first stood", {"tail": "（原载《云江日报》1991年4月30日）"}, (date(1991, 4, 30), DAY, "printed")),
    ("paper cited in the text", {"tail": "据《云江日报》1991年4月30日报道，环湖公路全线完工。"}, None),
    ("year of the Republic", {"header": "发布日期：113年5月1日"}, (date(2024, 5, 1), DAY, "printed")),
    ("year of the Republic, alone", {"lead": "中华民国113年5月1日"}, (date(2024, 5, 1), DAY, "printed")),
    ("year of the Republic long ago", {"title": "民国26年7月7日的云江"}, None),
    ("years that passed", {"header": "建校113年5月1日校庆"}, None),
    ("sign-off", {"tail": "2021年7月12日"}, (date(2021, 7, 12), DAY, "printed")),
    ("date below the headline", {"lead": "（2021年3月5日）"}, (date(2021, 3, 5), DAY, "printed")),
    (
        "printed beats metadata",
        {"tail": "2021年7月12日", "meta_published": "2021-07-13"},
        (date(2021, 7, 12), DAY, "printed"),
    ),
    ("ISO moment in another zone", {"meta_published": "2020-02-04T16:30:00Z"}, (date(2020, 2, 5), DAY, "metadata")),
    ("ISO moment without seconds", {"meta_published": "2020-02-05T08:30+08:00"}, (date(2020, 2, 5), DAY, "metadata")),
    ("date and time", {"meta_published": "2020年02月05日 10:20"}, (date(2020, 2, 5), DAY, "metadata")),
    ("compact", {"meta_published": "20200205"}, (date(2020, 2, 5), DAY, "metadata")),
    ("epoch seconds", {"meta_published": "1580860800"}, (date(2020, 2, 5), DAY, "metadata")),
    ("mail date", {"meta_published": "Wed, 05 Feb 2020 10:00:00 +0800"}, (date(2020, 2, 5), DAY, "metadata")),
    ("month", {"meta_published": "2020-02"}, (date(2020, 2, 1), "month", "metadata")),
    ("year", {"meta_published": "2020"}, (date(2020, 1, 1), "year", "metadata")),
    ("word", {"meta_published": "昨天"}, None),
    (
        "address by day folders",
        {"uri": "http://x.example/2020-02/05/content_1.htm"},
        (date(2020, 2, 5), DAY, "metadata"),
    ),
    ("address by file name", {"uri": "http://x.example/202002/t20200205_12.html"}, (date(2020, 2, 5), DAY, "metadata")),
    ("host without scheme", {"uri": "www.x.example/art/2020-02-05/1.html"}, (date(2020, 2, 5), DAY, "metadata")),
    ("folder of a crawl", {"uri": "crawls/2021-07-20/page.txt"}, None),
    ("number in an address", {"uri": "http://x.example/id/99991399"}, None),
    ("card's year", {"date_text": "2月3日", "card_year": 2020}, (date(2020, 2, 3), DAY, "card")),
    (
        "card's year and a day in the lead",
        {"lead": "常委会2月3日召开会议。", "card_year": 2020},
        (date(2020, 2, 3), DAY, "card"),
    ),
    ("card's day", {"card_published": date(2020, 1, 1)}, (date(2020, 1, 1), DAY, "card")),
    ("day in a title", {"title": "《云江联播》（20240725） 新闻摘要"}, (date(2024, 7, 25), DAY, "printed")),
    ("day and hour in a title", {"title": "（《云江联播》 20240716 19:00）"}, (date(2024, 7, 16), DAY, "printed")),
    ("number in a title", {"title": "编号（20241699）"}, None),
    ("no such day", {"date_text": "2月30日", "card_year": 2020}, None),
    (
        "year before, nearest",
        {"date_text": "1月5日", "body": "2021年12月20日，会议"},
        (date(2022, 1, 5), DAY, "inferred"),
    ),
    ("leap day", {"date_text": "2月29日", "body": "2019年12月1日"}, (date(2020, 2, 29), DAY, "inferred")),
    ("day without any year", {"date_text": "2月3日"}, None),
    ("adoption of a law", {"lead": "第一条", "body": "2012年9月27日通过"}, None),
    ("adoption after a dateline", {"lead": "本报讯 2012年9月27日，通过", "body": "2012年9月27日通过"}, None),
    ("loose day", {"date_text": "近日", "card_year": 2020}, None),
]


def _frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in SCHEMA} for row in rows], schema=SCHEMA)


@pytest.mark.parametrize(("label", "facts", "expected"), CASES, ids=[label for label, _, _ in CASES])
def test_day_of_publication(label: str, facts: dict[str, Any], expected: tuple[date, str, str] | None) -> None:
    dated = published(_frame({"doc": "a", **facts}))
    row = dated.select("published_on", "published_precision", "published_basis").row(0)
    assert row == (expected or (None, None, None))


def test_year_comes_from_another_article_of_the_document_only() -> None:
    dated = published(
        _frame(
            {"doc": "a", "date_text": "3月2日", "body": "会议"},
            {"doc": "a", "body": "2021年3月1日，会议"},
            {"doc": "b", "date_text": "3月2日", "body": "会议"},
        )
    )
    assert dated["published_on"].to_list() == [date(2021, 3, 2), None, None]


def test_day_in_a_title_holds_for_the_whole_document_unless_titles_differ() -> None:
    one, two = "《云江联播》（20240725）", "《云江联播》（20240726）"
    dated = published(
        _frame(
            *({"doc": "a", "title": title} for title in (one, None)),
            *({"doc": "b", "title": title} for title in (one, two, None)),
        )
    )
    assert dated["published_on"].to_list() == [date(2024, 7, 25)] * 3 + [date(2024, 7, 26), None]


def test_rows_and_columns_stay_as_they_were() -> None:
    before = _frame({"doc": "b", "lead": "一"}, {"doc": "a", "lead": "二"}, {"doc": "b", "lead": "三"})
    assert published(before).select(before.columns).equals(before)
    assert published(before.clear()).is_empty()
