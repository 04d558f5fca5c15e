"""Headlines of two or three characters, leads of any house, and subtitles over two lines."""

import pytest

from tests.curating import articles

WELL = "村口那口井，井台的青石磨得能照见人影。\n\n后来通了自来水，井就闲下来了，老人们还爱坐在井台边说话。"
ROAD = (
    "3月5日，记者从青岚市交通运输局获悉，环湖公路改造工程全线完工。这条公路全长36公里，沿线六个乡镇的群众出行更加方便。"
    "\n\n市交通运输局负责人介绍，改造后的环湖公路增设了非机动车道和观景平台。"
)
CALL = (
    "各县（区）教育局，市直各学校：\n\n因强冷空气影响，12月16日全市中小学停课一天。\n\n特此通知。\n\n"
    "临渚市教育局办公室\n\n2021年12月15日"
)


def test_first_line_of_two_characters_over_a_sentence_is_the_headline() -> None:
    assert [a["title"] for a in articles(f"老井\n\n{WELL}")] == ["老井"]


@pytest.mark.parametrize("part", ["摘要", "前言", "引言", "按语"])
def test_name_of_a_part_over_a_sentence_is_no_headline(part: str) -> None:
    found = articles(f"{part}\n\n{WELL}")
    assert [a["title"] for a in found] == [None]


def test_two_characters_between_paragraphs_are_no_headline() -> None:
    found = articles(f"青岚市环湖公路改造全线完工\n\n{ROAD}\n\n老井\n\n{WELL}")
    assert len(found) == 1
    assert "老井" in found[0]["paragraphs"]


def test_notice_below_a_finished_text_begins_an_article() -> None:
    found = articles(f"青岚市环湖公路改造全线完工\n\n{ROAD}\n\n通知\n\n{CALL}")
    assert [a["title"] for a in found] == ["青岚市环湖公路改造全线完工", "通知"]


def test_bare_name_of_the_paper_opens_an_article() -> None:
    found = articles(f"老井\n\n{WELL}\n\n环湖公路改造全线完工\n\n本报讯{ROAD}")
    assert [a["title"] for a in found] == ["老井", "环湖公路改造全线完工"]


def test_subtitle_behind_a_dash_may_be_set_over_two_lines() -> None:
    lines = ["环湖公路通车看变化", "——“身边的路”", "系列报道（四）"]
    body = [
        "本报讯（记者 丁书田）3月5日，记者从青",
        "岚市交通运输局获悉，环湖公路改造工程全线",
        "完工。这条公路全长36公里，沿线六个乡镇的",
        "群众出行更加方便，沿线的果园也有了销路。",
        "环湖公路始建于上世纪九十年代，路面老化严",
        "重，改造后的公路增设了非机动车道。",
    ]
    found = articles("\n".join([lines[0], "", *lines[1:], "", *body]))
    assert (found[0]["title"], found[0]["subtitle"]) == ("环湖公路通车看变化", "——“身边的路”系列报道（四）")


def test_numbered_question_under_a_headline_is_a_heading() -> None:
    found = articles(f"三问环湖公路\n\n一问：公路修好以后，谁来养护？\n\n{ROAD}")
    assert found[0]["title"] == "三问环湖公路"
    assert found[0]["paragraphs"][0] == "一问：公路修好以后，谁来养护？"


def test_credit_of_a_paper_stays_below_its_text_and_ends_it() -> None:
    found = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n（云江日报记者 丁书田）\n\n老井的故事\n\n{WELL}")
    assert found[0]["paragraphs"][-1] == "（云江日报记者 丁书田）"


def test_death_notice_below_a_finished_text_begins_an_article() -> None:
    text = "河湾县离休干部高守田同志，因病医治无效，于2021年3月6日在县人民医院逝世，享年93岁。"
    found = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n讣告\n\n{text}")
    assert [a["title"] for a in found] == ["环湖公路改造全线完工", "讣告"]


@pytest.mark.parametrize("kind", ["开幕词", "致词", "悼词", "决议"])
def test_kind_of_text_under_the_name_of_a_meeting_ends_the_headline(kind: str) -> None:
    found = articles(f"青岚市第六次水利代表大会\n\n{kind}\n\n各位代表：\n\n{ROAD}")
    assert [a["title"] for a in found] == [f"青岚市第六次水利代表大会 {kind}"]


def test_kind_of_speech_inside_a_text_is_no_headline() -> None:
    found = articles(f"青岚市环湖公路改造全线完工\n\n{ROAD}\n\n讲话\n\n{WELL}")
    assert len(found) == 1


def test_house_and_reporter_over_a_text_are_no_headline() -> None:
    found = articles(f"云江新闻｜记者何启明/罗坪报道\n\n{ROAD}")
    assert [a["title"] for a in found] == [None]


def test_labels_of_a_script_are_no_headlines() -> None:
    found = articles(f"{ROAD}\n\n【同期】云江电视台记者 何启明\n\n{WELL}\n\n【解说】\n\n{ROAD}")
    assert [a["title"] for a in found] == [None]
