"""A site's mark inside paragraphs that were run into one line goes; headings and refrains of the text stay."""

import polars as pl
import pytest

from tests.clean.test_furniture import marked
from tests.curating import articles

_PARTS = [
    "罗坪河两岸新种垂柳三千株，沿线村民自愿 认领，分段浇水管护，成活率有了保证。",
    "管护站表示，明年春天还要补种一批灌木， 给水鸟留出栖息的地方，也让河岸更加稳固。",
    "村民说，柳树活了，河岸就稳了，孩子们也 有了乘凉的地方，日子过得一年比一年好。",
    "县里把这件事写进了计划，今后每年都要 安排资金补种，并请农技员教授管护办法。",
]
_MARK = "罗坪资料大全"
_NUMBERS = ("九", "十", "十一", "十二", "十三", "十四", "十五", "十六")
# Print lines, a space where each ends.
_SET = (
    "罗坪河两岸今年新种垂柳三千余株 沿线村民自愿认领，分段浇水管护， 成活率有了保证，县里十分满意。 "
    "管护站表示，明年春天还要补种一 批灌木，给水鸟留出栖息的地方， 也让河岸更加稳固，更加好看。 "
    "村民说，柳树活了，河岸就稳了， 孩子们也有了乘凉的地方，日子过 得一年比一年好，人人都很高兴。"
)


def _kept(text: str) -> str:
    frame = marked(text)
    return "".join(frame.filter(pl.col("removed").is_null())["text"]).replace(" ", "")


def test_mark_behind_and_inside_several_paragraphs_goes() -> None:
    broken = _PARTS[1].replace("栖息的", f"栖息的 {_MARK} ")
    text = "\u3000\u3000".join(["罗坪河植柳", f"{_PARTS[0]} {_MARK} ", broken, f"{_PARTS[2]} {_MARK} ", _PARTS[3]])
    assert _MARK not in _kept(text)
    (article,) = articles(text)
    assert article["paragraphs"] == [part.replace(" ", "") for part in _PARTS]


def test_heading_that_comes_again_between_indents_stays() -> None:
    text = "\u3000\u3000".join(x for part in _PARTS for x in ("主要做法", part))
    assert _kept(text).count("主要做法") == len(_PARTS)


def test_words_that_come_twice_stay() -> None:
    text = "\u3000\u3000".join([f"{_PARTS[0]} {_MARK}", f"{_PARTS[1]} {_MARK}", *_PARTS[2:]])
    assert _kept(text).count(_MARK) == 2


def test_page_of_pages_inside_paragraphs_goes() -> None:
    broken = _PARTS[1].replace("栖息的", "栖息的 第 2 页 共 9 页 ")
    text = "\u3000\u3000".join(["罗坪河植柳", _PARTS[0], broken, *_PARTS[2:]])
    assert "页" not in _kept(text)
    (article,) = articles(text)
    assert article["paragraphs"] == [part.replace(" ", "") for part in _PARTS]


def test_a_page_that_a_sentence_names_stays() -> None:
    text = "\u3000\u3000".join(
        ["罗坪河植柳", *_PARTS[:3], "办法见本册第 2 页，共 9 页，可以 向管护站索取，也可在村里传阅。"]
    )
    assert "第2页，共9页" in _kept(text)


def test_address_of_a_site_behind_its_name_inside_paragraphs_goes() -> None:
    broken = _PARTS[1].replace("栖息的", "栖息的 罗坪资料网 www.example.com ")
    text = "\u3000\u3000".join(["罗坪河植柳", _PARTS[0], broken, *_PARTS[2:]])
    assert _kept(text) == "".join(["罗坪河植柳", *_PARTS]).replace(" ", "")


def test_address_that_a_sentence_gives_stays() -> None:
    text = "\u3000\u3000".join(["罗坪河植柳", *_PARTS[:3], "认领办法见管护站网页 www.example.com，也可 到村里查看。"])
    assert "www.example.com" in _kept(text)


_SITE = "罗坪文库，办公文档之家"
_WHOLE = [part.replace(" ", "") for part in _PARTS]


def test_site_behind_the_ends_of_lines_and_alone_goes() -> None:
    lines = [f"{_WHOLE[0]} {_SITE}", f"一、补种灌木 {_SITE}", _WHOLE[1], _SITE, _WHOLE[2]]
    kept = _kept("\n".join(lines))
    assert _SITE not in kept
    assert "一、补种灌木" in kept


def test_who_said_it_behind_the_ends_of_lines_stays() -> None:
    lines = [f"{part} 罗坪村民何启明" for part in _WHOLE]
    assert _kept("\n".join(lines)).count("罗坪村民何启明") == len(lines)


def test_unit_behind_names_in_a_roll_stays() -> None:
    lines = ["何启明 罗坪文秘网", "陈玉兰 罗坪文秘网", "尹立新 罗坪文秘网", *_WHOLE]
    assert _kept("\n".join(lines)).count("罗坪文秘网") == 3


def test_numbers_of_articles_that_laws_of_a_collection_share_stay() -> None:
    laws = [
        " ".join([f"{river}河管护办法", *(f"第{n}条  {part}" for n, part in zip(_NUMBERS, _PARTS * 2, strict=False))])
        for river in ("罗坪", "青岚", "白石")
    ]
    kept = _kept(" ".join(laws))
    assert all(kept.count(f"第{n}条") == len(laws) for n in _NUMBERS)


@pytest.mark.parametrize(
    "mark", ["页码：10", "Page 10", "Page 10 of 20", "10 / 20", "3/64", "www.luoping-wenku.com", "精选范文 10"]
)
def test_number_of_a_page_with_its_name_goes_from_flattened_print(mark: str) -> None:
    text = _SET.replace("种一 批", f"种一 {mark} 批")
    assert text != _SET
    assert _kept(text) == _kept(_SET)


@pytest.mark.parametrize("told", ["页码：10至12", "其中 1 / 3", "其中 20 / 30 / 50", "其中 1/3", "约占 3/64"])
def test_number_of_a_page_that_a_text_tells_of_stays(told: str) -> None:
    assert told.replace(" ", "") in _kept(_SET.replace("留出栖息", f"留出{told} 栖息")).replace(" ", "")
