"""Where articles begin, and which headline is whose: whole texts through the real recipe."""

import pytest

from tests.curating import articles

ROAD = (
    "本报讯（记者 丁书田）3月5日，记者从青岚市交通运输局获悉，环湖公路改造工程全线完工。"
    "这条公路全长36公里，沿线六个乡镇的群众出行更加方便。\n\n"
    "环湖公路始建于上世纪九十年代，路面老化严重。市交通运输局负责人介绍，改造后的环湖公路增设了非机动车道和观景平台。"
)
LIBRARY = (
    "本报讯（记者 俞晓棠）3月5日，临渚市第二十家社区书房正式开放。书房藏书八千册，每天开放十二个小时。\n\n"
    "社区书房管理员说，孩子们放学以后都爱到书房来写作业，周末的座位要提前预约。"
)
RULES = (
    "第一条 为了保护湿地资源，维护湿地生态功能，制定本条例。\n\n第二条 本条例所称湿地，"
    "是指天然的或者人工的沼泽地带。\n\n"
    "保护与管理\n\n第三条 县级人民政府应当将湿地保护纳入规划。\n\n第四条 禁止在湿地范围内倾倒垃圾。"
)


def test_two_headlines_with_datelines_make_two_articles() -> None:
    found = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n临渚市社区书房开到家门口\n\n{LIBRARY}")
    assert [a["title"] for a in found] == ["环湖公路改造全线完工", "临渚市社区书房开到家门口"]
    assert [len(a["paragraphs"]) for a in found] == [2, 2]


def test_dateline_without_a_headline_begins_an_article() -> None:
    found = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n{LIBRARY}")
    assert [a["title"] for a in found] == ["环湖公路改造全线完工", None]


def test_headline_under_its_body_goes_to_the_text_above() -> None:
    found = articles(f"{ROAD}\n\n环湖公路改造全线完工\n\n临渚市社区书房开到家门口\n\n{LIBRARY}")
    assert [a["title"] for a in found] == ["环湖公路改造全线完工", "临渚市社区书房开到家门口"]


@pytest.mark.parametrize("between", ["编辑：文小磊 校对：汤一", "责任编辑/文小磊 版式/汤一"])
def test_editors_below_a_headline_under_its_body_part_it_from_the_next_one(between: str) -> None:
    rest = "环湖公路管理站将在沿线增设三处停车区。\n\n环湖公路全线限速六十公里。"
    found = articles(f"{ROAD}\n\n{rest}\n\n环湖公路改造全线完工\n\n{between}\n\n社区书房开到家门口\n\n{LIBRARY}")
    assert [a["title"] for a in found] == ["环湖公路改造全线完工", "社区书房开到家门口"]


def test_editors_over_two_lines_of_a_headline_on_top_part_nothing() -> None:
    found = articles(f"环湖公路改造全线完工\n\n编辑：文小磊 校对：汤一\n\n沿线六个乡镇出行更方便\n\n{ROAD}")
    assert [a["title"] for a in found] == ["环湖公路改造全线完工 沿线六个乡镇出行更方便"]


def test_headline_at_the_foot_of_the_page_finds_its_text_by_content() -> None:
    found = articles(f"（上接第一版）{ROAD[:60]}\n\n（上接第二版）{LIBRARY[:50]}\n\n环湖公路改造工程全线完工")
    assert [a["title"] for a in found] == ["环湖公路改造工程全线完工", None]


def test_continuation_marker_begins_a_fragment_and_is_kept() -> None:
    found = articles(
        f"环湖公路改造全线完工\n\n{ROAD}（下转第三版）\n\n（上接第一版）书房管理员还介绍，今年将新添图书三千册，孩子们会有更多的书看。"
    )
    assert [a["kind"] for a in found] == ["news_report", "fragment"]
    assert found[0]["continued_to"] == "（下转第三版）"
    assert found[1]["continued_from"] == "（上接第一版）"


def test_subtitle_of_persons_is_apart_from_the_title() -> None:
    found = articles(f"陆怀舟在全市交通工作会议上强调\n\n把群众家门口的路修好\n\n沈知远主持 顾青禾出席\n\n{ROAD}")
    assert (found[0]["title"], found[0]["subtitle"]) == (
        "陆怀舟在全市交通工作会议上强调 把群众家门口的路修好",
        "沈知远主持 顾青禾出席",
    )
    assert found[0]["title_original"] == found[0]["title"]


