"""Flattened texts are cut into print lines; other texts stay whole."""

import polars as pl
import pytest

from tasks.clean import letter_spacing, lines, unflatten
from tests.clean.cases.layout import UNFLATTEN, UNWRAP, Case
from tests.clean.cases.layout import lines as as_lines
from tests.clean.layout import joined, paragraphs


@pytest.mark.parametrize("case", UNFLATTEN, ids=[case.label for case in UNFLATTEN])
def test_unflatten_case_gives_its_paragraphs(case: Case) -> None:
    found = [text.replace(" ", "") for text in paragraphs(joined(case.before))]
    assert found == [text.replace(" ", "") for text in case.after], case.why


@pytest.mark.parametrize("case", UNWRAP, ids=[case.label for case in UNWRAP])
def test_unflatten_of_other_text_cuts_nothing(case: Case) -> None:
    frame = letter_spacing.close(lines.explode(pl.Series([as_lines(case.before)])))
    assert unflatten.split(frame).select(frame.columns).equals(frame)


def test_unflatten_keeps_content_and_numbers_its_lines() -> None:
    texts = [case.before for case in UNFLATTEN] + [as_lines(case.before) for case in UNWRAP]
    frame = letter_spacing.close(lines.explode(pl.Series(texts)))
    cut = unflatten.split(frame)
    for doc, text in enumerate(texts):
        rows = cut.filter(pl.col("doc") == doc)
        assert "".join("".join(rows["text"]).split()) == "".join(text.split())
        assert rows["line"].to_list() == list(range(len(rows)))


def test_unflatten_spaces_scattered_over_whole_paragraphs_are_no_line_ends() -> None:
    page = [
        "各乡镇应当建立 巡查制度，落实专人负责。 发现险情要立即报告，并组织群 众转移，确保人员安全。"
        " 有关部门要做好物资 储备工作。",
        "县防汛办公室负责日常值守，每天 两次通报水情。 对迟报、漏报的单位，要追究责任，并在 全县通报批评。",
        "本通知自发布之日起施行，有效 期两年。 各单位执行中遇到的问题，请及时向县水务 局反映。",
    ]
    frame = unflatten.split(letter_spacing.close(lines.explode(pl.Series(["\n".join(page)]))))
    assert frame["text"].to_list() == page


def test_unflatten_letter_whose_indents_are_all_alike_is_cut_at_them() -> None:
    parts = [
        "一封来信",
        "编辑同志：",
        "我是云江县的一名退休职工，上月十九日 夜里家中水管忽然裂了，是邻居老李冒雨赶来修好的。",
        "我想借贵报一角，向他说一声谢谢。",
        "此致",
        "敬礼",
        "读者 林远山",
        "2023年4月6日",
    ]
    frame = unflatten.split(letter_spacing.close(lines.explode(pl.Series(["\u3000\u3000".join(parts)]))))
    assert frame["text"].to_list() == parts


FIRST = "云江县水务局昨日公布水情，全县八座水库蓄水四千万立方米，比上年同期多两成，春灌用水有保障。"
SECOND = "县水务局要求各灌区按计划开闸放水，先上游后下游，做到田等水而不是水等田，减少损失和浪费。"


@pytest.mark.parametrize("gap", ["   ", "\u3000\u3000"])
def test_unflatten_one_gap_as_wide_as_an_indent_parts_two_paragraphs(gap: str) -> None:
    frame = unflatten.split(
        letter_spacing.close(lines.explode(pl.Series([f"{FIRST}{gap}{SECOND}\n{SECOND}\n{FIRST}"])))
    )
    assert frame["text"].to_list() == [FIRST, SECOND, SECOND, FIRST]


def test_unflatten_two_spaces_part_paragraphs_of_a_text_on_one_line() -> None:
    long = FIRST + SECOND
    frame = unflatten.split(letter_spacing.close(lines.explode(pl.Series([f"{long}  {long}"]))))
    assert frame["text"].to_list() == [long, long]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}  {SECOND}\n{SECOND}\n{FIRST}\n{SECOND}",
        f"{FIRST}   见表一",
        f"水库   蓄水\n{FIRST}   {SECOND[:30]}   {SECOND}",
    ],
)
def test_unflatten_other_gaps_part_nothing(text: str) -> None:
    frame = unflatten.split(letter_spacing.close(lines.explode(pl.Series([text]))))
    assert frame["text"].to_list() == text.split("\n")


def test_unflatten_row_of_a_table_between_wide_spaces_is_one_line() -> None:
    row = "罗坪河管护站管护人员名单：林远山\u3000\u3000周小禾\u3000\u3000沈成\u3000\u3000茅若溪\u3000\u3000汤小雨。"
    row += "上列人员自今年起每月巡查河岸两次，如实填写巡查记录，按时报送县水务部门备案。\u3000\u3000以上"
    frame = unflatten.split(letter_spacing.close(lines.explode(pl.Series([row]))))
    assert frame["text"].to_list() == [row]


def test_unflatten_page_between_two_spaces_each_is_cut_at_them() -> None:
    parts = [
        "首页 要闻 登录 注册",
        "罗坪河两岸新种垂柳",
        "管护站近日在罗坪河两岸补种垂柳三千株，沿线村民自愿认领。",
        "管护站表示，明年春天还要补种一批灌木，给水鸟留出栖息的地方。",
        "县里今后每年安排资金补种。",
        "责任编辑：周小禾",
        "点赞 收藏 转发",
    ]
    frame = unflatten.split(letter_spacing.close(lines.explode(pl.Series(["  ".join(parts)]))))
    assert frame["text"].to_list() == parts
