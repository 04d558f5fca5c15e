"""What pages of the web have taught about headlines: whole texts, all made up, through the real recipe."""

import pytest

from tests.curating import articles

TEXT = "环湖公路改造工程昨日全线完工，沿线六个乡镇的群众出行更加方便，县里还在湖边新建了三处观景平台和两个停车场。"


def test_photographer_below_a_caption_is_no_headline_and_no_writer() -> None:
    found = articles(
        f"3月3日，群众在老桥边看水。\n云江日报记者 周小禾摄\n来自山里的孩子第一次看见湖。\n本报记者 沈成摄\n{TEXT}"
    )
    assert [(a["title"], a["byline"]) for a in found] == [(None, None)]
    assert "云江日报记者周小禾摄" in found[0]["paragraphs"]


def test_what_a_notice_hands_out_has_its_own_headline() -> None:
    plan = "罗坪市防治慢性病中长期规划（2018—2025年）"
    notice = f"各县（市）人民政府，市政府各直属单位：\n经市政府同意，现将《{plan}》印发给你们，请认真贯彻执行。"
    aim = "为积极推进慢性病防治工作，降低疾病负担，提高居民健康期望寿命，保障人民健康，制定本规划。"
    found = articles(f"{notice}\n罗坪市人民政府办公室\n2018年5月14日\n{plan}\n{aim}\n一、规划背景\n{TEXT}")
    assert [a["title"] for a in found] == [None, plan]


def test_the_name_below_a_bare_number_heads_a_part_of_the_text() -> None:
    found = articles(f"湖区养护手册\n第一节\n堤岸与闸门养护办法\n一、堤岸\n{TEXT}\n三.闸门养护的基本做法\n{TEXT}")
    assert [a["title"] for a in found] == ["湖区养护手册"]
    assert "堤岸与闸门养护办法" in found[0]["paragraphs"]


def test_thanks_in_a_speech_are_no_headline() -> None:
    thanks = "下面，让我们再一次以热烈的掌声对林县长的讲话表示感谢！"
    assert len(articles(f"在环湖公路完工仪式上的主持词\n同志们：\n{TEXT}\n{thanks}\n第一，{TEXT}")) == 1


def test_writers_with_what_each_of_them_did_stand_in_the_byline() -> None:
    found = articles(f"环湖公路全线完工\n全媒体记者 周小禾 /文 沈成 /图\n{TEXT}")
    assert [(a["title"], a["byline"]) for a in found] == [("环湖公路全线完工", "全媒体记者 周小禾 /文 沈成 /图")]


@pytest.mark.parametrize(
    "byline",
    [
        "文/汤小雨",
        "文 | 周小禾 沈成",
        "特派记者周小禾/云江报导清河晚报",
        "摄影中心／记者沈成／云江即时报导",
        "◉ 记者 周小禾",
        "晚报首席记者周小禾 通讯员沈成林",
        "□全媒体记者 周小禾 实习生 沈成",
        "云江市罗坪区护林镇人民政府 牟小禾",
        "水务局机关第二党支部  周小禾",
        "周小禾，沈 成",
    ],
)
def test_bylines_with_a_bar_are_no_line_of_the_headline(byline: str) -> None:
    assert [a["title"] for a in articles(f"环湖公路全线完工\n{byline}\n{TEXT}\n{TEXT}")] == ["环湖公路全线完工"]


@pytest.mark.parametrize(
    "unit",
    [
        "文化/体育设施全部建成",
        "记者节/我们在路上",
        "图文并茂/一条路的故事",
        "罗坪区人民政府 办好十件实事",
        "王家渡口，陈家渡口",
    ],
)
def test_headlines_with_a_bar_are_no_bylines(unit: str) -> None:
    assert [a["title"] for a in articles(f"{unit}\n{TEXT}\n{TEXT}")] == [unit]


def test_what_was_said_at_which_moment_is_a_paragraph() -> None:
    turns = [f"[林远山]：2021年，{TEXT} [09:0{n}]" for n in range(4)]
    assert len(articles("\n".join(["环湖公路完工仪式实录", *turns]))[0]["paragraphs"]) == 4


