"""Furniture goes by its shape, company and place; text that looks like it stays."""

import polars as pl
import pytest

from tasks.clean import furniture, letter_spacing, lines, unflatten
from tests.clean.cases.furniture import COLUMN, LINES, PAGES, PROSE, PageCase

_BEFORE = "会议强调，各级各部门要认真履行职责，切实把各项工作任务落到实处，确保全年目标任务顺利完成。"
_AFTER = "会议要求，要加强组织领导，健全工作机制，压实工作责任，强化督促检查，推动各项措施落地见效。"


def marked(*texts: str) -> pl.DataFrame:
    """The lines of documents, each with the step that takes it out."""
    frame = letter_spacing.close(lines.explode(pl.Series(list(texts), dtype=pl.String)))
    return furniture.mark(unflatten.split(frame))


@pytest.fixture(scope="module")
def steps() -> list[list[str | None]]:
    """What takes out the lines of each line case's document, all in one batch."""
    half = str.maketrans("()", "（）")
    frame = marked(*(f"{_BEFORE}\n\n{case.text.translate(half)}\n\n{_AFTER}" for case in LINES))
    return frame.group_by("doc", maintain_order=True).agg("removed")["removed"].to_list()


@pytest.mark.parametrize("number", range(len(LINES)), ids=[case.label for case in LINES])
def test_furniture_line_case_goes_or_stays(number: int, steps: list[list[str | None]]) -> None:
    assert steps[number] == [None, LINES[number].step, None], LINES[number].why


@pytest.mark.parametrize("case", PAGES, ids=[case.label for case in PAGES])
def test_furniture_page_case_goes_line_by_line(case: PageCase) -> None:
    frame = marked("\n".join(text for text, _ in case.lines))
    found = frame.filter(pl.col("removed") != "continuation_marker", pl.col("removed").is_not_null())
    assert found.select("text", "removed").rows() == [line for line in case.lines if line[1]], case.why


def test_furniture_cases_that_must_stay_are_a_third() -> None:
    staying = [case for case in LINES if case.step is None]
    assert len(staying) * 3 >= len(LINES)


def test_furniture_marker_at_head_and_tail_gets_a_row_of_its_own() -> None:
    frame = marked("（上接第一版）各部门要履行职责。（下转第3版）\n其他工作照常。（责任编辑：段一子）（完）")
    assert frame.select("text", "removed").rows() == [
        ("（上接第一版）", "continuation_marker"),
        ("各部门要履行职责。", None),
        ("（下转第3版）", "continuation_marker"),
        ("其他工作照常。", None),
        ("（责任编辑：段一子）", "editor_line"),
        ("（完）", "doc_tail"),
    ]
    assert frame["line"].to_list() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("marker", ["［下转第四版］", "（未完 下转第三版）", "◤上接第1版", "【下转第2版】"])
def test_furniture_marker_in_any_brackets_is_one(marker: str) -> None:
    frame = marked(f"{_BEFORE}\n{marker}\n{_AFTER}")
    assert frame["removed"].to_list() == [None, "continuation_marker", None]


@pytest.mark.parametrize("text", ["［下转移支付］", "（未完工程清单）", "上接天线的铁塔"])
def test_furniture_words_like_a_marker_stay(text: str) -> None:
    assert marked(f"{_BEFORE}\n{text}\n{_AFTER}")["removed"].to_list() == [None, None, None]


def test_furniture_bar_behind_its_headline_gets_a_row_of_its_own() -> None:
    frame = marked(
        "乡亲的嘱托和期望……http://www.example.com.cn 2008年03月06日 07:25 云江日报\n详情见http://www.example.com.cn"
    )
    assert frame.select("text", "removed").rows()[:2] == [
        ("乡亲的嘱托和期望……", None),
        ("http://www.example.com.cn 2008年03月06日 07:25 云江日报", "meta_bar"),
    ]


def test_furniture_marker_broken_over_two_lines_is_found() -> None:
    frame = marked("这项工作要坚持不懈地抓下去。（下转\n第三版）\n会议还研究了其他事项。")
    assert frame.filter(pl.col("removed") == "continuation_marker")["text"].to_list() == ["（下转", "第三版）"]


@pytest.mark.parametrize("broken", ["下\n转第3版", "下转\n第3版", "下转第\n3版"])
def test_furniture_bare_marker_behind_a_sentence_and_broken_is_found(broken: str) -> None:
    frame = marked(f"这项工作要坚持不懈地抓下去。{broken}\n会议还研究了其他事项。")
    assert frame.filter(pl.col("removed") == "continuation_marker")["text"].to_list() == broken.split("\n")


@pytest.mark.parametrize("text", ["堤防工程完工；下转第 3 版", "〉〉上接第4版", "»下转7版"])
def test_furniture_bare_marker_with_a_space_or_arrows_is_found(text: str) -> None:
    frame = marked(f"{_BEFORE}\n{text}\n{_AFTER}")
    assert "continuation_marker" in frame["removed"].to_list()