def test_heading_between_numbered_clauses_begins_no_article() -> None:
    found = articles(f"青岚市湿地保护条例\n\n{RULES}")
    assert [a["title"] for a in found] == ["青岚市湿地保护条例"]
    assert "保护与管理" in found[0]["paragraphs"]


def test_credit_line_ends_an_article() -> None:
    found = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n据新华社\n\n临渚市社区书房开到家门口\n\n{LIBRARY}")
    assert found[0]["paragraphs"][-1] == "据新华社"
    assert len(found) == 2


def test_issuer_on_the_last_line_is_no_headline() -> None:
    found = articles(
        "各县区人民政府，市政府各部门：\n\n现将《青岚市节水行动方案》印发给你们，"
        "请认真贯彻执行。\n\n青岚市人民政府办公室"
    )
    assert [a["title"] for a in found] == [None]
    assert found[0]["paragraphs"][-1] == "青岚市人民政府办公室"


def test_plan_below_the_note_of_a_notice_is_no_headline_of_the_notice() -> None:
    notice = (
        "青岚市人民政府关于印发青岚市公路养护方案的通知\n\n各县区人民政府：\n\n现将《青岚市公路养护方案》印发给你们，"
        "请认真贯彻执行。\n\n青岚市人民政府\n\n2020年3月5日\n\n（此件公开发布）\n\n青岚市公路养护方案"
    )
    found = articles(f"{notice}\n\n{ROAD}")
    assert found[0]["title"] == "青岚市人民政府关于印发青岚市公路养护方案的通知"
    assert found[0]["paragraphs"][-1] == "（此件公开发布）"


def test_sentence_that_asks_is_no_headline() -> None:
    found = articles(
        f"环湖公路改造全线完工\n\n{ROAD}\n\n路修好了，日子会怎样？答案写在乡亲们的脸上。\n\n{LIBRARY[30:]}"
    )
    assert len(found) == 1


def test_page_without_a_sentence_is_no_article() -> None:
    assert articles("您访问的页面不存在") == []


def test_form_lines_at_the_end_of_a_notice_are_its_last_paragraphs() -> None:
    notice = "各县区人民政府：\n\n现就环湖公路养护工作通知如下，请认真贯彻执行。"
    tail = ["附件：环湖公路养护任务清单", "青岚市人民政府办公室", "2020年3月5日"]
    found = articles(
        "\n\n".join(["青岚市人民政府办公室关于做好公路养护的通知", notice, *tail, "书房开到家门口", LIBRARY])
    )
    assert [a["title"] for a in found] == ["青岚市人民政府办公室关于做好公路养护的通知", "书房开到家门口"]
    assert found[0]["paragraphs"][-3:] == tail


def test_thanks_at_the_end_of_a_speech_are_no_headline() -> None:
    speech = "同志们：\n\n今天，我们召开会议，部署全市交通工作。\n\n我的讲话完了，谢谢大家！"
    found = articles(f"在全市交通工作会议上的讲话\n\n{speech}\n\n临渚市社区书房开到家门口\n\n{LIBRARY}")
    assert [a["title"] for a in found] == ["在全市交通工作会议上的讲话", "临渚市社区书房开到家门口"]
    assert found[0]["paragraphs"][-1] == "我的讲话完了，谢谢大家！"


def test_question_of_an_interview_is_no_headline() -> None:
    talk = "记者：环湖公路什么时候完工？\n\n答：环湖公路三月完工，沿线六个乡镇的群众都能用上。"
    found = articles(f"环湖公路改造答记者问\n\n{ROAD}\n\n{talk}\n\n{talk.replace('完工', '通车')}")
    assert [a["title"] for a in found] == ["环湖公路改造答记者问"]


def test_name_alone_in_brackets_ends_the_text_above_and_trial_use_does_not() -> None:
    ended = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n（丁书田）\n\n临渚市社区书房开到家门口\n\n{LIBRARY}")
    assert [a["title"] for a in ended] == ["环湖公路改造全线完工", "临渚市社区书房开到家门口"]
    trial = articles(f"青岚市湿地保护办法\n（试行）\n\n{RULES}")
    assert trial[0]["title"] == "青岚市湿地保护办法 （试行）" or trial[0]["subtitle"] == "（试行）"


