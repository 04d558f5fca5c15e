"""The cases of tasks/clean/chunk_labels.py, and what holds for any text."""

import re

import polars as pl
import pytest

from tasks.clean import chunk_labels
from tasks.clean.marks import ANY_RUN
from tests.clean.tables import Case, cases

CASES = cases("chunk_labels")


def clean(*texts: str) -> list[str]:
    marked = chunk_labels.run(pl.DataFrame({"text": texts}, schema={"text": pl.String}))["text"]
    return [re.sub(ANY_RUN, "", text) for text in marked]


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_chunk_labels_case_is_as_written(case: Case) -> None:
    assert clean(case.before) == [case.after], case.why


def test_chunk_labels_a_third_of_the_cases_must_not_change() -> None:
    assert sum(case.before == case.after for case in CASES) * 3 >= len(CASES)


def test_chunk_labels_of_no_rows_is_no_rows() -> None:
    assert clean() == []


def test_chunk_labels_only_put_marks_in() -> None:
    marked = chunk_labels.run(pl.DataFrame({"text": [case.before for case in CASES]}))["text"]
    assert [re.sub("[\ufdd0-\ufdef]", "", text) for text in marked] == [case.before for case in CASES]
