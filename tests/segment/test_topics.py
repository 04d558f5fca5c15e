"""Which headlines without a dateline begin an article: those over another story than the one above."""

import pytest

from tests.curating import articles

ROAD = (
    "记者从青岚市交通运输局了解到，环湖公路改造工程昨天全线完工。这条公路全长36公里，沿线六个乡镇的群众出行更加方便，"
    "从县城到湖东码头的车程缩短了二十分钟。\n\n"
    "环湖公路始建于上世纪九十年代，路面老化严重。交通运输局负责人介绍，改造后的公路增设了非机动车道和观景平台。"
    "施工队还将在路旁栽种行道树，修建三处公交港湾，并更换两百盏路灯。"
)
HERON = (
    "清晨五点，护鸟员老覃已经蹲在芦苇荡边。望远镜里，三百多只白鹭正从越冬地陆续飞回，今年比往年早了整整一周。\n\n"
    "为了不惊动归巢的鸟儿，巡护队把摩托艇换成了手摇船，村里的鞭炮也改成了锣鼓。"
)
MORE_ROAD = (
    "公路沿线的观景平台一共有十二处，最大的一处在湖东码头，能停下八十辆旅游客车。沿线乡镇的群众在平台边摆起了摊位，"
    "改造工程还给每一处都接通了水电。\n\n负责人介绍，非机动车道全线贯通以后，骑行环湖一圈只要四个小时。"
)


def _titles(text: str) -> list[str | None]:
    return [article["title"] for article in articles(text)]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize("headline", ["三百多只白鹭提前一周飞回芦苇荡", "把这一湖好水还给远方飞来的客人"])
def test_headline_over_another_story_begins_an_article(headline: str, between: str) -> None:
    text = f"环湖公路改造工程完工\n\n{ROAD}\n\n{headline}\n\n{HERON}".replace("\n\n", between)
    assert _titles(text) == ["环湖公路改造工程完工", headline]


@pytest.mark.parametrize("heading", ["观景平台带旺沿线乡镇", "骑行一圈只要四个小时", "好风景也能换来好日子"])
def test_heading_within_a_story_begins_none(heading: str) -> None:
    assert _titles(f"环湖公路改造工程完工\n\n{ROAD}\n\n{heading}\n\n{MORE_ROAD}") == ["环湖公路改造工程完工"]


def test_headlines_after_a_short_brief_begin_articles() -> None:
    brief = (
        "青岚市气象台预计，受冷空气影响，明天起全市有小到中雨，最低气温将下降六到八摄氏度，山区公路"
        "可能结冰，请出行的市民注意交通安全，菜农注意给大棚保温。市应急管理局已启动四级响应。"
    )
    assert _titles(f"一股冷空气将影响青岚\n\n{brief}\n\n三百多只白鹭提前一周飞回芦苇荡\n\n{HERON}") == [
        "一股冷空气将影响青岚",
        "三百多只白鹭提前一周飞回芦苇荡",
    ]


def test_what_stands_over_lines_that_are_no_sentences_begins_none() -> None:
    found = _titles(
        f"环湖公路改造工程完工\n\n{ROAD}\n\n本周各场馆开放一览\n\n少年宫\n九点到十七点\n\n体育馆\n八点到二十点"
    )
    assert found == ["环湖公路改造工程完工"]


def test_headline_right_under_a_line_that_breaks_off_begins_none_in_other_words() -> None:
    found = _titles(
        f"环湖公路改造工程完工\n\n{ROAD}从湖东码头出发的第一班车\n\n把这一湖好水还给远方飞来的客人\n\n{HERON}"
    )
    assert found[0] == "环湖公路改造工程完工"
