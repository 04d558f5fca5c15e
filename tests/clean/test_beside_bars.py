"""What bars of a page tell of the lines beside them: whole texts, all made up, through the real recipe."""

import pytest

from tests.curating import articles

_WORK = "3月5日，镇里组织干部到各村检查水渠清淤进度，帮助农户检修水泵，要求在春灌以前全部完工。"
_THEN = "干部们沿着水渠走了八公里，记下十二处要修的地方，当场商定了工期。"
_TEXT = [_WORK, _THEN]
_MORE = "镇水务站说，渠首的水位比去年同期高出一尺，三个提灌站都已经试过机，秧田用水有了保障。"
_LONG = [_WORK, _THEN, _MORE]
_NAME = "镇干部分头下村检查水渠清淤进度"
_DAY = "发布时间：2021-03-06 08:12:31"
_MENU = "网站首页\n  • 时政\n  • 国际\n  • 山水\n  • 文化\n  • 科技\n  • 风物\n  • 经济\n    杂 志"
_SAID, _LESSON = "施工报告：尾声", "水课：在清淤工地上读懂春灌"
_LEAD = "清淤不能等，修渠要赶早，几个村都先动了起来"
_ITEMS = ["•清淤", "•修泵", "•育秧", "•备肥"]
_NOTICE, _WHOM = "关于做好清淤工作的通知", "各村民委员会："

# label, lines between blank lines, headline, paragraphs
PAGES: list[tuple[str, list[str], str, list[str]]] = [
    ("labels without values", [_NAME, f"作者：admin 来源： {_DAY} 浏览次数： 【字体：", *_TEXT], _NAME, _TEXT),
    ("labels of any kind", [_NAME, "校对： 责编： 终审： 时间：2021-03-06 阅读：", *_TEXT], _NAME, _TEXT),
    ("a count under the bar", [_NAME, f"{_DAY}\n4210086", *_TEXT], _NAME, _TEXT),
    ("a name under its label", [_NAME, _DAY, _WORK, f"{_THEN}\n责任编辑：\n何启明"], _NAME, _TEXT),
    ("a house over the place", ["云江水利学会\n当前位置：首页 > 新闻\n" + _NAME, *_TEXT], _NAME, _TEXT),
    ("words of a menu", [_MENU, "    " + _NAME, "    " + _DAY, "        " + _WORK, "        " + _THEN], _NAME, _TEXT),
    ("a caption under the day", [_NAME, _DAY, "渠边的干部与群众", *_TEXT], _NAME, ["渠边的干部与群众", *_TEXT]),
    ("a headline said twice", [_SAID, _SAID, *_TEXT], _SAID, _TEXT),
    ("a record's day", [f"date 2021-03-06 {_NAME}", *_TEXT], _NAME, _TEXT),
    ("a count of the text", [f"{_LESSON}（全文3218字）", _LESSON, *_TEXT], _LESSON, _TEXT),
    ("a lead set in", [f"{_NAME}\n{_DAY}", f"  {_LEAD}", f"  {_WORK}", f"  {_THEN}"], _NAME, [_LEAD, *_TEXT]),
    ("a paper's bar", [f"{_NAME}\n", "作者：本报评论员 《云江日报》（ 2021年03月06日 01版）", *_TEXT], _NAME, _TEXT),
    ("a machine's day and a name", ["1", _NAME, "2021年03月06日  何启明", *_TEXT], _NAME, _TEXT),
    ("units of one length on top", ["1", "一渠之美 始于文明", *_TEXT], "一渠之美 始于文明", _TEXT),
    ("a year before its copy", [f"2021年度{_LESSON}（精选文档）", _LESSON, *_TEXT], _LESSON, _TEXT),
    ("an entry for two lines", [f"1. 述评之三{_NAME}", f"述评之三\n{_NAME}", *_TEXT], f"述评之三 {_NAME}", _TEXT),
    ("labels of a paper", [_NAME, "刊发日期：2021-03-06 阅读次数： 作者：lx 语音阅读：", *_TEXT], _NAME, _TEXT),
    ("a place alone", ["当前位置", "首页 > 春灌 > 正文", _NAME, *_TEXT], _NAME, _TEXT),
    ("items of a file", ["- 文档编号：4210086\n- 页数：19\n- 大小：33.83KB", _NAME, *_TEXT], _NAME, _TEXT),
    ("where more is told", [_NAME, _WORK, "详见C03、C04版", _THEN], _NAME, _TEXT),
    ("a collection's name", ["春灌工作总结集合15篇", _NAME, *_TEXT], _NAME, _TEXT),
    ("a text held twice", [_NAME, *_LONG, _NAME, *_LONG], _NAME, _LONG),
    ("a page's name with its sections", [f"春灌_水利_白石在线\n\n{_NAME}\n{_DAY}", *_TEXT], _NAME, _TEXT),
    ("an editor and a day of Taiwan", [_NAME, _WORK, f"{_THEN}（編輯：何启明）1100306"], _NAME, _TEXT),
    # what stays
    ("a refrain", [_NAME, _WORK, _THEN, _WORK, _MORE], _NAME, [_WORK, _THEN, _WORK, _MORE]),
    ("a number behind a bracket", [_NAME, _WORK, f"{_MORE}（附表）1100306"], _NAME, [_WORK, f"{_MORE}（附表）1100306"]),
    ("an item of a text", [_NAME, _WORK, "- 清淤", _THEN], _NAME, [_WORK, "-清淤", _THEN]),
    ("where it is told", [_NAME, _WORK, "详见管护条例第3版。", _THEN], _NAME, [_WORK, "详见管护条例第3版。", _THEN]),
    ("a day without zeros", [_NAME, "2021年3月6日  何启明", *_TEXT], f"{_NAME} 2021年3月6日 何启明", _TEXT),
    ("a subtitle under the day", [_NAME, _DAY, "——白石镇春灌见闻", *_TEXT], _NAME, _TEXT),
    ("a notice under the day", [f"白石镇水务网\n{_DAY}\n{_NOTICE}", f"{_WHOM}\n{_WORK}"], _NOTICE, [_WHOM, _WORK]),
    ("a year alone in a text", [_NAME, _WORK, "2021", _THEN], _NAME, [_WORK, "2021", _THEN]),
    ("a list behind dots", [_NAME, _WORK, "\n".join(_ITEMS)], _NAME, [_WORK, *_ITEMS]),
    ("a day in a headline", [f"2021-03-22{_NAME}，三村试点", *_TEXT], f"2021-03-22{_NAME}，三村试点", _TEXT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "title", "paragraphs"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES]
)
def test_page_gives_its_headline_and_its_text(lines: list[str], title: str, paragraphs: list[str]) -> None:
    (found,) = articles("\n\n".join(lines))
    assert (found["title"], found["paragraphs"]) == (title, paragraphs)


