"""Flattened collections of documents: the number of each, its name, which may stand there twice, and its text."""

import pytest

from tests.curating import articles

_WIDTH = 24
_CLAUSES = (
    "第一条 为了加强河道管理，保障防洪安全，改善水环境，发挥河道的综合效益，根据有关法律、法规的规定，制定本办法。",
    "第二条 本办法适用于本县行政区域内河道的整治、利用、保护和其他有关的管理活动，国家另有规定的，从其规定。",
    "第三条 县水行政主管部门是本县河道的主管机关，乡镇人民政府应当协助做好本行政区域内的河道管理工作。",
)
_NEWS = (
    "X月X日上午，环湖公路改造工程全线完工，沿线六个乡镇的群众出行更加方便，公路两旁的果园也有了新的销路。",
    "市交通运输部门负责人介绍，改造后的环湖公路增设了非机动车道和观景平台，游客可以沿湖骑行，也可以乘坐公交车前往。",
)


def _flat(paragraphs: tuple[str, ...]) -> str:
    """Print lines of one width, the first of each paragraph set in, run into one line."""
    whole = ["　　" + text for text in paragraphs]
    lines = [text[at : at + _WIDTH] for text in whole for at in range(0, len(text), _WIDTH)]
    return " ".join(line.strip("　 ") for line in lines)


def test_name_behind_a_number_that_the_text_repeats_is_a_copy() -> None:
    names = ("河湾县河道管理办法", "河湾县村道管理办法")
    flat = " ".join(f"第{n}篇：{name} {name} {_flat(_CLAUSES)}" for n, name in zip("一二", names, strict=True))
    found = articles(f"河湾县河道管理办法.doc\n\n{flat}\n\n下载文档")
    assert [a["title"] for a in found] == list(names)
    assert [len(a["paragraphs"]) for a in found] == [3, 3]


def test_name_of_a_document_below_its_number_stands_apart_from_its_first_article() -> None:
    name = "河湾县河道采砂船舶登记和停泊管理暂行办法"
    flat = f"范文一 河湾县村道管理办法 {_flat(_CLAUSES)} 范文二 {name} {_flat(_CLAUSES)}"
    found = articles(f"河湾县村道管理办法.doc\n\n{flat}\n\n下载文档")
    assert [a["title"] for a in found] == ["河湾县村道管理办法", name]


def test_headline_below_its_number_stands_apart_from_a_text_that_opens_with_a_day() -> None:
    flat = f"范文一 河湾县河道管理办法 {_flat(_CLAUSES)} 范文二 环湖公路全线完工 {_flat(_NEWS)}"
    found = articles(f"河湾县河道管理办法.doc\n\n{flat}\n\n下载文档")
    assert [a["title"] for a in found] == ["河湾县河道管理办法", "环湖公路全线完工"]
    assert found[1]["paragraphs"][0].startswith("X月X日上午")


def test_text_begins_below_the_headline_that_the_title_of_the_page_names() -> None:
    name = "《水的故事——河湾县治水三十年》今晚播出第一集"
    flat = f"{name} {_flat(_NEWS[1:] + _NEWS[1:] + _NEWS[1:])}"
    found = articles(f"{name} - 云江文库\n\n文档大小：539KB\n\n{flat}\n\n下载文档")
    assert [a["title"] for a in found] == [name]


def test_sentence_beside_the_words_of_a_site_on_one_line_stays() -> None:
    said = "蝉是从第一场透雨之后叫起来的，一直叫到灶膛里的火熄了。"
    text = f"一树蝉鸣（精选2篇） 随机推荐 Copyright 云江文库.com 一树蝉鸣 {said} {_flat(_NEWS[1:])} {_flat(_CLAUSES)}"
    found = articles(f"{text}\n\n下载文档")
    assert any(said in paragraph for a in found for paragraph in a["paragraphs"])


def test_name_of_a_series_in_brackets_is_not_cut_at_its_spaces() -> None:
    name = "【治水源 修水渠 管水网】河湾县三条河道有了管家"
    flat = f"范文一 河湾县村道管理办法 {_flat(_CLAUSES)} 范文二 {name} {_flat(_CLAUSES)}"
    found = articles(f"河湾县村道管理办法.doc\n\n{flat}\n\n下载文档")
    assert [a["title"] for a in found] == ["河湾县村道管理办法", name]


def test_chapter_of_a_law_on_one_line_with_a_bar_stays() -> None:
    name = "河湾县河道管理办法"
    flat = f"{name}.docx 开通会员 无限下载 更新时间：2020-5-14 {name} 第一章 总则 {_flat(_CLAUSES)} 一键下载"
    text = "".join(paragraph for a in articles(flat) for paragraph in a["paragraphs"]).replace(" ", "")
    assert text.startswith("第一章总则第一条")
    assert text.endswith("河道管理工作。")