def test_names_in_brackets_end_the_text_above_or_open_the_one_below() -> None:
    ended = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n（记者 丁书田）\n\n临渚市社区书房开到家门口\n\n{LIBRARY}")
    assert [a["title"] for a in ended] == ["环湖公路改造全线完工", "临渚市社区书房开到家门口"]
    assert ended[0]["paragraphs"][-1] == "（记者 丁书田）"
    led = LIBRARY.replace("本报讯（记者 俞晓棠）", "（本报记者 俞晓棠）")
    opened = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n临渚市社区书房开到家门口\n\n{led}")
    assert [a["title"] for a in opened] == ["环湖公路改造全线完工", "临渚市社区书房开到家门口"]


def test_headline_after_who_was_present_begins_an_article() -> None:
    meeting = "3月5日，青岚市召开环湖公路养护现场会，安排部署全年公路养护和安全生产任务。" * 6
    library = LIBRARY.replace("本报讯（记者 俞晓棠）3月5日，", "")
    heads = ["青岚市召开公路养护现场会", "临渚市第二十家社区书房开放"]
    found = articles(f"{heads[0]}\n\n{meeting}\n\n沈知远、顾青禾参加会议。\n\n{heads[1]}\n\n{library}")
    assert [a["title"] for a in found] == heads


def test_bracket_over_three_print_lines_is_one_paragraph() -> None:
    note = "（2010年3月5日青岚市第五届人民代表大会常务委员会第六次会议通过）"
    column = [ROAD[45:].replace("\n", "")[at : at + 16] for at in range(0, 128, 16)]
    printed = "\n".join([note[:18], note[18:34], note[34:], "", *column])
    found = articles(f"青岚市湿地保护条例\n\n{printed}")
    assert note in [found[0]["subtitle"], *found[0]["paragraphs"]]


def test_day_in_brackets_under_a_headline_is_its_subtitle() -> None:
    found = articles(
        f"环湖公路改造全线完工\n\n{ROAD}\n\n在全市交通工作会议上的讲话\n\n（2020年3月5日）\n\n同志们：\n\n{LIBRARY[30:]}"
    )
    assert [a["title"] for a in found] == ["环湖公路改造全线完工", "在全市交通工作会议上的讲话"]
    assert found[1]["subtitle"] == "（2020年3月5日）"


NOTICE = (
    "各区县人民政府、市直各单位：\n\n为做好汛期值班工作，现就有关事项通知如下：\n\n一、落实责任。各单位要安排专人值守。\n\n"
    "青岚市人民政府办公室\n\n2020年6月1日"
)


def test_notice_without_a_headline_begins_where_it_is_addressed() -> None:
    found = articles(f"青岚市湿地保护条例\n\n{RULES}\n\n{NOTICE}\n\n青岚市人民政府办公室关于做好汛期值班工作的通知")
    assert [a["title"] for a in found] == ["青岚市湿地保护条例", "青岚市人民政府办公室关于做好汛期值班工作的通知"]


def test_headings_below_as_many_blank_lines_as_paragraphs_begin_nothing() -> None:
    drill, watch = "每天清晨，演练队员都要沿着大堤走上一个来回。", "到了夜里，值守的人换了三班，没有谁合眼。"
    rows = ["云江市举行防汛演练", "三百名队员参加了演练。", *["一线练兵", drill, "夜里值守", watch] * 2]
    text = "\n\n".join(rows)
    assert [a["title"] for a in articles(text)] == ["云江市举行防汛演练"]


@pytest.mark.parametrize("gap", ["\n\n", "\u3000\u3000"])
def test_days_on_which_a_law_was_passed_and_amended_begin_nothing(gap: str) -> None:
    decision = (
        "和青岚市人民代表大会常务委员会第二十三次会议批准的《青岚市人民代表大会常务委员会关于修改两件地方性法规的决定》"
    )
    days = [
        "1994年7月22日 青岚市第十届人民代表大会常务委员会第十二次会议通过",
        f"2004年8月25日 青岚市第十二届人民代表大会常务委员会第十一次会议通过，{decision}第一次修正",
        "2014年8月26日 青岚市第十四届人民代表大会常务委员会第二十二次会议通过修订",
        "2014年9月26日 云江省第十二届人民代表大会常务委员会第十次会议批准修订",
    ]
    found = articles(gap.join(["青岚市湿地保护条例", *days, *RULES.split("\n\n")]))
    assert [a["title"] for a in found] == ["青岚市湿地保护条例"]
    assert found[0]["paragraphs"][-3] == "保护与管理"


