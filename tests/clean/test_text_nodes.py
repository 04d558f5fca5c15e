"""Pages whose text nodes became lines: what links and bold words parted is one paragraph again, and bars go."""

import polars as pl
import pytest

from tasks.clean import furniture, letter_spacing, lines, unflatten
from tests.clean.layout import joined, paragraphs

_FIRST = "春灌开始以来，云江县水务部门抢抓晴好天气，对全县主要渠道进行清淤，已清理渠道四十余公里。"
_LAST = "根据墒情变化，县里及时调整放水计划，确保下游不断水、不抢水。"


@pytest.mark.parametrize(
    "pieces",
    [
        ["记者从县水务局获悉，今年全县将新建", "高标准农田", "三万亩，六月底前全部完工。"],
        ["会议指出，要认真贯彻落实", "中央经济工作", "会议", "精神，扎实做好各项工作。"],
        ["县里成立了由主要领导任组长的领导小", "组，统筹推进全县春灌各项工作。"],
        ["第三条本办法所称水渠是指本县行政区域", "内的干渠、支渠和斗渠。"],
        ["县水务局印发了《水渠巡查", "办法》，要求各镇每周巡查一次。"],
    ],
)
def test_text_node_pieces_of_one_paragraph_are_joined(pieces: list[str]) -> None:
    assert paragraphs(joined("|".join([_FIRST, *pieces, _LAST]))) == [_FIRST, "".join(pieces), _LAST]


@pytest.mark.parametrize(
    "whole",
    [
        ["渠道清淤全面完成", "截至三月底，全县主要渠道清淤工作全面完成，比去年提前十天。"],
        ["继续开会（十时二十三分）", "主席：现在继续开会，进行讨论事项第三案。"],
        ["县水务局发布《水渠巡查办法》", "近日，县水务局发布巡查办法，对巡查的人员和次数作出规定。"],
        ["水渠保护", "禁止在水渠保护范围内倾倒垃圾。"],
        ["第二章 保护措施", "县水务部门应当定期巡查，及时抢修。"],
        ["四、有关要求", "请各单位提前十分钟入场，会议期间将手机关闭。"],
        ["三、关于新建水渠和旧渠维修经费的来源问题", "根据本办法的规定，经费按下列比例分担："],
    ],
)
def test_text_node_heading_above_its_text_stays_alone(whole: list[str]) -> None:
    found = paragraphs(joined("|".join([_FIRST, *whole, _LAST])))
    assert [text.replace(" ", "") for text in found] == [text.replace(" ", "") for text in [_FIRST, *whole, _LAST]]


def _taken(*texts: str) -> dict[str, str | None]:
    frame = furniture.mark(unflatten.split(letter_spacing.close(lines.explode(pl.Series(["\n".join(texts)])))))
    return dict(frame.select("text", "removed").iter_rows())


def test_text_node_words_between_separators_are_a_bar() -> None:
    words = ["头条", "金桔之乡", "走进云江", "问政"]
    found = _taken(*"\n｜\n".join(words).split("\n"), "云江县春灌全面展开", _FIRST, _LAST)
    assert {found[word] for word in words} == {"nav_word"}
    assert found["云江县春灌全面展开"] is None


def test_text_node_line_of_many_words_between_bars_is_a_bar() -> None:
    bar = "头条 | 金桔之乡 | 走进云江 | 问政 | 专题"
    found = _taken(bar, "云江县春灌全面展开", _FIRST, _LAST)
    assert (found[bar], found["云江县春灌全面展开"]) == ("nav_word", None)


def test_text_node_unknown_word_among_known_ones_on_top_is_of_the_bar() -> None:
    found = _taken("首页", "走进云江", "时政", "财经", "旅游", "专题", "云江县春灌全面展开", _FIRST, _LAST)
    assert (found["走进云江"], found["云江县春灌全面展开"]) == ("nav_word", None)


def test_text_node_author_and_house_below_the_headline_are_a_bar() -> None:
    bar = ["原创", "周小禾", "云江发布", "2021-03-05 09:12"]
    found = _taken("云江县春灌全面展开", *bar, _FIRST, _LAST)
    assert {found[text] for text in bar} == {"meta_bar"}
    assert found["云江县春灌全面展开"] is None


def test_text_node_short_headline_above_the_moment_stays() -> None:
    found = _taken("云江县春灌", "2021-03-05 09:12", _FIRST, _LAST)
    assert (found["云江县春灌"], found["2021-03-05 09:12"]) == (None, "meta_bar")