def test_a_speaker_and_a_dash_end_a_paragraph() -> None:
    said = "云江在线1月16日讯 今天上午，环湖公路完工仪式在湖边举行，县长林远山在仪式上讲话。他说——"
    assert articles(f"{said}\n各位乡亲！{TEXT}\n{TEXT}")[0]["paragraphs"][0] == said


def test_site_and_its_paper_keep_their_spaces() -> None:
    lead = f"清河网 清河日报讯 记者周小禾报道：{TEXT}"
    assert articles(f"{lead}\n{TEXT}")[0]["paragraphs"][0] == lead


def test_texts_numbered_behind_one_name_are_a_collection() -> None:
    found = articles(f"湖区见闻范本一\n{TEXT}\n{TEXT}\n湖区见闻范本二\n{TEXT}")
    assert [a["title"] for a in found] == ["湖区见闻范本一", "湖区见闻范本二"]


def test_paper_and_site_may_stand_side_by_side_in_a_byline() -> None:
    found = articles(f"环湖公路全线完工\n新罗坪·每日罗坪网记者 周小禾\n{TEXT}")
    assert [(a["title"], a["byline"]) for a in found] == [("环湖公路全线完工", "新罗坪·每日罗坪网记者 周小禾")]


def test_one_numbered_name_parts_nothing() -> None:
    assert len(articles(f"环湖公路工作方案1\n{TEXT}\n第一，{TEXT}\n第二，{TEXT}")) == 1


def test_verse_is_set_in_its_lines() -> None:
    verse = ["当晨雾漫过湖面", "我们多么盼望", "渔船缓缓归来", "一缕炊烟", "就能唤醒整个山村的清晨"]
    verse += ["石桥上走来挑水的姑娘", "让我们轻轻歌唱", "歌唱青山"]
    found = articles("\n".join(["湖边的清晨", "", *verse]))
    assert [(a["title"], a["paragraphs"]) for a in found] == [("湖边的清晨", verse)]


def test_headlines_without_texts_are_no_article() -> None:
    assert articles("\n".join(f"罗坪县召开第{n}次环湖公路建设工作推进会议部署工作" for n in "一二三四五六七八九")) == []


def test_a_question_over_the_bar_is_the_headline() -> None:
    found = articles(f"【湖区辟谣】湖里有怪鱼？谣言\n2021-02-19 09:25:11 来源：云江网 | 编辑：周小禾\n\n{TEXT}\n{TEXT}")
    assert [a["title"] for a in found] == ["【湖区辟谣】湖里有怪鱼？谣言"]


def test_an_address_behind_a_sentence_ends_its_paragraph() -> None:
    assert articles(f"{TEXT} http://t.cn/R12abc\n{TEXT}")[0]["paragraphs"] == [f"{TEXT}http://t.cn/R12abc", TEXT]


def test_a_reporter_and_a_place_stand_in_the_byline() -> None:
    found = articles(f"环湖公路完工\n记者周小禾/云江报导\n{TEXT}")
    assert [(a["title"], a["byline"]) for a in found] == [("环湖公路完工", "记者周小禾/云江报导")]


def test_columns_of_an_old_paper_are_cut_into_articles() -> None:
    body = f"{TEXT}{TEXT} 县长林远山说，{TEXT}{TEXT} 沿线群众说，{TEXT}{TEXT}"
    page = "\n\n".join(
        f"{n}. {title}\n\n第1版（要闻）专栏： {title} 本报云江3月4日电记者周小禾报道：{body}"
        for n, title in ((1, "环湖公路全线完工通车"), (2, "罗坪水库开闸放水灌溉"))
    )
    assert [a["title"] for a in articles(f"1991-03-05\n\n第 1 版\n\n{page}")] == [
        "环湖公路全线完工通车",
        "罗坪水库开闸放水灌溉",
    ]