def test_law_begins_anew_where_article_one_comes_again() -> None:
    again = RULES.replace("湿地", "古树").replace("沼泽地带", "树龄百年以上的树木")
    found = articles(f"青岚市湿地保护条例\n\n{RULES}\n\n{again}\n\n青岚市古树保护条例")
    assert [a["title"] for a in found] == ["青岚市湿地保护条例", "青岚市古树保护条例"]


def test_law_whose_name_stands_below_a_list_that_was_cut_off_begins_an_article() -> None:
    again = RULES.replace("湿地", "古树").replace("沼泽地带", "树龄百年以上的树木")
    cut = f"{RULES}\n\n第五条 有下列情形之一的，应当列入市级湿地名录："
    found = articles(f"青岚市湿地保护条例\n\n{cut}\n\n临渚市古树保护条例\n\n{again}")
    assert [a["title"] for a in found] == ["青岚市湿地保护条例", "临渚市古树保护条例"]


def test_rules_that_a_notice_announces_belong_to_it() -> None:
    notice = "各县（区）人民政府：\n\n为了保护湿地，市人民政府制定了有关规定。现印发如下："
    found = articles(f"关于印发青岚市湿地保护规定的通知\n\n{notice}\n\n青岚市湿地保护规定\n\n{RULES}")
    assert [a["title"] for a in found] == ["关于印发青岚市湿地保护规定的通知"]


def test_article_one_quoted_in_an_amendment_begins_nothing() -> None:
    found = articles(f"青岚市湿地保护条例\n\n{RULES}\n\n修改为：\n\n“第一条 为了保护湿地，制定本条例。”")
    assert [a["title"] for a in found] == ["青岚市湿地保护条例"]


def test_subtitle_under_a_headline_below_its_body_goes_with_it() -> None:
    found = articles(f"{ROAD}\n\n环湖公路改造全线完工\n——访青岚市交通运输局\n\n临渚市社区书房开到家门口\n\n{LIBRARY}")
    assert [(a["title"], a["subtitle"]) for a in found] == [
        ("环湖公路改造全线完工", "——访青岚市交通运输局"),
        ("临渚市社区书房开到家门口", None),
    ]


def test_headline_that_speaks_of_reporters_is_no_byline() -> None:
    found = articles(f"环湖公路开通仪式举行 市长会见\n记者并回答提问\n\n{ROAD}")
    assert found[0]["title"] == "环湖公路开通仪式举行 市长会见 记者并回答提问"


def test_name_of_a_document_broken_in_two_is_one_headline() -> None:
    body = "为了方便居民借书，现将今年社区书房的开放时间和借阅办法通知如下。\n\n书房每天开放十二个小时，节假日照常。"
    (found,) = articles(f"临渚市政府办公室关于做好\n二〇二一年度社区书房工作的通知\n\n{body}")
    assert found["title"] == "临渚市政府办公室关于做好二〇二一年度社区书房工作的通知"


def test_issuer_over_the_name_of_its_document_is_one_headline_and_the_imprint_is_none() -> None:
    body = "因人事变动，现将调整后的名单通知如下。\n\n指挥长：孔桐 市长\n\n副指挥长：丁书田 副市长\n\n抄送：各社区。"
    text = f"临渚市政府办公室\n关于调整防汛指挥部成员的通知\n\n{body}\n\n临渚市政府办公室 2021年3月3日印发"
    (found,) = articles(text)
    assert found["title"] == "临渚市政府办公室关于调整防汛指挥部成员的通知"
    assert found["paragraphs"][1:3] == ["指挥长：孔桐市长", "副指挥长：丁书田副市长"]
    assert found["paragraphs"][-1] == "临渚市政府办公室2021年3月3日印发"


def test_rows_of_a_table_are_no_headlines_and_part_no_article() -> None:
    rows = ["| 社区 | 书房 |", "| 白鹭湾 | 一家 |", "| 清河县第二十四中学 | 两家 |"]
    (found,) = articles("\n\n".join(["临渚市社区书房开到家门口", LIBRARY, *rows, LIBRARY[-40:]]))
    assert found["paragraphs"][2:5] == ["|社区|书房|", "|白鹭湾|一家|", "|清河县第二十四中学|两家|"]