@pytest.mark.parametrize("label", ["河湾县水利材料篇{}", "文档{}", "第{}篇", "【篇{}：】", "材料{}"])
def test_numbers_that_count_texts_up_go_whatever_stands_before_them(label: str) -> None:
    names = ("河湾县河道管理办法", "河湾县村道管理办法")
    flat = " ".join(f"{label.format(n)} {name} {_flat(_CLAUSES)}" for n, name in zip("一二", names, strict=True))
    found = articles(f"文档大小：539KB\n\n{flat}\n\n下载文档")
    assert [a["title"] for a in found] == list(names)
    assert all(label.format(n) not in "".join(a["paragraphs"]) for a in found for n in "一二")


@pytest.mark.parametrize("numbers", ["一三", "二三", "一一"])
def test_numbers_of_a_texts_own_materials_that_do_not_count_up_stay(numbers: str) -> None:
    flat = " ".join(f"材料{n} 河湾县河道管理办法的说明 {_flat(_CLAUSES)}" for n in numbers)
    found = articles(f"文档大小：539KB\n\n{flat}\n\n下载文档")
    whole = "".join(f"{a['title']}{a['kicker']}{''.join(a['paragraphs'])}" for a in found)
    assert f"材料{numbers[1]}" in whole


def test_number_before_a_headline_that_opens_with_a_digit_is_cut_off_it() -> None:
    name = "2023年环湖公路改造工程全线完工"
    flat = f"文档一 河湾县河道管理办法 {_flat(_CLAUSES)} 文档二 {name} {_flat(_NEWS[1:] * 2)}"
    found = articles(f"文档大小：539KB\n\n{flat}\n\n下载文档")
    assert [a["title"] for a in found] == ["河湾县河道管理办法", name]


def test_names_of_files_and_copies_below_a_sites_sentence_are_no_headline() -> None:
    name = "河湾县河道管理办法"
    page = [f"{name}.doc-全文可读", "下载之前请先看一看，这是不是您要找的文档！", f"{name} - 云江文库"]
    found = articles("\n\n".join([*page, f"{name} {_flat(_CLAUSES)}", "下载文档"]))
    assert [a["title"] for a in found if a["title"]] == [name]


def test_headline_below_the_last_words_of_a_law_heads_another_text() -> None:
    law = " ".join(["河湾县河道管理办法", _flat((*_CLAUSES, "第四条 本办法自2009年5月1日起施行。"))])
    found = articles(f"文档大小：539KB\n\n{law} 环湖公路改造之后 {_flat(_NEWS[1:] * 2)}\n\n下载文档")
    assert [a["title"] for a in found] == ["河湾县河道管理办法", "环湖公路改造之后"]


def test_what_a_law_adds_below_its_last_words_stays_with_it() -> None:
    law = " ".join(["河湾县河道管理办法", _flat((*_CLAUSES, "第四条 本办法自2009年5月1日起施行。"))])
    found = articles(f"文档大小：539KB\n\n{law} 河道名录 {_flat(_CLAUSES[1:2])}\n\n下载文档")
    assert len(found) == 1


_RULES = (
    "第一条 为了加强河道管理，保障防洪安全，发挥河道的综合效益，根据有关法律、法规，结合本县实际，制定本办法。",
    "第二条 本办法适用于本县行政区域内河道的规划、整治、保护、利用及其监督管理活动，法律另有规定的从其规定。",
    "第三条 县水行政主管部门负责本县行政区域内河道的监督管理工作，其他有关部门按照各自职责做好相关工作。",
    "第四条 任何单位和个人都有保护河道安全、水环境和参加防汛抢险的义务，有权制止和举报违反河道管理的行为。",
    "第五条 本办法自发布之日起施行。",
)


@pytest.mark.parametrize("years", [("（2014年）", "（2021年）"), ("", "")])
@pytest.mark.parametrize("changed", [0, 2])
def test_two_versions_of_a_law_in_one_file_stay_whole(years: tuple[str, str], changed: int) -> None:
    rules = [rule if n != changed else rule.replace("。", "，并定期修订。") for n, rule in enumerate(_RULES)]
    versions = zip(years, (_RULES, rules), strict=True)
    found = articles("\n\n".join(f"罗坪县河道管理办法{year}\n\n" + "\n\n".join(each) for year, each in versions))
    assert [len(article["paragraphs"]) for article in found] == [len(_RULES)] * 2
