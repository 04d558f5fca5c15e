"""Of several lines over a text, those that are its headline: what a site, a section or a writer has there is none."""

import polars as pl
import pytest

from tests.curating import articles, curated

BODY = (
    "今年以来，临渚市水利局对全市42座水库逐一开展安全检查，投入资金1300万元加固坝体，已有三十座水库完工。\n\n"
    "市水利局负责人说，下一步将继续做好汛期值守工作，确保群众安全。"
)
TITLE = "临渚市加固42座水库保安澜"

OTHERS = [
    (["集团新闻 group news", TITLE], []),
    (["投稿：null 文", TITLE], []),
    (["剪接：云江文汇报记者何启明", TITLE], []),
    ([TITLE, "文：云江采访组"], ["文：云江采访组"]),
    (["来稿请寄：临渚市解放路67号云江日报编辑部", TITLE], []),
]
ITS_OWN = [
    ["让青春在", "水库大坝上绽放"],
    ["何启明在市水利局调研时强调", "扎实做好防汛备汛工作"],
    ["严守大坝 确保安澜", TITLE],
    ["云江县人民法院", "民事判决书"],
    ["中共临渚市委", "临渚市人民政府", "关于加强防汛工作的决定"],
    ["一问大坝", "二问水库", "三问责任"],
    ["临渚市水利局2021年", "工作总结"],
]


@pytest.mark.parametrize(("lines", "kept"), OTHERS)
def test_other_lines_beside_a_headline_are_none_of_it(lines: list[str], kept: list[str]) -> None:
    (found,) = articles("\n\n".join([*lines, BODY]))
    assert found["title"] == TITLE
    assert found["paragraphs"] == [*kept, *BODY.split("\n\n")]


@pytest.mark.parametrize("lines", ITS_OWN)
def test_lines_of_a_headline_stay(lines: list[str]) -> None:
    (found,) = articles("\n".join([*lines, "", BODY]))
    assert found["title"].replace(" ", "") == "".join(lines).replace(" ", "")
    assert found["paragraphs"] == BODY.split("\n\n")


def test_site_line_beside_a_headline_is_removed_as_one() -> None:
    found = curated(f"集团新闻 group news\n\n{TITLE}\n\n{BODY}")
    assert found.broken.is_empty()
    assert found.tables["spans"].filter(pl.col("fate") == "removed")["step"].to_list() == ["unlisted_line"]


def test_headlines_without_a_text_are_left_alone() -> None:
    assert not articles(f"集团新闻 group news\n\n{TITLE}")