def test_text_node_units_of_a_headline_below_a_bar_stay() -> None:
    found = _taken("首页", "时政", "财经", "旅游", "各部门增运力", "强服务", "应对客流高峰", _FIRST, _LAST)
    assert [found[text] for text in ("各部门增运力", "强服务", "应对客流高峰")] == [None] * 3


_BLOCKS = [
    ["春灌开始以来，云江县水务部门抢抓晴好天气进行渠道清淤。", "目前已清理渠道四十余公里，比去年提前十天完成。"],
    ["县水务局建立了会商制度，每周汇总各镇的需水情况。", "根据墒情变化，县里及时调整放水计划，确保不抢水。"],
    ["在金桔镇的渠首工地上，施工人员正在更换老旧闸门。", "新的闸门可以远程开关，比过去节省了一半的人力。"],
    ["水务部门还组织了八支服务队，帮助农户检修水泵。", "截至三月底，服务队已经检修水泵三百五十多台。"],
]


def test_text_node_lines_of_one_sentence_are_a_paragraph_a_block() -> None:
    text = "||".join("|".join(block) for block in _BLOCKS)
    assert paragraphs(joined(text)) == ["".join(block) for block in _BLOCKS]


@pytest.mark.parametrize(
    "blocks",
    [
        [["春江潮水连海平，海上明月共潮生。", "滟滟随波千万里，何处春江无月明。"]] * 4,
        [[f"{n}、各镇要落实责任，按时完成渠道清淤和闸门检修任务。" for n in "一二三四五六七八"]] * 2,
        [_BLOCKS[0] + _BLOCKS[1] + _BLOCKS[2] + _BLOCKS[3]],
        [[f"\u3000\u3000{line}" for line in block] for block in _BLOCKS],
        [[f"第{n}条{_BLOCKS[k][0]}", _BLOCKS[k][1]] for k, n in enumerate("一二三四")],
        [[one, other + one] for one, other in _BLOCKS],
    ],
    ids=["verse", "numbered", "no blank line", "set in", "articles", "several sentences a line"],
)
def test_text_node_lines_of_a_block_stay_apart_where_they_may_be_paragraphs(blocks: list[list[str]]) -> None:
    text = "||".join("|".join(block) for block in blocks)
    assert paragraphs(joined(text)) == [line.strip() for block in blocks for line in block]


def test_text_node_head_of_a_text_that_breaks_off_above_it_goes() -> None:
    found = _taken("云江县春灌全面展开", f"{_FIRST[:20]}……", _FIRST, _LAST)
    assert found[f"{_FIRST[:20]}……"] == "page_title"
    assert _taken("云江县春灌全面展开", "春雨来得正好……", _FIRST, _LAST)["春雨来得正好……"] is None


def test_text_node_words_of_a_bar_run_together_go() -> None:
    bar = "首页时政财经旅游走进云江健康汽车"
    found = _taken(bar, "云江县春灌全面展开", _FIRST, _LAST)
    assert (found[bar], found["云江县春灌全面展开"]) == ("nav_word", None)
    headline = "旅游文化健康产业全面发展"
    assert _taken(headline, _FIRST, _LAST)[headline] is None


@pytest.mark.parametrize("moment", ["2021/3/5 09:12", "3/5/21, 9:12 AM", "2021/3/5 上午9:12"])
def test_text_node_what_a_browser_prints_around_a_page_goes(moment: str) -> None:
    title = "云江县春灌全面展开"
    page = f"{moment}    {title}_云江在线\n{title}\n{_FIRST}\n{_LAST}\nhttps://a.example/1.html    1/3"
    found = _taken(*page.split("\n"))
    assert found[moment] is not None
    assert found[f"{title}_云江在线"] == "page_title"
    assert (found[title], found[_FIRST]) == (None, None)
    assert found["1/3"] is not None


def test_text_node_bar_of_a_public_account_on_one_line_goes() -> None:
    found = _taken("云江县春灌全面展开", "原创 周小禾 云江发布 2021-03-05 09:12", _FIRST, _LAST)
    assert found["原创 周小禾 云江发布 2021-03-05 09:12"] == "meta_bar"


def test_text_node_long_headline_in_a_list_of_links_goes() -> None:
    link = "全县各级各部门认真学习贯彻春灌工作会议精神——"
    link += "县水务局、县农业局负责人在金桔镇渠首工地现场办公会上的讲话引发热烈反响"
    assert _taken("云江县春灌全面展开", _FIRST, _LAST, "相关阅读", link)[link] == "related_link"
    assert _taken("云江县春灌全面展开", _FIRST, _LAST, link)[link] is None