@pytest.mark.parametrize("title", ["搬家", "Open data 2021", "书房里，有盏灯。", "本报记者", "闻香", "（转）一、读书"])
def test_title_that_a_record_names_is_the_headline_whatever_it_looks_like(title: str) -> None:
    (found,) = articles(f"{title}\n\n{LIBRARY}", title=title)
    assert found["title"] == title
    assert len(found["paragraphs"]) == 2


@pytest.mark.parametrize(
    "body",
    ["今年汛期提前半个月\n请各村做好准备", "河灯亮了\n\n晚归的人\n\n数着星星回家", "第二期读书会报名开始"],
    ids=["lines", "verse", "one line"],
)
def test_text_of_a_record_without_any_sentence_stays_its_text(body: str) -> None:
    (found,) = articles(f"青岚市读书会\n\n{body}", title="青岚市读书会")
    assert found["title"] == "青岚市读书会"
    assert "".join(found["paragraphs"]) == body.replace("\n", "")


def test_what_stands_right_under_the_title_of_a_record_still_belongs_to_its_headline() -> None:
    (found,) = articles(f"环湖公路改造全线完工\n孔桐主持 余琳秀出席\n\n{ROAD}", title="环湖公路改造全线完工")
    assert (found["title"], found["subtitle"]) == ("环湖公路改造全线完工", "孔桐主持 余琳秀出席")


def test_page_with_several_articles_whose_record_has_a_title_still_has_them_all() -> None:
    page = f"环湖公路改造全线完工\n\n{ROAD}\n\n临渚市社区书房开到家门口\n\n{LIBRARY}"
    found = articles(page, title="环湖公路改造全线完工")
    assert [a["title"] for a in found] == ["环湖公路改造全线完工", "临渚市社区书房开到家门口"]


def test_name_alone_between_headline_and_text_is_a_byline() -> None:
    found = articles(f"环湖公路改造全线完工\n郭书田\n\n{ROAD}\n\n社区书房开放\n◎俞晓棠\n\n{LIBRARY}")
    assert [(a["title"], a["paragraphs"][0]) for a in found] == [
        ("环湖公路改造全线完工", "郭书田"),
        ("社区书房开放", "◎俞晓棠"),
    ]


def test_last_word_of_a_headline_is_no_name() -> None:
    found = articles(f"环湖公路改造工程全线完工沿线各乡镇群众出行\n更方便\n\n{ROAD}")
    assert found[0]["paragraphs"][0].startswith("本报讯")


def test_headline_above_a_bar_begins_an_article() -> None:
    letters = ["咨询环湖公路何时完工", "社区书房求助"]
    bar = "来信时间：2022-01-20 15:43\n办理单位：青岚市交通运输局\n信件编号：2771431643"
    found = articles("\n\n".join(f"{letter}\n{bar}\n来信内容：{ROAD[30:]}" for letter in letters))
    assert [a["title"] for a in found] == letters


def test_note_on_publishing_ends_the_document_above() -> None:
    second = "青岚市人民政府办公室关于做好古树普查的通知"
    trees = NOTICE.replace("汛期值班", "古树普查").replace("值守", "登记")
    first = "青岚市人民政府办公室关于做好汛期值班工作的通知"
    found = articles(f"{first}\n\n{NOTICE}\n\n（此件公开发布）\n\n{second}\n\n{trees}")
    assert [a["title"] for a in found] == [first, second]
    assert found[0]["paragraphs"][-1] == "（此件公开发布）"


def test_headline_wider_than_its_columns_keeps_what_is_left_of_its_last_word() -> None:
    column = "\n".join(ROAD.replace("\n", "")[at : at + 16] for at in range(0, 112, 16))
    found = articles(f"青岚市环湖公路改造工程全线完工沿线群众出行更方\n便\n{column}")
    assert found[0]["title"] == "青岚市环湖公路改造工程全线完工沿线群众出行更方便"


def test_byline_behind_a_box_begins_a_paragraph() -> None:
    text = ROAD.replace("\n", "").replace("本报讯（记者 丁书田）", "")
    column = "\n".join(text[at : at + 16] for at in range(0, 96, 16))
    found = articles(f"环湖公路改造全线完工\n□记者 丁书田\n{column}")
    assert (found[0]["title"], found[0]["paragraphs"][0]) == ("环湖公路改造全线完工", "□记者 丁书田")


def test_titles_over_lines_of_any_end_are_spelled_without_it() -> None:
    found = articles(f"环湖公路改造\r\n全线完工\r\n\r\n{ROAD}")
    assert "\r" not in found[0]["title_original"]


