"""Verse without marks is a text; numbers of samples and labels of a share site hide no headline."""

import pytest

from tests.clean.cases.layout import typeset
from tests.curating import articles

VERSE = [
    "河灯亮了又一年",
    "晚归的人还没有上岸",
    "石阶上的青苔",
    "记得每一双草鞋",
    "桥洞里住着回声",
    "谁喊一句",
    "它就应一句",
    "月亮挂在船头",
]
NEWS = (
    "本报讯（记者 丁书田）3月5日，青岚市环湖公路改造工程全线完工。这条公路全长36公里，沿线六个乡镇的群众出行更加方便。"
)
BODY = "各区县防汛责任人要上堤到岗，组织巡查队伍昼夜值守，发现险情立即报告，并安排抢险物资就近存放。"
RULES = typeset(
    "第一章 总则",
    "第一条为了保护湿地资源，维护湿地生态功能，改善生态环境，根据有关法律、法规，结合本市实际，制定本条例。",
    "第二条本条例所称湿地，是指天然的或者人工的沼泽地带，以及低潮时水深不超过六米的水域。",
    "第三条县级以上人民政府应当将湿地保护纳入国民经济和社会发展规划，所需经费列入本级预算。",
    "第四条任何单位和个人都有保护湿地的义务，对破坏湿地的行为有权劝阻、举报，有关部门应当及时处理。",
    "第五条市林业主管部门负责本市湿地保护的组织、协调、指导和监督工作，其他有关部门按照各自职责做好相关工作。",
    width=26,
).replace("|", " ")


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["close", "blank lines"])
def test_verse_between_articles_is_the_text_of_its_headline(between: str) -> None:
    verse = between.join(["临渚河上的灯", *VERSE])
    found = articles(f"环湖公路改造全线完工\n\n{NEWS}\n\n（下转第三版）\n\n{verse}\n\n（下转第四版）")
    assert (found[1]["title"], found[1]["paragraphs"]) == ("临渚河上的灯", VERSE)


def test_headline_under_a_verse_heads_the_next_article() -> None:
    verse = "\n".join(["临渚河上的灯", *VERSE])
    found = articles(f"{verse}\n\n\n青岚市环湖公路改造工程全线完工\n\n{NEWS}")
    assert [a["title"] for a in found] == ["临渚河上的灯", "青岚市环湖公路改造工程全线完工"]


def test_headline_with_all_its_decks_is_no_verse() -> None:
    decks = ["孔桐在青岚市调研时强调", "加快补齐出行短板", "让群众的路越走越宽", "丁书田出席"]
    (found,) = articles("\n".join(decks) + f"\n\n{NEWS}\n\n{NEWS[30:]}")
    assert len(found["paragraphs"]) == 2


@pytest.mark.parametrize("label", ["范本一：", "模板1：", "（一）范文", "例文一："])
def test_number_of_a_sample_is_no_part_of_its_headline(label: str) -> None:
    other = label.translate(str.maketrans("一1", "二2"))
    found = articles(f"{label}青岚市湿地保护条例 {RULES} {other}临渚市河道保护条例 {RULES}")
    assert [a["title"] for a in found] == ["青岚市湿地保护条例", "临渚市河道保护条例"]


def test_headline_behind_a_label_with_a_figure_is_kept() -> None:
    found = articles(f"文档大小：845KB 青岚市湿地保护条例 {RULES}")
    assert [a["title"] for a in found] == ["青岚市湿地保护条例"]


def test_page_of_pages_before_an_article_of_a_law_is_taken_out_and_a_share_stays() -> None:
    more = typeset("第六条湿地面积不得低于 1/3 的，由市人民政府责令限期改正，并向社会公布。", width=26).replace(
        "|", " "
    )
    (found,) = articles(f"青岚市湿地保护条例 {RULES} 20/40 {more}")
    assert "20/40" not in "".join(found["paragraphs"])
    assert "不得低于1/3的" in "".join(found["paragraphs"])


@pytest.mark.parametrize("below", ["第一章 总则", "各区县防汛办公室，市直各单位："])
def test_last_word_of_a_wrapped_headline_is_its_where_the_document_begins_below(below: str) -> None:
    name = "青岚市贯彻《防汛抗旱应急预案》实施办法"
    body = typeset(*[BODY] * 4, width=18).replace("|", "\n")
    (found,) = articles(f"{name[:-2]}\n{name[-2:]}\n{below}\n{body}")
    assert found["title"] == name
    assert found["paragraphs"][0].startswith(below.replace(" ", ""))


def test_sentence_that_a_narrow_column_cuts_below_a_headline_is_none() -> None:
    cut = "作风建设是推动防汛责任落到实处的有力举措，要在具体化、精准化、经常"
    (found,) = articles(f"强化作风建设\n确保防汛责任落到实处\n\n{cut}\n化上下更大功夫。\n\n{BODY}")
    assert found["title"] == "强化作风建设 确保防汛责任落到实处"
    assert found["paragraphs"][0].startswith("作风建设是")


@pytest.mark.parametrize(
    ("lead", "title"),
    [("9月6日，我市首家河道博物馆在龙津镇启用。", "我市首家河道博物馆启用"), ("9月6日，各区县完成堤防巡查。", None)],
    ids=["says it again", "says another thing"],
)
def test_headline_before_a_day_in_a_flattened_text_is_told_by_its_words(lead: str, title: str | None) -> None:
    more = typeset(lead + "现场陈列船模、水尺和历年水文记录四百余件，全年向市民免费开放。", BODY, width=26)
    found = articles(f"青岚市湿地保护条例 {RULES} 我市首家河道博物馆启用 {more.replace('|', ' ')}")
    assert [a["title"] for a in found][1:] == ([title] if title else [])


@pytest.mark.parametrize("sign", ["\x7f", "\x08", "\x1f", "\x9c"])
def test_control_character_in_a_headline_withdraws_no_article(sign: str) -> None:
    (found,) = articles(f"青嵐市環湖{sign}公路改造全線完工\n\n{NEWS}")
    assert (found["title"], found["title_original"]) == ("青岚市环湖公路改造全线完工", "青嵐市環湖公路改造全線完工")
