"""Columns whose lines alternate are flagged and left alone; columns in order are not."""

from pathlib import Path

import pytest

from tests.clean.cases.layout import UNWRAP, Case, typeset
from tests.clean.layout import joined, paragraphs

_LEFT = [
    f"云岭市{place}今年新修水渠和机耕道，受益农田比去年多出三成，村民们说，过去靠天吃饭的日子一去不复返了。"
    f"{place}还办起了合作社，统一供种供肥。"
    for place in ("东坡镇", "西河乡", "南坪村", "北山乡", "石桥镇", "柳林村")
]
_RIGHT = [
    f"青禾县第{number}中学昨天举行运动会，全校师生参加了短跑、跳远、拔河等项目，比赛打破了多项纪录。"
    + "学校还请来老校友为获奖的同学颁奖，场面热烈。" * (k % 2)
    for k, number in enumerate("一二三四五六七")
]


def _page(*, alternate: bool) -> str:
    left, right = typeset(*_LEFT, width=16).split("|"), typeset(*_RIGHT, width=16).split("|")
    if not alternate:
        return "|".join(left + right)
    rows = [line for pair in zip(left, right, strict=False) for line in pair]
    return "|".join(rows)


def test_columns_that_alternate_are_flagged_and_not_joined() -> None:
    frame = joined(_page(alternate=True))
    assert frame["mixed"].all()
    assert not frame["joins"].any()


def test_columns_in_order_are_joined() -> None:
    frame = joined(_page(alternate=False))
    assert not frame["mixed"].any()
    assert paragraphs(frame) == _LEFT + _RIGHT


@pytest.mark.parametrize(("indent", "shown"), [(0, ""), (2, "　　"), (2, "    ")], ids=["none", "wide", "spaces"])
def test_columns_whose_indent_is_none_or_seen_are_joined(indent: int, shown: str) -> None:
    story = (_LEFT + _RIGHT) * 3
    frame = joined(typeset(*story, width=15, indent=indent, shown=shown))
    assert not frame["mixed"].any()
    assert paragraphs(frame) == story


def test_verse_without_marks_keeps_its_order_though_its_lines_alternate_as_columns_do() -> None:
    words = "山风吹过旧渡口河灯一盏一盏亮起来谁在桥头等着今年第一班船晚归的人数着星星回家"
    verse = [words[n : n + (18 if n % 2 else 16)] for n in range(20)] * 2
    assert not joined("|".join(verse))["mixed"].any()


@pytest.mark.parametrize("case", UNWRAP, ids=[case.label for case in UNWRAP])
def test_columns_of_other_text_are_not_flagged(case: Case) -> None:
    assert not joined(case.before)["mixed"].any()


def test_columns_of_the_shared_pages_are_told_apart(shared: Path) -> None:
    pages = sorted((shared / "data" / "pdf_pages").glob("*.txt"))
    frame = joined(*[page.read_text("utf8") for page in pages])
    flagged = frame.group_by("doc", maintain_order=True).agg("mixed")
    for page, mixed in zip(pages, flagged["mixed"], strict=True):
        assert mixed.any() == (".default." in page.name), page.name