def test_words_of_a_corpus_are_put_together() -> None:
    lines = ["环湖 公路 全线 完工", "环湖 公路 昨日 完工 ， 群众 出行 方便 ， 大家 都 说 好 。 湖边 新建 了 观景台 。"]
    found = articles("\n".join(lines))
    assert (found[0]["title"], found[0]["paragraphs"]) == (
        "环湖公路全线完工",
        ["环湖公路昨日完工，群众出行方便，大家都说好。湖边新建了观景台。"],
    )


def test_units_of_a_headline_stay_apart_over_a_text_in_whole_words() -> None:
    assert articles(f"环湖公路 全线完工\n{TEXT}\n{TEXT}")[0]["title"] == "环湖公路 全线完工"


def test_who_took_a_picture_ends_its_caption() -> None:
    caption = "▲3月5日，群众在环湖公路上骑行。云江日报记者 周小禾/摄"
    assert articles(f"环湖公路全线完工\n{TEXT}\n{caption}\n{TEXT}")[0]["paragraphs"][2] == TEXT


def test_who_said_it_stands_below_and_is_no_headline() -> None:
    said = ["“湖水清清，桥影弯弯。”在这个美好的时节，我很高兴同各位一道，走一走这条新修的路，看一看湖边的新村。"]
    said += ["——林远山在环湖公路完工仪式上的讲话"]
    poem = ["湖水清清照石桥，", "渔歌声里月儿高。", "村前种下千株树，", "留与春风作柳条。", "——周小禾《湖边》"]
    found = articles("\n".join([TEXT, *said, *poem, TEXT]))
    assert len(found) == 1
    assert {said[1], poem[4]} < set(found[0]["paragraphs"])


def test_subtitle_behind_a_dash_stays_with_its_headline() -> None:
    found = articles(f"湖边新路\n——环湖公路建设侧记\n{TEXT}\n{TEXT}")
    assert [(a["title"], a["subtitle"]) for a in found] == [("湖边新路", "——环湖公路建设侧记")]


def test_lines_that_open_with_a_name_each_are_paragraphs() -> None:
    rows = [
        "原文：湖光秋月两相和，潭面无风镜未磨",
        "释义：湖光与秋月交相辉映，水面平静得像没有磨过的铜镜。",
        "出处：《云江诗选》",
    ]
    assert articles("\n".join([TEXT, *rows, TEXT]))[0]["paragraphs"] == [TEXT, *rows, TEXT]


def test_number_in_brackets_below_the_name_of_a_notice_is_its_subtitle() -> None:
    found = articles(f"罗坪县防治湖区虫害的\n联合指挥部通告\n（县指挥部第1号）\n{TEXT}\n{TEXT}")
    assert [(a["title"], a["subtitle"]) for a in found] == [("罗坪县防治湖区虫害的联合指挥部通告", "（县指挥部第1号）")]


def test_two_units_of_a_headline_are_not_run_together() -> None:
    assert (
        articles(f"环湖公路全线完工\n\n沿线群众出行方便\n\n{TEXT}\n\n{TEXT}")[0]["title"]
        == "环湖公路全线完工 沿线群众出行方便"
    )


def test_a_greeting_below_a_headline_is_a_paragraph_of_its_own() -> None:
    lines = ["我家住在环湖路口，上月", "水管忽然裂了，是修理站", "的师傅连夜赶来修好的，", "我想向他说一声谢谢。"]
    rest = ["这件事虽小，却让我们一", "家人心里暖和了很久，希", "望贵报能够登出来。"]
    found = articles("\n".join(["一封来信", "编辑同志：", "", *lines, "", *rest]))
    assert [a["title"] for a in found] == ["一封来信"]
    assert found[0]["paragraphs"][0] == "编辑同志："


def test_a_name_and_a_colon_in_mid_sentence_are_no_greeting() -> None:
    lines = ["昨日，信寄给了公路修理站", "周小禾同志：", "收到来信十分高兴，望你再", "接再厉，把路修得更好些。"]
    found = articles("\n".join(["一封回信", "", *lines, "", *lines]))
    assert "".join(found[0]["paragraphs"]).startswith("昨日，信寄给了公路修理站周小禾同志：收到来信")


