"""Datelines: forms that newspapers print, and openings that only look like one."""

from typing import Any

import polars as pl
import pytest

from tasks.enrich.datelines import parse_dateline

# label, paragraph, publisher, agency, journalists, place, date_text, text of the tag
FORMS: list[tuple[str, str, str | None, str | None, list[str], str | None, str | None, str]] = [
    (
        "reporters in brackets",
        "本报讯（记者 梁其琛 丁书田）近日，",
        "本报",
        None,
        ["梁其琛", "丁书田"],
        None,
        "近日",
        "本报讯（记者 梁其琛 丁书田）",
    ),
    (
        "names joined by a comma",
        "云江日报讯（记者贺明川、石磊）在",
        "云江日报",
        None,
        ["贺明川", "石磊"],
        None,
        None,
        "云江日报讯（记者贺明川、石磊）",
    ),
    (
        "paper named in the brackets",
        "本报讯（云江日报记者 丁书田）4月4日晚，省",
        "云江日报",
        None,
        ["丁书田"],
        None,
        "4月4日晚",
        "本报讯（云江日报记者 丁书田）",
    ),
    (
        "all-media reporter",
        "本报讯（全媒体记者 石磊）7月16日，",
        "本报",
        None,
        ["石磊"],
        None,
        "7月16日",
        "本报讯（全媒体记者 石磊）",
    ),
    (
        "reporter spoken of",
        "本报讯 记者许亦安报道 2月3日，",
        "本报",
        None,
        ["许亦安"],
        None,
        "2月3日",
        "本报讯 记者许亦安报道",
    ),
    ("bare tag", "云江日报讯 日前，省委", "云江日报", None, [], None, "日前", "云江日报讯"),
    ("bracketed tag", "【本报讯】（记者 石磊）一场", "本报", None, ["石磊"], None, None, "【本报讯】（记者 石磊）"),
    (
        "wire with place and day",
        "云江社临渚4月1日电（记者 石磊）会议",
        None,
        "云江社",
        ["石磊"],
        "临渚",
        "4月1日",
        "云江社临渚4月1日电（记者 石磊）",
    ),
    (
        "wire quoted by another paper",
        "据云江社临渚5月28日电 会议",
        None,
        "云江社",
        [],
        "临渚",
        "5月28日",
        "据云江社临渚5月28日电",
    ),
    (
        "wire without a day",
        "云江社临渚电（记者 石磊）",
        None,
        "云江社",
        ["石磊"],
        "临渚",
        None,
        "云江社临渚电（记者 石磊）",
    ),
    (
        "wire with its year",
        "云江社临渚2021年4月1日电 ",
        None,
        "云江社",
        [],
        "临渚",
        "2021年4月1日",
        "云江社临渚2021年4月1日电",
    ),
    (
        "names alone after a wire tag",
        "云江网青岚10月18日电（石磊）",
        None,
        "云江网",
        ["石磊"],
        "青岚",
        "10月18日",
        "云江网青岚10月18日电（石磊）",
    ),
    (
        "own correspondent elsewhere",
        "本报洛坪1月10日电（记者石磊、丁书田）",
        "本报",
        None,
        ["石磊", "丁书田"],
        "洛坪",
        "1月10日",
        "本报洛坪1月10日电（记者石磊、丁书田）",
    ),
    ("day before the tag", "云江日报4月1日讯 全省", "云江日报", None, [], None, "4月1日", "云江日报4月1日讯"),
    (
        "site news with a colon",
        "云江网消息（记者 石磊）：今天",
        None,
        "云江网",
        ["石磊"],
        None,
        None,
        "云江网消息（记者 石磊）",
    ),
    (
        "two roles",
        "本报临渚2月3日讯（记者石磊 通讯员丁书田）",
        "本报",
        None,
        ["石磊", "丁书田"],
        "临渚",
        "2月3日",
        "本报临渚2月3日讯（记者石磊 通讯员丁书田）",
    ),
    (
        "a foreign name",
        "云江社伦敦4月1日电（记者爱德华·李 石磊）",
        None,
        "云江社",
        ["爱德华·李", "石磊"],
        "伦敦",
        "4月1日",
        "云江社伦敦4月1日电（记者爱德华·李 石磊）",
    ),
    (
        "a paper with 社 in its name",
        "云江社会报讯（记者 石磊）",
        "云江社会报",
        None,
        ["石磊"],
        None,
        None,
        "云江社会报讯（记者 石磊）",
    ),
]

NO_TAG = [
    ("day alone", "2月19日下午，省委书记", "2月19日下午"),
    ("a later day", "会议2月3日召开，听取", None),
    ("news agency in a sentence", "据云江社报道，今年", None),
    ("通讯员 is a person", "通讯员石磊报道，全村", None),
    ("喜讯 is a word", "喜讯传来，全村", None),
    ("电讯 is a word", "电讯传来喜讯 全村", None),
    ("电 is current", "国家电网电价（含税）下调", None),
    ("a call", "我在报社电话里说", None),
    ("a site's notice", "主管部门网站消息，近日", None),
    ("a reporter's find", "记者从市政府获悉，", None),
    ("law", "第一条为了加强保护，制定本条例。", None),
    ("full date of an event", "2015年7月30日，会议通过", None),
    ("empty", "", None),
]


def _parse(text: str | None) -> dict[str, Any]:
    parsed: dict[str, Any] = pl.DataFrame({"text": [text]}, schema={"text": pl.String}).select(
        parse_dateline(pl.col("text")).alias("it")
    )["it"][0]
    return parsed


@pytest.mark.parametrize("case", FORMS, ids=[case[0] for case in FORMS])
def test_dateline_form_gives_its_parts(
    case: tuple[str, str, str | None, str | None, list[str], str | None, str | None, str],
) -> None:
    _, paragraph, publisher, agency, journalists, place, date_text, text = case
    assert _parse(paragraph) == {
        "publisher": publisher,
        "agency": agency,
        "journalists": journalists,
        "place": place,
        "date_text": date_text,
        "text": text,
    }


@pytest.mark.parametrize(("label", "paragraph", "date_text"), NO_TAG, ids=[label for label, _, _ in NO_TAG])
def test_paragraph_without_dateline_has_no_tag(label: str, paragraph: str, date_text: str | None) -> None:
    parsed = _parse(paragraph)
    assert parsed["text"] is None
    assert parsed["publisher"] is parsed["agency"] is parsed["place"] is None
    assert parsed["journalists"] == []
    assert parsed["date_text"] == date_text


def test_null_paragraph_gives_nulls() -> None:
    assert _parse(None) == {
        "publisher": None,
        "agency": None,
        "journalists": [],
        "place": None,
        "date_text": None,
        "text": None,
    }
