"""Letter-spaced lines are closed, and nothing else."""

import polars as pl
import pytest

from tasks.clean import letter_spacing
from tests.clean.cases.layout import LETTER_SPACING


@pytest.mark.parametrize(
    ("before", "after", "justified"), [c[1:4] for c in LETTER_SPACING], ids=[c[0] for c in LETTER_SPACING]
)
def test_letter_spacing_case_is_closed_or_left(before: str, after: str, *, justified: bool) -> None:
    closed = letter_spacing.close(pl.DataFrame({"doc": [0], "text": [before]}))
    assert closed.row(0, named=True) == {"doc": 0, "text": after, "justified": justified}


def test_letter_spacing_twice_is_as_once() -> None:
    once = letter_spacing.close(
        pl.DataFrame({"doc": range(len(LETTER_SPACING)), "text": [case[1] for case in LETTER_SPACING]})
    )
    assert letter_spacing.close(once.select("doc", "text"))["text"].to_list() == once["text"].to_list()


def test_letter_spacing_of_most_lines_fills_no_line() -> None:
    spaced = ["护 堤 员 每 日 巡 查 一 次", "发 现 险 情 立 即 上 报 县", "防 汛 办 公 室 并 做 好 记", "录 。"]
    closed = letter_spacing.close(pl.DataFrame({"doc": [0] * 8, "text": spaced * 2}))
    assert closed["text"][0] == "护堤员每日巡查一次"
    assert not closed["justified"].any()