def test_line_behind_a_dash_makes_what_is_above_it_a_headline() -> None:
    text = "眼下，堤边的桃花开了，沿湖的村庄里游人不断。村民把自家的院子收拾出来，接待远道而来的客人。"
    found = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n湖畔花开\n——访青岚市白鹭村\n\n{text}")
    assert [(a["title"], a["subtitle"]) for a in found] == [
        ("环湖公路改造全线完工", None),
        ("湖畔花开", "——访青岚市白鹭村"),
    ]


def test_headings_of_a_case_are_no_headlines() -> None:
    found = articles(f"青岚市环湖公路施工合同纠纷案\n\n基本案情\n\n{ROAD}\n\n裁判结果\n\n{LIBRARY[30:]}")
    assert [a["title"] for a in found] == ["青岚市环湖公路施工合同纠纷案"]
    assert found[0]["paragraphs"][0] == "基本案情"


def test_speaker_and_day_under_a_headline_part_no_article() -> None:
    speech = "今天，我们召开会议，部署全市交通工作。要把群众家门口的路修好。"
    found = articles(f"在全市交通工作会议上的讲话\n陈远舟\n（二〇一四年十二月二日）\n\n同志们：\n\n{speech}")
    assert [a["title"] for a in found] == ["在全市交通工作会议上的讲话"]
    assert found[0]["paragraphs"][:3] == ["陈远舟", "（二〇一四年十二月二日）", "同志们："]


def test_what_a_delegate_says_can_be_a_headline() -> None:
    (found,) = articles(f"人大代表：让书房开到村口\n\n{LIBRARY}")
    assert found["title"] == "人大代表：让书房开到村口"


def test_heading_set_in_as_paragraphs_are_is_no_headline() -> None:
    page = (
        "云江县首位女发言人亮相 端庄大方\n\n　　4月29日，云江县政府举行新闻发布会，发言人林知夏首次亮相。\n\n"
        "　　着深色西装 开场先向记者鞠躬\n\n　　发布会一开始，林知夏走向发布台，先向在场记者鞠躬。\n\n"
        "　　随后，林知夏通报了一季度经济运行情况，并就社会保障等问题回答了提问。"
    )
    assert [a["title"] for a in articles(page)] == ["云江县首位女发言人亮相 端庄大方"]


def test_issuer_over_two_lines_is_no_headline() -> None:
    found = articles(
        f"关于核酸检测的通告\n\n{LIBRARY}\n感谢广大市民的理解、支持与配合！\n云江县新冠肺炎疫情\n联防联控指挥部办公室\n2022年4月5日"
    )
    assert [a["title"] for a in found] == ["关于核酸检测的通告"]
    assert found[0]["paragraphs"][-3:] == [
        "云江县新冠肺炎疫情",
        "联防联控指挥部办公室",
        "2022年4月5日",
    ]


def test_list_of_speakers_is_no_headline() -> None:
    found = articles(
        f"同志们：\n下面，请各位代表发言。\n请林知夏代表发言……\n请段一子代表发言……\n请沈成代表发言……\n{ROAD[26:]}"
    )
    assert [a["title"] for a in found] == [None]


def test_what_one_of_several_says_is_no_headline() -> None:
    turns = "".join(
        f"林县长知夏：第{n}座水库已经加固，今年可以蓄水。\n段代表一子：下游的堤防也要一起加固，请县里安排。\n"
        for n in "一二三"
    )
    found = articles(
        f"县长答代表问\n\n{turns}段代表一子：经费从哪里来？\n林县长知夏：由县财政列支，另向省里申请补助……\n{turns}散会（17时42分）"
    )
    assert [a["title"] for a in found] == ["县长答代表问"]


def test_labels_of_headlines_are_no_speakers() -> None:
    found = articles(f"云江发布：环湖公路改造全线完工\n\n{ROAD}\n\n云江发布：临渚市社区书房开到家门口\n\n{LIBRARY}")
    assert len(found) == 2


def test_texts_numbered_behind_one_name_are_articles() -> None:
    found = articles(f"学习心得（专业2篇）\n学习心得体会篇一\n{ROAD[26:]}\n学习心得体会篇二\n{LIBRARY[26:]}")
    assert [a["title"] for a in found] == ["学习心得体会篇一", "学习心得体会篇二"]


