"""Paragraphs get the path of headings and items they stand under, whatever the numbers say."""

import polars as pl
import pytest

from tasks.segment import outline

_TEXT = "各级人民政府应当加强对河道保洁工作的领导，保障所需经费，落实工作责任，完善考核办法。"

# Label, rows (text, path, role), why.
CASES = [
    (
        "law",
        [
            ("第一章 总则", "第一章 总则", "heading"),
            ("第一条 " + _TEXT, "第一章 总则 / 第一条", "body"),
            (_TEXT, "第一章 总则 / 第一条", "body"),
            ("第二条 应当具备下列条件：", "第一章 总则 / 第二条", "body"),
            ("（一）有人员；", "第一章 总则 / 第二条 / （一）", "list_item"),
            ("（二）有经费。", "第一章 总则 / 第二条 / （二）", "list_item"),
            (_TEXT, "第一章 总则 / 第二条", "body"),
            ("第二章 保洁责任", "第二章 保洁责任", "heading"),
            ("第三条 " + _TEXT, "第二章 保洁责任 / 第三条", "body"),
        ],
        "a chapter ends the articles before it; text after a list's last item is the article's",
    ),
    (
        "document",
        [
            (_TEXT, "", "body"),
            ("一、总体要求", "一、总体要求", "heading"),
            (_TEXT, "一、总体要求", "body"),
            ("（一）指导思想。" + _TEXT, "一、总体要求 / （一）", "list_item"),
            ("1.目标。" + _TEXT, "一、总体要求 / （一） / 1.", "list_item"),
            ("（1）近期。" + _TEXT, "一、总体要求 / （一） / 1. / （1）", "list_item"),
            ("①调查。" + _TEXT, "一、总体要求 / （一） / 1. / （1） / ①", "list_item"),
            ("（二）原则。" + _TEXT, "一、总体要求 / （二）", "list_item"),
            ("二、工作措施", "二、工作措施", "heading"),
            (_TEXT, "二、工作措施", "body"),
        ],
        "the five levels of an official document",
    ),
    (
        "speech",
        [
            ("同志们：", "", "body"),
            ("一、统一思想", "一、统一思想", "heading"),
            ("第一，要提高认识。" + _TEXT, "一、统一思想 / 第一，", "body"),
            ("一是抓早。" + _TEXT, "一、统一思想 / 第一， / 一是", "body"),
            ("二是抓小。" + _TEXT, "一、统一思想 / 第一， / 二是", "body"),
            ("第二，要落实责任。" + _TEXT, "一、统一思想 / 第二，", "body"),
        ],
        "open styles rank by first appearance",
    ),
    (
        "items above bracketed items",
        [
            ("（1）甲类。" + _TEXT, "（1）", "list_item"),
            ("1.第一种。" + _TEXT, "（1） / 1.", "list_item"),
            ("（2）乙类。" + _TEXT, "（2）", "list_item"),
        ],
        "what comes first in the article is the higher one",
    ),
    (
        "broken numbers",
        [
            ("三、明确任务", "三、明确任务", "heading"),
            (_TEXT, "三、明确任务", "body"),
            ("（四）清淤。" + _TEXT, "三、明确任务 / （四）", "list_item"),
            ("（二）绿化。" + _TEXT, "三、明确任务 / （二）", "list_item"),
            ("三、明确责任", "三、明确责任", "heading"),
            (_TEXT, "三、明确责任", "body"),
        ],
        "levels go by style, so wrong numbers move nothing",
    ),
    (
        "fragment that opens with items",
        [
            ("（三）清淤。" + _TEXT, "（三）", "list_item"),
            ("四、保障", "四、保障", "heading"),
            ("（一）经费。" + _TEXT, "四、保障 / （一）", "list_item"),
        ],
        "一、 stands above （一） even if it is seen later",
    ),
    (
        "chapter that lost its number",
        [
            ("第一章 总则", "第一章 总则", "heading"),
            ("第一条 " + _TEXT, "第一章 总则 / 第一条", "body"),
            ("保洁责任", "保洁责任", "heading"),
            ("第二条 " + _TEXT, "保洁责任 / 第二条", "body"),
        ],
        "a heading without a mark stands where the last heading stood",
    ),
    (
        "list of short items",
        [
            ("申请人提交下列材料：", "", "body"),
            ("1.身份证明", "1.", "list_item"),
            ("2.申请表", "2.", "list_item"),
            ("3.承诺书", "3.", "list_item"),
        ],
        "short numbered lines in a row are a list, not headings",
    ),
    (
        "no outline",
        [
            ("1.5万吨垃圾得到清运。", "", "body"),
            ("一、二级河道全部完成。", "", "body"),
            ("2020年2月3日，工程开工。", "", "body"),
            ("第三产业快速增长。", "", "body"),
            ("第一条河道已经完工。", "", "body"),
            ("（市、区）人民政府负责。", "", "body"),
            ("十分重要的是落实。", "", "body"),
        ],
        "numbers that count things open no outline",
    ),
    (
        "short paragraphs",
        [
            ("会议还研究了其他事项。", "", "body"),
            ("同志们：", "", "body"),
            ("云江市人民政府", "", "body"),
            ("2020年2月3日", "", "body"),
        ],
        "short lines are no headings by being short",
    ),
]


@pytest.mark.parametrize(("rows", "why"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_outline_case_gives_paths_and_roles(rows: list[tuple[str, str, str]], why: str) -> None:
    frame = pl.DataFrame({"article_id": ["a"] * len(rows), "text": [row[0] for row in rows]})
    found = outline.paths(frame)
    assert found.select("text", "outline_path", "role").rows() == rows, why
    assert found["outline"].list.join(outline.SEPARATOR).to_list() == found["outline_path"].to_list()


def test_outline_of_a_batch_is_that_of_each_article() -> None:
    frames = [
        pl.DataFrame({"article_id": f"a{n}", "text": [row[0] for row in case[1]]}) for n, case in enumerate(CASES)
    ]
    assert outline.paths(pl.concat(frames)).equals(pl.concat([outline.paths(frame) for frame in frames]))


def test_outline_keeps_credits_and_bylines_and_other_columns() -> None:
    frame = pl.DataFrame(
        {"article_id": ["a"] * 3, "part": ["byline", "body", "credit"], "text": ["记者 段一子", _TEXT, "据新华社"]}
    )
    found = outline.paths(frame)
    assert found.columns == ["article_id", "part", "text", "outline", "outline_path", "role"]
    assert found["role"].to_list() == ["byline", "body", "credit"]


def test_outline_of_nothing_has_its_columns() -> None:
    found = outline.paths(pl.DataFrame(schema={"article_id": pl.String, "text": pl.String}))
    assert found.columns == ["article_id", "text", "outline", "outline_path", "role"]
    assert found.schema["outline"] == pl.List(pl.String)


def test_outline_rows_of_a_table_are_told_apart() -> None:
    frame = pl.DataFrame({"article_id": ["a", "a"], "text": ["河道\t长度\t责任人", "全长3公里。"]})
    assert outline.paths(frame)["role"].to_list() == ["table_row", "body"]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("一、总体要求", True),
        ("第十二章 附则", True),
        ("（三）强化监督检查", True),
        ("一、总体要求。各部门要履行职责。", False),
        ("（一）有人员；", False),
        ("1.申请表，", False),
        ("一、", False),
        ("同志们", False),
    ],
)
def test_heading_by_looks_is_a_mark_and_a_few_words(text: str, *, heading: bool) -> None:
    assert pl.DataFrame({"text": [text]}).select(outline.is_heading(pl.col("text"))).item() is heading
