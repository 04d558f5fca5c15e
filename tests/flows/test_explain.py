"""`qingliu explain` on files that hold what it must show, and what it must not obey."""

import re
from pathlib import Path

import pytest

from tests.flows.conftest import Command

TEXT = """省(sheng)委(wei)開(kai)會(hui)部(bu)署(shu)防(fang)汛(xun)工作

本報訊 7月19日,省委召開防汛會議。會議要求抓好落實,確保\u200b安全。

責任編輯:王一
"""


@pytest.fixture
def scrape(tmp_path: Path) -> Path:
    path = tmp_path / "flood.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_explain_tells_each_step_with_counts_and_places(qingliu: Command, scrape: Path) -> None:
    said = qingliu("explain", scrape).out
    for step in ("invisible: 1 change", "annotations: 8 changes", "punctuation: ", "script: ", "furniture: 1 change"):
        assert f"\n{step}" in said
    assert "⟨U+200B⟩" in said
    assert re.search(r"2× , → ，", said)
    assert "省委开会部署防汛工作" in said


def test_explain_lost_lists_all_that_was_taken_out_by_rule(qingliu: Command, scrape: Path) -> None:
    said = qingliu("explain", scrape, "--lost").out
    assert "removed by annotation: 8 spans" in said
    assert all(gloss in said for gloss in ("sheng", "xun", "责任编辑" if "责任编辑" in said else "責任編輯"))
    assert re.search(r"1× ⟨U\+200B⟩ → ∅  at \d+", said)


def test_explain_row_shows_the_raw_span_beside_the_clean_text(qingliu: Command, scrape: Path) -> None:
    page = scrape.with_name("page.html")
    qingliu("explain", scrape, "--html", page)
    paragraph = re.search(r'id="([0-9a-f]{20}-a0001-p0001)"', page.read_text(encoding="utf-8"))
    assert paragraph
    said = qingliu("explain", scrape, "--row", paragraph[1]).out
    assert "本報訊 7月19日,省委召開防汛會議。" in said
    assert "本报讯 7月19日，省委召开防汛会议。" in said
    assert "會議要求" not in qingliu("explain", scrape, "--row", f"{paragraph[1]}-s0001").out
    article = qingliu("explain", scrape, "--row", paragraph[1].removesuffix("-p0001")).out
    assert "省(sheng)委(wei)開(kai)會(hui)" in article
    assert "确保安全。" in article


def test_explain_an_unknown_row_leaves_with_2_and_names_one(qingliu: Command, scrape: Path) -> None:
    said = qingliu("explain", scrape, "--row", "nothing")
    assert said.code == 2
    assert re.search(r"no article, paragraph or sentence nothing in this file; one is \S+-p0001", said.err)


def test_explain_page_is_self_contained_and_escapes_the_scrape(qingliu: Command, tmp_path: Path) -> None:
    evil = tmp_path / "<b>evil.txt"
    evil.write_text(
        "<script>alert(1)</script>县召开会议\n\n本报讯 3月5日,清河县召开会议\u202e。<img src=x>会议要求抓好生产。\n",
        encoding="utf-8",
    )
    qingliu("explain", evil, "--html", "out.html")
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert not re.search(r"<[^>]*(?:src|href)=|https?://|@import|url\(", page)


def test_explain_page_without_a_folder_leaves_with_2(qingliu: Command, scrape: Path) -> None:
    assert qingliu("explain", scrape, "--html", scrape.parent / "no" / "page.html").code == 2


def test_explain_does_not_obey_escapes_of_a_scrape(qingliu: Command, tmp_path: Path) -> None:
    (tmp_path / "e.txt").write_text(
        "[red]清河县\x1b[31m召开会议[/]\n\n本报讯 清河县,召开会议\x1b]8;;x\x07。要求抓好生产。\n", encoding="utf-8"
    )
    for options in ((), ("--lost",)):
        said = qingliu("explain", tmp_path / "e.txt", *options).out
        assert "\x1b" not in said
        assert "\x07" not in said
