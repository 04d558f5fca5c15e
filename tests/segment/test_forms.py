"""Lines of forms, rows of tables and calls at the end of a text head nothing; headlines that look alike do."""

import re

import pytest

from tests.curating import articles

BODY = "各区县防汛责任人要上堤到岗，组织巡查队伍昼夜值守，发现险情立即报告，并安排抢险物资就近存放。"
MORE = "市水务局提醒沿河居民，汛期不要到河道内游泳、捕鱼，发现险情请拨打值班电话，由巡查队员到场处置。"


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ("渡口租用合同", ["甲方（出租方）：青岚渡口管理所", "乙方（承租方）：临渚船行"]),
        ("青岚市环湖公路养护决定书", ["青环养罚〔2020〕8号", "当事人：临渚船行", "地址：临渚镇河街6号"]),
        ("青岚市一季度主要指标", ["指标 单位 累计 增长（%）", "粮食产量 万吨 12.6 3.1", "水产品产量 万吨 1.8 -0.4"]),
        ("临渚：环湖公路通车", []),
        ("环湖公路2020年通车里程公布", []),
        ("防汛办：船只今晚回港", []),
    ],
)
def test_lines_of_a_form_or_table_are_no_lines_of_the_headline_above(head: str, below: list[str]) -> None:
    (found,) = articles("\n".join([head, *below, BODY, MORE]))
    told = [line.replace(" ", "") for line in found["paragraphs"]]
    assert (found["title"], told) == (head, [*(line.replace(" ", "") for line in below), BODY, MORE])


@pytest.mark.parametrize("call", ["丁书田同志千古！", "安息吧，丁书田同志！"])
def test_call_above_a_signature_or_at_the_end_heads_nothing(call: str) -> None:
    for end in ([], ["青岚市水务局", "2020年3月4日"]):
        (found,) = articles("\n\n".join(["唁电", BODY, MORE, call, *end]))
        assert (found["title"], found["paragraphs"]) == ("唁电", [BODY, MORE, call, *end])


def test_what_a_colon_announces_within_a_text_begins_no_article() -> None:
    told = ["重要内容提示：", "每股分配比例", "A股每股现金红利0.3元"]
    (found,) = articles("\n\n".join(["青岚船业股份有限公司公告", BODY, *told, MORE]))
    assert found["paragraphs"] == [BODY, *told, MORE]


def test_headline_told_again_behind_an_agency_is_text() -> None:
    again = "新华社青岚5月11日电 题：渡口的灯又亮了"
    (found,) = articles("\n".join(["渡口的灯又亮了", again, BODY, MORE]))
    assert (found["title"], found["paragraphs"][0]) == ("渡口的灯又亮了", again)


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["临渚船行值班名单", "丁书田 牟小禾", "尹立新 白小渡", "汤小雨 孔桐"], True),
        (["渡口开放日程", "5月1日 河灯展", "5月2日 划船比赛", "5月3日 渔歌会"], True),
        (["月亮谜语", "一只小船", "两头弯弯", "挂在天上", "不见船家"], True),
        ([f"青岚市召开第{n}次环湖公路建设工作推进会部署下一步工作" for n in "一二三四五"], False),
    ],
)
def test_short_lines_alone_are_a_list_under_its_name_and_headlines_alone_nothing(lines: list[str], whole: bool) -> None:
    for between in ("\n", "\n\n"):
        found = articles(between.join(lines))
        told = [line for one in found for line in (one["title"], *one["paragraphs"])]
        assert [line.replace(" ", "") for line in told] == [line.replace(" ", "") for line in lines if whole]


def test_writers_with_the_numbers_of_where_they_work_are_the_byline() -> None:
    (found,) = articles(f"环湖公路边坡测算\n丁书田1，牟小禾2\n（1.青岚市水务局；2.临渚学院）\n{BODY}\n{MORE}")
    assert found["title"] == "环湖公路边坡测算"
    assert found["paragraphs"][1] == "（1.青岚市水务局；2.临渚学院）"


def test_question_of_a_session_opens_no_article() -> None:
    school = "学校的营养午餐今年改由各村合作社供应，食材每天清早从田里送到厨房，孩子们吃得健康，家长也可以到厨房查看"
    other = [f"林委员知夏：{school}，这一点请教育部门继续做下去。", f"周院长远山：{school}，我们会继续做下去。"]
    asked = "林委员知夏：院长知不知道环湖公路改造预算？"
    road = "周院长远山：环湖公路改造预算日前已经编列，改造工程的预算分三年拨付。"
    rest = "林委员知夏：环湖公路改造预算既然已经编列，请院长尽快动工。"
    found = articles(
        "\n".join(["青岚市议会第三次会议纪录", *other * 16, asked, road, rest, "周院长远山：好，我们照办。"])
    )
    assert len(found) == 1


@pytest.mark.parametrize("head", ["船工：“一定能按时靠岸！”道出心里话", "“河水干净了吗？”成了村民的口头禅"])
def test_mark_inside_quotes_ends_no_headline(head: str) -> None:
    (found,) = articles("\n".join([head, BODY, MORE]))
    assert (found["title"], found["paragraphs"]) == (head, [BODY, MORE])


def test_caption_between_a_headline_and_its_dateline_begins_no_article() -> None:
    caption, lead = "■青岚市水务局巡查队员在堤上检查闸门。", f"青岚日报讯（记者 丁书田）{BODY}"
    (found,) = articles("\n\n".join(["青岚备战汛期", caption, lead, MORE]))
    assert (found["title"], len(found["paragraphs"])) == ("青岚备战汛期", 3)


def test_text_between_a_headline_and_a_dateline_is_a_text() -> None:
    found = articles("\n\n".join(["青岚备战汛期", BODY, f"青岚日报讯（记者 丁书田）{MORE}"]))
    assert [one["title"] for one in found] == ["青岚备战汛期", None]


def test_names_before_the_reporters_of_a_paper_are_a_byline() -> None:
    (found,) = articles("\n\n".join(["点点滴滴护堤情", "郭华 黄小平 本报记者 尹立新", BODY, MORE]))
    assert found["title"] == "点点滴滴护堤情"


def test_days_and_words_of_a_programme_are_its_text() -> None:
    lines = [
        "活动自3月5日起举行，为期三天，由县科技局承办，各乡镇派人参加。",
        *(
            "3月5日上午",
            "开幕大会",
            "科普讲座",
            "3月6日下午",
            "参观水库",
            "座谈交流",
            "3月7日星期日闭幕",
            "表彰先进集体",
        ),
        "请各单位提前一天报名，联系人何启明。",
    ]
    spaced = [re.sub("(日)(上午|下午|星期日)(闭幕)?$", r"\1 \2 \3", line).strip() for line in lines]
    (found,) = articles("\n\n".join(["罗坪县科技周活动安排", *spaced]))
    assert [line.replace(" ", "") for line in found["paragraphs"]] == lines


def test_day_with_what_happened_on_it_is_no_section_of_a_page() -> None:
    told = ["1999年10月1日 公路通车", "环湖公路通车典礼", "2004年，全县通了自来水，群众告别了挑水吃的日子。"]
    found = articles("\n\n".join(["罗坪县大事记", "东坡水库动工兴建，三万民工上堤，历时两年建成。", *told]))
    text = "".join(f"{a['title'] or ''}{''.join(a['paragraphs'])}" for a in found).replace(" ", "")
    assert all(line.replace(" ", "") in text for line in told)
