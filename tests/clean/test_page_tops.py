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
    # what stays
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
    assert "[" not in "".join(one for article in articles(text) for one in article["paragraphs"])


def test_name_and_address_below_a_text_lose_their_labels() -> None:
    found = articles(f"{_WORK}\n{_THEN}\n标题：“{_NAME}”\n地址：http://www.example.com/kf/5748.html")
    said = str(found)
    assert "标题：" not in said
    assert _NAME in said