def test_heading_with_a_number_is_no_line_of_a_headline() -> None:
    name = "水渠清淤周期的实证分析——以白石镇为例"
    bars = f"作者：水务站课题组 {_DAY}\n打印\n字号：\n大 |\n中 |\n小"
    text = f"{name}\n{bars}\n一、全镇水渠清淤周期的现状分析\n（一）清淤周期拉长\n{_WORK}\n{_THEN}"
    assert [found["title"] for found in articles(text)] == [name]


def test_party_branch_that_signs_heads_nothing() -> None:
    (found,) = articles(f"各支部：\n{_WORK}\n{_THEN}\n机关党委\n2021年3月6日")
    assert (found["title"], found["paragraphs"][-2:]) == (None, ["机关党委", "2021年3月6日"])


def test_number_of_a_document_under_a_card_is_no_line_of_its_headline() -> None:
    card = "索引号：11500/2021-002\n发布机构：白石镇\n成文日期：2021-03-06\n主题分类：水务\n有效性："
    lines = [card, "白石府发〔2021〕6号", "中共白石镇委员会", "白石镇人民政府", _NOTICE, _WHOM, *_TEXT]
    (found,) = articles("\n\n".join(lines))
    assert found["title"] == f"中共白石镇委员会 白石镇人民政府 {_NOTICE}"


def test_subtitle_behind_a_dash_stands_under_the_headline_of_a_page() -> None:
    (found,) = articles("\n\n".join([_MENU, _NAME, "——白石镇春灌见闻", _DAY, *_TEXT]))
    assert (found["title"], found["subtitle"], found["paragraphs"]) == (_NAME, "——白石镇春灌见闻", _TEXT)


def test_offices_that_sign_together_between_blank_lines_head_nothing() -> None:
    signed = ["中共白石镇委员会", "白石镇人民政府", "2021年3月6日"]
    (found,) = articles("\n\n".join([_NOTICE, _WHOM, *_TEXT, *signed]))
    assert (found["title"], found["paragraphs"][-3:]) == (_NOTICE, signed)
