"""Where one text ends and the next begins: letters, rubrics, writers' names, an editor's line, broken headlines."""

import pytest

from tests.curating import articles

ROAD = "青岚市环湖公路改造工程昨天全线完工，沿线六个乡镇的群众出行更加方便。\n\n施工队还将在路旁栽种行道树。"
BIRDS = (
    "望远镜里，三百多只白鹭正从越冬地陆续飞回芦苇荡，今年比往年早了整整一周。\n\n"
    "为了不惊动白鹭，巡护队把摩托艇换成了手摇船，芦苇荡里的鞭炮也改成了锣鼓。"
)
MORE_ROAD = (
    "记者从青岚市交通运输局了解到，环湖公路改造工程昨天全线完工。这条公路全长36公里，沿线六个乡镇的群众出行更加方便，"
    "从县城到湖东码头的车程缩短了二十分钟。\n\n"
    "环湖公路始建于上世纪九十年代，路面老化严重。交通运输局负责人介绍，改造后的公路增设了非机动车道和观景平台。"
)
STILL_ROAD = (
    "施工队在公路两旁栽种了三千多棵行道树，树种选的是本地的乌桕和水杉，沿线乡镇的群众也来帮忙浇水。\n\n"
    "交通运输局负责人说，公路两旁的行道树成活以后，改造工程还要给观景平台添上花木。"
)
LETTER = "在教师节到来之际，县委、县政府向大家致以节日的问候。\n\n一年来，老师们走遍了山乡，把课送到每一户人家。"


def _titles(text: str) -> list[str | None]:
    return [article["title"] for article in articles(text)]


@pytest.mark.parametrize("whom", ["全县广大教师、教育工作者：", "亲爱的老师们：", "各位家长："])
def test_letter_begins_at_its_name_and_whom_it_is_for(whom: str) -> None:
    name = "致全县教师的慰问信"
    assert _titles(f"环湖公路改造完工\n\n{ROAD}\n\n{name}\n\n{whom}\n\n{LETTER}") == ["环湖公路改造完工", name]


@pytest.mark.parametrize("wish", ["祝大家节日快乐、身体健康！", "谨祝各位老师阖家幸福！"])
def test_wish_at_the_end_of_a_letter_is_no_headline(wish: str) -> None:
    text = f"致全县教师的慰问信\n\n{LETTER}\n\n{wish}\n\n青岚公路完工\n\n本报讯（记者 林远山）{ROAD}"
    assert _titles(text) == ["致全县教师的慰问信", "青岚公路完工"]


def test_congratulation_over_a_report_is_its_headline() -> None:
    assert _titles(f"祝贺环湖公路完工！\n\n本报讯（记者 林远山）{ROAD}") == ["祝贺环湖公路完工！"]


@pytest.mark.parametrize("rubric", ["记者专访：", "记者手记：", "专家解读："])
def test_rubric_of_reporters_is_part_of_a_headline(rubric: str) -> None:
    title = f"{rubric}白鹭为什么提前飞回芦苇荡"
    assert _titles(f"{title}\n\n{BIRDS}") == [title]


@pytest.mark.parametrize("speaker", ["记者：", "专家：", "记者林远："])
def test_question_of_a_speaker_is_none(speaker: str) -> None:
    asked = f"{speaker}白鹭为什么提前飞回芦苇荡"
    assert _titles(f"环湖公路改造完工\n\n{ROAD}\n\n{asked}\n\n{BIRDS}") == ["环湖公路改造完工"]


@pytest.mark.parametrize("names", ["（何启明 陈玉兰）", "（记者 何启明）"])
def test_dateline_below_names_of_writers_begins_an_article(names: str) -> None:
    assert len(_titles(f"环湖公路改造完工\n\n{ROAD}{names}\n\n本报讯（首席记者 林远山）{BIRDS}")) == 2


def test_dateline_below_an_open_bracket_begins_none() -> None:
    said = f"{ROAD}其中（湖东、湖西两段）"
    assert len(_titles(f"环湖公路改造完工\n\n{said}\n\n本报讯（首席记者 林远山）{BIRDS}")) == 1


def test_headline_below_the_line_of_an_editor_begins_an_article() -> None:
    text = f"环湖公路改造完工\n{ROAD}\n□责编/何启明 □美编/陈玉兰\n三百多只白鹭飞回芦苇荡\n{BIRDS}"
    assert _titles(text.replace("\n\n", "\n")) == ["环湖公路改造完工", "三百多只白鹭飞回芦苇荡"]


def test_last_character_of_a_headline_over_a_dateline_is_part_of_it() -> None:
    text = f"青岚湖湿地保护理论研讨会在临渚举\n\n行\n\n中新网青岚2月10日电（记者 林远山）{BIRDS}"
    assert (_titles(text)[0] or "").replace(" ", "") == "青岚湖湿地保护理论研讨会在临渚举行"


def test_short_line_over_text_without_a_dateline_is_none_of_its_headline() -> None:
    assert _titles(f"青岚湖湿地保护研讨会在临渚举行\n\n一\n\n{BIRDS}")[0] == "青岚湖湿地保护研讨会在临渚举行"


def test_headline_set_in_begins_another_story_where_the_first_line_lost_its_indent() -> None:
    headline = "三百多只白鹭提前一周飞回芦苇荡"
    lines = ["环湖公路改造工程完工", *MORE_ROAD.split("\n\n"), headline, *BIRDS.split("\n\n")]
    assert _titles("\n　　".join(lines)) == ["环湖公路改造工程完工", headline]


@pytest.mark.parametrize("heading", ["行道树带来新景致", "施工队还要栽种行道树"])
def test_heading_set_in_of_the_same_story_begins_none(heading: str) -> None:
    lines = ["环湖公路改造工程完工", *MORE_ROAD.split("\n\n"), heading, *STILL_ROAD.split("\n\n")]
    assert _titles("\n　　".join(lines)) == ["环湖公路改造工程完工"]


def test_clause_below_a_heading_set_in_begins_no_article() -> None:
    lines = ["环湖公路养护办法", *MORE_ROAD.split("\n\n"), "养护责任", "（一）沿线乡镇负责养护路基、路面和行道树。"]
    assert _titles("\n　　".join(lines)) == ["环湖公路养护办法"]


def test_dateline_alone_on_its_line_is_no_headline() -> None:
    lead = "本报讯（记者 丁书田 通讯员 俞晓棠）"
    assert _titles(f"环湖公路改造完工\n\n{ROAD}\n\n芦苇荡来了白鹭\n\n{lead}\n{BIRDS}") == [
        "环湖公路改造完工",
        "芦苇荡来了白鹭",
    ]


@pytest.mark.parametrize(
    ("headline", "titles"),
    [("白鹭飞回芦苇荡，巡护队换成手摇船", 2), ("公路改造的三项要求", 1)],
)
def test_headline_of_another_story_below_what_was_cut_off_begins_an_article(headline: str, titles: int) -> None:
    cut = f"{MORE_ROAD}\n\n养护公路，应当按照下列要求办理："
    below = BIRDS if titles > 1 else STILL_ROAD
    assert len(_titles(f"环湖公路改造完工\n\n{cut}\n\n{headline}\n\n{below}")) == titles