@pytest.mark.parametrize("text", ["这项工作要抓下去。下\n半年再看", "水从闸下\n转第3渠"])
def test_furniture_words_broken_like_a_bare_marker_stay(text: str) -> None:
    assert marked(f"{text}\n{_AFTER}")["removed"].is_null().all()


def test_furniture_brackets_in_prose_are_no_marker() -> None:
    text = "水厂（转供水单位除外）应当接管网（含支管）维护，图纸（见附件二）由设计单位提供。"
    assert marked(text).select("text", "removed").rows() == [(text, None)]


def test_furniture_words_inside_a_column_stay() -> None:
    frame = marked("\n".join(COLUMN * 3))
    assert frame["removed"].is_null().all()


def test_furniture_page_number_inside_a_column_goes() -> None:
    column = [line for line in COLUMN if len(line) > 4] * 3
    frame = marked("\n".join([*column[:5], "", "- 14 -", "", *column[5:]]))
    assert frame.filter(pl.col("removed").is_not_null())["text"].to_list() == ["- 14 -"]


def test_furniture_running_title_that_interrupts_goes() -> None:
    column = "\n".join([*COLUMN[:3], *COLUMN[8:]])
    column = column + "\n" + column.removesuffix("表彰\n奖励。")
    frame = marked("\n\n云江水务月报\n\n".join([column] * 4))
    assert frame["removed"].drop_nulls().to_list() == ["running_title"] * 3


def test_furniture_running_head_without_blank_lines_goes_and_the_headline_stays() -> None:
    clauses = [f"第{number}条各管护单位应当在{number}月底前，巡查一遍岸坡并" for number in "一二三四五六七八九"]
    pages = [[*clauses[at : at + 3] * 3, f"第{at}次巡查的结果，由水务部门存入档案备查并"] for at in (0, 3, 6)]
    body = [line for number, page in enumerate(pages) for line in (*page, "云江岸坡管护办法", f"【{number + 1}】")]
    frame = marked("\n".join(["云江岸坡管护办法", f"{COLUMN[0]}。", *body]))
    gone = frame.filter(pl.col("removed").is_not_null()).select("line", "text").rows()
    texts = ["云江岸坡管护办法", "【1】", "云江岸坡管护办法", "【2】", "云江岸坡管护办法", "【3】"]
    assert [text for _, text in gone] == texts
    assert gone[0][0] > 0


def test_furniture_running_head_goes_and_the_headline_over_the_days_of_its_law_stays() -> None:
    column = "\n".join([*COLUMN[:3], *COLUMN[8:]])
    page = column + "\n" + column.removesuffix("表彰\n奖励。")
    days = ["2004年9月13日 云江市人大会", "常务委员会第六次会议通过"]
    frame = marked("\n".join(["云江岸坡管护办法", *days, "\n\n云江岸坡管护办法\n\n".join([page] * 4)]))
    assert frame.filter(pl.col("removed") == "running_title")["line"].len() == 3
    assert frame["removed"][0] is None


def test_furniture_head_of_a_page_over_three_lines_goes_in_mid_sentence() -> None:
    column = [line for line in COLUMN if len(line) > 4] * 3
    frame = marked("\n".join([*column[:5], "云江日报", "2021年3月5日 星期五", "第2版", *column[5:]]))
    assert frame.filter(pl.col("removed") == "page_header")["text"].to_list()[0] == "云江日报"
    alone = marked("\n".join([*column[:5], "云江日报", *column[5:]]))
    assert alone["removed"].is_null().all()


def test_furniture_number_of_a_page_in_mid_sentence_goes_and_of_a_law_stays() -> None:
    column = [line for line in COLUMN if len(line) > 4] * 3
    frame = marked("\n".join([*column[:5], "第2页", *column[5:], "第2条", *column[:5]]))
    assert frame.filter(pl.col("removed").is_not_null())["text"].to_list() == ["第2页"]


def test_furniture_headline_over_two_lines_comes_again_beside_page_numbers_and_goes() -> None:
    column = [line for line in COLUMN if len(line) > 4] * 2
    page = [*column, "- 1 -", "云江岸坡管护和巡查责任追究办法", *column, "- 2 -"]
    frame = marked("\n".join(["云江岸坡管护和巡查", "责任追究办法", *page]))
    assert frame.filter(pl.col("removed") == "running_title")["text"].to_list() == ["云江岸坡管护和巡查责任追究办法"]


def test_furniture_line_of_a_column_that_comes_again_stays() -> None:
    repeated = "省、自治区、直辖市河道主管部门"
    fill = [f"第{number}条各管护单位应当在{number}月前" for number in "一二三四五六七八九"]
    page = [*fill, "云岸巡查一遍岸坡，把结果报送", repeated, "备案。"]
    frame = marked("\n".join(page * 4))
    assert frame.filter(pl.col("text") == repeated)["removed"].is_null().all()


