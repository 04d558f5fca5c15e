"""What stands at the top and the foot of a page of the web, as its reader left it: whole texts through the recipe."""

import pytest

from tests.curating import articles

_WORK = "3月5日，镇里组织干部到各村检查水渠清淤进度，帮助农户检修水泵，要求在春灌以前全部完工。"
_THEN = "干部们沿着水渠走了八公里，记下十二处要修的地方，当场商定了工期。"
_NAME = "镇干部分头下村检查水渠清淤进度"
_LONG = "白石镇干部分头下村检查水渠清淤进度（春灌观察）"

TITLES = [
    ("a section and a blank line", f"企业新闻\n\n{_NAME}\n\n2021-03-06 08:12:31\n\n{_WORK}\n\n{_THEN}", _NAME),
    ("a section named twice", f"企业新闻 company news\n\n{_NAME}\n\n发布日期：2021-03-06\n\n{_WORK}\n\n{_THEN}", _NAME),
    (
        "a label between a path and a bar",
        "云江晚讯\n头版快讯\n\n云江网首页 > 头版快讯 > 正文\n\n"
        f"水务厅：各村要打好清淤攻坚战\n\n2021-03-06 08:12:31\n\n{_WORK}\n\n{_THEN}",
        "水务厅：各村要打好清淤攻坚战",
    ),
    ("a day opens no headline", f"3月5日，镇里组织干部一行到\n\n“最远的三个村”检查水渠，\n\n{_THEN}\n\n{_WORK}", None),
    ("writers over a text", f"何启明 陈玉兰 尹立新\n{_WORK}\n{_THEN}", None),
    (
        "a writer with the source",
        f"{_LONG}\n\n——春灌见闻（上）\n\n记者  何启明  陈玉兰        来源：云江网\n\n{_WORK}\n\n{_THEN}",
        _LONG,
    ),
    ("a dateline alone", f"云江社／ 白石5日电\n渠边的干部。图／云江报系资料照片\n\n{_WORK}\n\n{_THEN}", None),
    ("a day above the size of letters", f"{_NAME}\n\n2021-03-06\n\nAAA\n\n{_WORK}\n\n{_THEN}", _NAME),
    ("an office and a day", f"{_NAME}\n新闻局\n2021-03-06 21:21\n\n{_WORK}\n\n{_THEN}", _NAME),
    ("a day below its label", f"发布日期：\n2021年03月06日\n{_NAME}\n{_WORK}\n{_THEN}", _NAME),
    (
        "a site's words above the day",
        f"看水 知水\n\n2021年3月6日 星期六\n\n{_NAME}\n\n"
        f"  • 发布时间：2021-03-05 08:52:42  来源：云江网\n\n{_WORK}\n\n{_THEN}",
        _NAME,
    ),
    (
        "what its path ends with",
        f"云江总结网 > 工作总结 > 春灌工作总结范文\n\n春灌工作总结范文\n\n{_WORK}\n\n{_THEN}",
        "春灌工作总结范文",
    ),
    (
        "names of sites in a row",
        f"{'云江看房-水渠图纸大全-水泵报价-' * 6}白石导航\n\n您所在的位置：首页>>要闻>>正文\n{_NAME}\n"
        f"(2021-3-6 15:55:59)  来源：云江网 作者：何启明\n\n{_WORK}\n\n{_THEN}",
        _NAME,
    ),
    ("two sites' names", f"云江网--云江农业信息网\n{_NAME}\n\n{_WORK}\n\n{_THEN}", _NAME),
    ("who reports from where", f"{_NAME}\n\n何启明 陈玉兰 报导  / 白石镇\n\n{_WORK}\n\n{_THEN}", _NAME),
    ("an original headline below", f"{_WORK}{_THEN}\n\n{_THEN}\n\n原标题：{_NAME}", _NAME),
    ("the reporter behind it", f"{_NAME} 何启明\n本报讯（记者 何启明）{_WORK}\n{_THEN}", _NAME),
    ("a part of what asks", f"春灌怎么开水渠？（二）\n\n\n{_WORK}\n{_THEN}", "春灌怎么开水渠？（二）"),
    (
        "a paper's number and days",
        f"当前报章为 第20120305号\n2012年03月05日\n星期一\n{_NAME}\n2012-03-05\n{_WORK}\n{_THEN}",
        _NAME,
    ),
    # what stays
    ("a name in a headline", f"{_NAME} 何启明\n本报讯（记者 陈玉兰）{_WORK}\n{_THEN}", f"{_NAME} 何启明"),
    ("what asks and goes on", f"水渠怎么修？（以下由站长解答）\n\n\n{_WORK}\n{_THEN}", None),
    ("an original headline below another", f"水渠清淤\n\n{_WORK}{_THEN}\n\n{_THEN}\n\n原标题：{_NAME}", "水渠清淤"),
    ("a headline above a day", f"春灌开始\n\n2021年3月6日 星期六\n\n{_WORK}\n\n{_THEN}", "春灌开始"),
    (
        "an office in a headline",
        f"镇干部下村检查水渠清淤进度走进\n新闻局\n\n{_WORK}\n\n{_THEN}",
        "镇干部下村检查水渠清淤进度走进 新闻局",
    ),
    ("a headline with dashes", f"清水渠-修水泵-备春灌\n\n{_WORK}\n\n{_THEN}", "清水渠-修水泵-备春灌"),
    ("a kicker on the headline", f"春灌消息\n{_NAME}\n{_WORK}\n{_THEN}", f"春灌消息 {_NAME}"),
    ("a day that begins what is announced", f"3月5日起水渠分段停水\n\n{_WORK}\n\n{_THEN}", "3月5日起水渠分段停水"),
    ("a day and the current", f"白石镇水电站5日送电\n\n{_WORK}\n\n{_THEN}", "白石镇水电站5日送电"),
    ("units of a headline", f"清水渠 修水泵 备春灌\n{_WORK}\n{_THEN}", "清水渠 修水泵 备春灌"),
]


