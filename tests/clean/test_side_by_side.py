"""Columns side by side are read one after the other; tables and verses stay; every character keeps its place."""

from itertools import zip_longest

import polars as pl
import pytest

from tasks.clean import gutters, side_by_side
from tests.clean.cases.layout import lines as newlines
from tests.clean.cases.layout import typeset
from tests.clean.layout import joined, paragraphs
from tests.clean.test_disentangle import MUSEUM, SPORT, WATER, across
from tests.curating import curated, documents
from tests.test_explain import replay
from tests.test_ledger import tiles

# A mark that hangs over the edge of a column, 32 cells wide, leaves one space.
WIDE, NARROW = 40, 35


def beside(stories: list[list[str]], pitch: int = WIDE) -> str:
    columns = [typeset(*story, width=16).split("|") for story in stories]
    rows = zip_longest(*columns, fillvalue="")
    return "|".join("".join(cell + " " * (pitch - _cells(cell)) for cell in row).rstrip() for row in rows)


def _cells(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


@pytest.mark.parametrize("pitch", [WIDE, NARROW])
@pytest.mark.parametrize("stories", [[WATER, SPORT], [WATER, SPORT, MUSEUM], [WATER[:2], SPORT[:2], MUSEUM[:2]]])
def test_columns_side_by_side_are_read_one_after_the_other(stories: list[list[str]], pitch: int) -> None:
    frame = side_by_side.run(joined(beside(stories, pitch)))
    assert paragraphs(frame) == [text for story in stories for text in story]
    assert frame["sure"].is_not_null().all()


@pytest.mark.parametrize(
    "text",
    [
        "|".join(f"锄禾日当午此身{number}，  汗滴禾下土谁知{number}。" for number in "甲乙丙丁戊己庚辛壬癸"),
        "|".join(f"云江省{name}局  局长王{name}  {number}1人" for number, name in enumerate("甲乙丙丁戊己庚辛壬癸")),
        "|".join(f"{name}市今年的收成比去年多出三成，  农民说这是多年没有的事。" for name in "甲乙丙丁戊己庚辛壬癸"),
    ],
    ids=["verse", "table", "sentences"],
)
@pytest.mark.parametrize("rows", [5, 10])
def test_what_is_no_wrapped_text_stays_as_printed(text: str, rows: int) -> None:
    frame = joined("|".join(text.split("|")[:rows]))
    assert side_by_side.run(frame).drop("sure").equals(frame)


@pytest.mark.parametrize("start", [20, NARROW - 2, NARROW, NARROW + 3])
def test_headline_over_the_page_parts_what_is_above_from_what_is_below(start: int) -> None:
    headline = "博物馆延长开放时间"
    above, below = beside([WATER[:2], SPORT[:2]], NARROW), beside([MUSEUM[:2], SPORT[2:4]], NARROW)
    frame = side_by_side.run(joined(f"{above}||{' ' * start}{headline}||{below}"))
    assert paragraphs(frame) == [*WATER[:2], *SPORT[:2], headline, *MUSEUM[:2], *SPORT[2:4]]


def test_rubric_in_brackets_opens_a_headline_below_a_line_that_is_full() -> None:
    rubric = "【走进茶乡看春茶】博物馆开馆迎客来"
    story = [*WATER[:2], f"{'清' * 15}。", rubric, *MUSEUM[:2]]
    found = paragraphs(side_by_side.run(joined(beside([story, SPORT]))))
    assert any(text.startswith(rubric) for text in found)


def test_page_parted_keeps_every_character_and_its_place() -> None:
    page = newlines(beside([WATER, SPORT]))
    tables = curated(page).tables
    assert tiles(tables["spans"], page)
    replay(documents(page))
    assert "interleaved_columns" in tables["anomalies"]["kind"]


def test_lines_put_in_order_keep_their_numbers_where_another_page_is_cut_at_its_gutters() -> None:
    frame = side_by_side.run(joined(beside([WATER, SPORT]), across([WATER, SPORT], "   ")))
    own = pl.col("doc") == 0
    assert frame.filter(~own)["mixed"].all()
    assert not frame.filter(own)["line"].is_sorted()
    assert gutters.part(frame).filter(own)["line"].equals(frame.filter(own)["line"])
