"""Flattened texts are cut into print lines; other texts stay whole."""

import polars as pl
import pytest

from tasks.clean import letter_spacing, lines, unflatten
from tests.clean.cases.layout import UNFLATTEN, UNWRAP, Case
from tests.clean.cases.layout import lines as as_lines
from tests.clean.layout import joined, paragraphs


@pytest.mark.parametrize("case", UNFLATTEN, ids=[case.label for case in UNFLATTEN])
def test_unflatten_case_gives_its_paragraphs(case: Case) -> None:
    found = [text.replace(" ", "") for text in paragraphs(joined(case.before))]
    assert found == [text.replace(" ", "") for text in case.after], case.why


@pytest.mark.parametrize("case", UNWRAP, ids=[case.label for case in UNWRAP])
def test_unflatten_of_other_text_cuts_nothing(case: Case) -> None:
    frame = letter_spacing.close(lines.explode(pl.Series([as_lines(case.before)])))
    assert unflatten.split(frame).select(frame.columns).equals(frame)


def test_unflatten_keeps_content_and_numbers_its_lines() -> None:
    texts = [case.before for case in UNFLATTEN] + [as_lines(case.before) for case in UNWRAP]
    frame = letter_spacing.close(lines.explode(pl.Series(texts)))
    cut = unflatten.split(frame)
    for doc, text in enumerate(texts):
        rows = cut.filter(pl.col("doc") == doc)
        assert "".join("".join(rows["text"]).split()) == "".join(text.split())
        assert rows["line"].to_list() == list(range(len(rows)))
