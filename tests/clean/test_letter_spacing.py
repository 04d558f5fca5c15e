"""Letter-spaced lines are closed, and nothing else."""

import polars as pl
import pytest

from tasks.clean import letter_spacing
from tests.clean.cases.layout import LETTER_SPACING


@pytest.mark.parametrize(
    ("before", "after", "justified"), [c[1:4] for c in LETTER_SPACING], ids=[c[0] for c in LETTER_SPACING]
)
def test_letter_spacing_case_is_closed_or_left(before: str, after: str, *, justified: bool) -> None:
    closed = letter_spacing.close(pl.DataFrame({"text": [before]}))
    assert closed.row(0, named=True) == {"text": after, "justified": justified}


def test_letter_spacing_twice_is_as_once() -> None:
    once = letter_spacing.close(pl.DataFrame({"text": [case[1] for case in LETTER_SPACING]}))
    assert letter_spacing.close(once.select("text"))["text"].to_list() == once["text"].to_list()