def test_first_line_above_a_blank_line_is_a_headline_with_marks() -> None:
    page = f"县长巡视老桥 给乡亲带来不便，我们深感抱歉\n\n县长今（5）日下午巡视老桥，说明封闭维修的安排。\n{ROAD[26:]}"
    assert articles(page)[0]["title"] == "县长巡视老桥 给乡亲带来不便，我们深感抱歉"


PARTS = (
    ("环湖公路改造全线完工", "环湖公路改造工程全线完工。沿线六个乡镇出行更加方便。"),
    ("社区书房开到家门口", "第二十家社区书房正式开放。藏书八千册。"),
    ("青岚市通报三起违规案件", "青岚市昨日通报三起案件。各单位要引以为戒。"),
)


@pytest.mark.parametrize("rule", ["=" * 30, "-" * 20, "*****", "~~~~~~"])
def test_rules_between_texts_that_have_headlines_part_them(rule: str) -> None:
    found = articles(f"\n\n{rule}\n\n".join(f"{title}\n\n{text}" for title, text in PARTS))
    assert [(a["title"], a["paragraphs"]) for a in found] == [(title, [text]) for title, text in PARTS]


@pytest.mark.parametrize(
    "text",
    [
        f"\n{'-' * 20}\n".join([PARTS[0][0], *(text for _, text in PARTS)]),  # between paragraphs
        "\n\n---\n\n".join(f"{title}\n\n{text}" for title, text in PARTS),  # between sections, in Markdown
        f"{'=' * 20}\n{PARTS[0][0]}\n{'=' * 20}\n{PARTS[0][1]}",  # around the headline
    ],
)
def test_other_rules_part_nothing(text: str) -> None:
    assert len(articles(text)) == 1


def test_lines_behind_the_same_sign_are_a_list() -> None:
    found = articles(
        f"环湖公路改造全线完工\n\n{ROAD[26:]}\n\n■ 六个乡镇出行方便\n\n■ 沿线新增观景平台三处\n\n{LIBRARY[26:]}"
    )
    assert [a["title"] for a in found] == ["环湖公路改造全线完工"]


def test_paper_and_day_in_brackets_end_an_article() -> None:
    found = articles(f"云江旧闻两则\n{ROAD}\n（1991年4月30日《云江日报》）\n{LIBRARY}\n（1991年4月28日《云江日报》）")
    assert len(found) == 2
    assert found[0]["paragraphs"][-1] == "（1991年4月30日《云江日报》）"


@pytest.mark.parametrize("bar", ["2021-03-0{n} 云江日报", "时间：2021-03-0{n} 来源：云江发布"])
def test_numbered_lines_over_days_and_sources_are_headlines(bar: str) -> None:
    parts = [f"{n}.{title}\n{bar.format(n=n)}\n{text}\n" for n, (title, text) in enumerate(PARTS, start=1)]
    found = articles("\n".join(parts))
    assert [a["title"] for a in found] == [f"{n}.{title}" for n, (title, _) in enumerate(PARTS, start=1)]


def test_numbered_headings_stay_in_their_text() -> None:
    parts = [f"{n}.{title}\n{text}\n" for n, (title, text) in enumerate(PARTS, start=1)]
    assert len(articles("\n".join([f"{PARTS[0][0]}\n2021-03-01 云江日报\n", *parts]))) == 1


def test_headlines_that_contents_name_begin_articles() -> None:
    found = articles(
        "云江评论汇编两篇\n目录\n1.老桥不能一拆了之（云江观点） 2\n2.书房要开到家门口（云江观点） 7\n\n"
        f"老桥不能一拆了之（云江观点）\n　　{ROAD[26:80]}。\n书房要开到家门口（云江观点）\n　　{LIBRARY[26:70]}。"
    )
    assert [a["title"] for a in found][-2:] == ["老桥不能一拆了之（云江观点）", "书房要开到家门口（云江观点）"]


def test_short_lines_between_paragraphs_of_one_line_are_no_column() -> None:
    name = "云江县湿地保护管理条例"
    text = (
        "第一条 为了保护湿地资源，维护湿地生态功能，促进湿地资源可持续利用，根据有关法律、行政法规，结合本县实际，"
        "制定本条例，适用于本县行政区域内湿地的规划、保护、利用和监督管理活动。"
    )
    found = articles(f"{name}\n\n\n二○一○年十二月二十五日\n\n\n{name}\n\n\n第一章总则\n\n{text}\n\n{text[4:]}")
    assert name in [a["title"] for a in found]
    assert "第一章总则" in [text for a in found for text in a["paragraphs"]]


