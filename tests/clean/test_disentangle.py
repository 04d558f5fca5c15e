"""Pages read across their columns come out in order, or flagged; nothing is lost, and what is in order stays."""

from itertools import chain, zip_longest

import polars as pl
import pytest

from tasks.beside import beside
from tasks.clean import disentangle, reading_order, side_by_side
from tasks.explain import explain
from tests.clean.cases.layout import lines as newlines
from tests.clean.cases.layout import typeset
from tests.clean.layout import joined, paragraphs
from tests.curating import curated, documents
from tests.test_explain import replay
from tests.test_ledger import tiles

WATER = [
    f"云岭市{place}今年新修水渠和机耕道，受益农田比去年多出三成，村民们说，过去靠天吃饭的日子一去不复返了。"
    f"{place}还办起了合作社，统一供种供肥。"
    for place in ("东坡镇", "西河乡", "南坪村", "北山乡", "石桥镇", "柳林村")
]
SPORT = [
    f"青禾县第{number}中学昨天举行运动会，全校师生参加了短跑、跳远、拔河等项目，比赛打破了多项纪录。"
    + "学校还请来老校友为获奖的同学颁奖，场面热烈。" * (k % 2)
    for k, number in enumerate("一二三四五六七")
]
MUSEUM = [
    f"展厅{number}陈列着出土的青铜器和陶器，讲解员告诉观众，这些文物距今已有三千多年。"
    + "博物馆周末延长开放时间，观众凭预约入馆参观。" * (k % 3)
    for k, number in enumerate("甲乙丙丁戊己庚辛")
]
TWO, THREE = [WATER, SPORT], [WATER, SPORT, MUSEUM]


def across(stories: list[list[str]], gutter: str = "|") -> str:
    """Print stories side by side and read the page line by line; each seventh print line keeps its gutter."""
    columns = [typeset(*story, width=16).split("|") for story in stories]
    rows = [[line for line in row if line] for row in zip_longest(*columns, fillvalue="")]
    return "|".join((gutter if number % 7 == 3 else "|").join(row) for number, row in enumerate(rows))


def in_order(text: str) -> pl.DataFrame:
    return disentangle.run(side_by_side.run(joined(text)))


@pytest.mark.parametrize(
    ("stories", "gutter"), [(TWO, "|"), (TWO, "   "), (THREE, "|"), (THREE, "   ")], ids=["2", "2 gut", "3", "3 gut"]
)
def test_paragraphs_of_a_page_read_across_come_back(stories: list[list[str]], gutter: str) -> None:
    frame = in_order(across(stories, gutter))
    assert set(paragraphs(frame)) == set(chain(*stories))
    assert frame["sure"].is_not_null().all()


@pytest.mark.parametrize("gutter", ["|", "   "])
def test_no_line_joins_over_a_doubtful_link(gutter: str) -> None:
    # both columns tell of the same
    frame = in_order(across([WATER[:3] + SPORT[:2], SPORT[2:] + WATER[3:]], gutter))
    doubtful = frame.filter(pl.col("sure") < reading_order.DOUBTFUL)
    assert len(doubtful) > 0
    assert not doubtful["joins"].any()


def test_text_in_order_stays_as_it_is() -> None:
    frame = joined("|".join(typeset(*story, width=16) for story in THREE))
    assert disentangle.run(side_by_side.run(frame)).drop("sure").equals(frame)


@pytest.mark.parametrize("stories", [TWO, THREE])
def test_paragraphs_of_a_page_with_wide_leading_are_whole_or_open_and_never_mixed(stories: list[list[str]]) -> None:
    page = across(stories).replace("|", "||")
    found = paragraphs(in_order(page))
    whole = "".join(chain(*stories))
    assert all(paragraph in whole for paragraph in found)
    assert len(found) < 0.7 * len(across(stories).split("|"))
    assert "interleaved_columns" in curated(newlines(page)).tables["anomalies"]["kind"]


def test_lines_in_order_with_wide_leading_are_not_told_as_columns() -> None:
    assert not joined("||".join("||".join(typeset(*story, width=16).split("|")) for story in THREE))["mixed"].any()


def test_page_over_the_limit_stays_as_printed_and_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disentangle, "_MOST_LINES", 20)
    frame = joined(across(TWO))
    left = disentangle.run(side_by_side.run(frame))
    assert left.drop("sure").equals(frame)
    assert left["mixed"].all()
    kinds = curated(newlines(across(TWO))).tables["anomalies"]["kind"]
    assert "interleaved_columns" in kinds


def test_page_put_in_order_is_not_put_in_order_again() -> None:
    once = paragraphs(in_order(across(TWO)))
    assert paragraphs(in_order("|".join(typeset(text, width=16) for text in once))) == once


def test_page_put_in_order_keeps_every_character_and_its_place() -> None:
    page = newlines(across(THREE, "   "))
    tables = curated(page).tables
    assert tiles(tables["spans"], page)
    replay(documents(page))
    told = set(tables["anomalies"].filter(pl.col("kind") == "interleaved_columns")["row_id"])
    assert told == set(tables["articles"]["article_id"])


def test_row_of_a_page_put_in_order_shows_its_raw_span() -> None:
    page = newlines(across(TWO))
    found = explain(documents(page), {})
    row, text = found.curated.tables["paragraphs"].select("paragraph_id", "text").row(0)
    (pair,) = beside(found, row)
    assert pair.clean == text
    assert page[pair.start : pair.end] == "".join(piece for _, piece in pair.raw).replace("⏎", "\n")


def test_paragraph_with_a_link_that_is_not_sure_is_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.clean.reading_order.SURE", float("inf"))
    tables = curated(newlines(across(TWO))).tables
    flagged = set(tables["anomalies"].filter(pl.col("kind") == "mixed_columns")["row_id"])
    assert flagged == set(tables["paragraphs"]["paragraph_id"])


@pytest.mark.parametrize(
    ("row", "pieces"),
    [
        # A headline's line, which is full, and the end of the one beside.
        ("东坡镇水渠通水合作社办起 米厂开工", ["东坡镇水渠通水合作社办起", "米厂开工"]),
        ("米厂开工 东坡镇水渠通水合作社办起", ["米厂开工", "东坡镇水渠通水合作社办起"]),
        ("东坡镇新修水渠 办合作社", ["东坡镇新修水渠 办合作社"]),
        ("东坡镇新修水渠 合作社办米厂", ["东坡镇新修水渠 合作社办米厂"]),
    ],
)
def test_piece_as_wide_as_a_line_of_a_headline_stands_alone(row: str, pieces: list[str]) -> None:
    lines = across(THREE).split("|")
    frame = in_order("|".join([*lines[:30], row, *lines[30:]]))
    assert [text for text in frame["text"] if text in row] == pieces or set(pieces) <= set(frame["text"])
