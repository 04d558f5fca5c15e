"""Texts of one line are cut at the spaces that were their line ends, and where spaces tell nothing they stay whole."""

import polars as pl
import pytest

from tasks.clean import letter_spacing, lines, unflatten

_NEWS = [
    "云江县全力做好春灌保障工作",
    "本报讯（记者 周小禾 许亦安）开春以来，云江县水务部门抢抓晴好天气，对全县主要渠道进行清淤。截至目前，"
    "已清理渠道四十余公里。",
    "在金桔镇的渠首工地，施工人员正在更换老旧闸门。镇农业服务中心负责人介绍，新闸门可以远程开关，比过去省了一半人力。",
    "水情会商会每周一次",
    "县水务局建立了会商制度，每周汇总各镇需水情况。根据墒情变化，及时调整放水计划，确保下游不断水、不抢水。",
    "2021年3月，全县春灌面积已达六万亩。水务部门还组织了八支服务队下乡，帮助农户检修水泵。",
]
_LAW = [
    "云江县水渠保护办法",
    "第一章 总则",
    "第一条 为了加强水渠的保护和管理，保障农业灌溉用水，制定本办法。",
    "第二条 本办法适用于本县行政区域内干渠、支渠的保护和管理。",
    "第二章 保护措施",
    "第三条 禁止在水渠保护范围内从事下列活动：",
    "（一）倾倒垃圾、渣土和其他废弃物；",
    "（二）擅自开口取水、拦渠捕鱼；",
    "（三）其他损毁水渠设施的行为。",
    "第四条 水渠管理单位应当定期巡查，发现险情及时抢修，并向县水务部门报告。",
    "第五条 本办法自公布之日起施行。",
]
_ITEMS = [
    "云江县春灌工作总结",
    "开春以来，云江县水务部门抢抓晴好天气，对全县主要渠道进行清淤，现将有关情况总结如下：",
    "一、基本情况",
    "1、加强领导，成立机构。县里成立了领导小组。各镇也都有专人负责。",
    "2、精心组织，抓好落实。全县已清理渠道四十余公里。截至目前，春灌面积已达六万亩。",
    "二、下一步的打算",
    "1、继续检修水泵。水务部门将组织八支服务队下乡。各镇要配合。",
]
_PAGE = [
    "云江在线",
    "首页",
    "时政",
    "民生",
    "当前位置：首页 > 时政 > 正文",
    "云江县全力做好春灌保障工作",
    "2021-03-05 09:12",
    "来源：云江日报",
    "作者：周小禾",
    *_NEWS[2:3],
    *_NEWS[4:],
    "四月上旬，各镇将开展渠道管护评比。评比结果在县里通报，并与下一年的维修资金挂钩。",
    "责任编辑：许亦安",
]
_EACH_SENTENCE = " ".join(
    f"第{n}天我们走了很远的路，傍晚才在河边的小村里找到住处。" for n in ("一", "二", "三", "四", "五", "六", "七", "八")
)
_SCATTERED = (
    "各乡镇应当建立巡查制度，落 实专人负责。发现险情要立即报告，并组织群众转移，确保人员安全。"
    " 有关部门要做好物资储备工作，"
    "及时补充沙袋、水泵和照明设备，并安 排专人看管。 县防汛办公室负责日常值守，每天两次通报水情。"
    "对迟报、漏报的单位，要追究责 任。"
    " 本通知自发布之日起施行，有效期两年。各单位执行中遇到的问题，请及时反映。"
)


def _cut(text: str) -> pl.DataFrame:
    return unflatten.split(letter_spacing.close(lines.explode(pl.Series([text]))))


@pytest.mark.parametrize("separator", [" ", "\u3000"])
@pytest.mark.parametrize("written", [_NEWS, _LAW, _ITEMS, _PAGE], ids=["news", "law", "items", "page"])
def test_one_line_is_cut_into_the_lines_it_was_made_of(written: list[str], separator: str) -> None:
    found = [text.replace(" ", "") for text in _cut(separator.join(written))["text"]]
    assert found == [text.replace(" ", "") for text in written]


def test_one_line_of_a_few_stray_spaces_is_cut_at_the_others() -> None:
    stray = "各镇要落实责任， 按时完成任务。另外要做好记录，月底前上报。"
    written = [*_NEWS, *(text.replace("云江", "罗坪") for text in _NEWS[1:] * 6)]
    assert _cut(" ".join([*written, stray]))["text"].to_list()[-1] == stray


def test_one_line_keeps_the_space_behind_a_dateline() -> None:
    written = [_NEWS[0], "新华社云江2月17日电 春灌工作全面展开。各镇抢抓时机引水灌溉。", *_NEWS[2:]]
    assert _cut(" ".join(written))["text"][1] == written[1]


@pytest.mark.parametrize("text", [_EACH_SENTENCE, "\n".join([_NEWS[1], _EACH_SENTENCE[:90], *_NEWS[2:]])])
def test_one_line_whose_writer_sets_a_space_after_each_sentence_stays_whole(text: str) -> None:
    assert _cut(text)["text"].to_list() == text.split("\n")


def test_one_line_with_spaces_inside_words_is_not_cut_there() -> None:
    assert _cut(_SCATTERED)["text"].to_list() == [_SCATTERED]


def test_print_lines_below_a_bar_of_the_page_are_not_taken_for_paragraphs() -> None:
    width = 24
    printed = [text[at : at + width] for text in _LAW[2:] * 2 for at in range(0, len(text), width)]
    longer = [text[at : at + width] for text in _NEWS[1:] * 2 for at in range(0, len(text), width)]
    found = _cut(" ".join(["云江县水渠保护办法", "上传日期：2021-03-05", "快捷下载", *printed, *longer]))
    assert found.filter("flat")["text"].len() > len(longer)