def test_short_line_between_lines_of_a_headline_is_one_of_them() -> None:
    found = articles(f"青岚市推进环湖公路改造\n沿线六个\n乡镇群\n众出行更加方便\n\n{ROAD}")
    assert found[0]["title"].replace(" ", "") == "青岚市推进环湖公路改造沿线六个乡镇群众出行更加方便"


def test_lead_of_a_house_without_a_known_name_begins_an_article() -> None:
    lead = "青岚新闻讯（青岚新闻记者 俞晓棠 通讯员 王玉）"
    found = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n社区书房开到家门口\n\n{lead}{LIBRARY[17:]}")
    assert [a["title"] for a in found] == ["环湖公路改造全线完工", "社区书房开到家门口"]


def test_reporter_in_brackets_at_the_end_of_a_print_line_is_joined_to_the_text() -> None:
    text = "（本报记者 林磊）市委常委、市长陆怀舟3月13日在环湖公路调研，察看路面改造和观景平台建设。" + ROAD[26:]
    lines = [text[at : at + 16] for at in range(0, 160, 16)]
    assert lines[0] == "（本报记者 林磊）市委常委、市长"
    lines[0], lines[1] = lines[0][:-3], lines[0][-3:] + lines[1]
    found = articles("\n".join(["陆怀舟调研环湖公路", *lines]))
    assert found[0]["title"] == "陆怀舟调研环湖公路"
    assert found[0]["paragraphs"][0].startswith("（本报记者 林磊）市委常委、市长陆怀舟")


def test_headline_not_set_in_below_more_blank_lines_begins_an_article() -> None:
    road = ["　　环湖公路改造工程日前完工。沿线六个乡镇的群众出行更加方便，观景平台也已开放。", "　　公路全长36公里。"]
    books = ["　　第二十家书房藏书八千册，每天开放十二个小时，孩子们放学以后都爱到这里来。", "　　书房周末要预约。"]
    page = ["环湖公路改造完工", "", *road, "", "", "书房藏书八千册周末要预约", "", *books]
    assert [a["title"] for a in articles("\n".join(page))] == ["环湖公路改造完工", "书房藏书八千册周末要预约"]
    page[4:6] = []
    assert [a["title"] for a in articles("\n".join(page))] == ["环湖公路改造完工"]


def test_headline_set_in_over_a_text_that_is_not_is_no_first_line_of_it() -> None:
    text = ROAD.replace("\n", "").replace("本报讯（记者 丁书田）", "")
    found = articles(f"　　青岚市举行环湖公路改造工程完工仪式\n{text}\n　　{LIBRARY[26:].splitlines()[0]}\n{text}")
    assert found[0]["title"] == "青岚市举行环湖公路改造工程完工仪式"


def test_centred_headline_below_more_blank_lines_begins_an_article() -> None:
    road = ["　　环湖公路改造工程日前完工。沿线六个乡镇的群众出行更加方便，观景平台也已开放。", "　　公路全长36公里。"]
    books = ["　　第二十家书房藏书八千册，每天开放十二个小时，孩子们放学以后都爱到这里来。", "　　书房周末要预约。"]
    page = ["环湖公路改造完工", "", *road, "", "", f"{'　' * 12}书房藏书八千册周末要预约", "", *books]
    assert [a["title"] for a in articles("\n".join(page))] == ["环湖公路改造完工", "书房藏书八千册周末要预约"]


def test_headline_that_ends_like_a_house_is_no_credit_over_another_line_of_it() -> None:
    found = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n\n织密乡村书香网\n书房开到家门口\n\n{LIBRARY}")
    assert [a["title"] for a in found] == ["环湖公路改造全线完工", "织密乡村书香网 书房开到家门口"]


def test_house_below_its_text_is_a_credit() -> None:
    found = articles(f"环湖公路改造全线完工\n\n{ROAD}\n\n云江新闻网\n\n书房开到家门口\n\n{LIBRARY}")
    assert [a["title"] for a in found] == ["环湖公路改造全线完工", "书房开到家门口"]


def test_rest_of_a_name_on_a_line_of_its_own_belongs_to_it() -> None:
    found = articles(f"关于审理湿地资源案件适用法律若干问题\n的解释\n\n{RULES}")
    assert found[0]["title"] == "关于审理湿地资源案件适用法律若干问题的解释"
