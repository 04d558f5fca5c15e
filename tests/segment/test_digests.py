"""Pages of one source's reports: a line over text without its dateline is a heading. Headlines broken in a word."""

from textwrap import wrap

import pytest

from tests.curating import articles

TAG = "云江网消息（新闻早播）："
REPORTS = {
    "环湖公路改造工程全线完工": "青岚市环湖公路改造工程昨天全线完工，沿线六个乡镇的群众出行更加方便。",
    "三百多只白鹭提前飞回芦苇荡": "望远镜里，三百多只白鹭正从越冬地陆续飞回芦苇荡，今年比往年早了整整一周。",
    "罗坪县春茶开园首日交易两旺": "罗坪县的两万亩春茶今天开园，镇上的鲜叶市场从清晨起就挤满了茶农和客商。",
    "护林镇小学食堂用上自种蔬菜": "护林镇小学的师生把校园后山开成了菜地，食堂每周有三天用的是自己种的菜。",
    "临渚港新泊位迎来首艘货轮": "装着四百箱柑橘的货轮今天靠上临渚港新泊位，码头工人用一小时完成了卸船。",
    "牟家渡百岁老桥修缮一新": "有一百零三年历史的牟家渡石桥修缮完毕，桥面的青石板全部按原样铺了回去。",
}
HEADING = "茶农呼吁建立《春茶保鲜公约》制度"
UNDER = "茶农们说，鲜叶离树两小时就会发红，他们希望镇上有一份大家都认的《春茶保鲜公约》，按时辰收叶。"
MANY, FEW, WIDTH = 6, 5, 16


def _page(n: int, tags: tuple[str, ...] = (TAG,)) -> str:
    parts = []
    for at, (title, text) in enumerate(list(REPORTS.items())[:n]):
        parts += [title, tags[at % len(tags)] + text]
        if title.startswith("罗坪"):
            parts += [HEADING, UNDER]
    return "\n\n".join(parts)


def _titles(text: str) -> list[str | None]:
    return [article["title"] for article in articles(text)]


def test_headline_without_the_dateline_of_all_others_is_a_heading() -> None:
    assert _titles(_page(MANY)) == list(REPORTS)


def test_few_reports_tell_nothing_of_it() -> None:
    assert HEADING in _titles(_page(FEW))


def test_reports_of_several_sources_tell_nothing_of_it() -> None:
    assert HEADING in _titles(_page(MANY, (TAG, "本报讯（记者 林远山）")))


def test_headline_over_another_dateline_begins_an_article() -> None:
    other = "省农科院公布春茶新品种"
    assert _titles(f"{_page(MANY)}\n\n{other}\n\n{TAG}省农科院今天公布了三个耐寒的春茶新品种。")[-1] == other


@pytest.mark.parametrize(
    ("lines", "title", "subtitle"),
    [
        (["罗坪县茶叶合作社联合会出", "席春茶节并致辞"], "罗坪县茶叶合作社联合会出席春茶节并致辞", None),
        (["【走进茶乡 对话茶农", "——县乡代表看春茶】开园"], "【走进茶乡 对话茶农——县乡代表看春茶】开园", None),
        (["罗坪县第三次水利普查报告", "集发布"], "罗坪县第三次水利普查报告集发布", None),
        # A subtitle that begins where the line above ends with a word, as does a name.
        (["罗坪县召开春茶节筹备会议", "林远山主持并讲话"], "罗坪县召开春茶节筹备会议", "林远山主持并讲话"),
        (
            ["罗坪县确保春茶安全百姓安宁", "沈知夏主持 何启明出席"],
            "罗坪县确保春茶安全百姓安宁",
            "沈知夏主持 何启明出席",
        ),
        (["关于春茶保鲜的公告", "（第12号）"], "关于春茶保鲜的公告", "（第12号）"),
    ],
)
def test_headline_broken_in_a_word_is_one(lines: list[str], title: str, subtitle: str | None) -> None:
    body = "\n".join(line for text in REPORTS.values() for line in wrap("　　" + text * 2, WIDTH))
    found = articles("\n".join([*lines, body]))[0]
    assert (found["title"], found["subtitle"]) == (title, subtitle)