def test_furniture_words_that_a_form_repeats_stay() -> None:
    page = ["提案人：林远山", "请公决前项提案并交由有关部门办理落实到位", "说明该提案的由来以及各项办理要求和期限等"]
    frame = marked("\n".join([*page, *COLUMN] * 4))
    assert frame.filter(pl.col("text").str.starts_with("提案人"))["removed"].is_null().all()


def test_furniture_in_a_flattened_page_is_cut_out() -> None:
    width = 24
    prose = "".join(COLUMN[:3] + COLUMN[8:11]) + "。"
    flat = " ".join(prose[at : at + width] for at in range(0, len(prose), width))
    page = f"加入VIP，免费下载 大小：243KB 下载文档 {flat} 第 3 页 共 9 页 {flat} - 4 - {flat} 文档评论（0） 相关文章"
    frame = marked(page)
    kept = frame.filter(pl.col("removed").is_null())["text"].str.join("").item()
    assert kept == flat.replace(" ", "") * 3
    gone = frame.filter(pl.col("removed").is_not_null())["text"].str.join("").item()
    assert gone.replace(" ", "") == "加入VIP，免费下载大小：243KB下载文档第3页共9页-4-文档评论（0）相关文章"


def test_furniture_keeps_every_content_character_in_order() -> None:
    pages = ["\n".join(text for text, _ in case.lines) for case in PAGES]
    frame = marked(*pages)
    for doc, page in enumerate(pages):
        text = "".join(frame.filter(pl.col("doc") == doc)["text"])
        assert "".join(text.split()) == "".join(page.split())


def test_furniture_of_a_batch_is_that_of_each_document() -> None:
    pages = ["\n".join(text for text, _ in case.lines) for case in PAGES]
    together = marked(*pages)
    for doc, page in enumerate(pages):
        rows = together.filter(pl.col("doc") == doc).drop("doc")
        assert rows.equals(marked(page).drop("doc"))


def test_furniture_already_taken_out_stays_so() -> None:
    frame = lines.explode(pl.Series([_BEFORE])).with_columns(removed=pl.lit("hidden_text"))
    assert furniture.mark(frame)["removed"].to_list() == ["hidden_text"]


def test_furniture_of_no_lines_is_no_lines() -> None:
    assert marked("").is_empty()
    assert marked().is_empty()


def test_furniture_guesses_no_links_on_a_page_whose_mark_up_told_them() -> None:
    (case,) = (case for case in PAGES if sum(step == "related_link" for _, step in case.lines) == 2)
    frame = letter_spacing.close(lines.explode(pl.Series(["\n".join(text for text, _ in case.lines)])))
    found = furniture.mark(unflatten.split(frame).with_columns(page=pl.lit(value=True)))["removed"]
    assert "site_chrome_line" in found
    assert "related_link" not in found


_CELLS = [
    [
        "单位",
        "预算",
        "东坡水厂",
        "1,896",
        "18",
        "免征",
        "石桥粉坊",
        "12.5%",
        "34",
        "免征",
        "白鹭面业",
        "36,663",
        "9",
        "免征",
    ],
    ["项目 | 上年 | 今年", "渠道维修 | 1,720千元 | 7,398千元", "堤坝加固 | 16,565千元 | 20,000千元"],
    ["一、合作社", "基本情况", "二、扶贫车间", "基本情况", "三、敬老院", "基本情况"],
    ["第一千零四十七条 （删除）", "两次提案的条文", "第一千零四十七条 （删除）", "一次提案的条文"],
    ["每户最高130万元", "受灾作物", "每户最高115万元", "受灾作物", "每户最高90万元"],
]


@pytest.mark.parametrize("cells", _CELLS, ids=[cells[0] for cells in _CELLS])
def test_furniture_cells_of_a_table_and_headings_that_come_again_stay(cells: list[str]) -> None:
    frame = marked("\n\n".join([_BEFORE, *cells, _AFTER]))
    assert frame.filter(pl.col("removed").is_not_null())["text"].to_list() == []


_FIRST = "罗坪县庆丰收 护河员受表彰"


def test_headline_with_each_picture_goes_and_the_first_stays() -> None:
    frame = marked(f"{_FIRST}\n\n{PROSE}\n\n{_FIRST}\n\n{PROSE}\n\n{_FIRST}\n\n{PROSE}")
    assert frame["removed"].to_list() == [None, None, "running_title", None, "running_title", None]


def test_heading_of_the_headlines_words_and_refrain_stay() -> None:
    assert marked(f"{_FIRST}\n\n{PROSE}\n\n{_FIRST}\n\n{PROSE}")["removed"].is_null().all()
    verse = "护河员走在长长的河岸上，看着河水向东。\n\n河边的风吹着他的衣裳，吹来稻花香。"
    assert marked(f"{_FIRST}\n\n{verse}\n\n{_FIRST}\n\n{verse}\n\n{_FIRST}")["removed"].is_null().all()