@pytest.mark.parametrize(("text", "title"), [case[1:] for case in TITLES], ids=[case[0] for case in TITLES])
def test_page_top_gives_the_headline_and_no_more(text: str, title: str | None) -> None:
    assert articles(text)[0]["title"] == title


_SPEECH = "在全镇春灌工作会议上的讲话"
_OPENING = "今天的会议主要任务是安排春灌。" + _WORK + _THEN + _WORK

GLUED = [
    ("whose it was", f"{_SPEECH}\n镇长{_SPEECH}{_OPENING}\n{_THEN}", True),
    ("the name alone", f"{_SPEECH}\n{_SPEECH}{_OPENING}\n{_THEN}", True),
    ("a sentence about it", f"{_SPEECH}\n镇长{_SPEECH}中说，{_OPENING}\n{_THEN}", False),
    ("words before it", f"{_SPEECH}\n这里刊登的是{_SPEECH}{_OPENING}\n{_THEN}", False),
]


@pytest.mark.parametrize(("text", "parted"), [case[1:] for case in GLUED], ids=[case[0] for case in GLUED])
def test_name_printed_twice_is_parted_from_the_text_that_it_opens(text: str, *, parted: bool) -> None:
    assert (articles(text)[0]["paragraphs"][0] == _OPENING) is parted


def test_caption_printed_twice_is_kept_once() -> None:
    caption = "镇干部在水渠边商量工期。（镇政府提供）"
    found = articles(f"{_NAME}\n\n{caption}\n{caption}\n\n{_WORK}\n\n{_THEN}")
    assert [one for article in found for one in article["paragraphs"]].count(caption) == 1


def test_line_of_a_text_that_is_said_twice_stays() -> None:
    line = "修渠的人说，今年一定要把水引到家门口来。"
    found = articles(f"{_NAME}\n\n{line}\n{line}\n\n{_WORK}\n\n{_THEN}")
    assert "".join(one for article in found for one in article["paragraphs"]).count(line) == 2


@pytest.mark.parametrize("gloss", ["", "(zhèn)"])
def test_forum_tags_go_from_texts_with_glosses_as_from_others(gloss: str) -> None:
    text = (
        f"[color=#000]各镇{gloss}都修水渠，河湾镇{gloss}最早。[/color]\n[b]下河镇{gloss}最晚，白石镇{gloss}居中。[/b]"
    )
    (found,) = articles(text)
    assert found["paragraphs"] == ["各镇都修水渠，河湾镇最早。", "下河镇最晚，白石镇居中。"]


def test_name_and_address_below_a_text_lose_their_labels() -> None:
    found = articles(f"{_WORK}\n{_THEN}\n标题：“{_NAME}”\n地址：http://www.example.com/kf/5748.html")
    said = str(found)
    assert "标题：" not in said
    assert _NAME in said


def test_heads_of_other_texts_below_their_label_go_where_all_break_off() -> None:
    other = "12月5日，全镇水渠管护人员培训班在镇农技站开班，各村选派的六十名管护人员报名参加，由站长..."
    found = articles(f"{_NAME}\n\n{_WORK}\n\n{_THEN}\n新闻推荐\n{other}")
    assert [one["paragraphs"] for one in found] == [[_WORK, _THEN]]


def test_whole_text_below_a_label_of_other_texts_stays() -> None:
    other = "12月5日，全镇水渠管护人员培训班在镇农技站开班，各村选派的六十名管护人员报名参加，由站长讲课。"
    found = articles(f"{_NAME}\n\n{_WORK}\n\n{_THEN}\n新闻推荐\n{other}\n{_WORK}")
    assert found[-1]["paragraphs"][-1] == _WORK


def test_lines_in_latin_on_top_go_where_one_is_a_sites_own() -> None:
    found = articles(
        "Sorry, your browser does not run scripts, so some buttons will not work.\nFriendly Print :\n"
        f"跳到主要内容区块 Go To Center block\n{_NAME}\n\n{_WORK}\n\n{_THEN}"
    )
    assert (found[0]["title"], found[0]["paragraphs"]) == (_NAME, [_WORK, _THEN])


def test_line_in_latin_on_top_of_a_text_alone_stays() -> None:
    found = articles(f"Clean canals before spring, says the county\n{_WORK}\n\n{_THEN}")
    assert "canals" in "".join(str(one["title"]) + "".join(one["paragraphs"]) for one in found)


def test_mark_behind_the_tag_of_a_report_has_no_space_before_it() -> None:
    assert articles(f"{_NAME}\n\n云江日报讯 （记者 何启明） {_WORK}")[0]["paragraphs"][0].startswith(
        "云江日报讯（记者 何启明）3月"
    )