def test_two_lines_of_a_headline_of_one_length_are_two_units() -> None:
    lines = ["环湖公路昨日全线完工，", "沿线六个乡镇的群众出行", "更加方便，县里还新建了", "三处观景平台。"]
    pair = articles("\n".join(["环湖公路全线完工", "六个乡镇出行方便", "", *lines, "", *lines, "", *lines]))
    assert pair[0]["title"] == "环湖公路全线完工 六个乡镇出行方便"
    wrapped = articles("\n".join(["环湖公路全线完工六", "个乡镇出行方便", "", *lines, "", *lines, "", *lines]))
    assert wrapped[0]["title"] == "环湖公路全线完工六个乡镇出行方便"


@pytest.mark.parametrize(
    ("over", "here"), [("全县环湖公路交通", "运输秩序恢复正常"), ("全县公路水库建", "设工程全线完工")]
)
def test_two_lines_of_one_length_that_part_a_word_are_one_unit(over: str, here: str) -> None:
    lines = ["环湖公路昨日全线完工，", "沿线六个乡镇的群众出行", "更加方便，县里还新建了", "三处观景平台。"]
    found = articles("\n".join([over, here, "", *lines, "", *lines, "", *lines]))
    assert found[0]["title"] == over + here


def test_key_words_of_a_paper_are_a_paragraph_and_no_headline() -> None:
    found = articles(f"河堤养护方法研究\n摘要：{TEXT}\n关键词：河堤；养护；罗坪\n{TEXT}\n{TEXT}")
    assert [a["title"] for a in found] == ["河堤养护方法研究"]
    assert found[0]["paragraphs"][1] == "关键词：河堤；养护；罗坪"


def test_a_reference_is_no_line_of_the_headline() -> None:
    found = articles(f"河堤养护方法研究\n引用格式：周小禾，沈成. 河堤养护方法研究[J]. 云江水利，2021\n{TEXT}\n{TEXT}")
    assert [a["title"] for a in found] == ["河堤养护方法研究"]


def test_a_short_headline_over_how_reports_open_begins_an_article() -> None:
    for lead in ("当地时间3月5日至8日，", "记者今天（3月5日）从县水务局获悉，"):
        found = articles("\n".join(["环湖公路全线完工", TEXT, TEXT, "孔桐访问清河", f"{lead}{TEXT}", TEXT]))
        assert [a["title"] for a in found] == ["环湖公路全线完工", "孔桐访问清河"]


def test_a_heading_over_what_a_reporter_was_told_is_a_paragraph() -> None:
    found = articles("\n".join(["环湖公路全线完工", TEXT, TEXT, "为何要修", f"记者了解到，{TEXT}", TEXT]))
    assert [a["title"] for a in found] == ["环湖公路全线完工"]


def test_parties_of_a_case_below_the_name_of_the_judgment_are_text() -> None:
    parties = [
        "上诉人（原审被告）：清河水泥有限公司",
        "法定代表人：沈成",
        "委托代理人：周小禾",
        "被上诉人（原审原告）：段一子",
    ]
    found = articles(
        "\n".join(["清河水泥有限公司与段一子买卖合同纠纷二审民事判决书", *parties, f"本院经审理查明，{TEXT}"])
    )
    assert [a["title"] for a in found] == ["清河水泥有限公司与段一子买卖合同纠纷二审民事判决书"]
    assert found[0]["paragraphs"][:4] == parties


def test_a_row_of_names_below_a_headline_is_its_byline() -> None:
    found = articles(f"水库群联合调度的计算方法\n李远山　周小禾　沈成　段一子\n　　{TEXT}\n　　{TEXT}")
    assert [(a["title"], a["byline"]) for a in found] == [("水库群联合调度的计算方法", "李远山 周小禾 沈成 段一子")]


@pytest.mark.parametrize("unit", ["修路 建桥 引水 惠民", "张榜 亮账 问需"])
def test_words_of_a_headline_below_another_line_of_it_are_no_names(unit: str) -> None:
    assert articles(f"环湖公路改造纪实\n{unit}\n{TEXT}\n{TEXT}")[0]["byline"] is None
