"""The cases of tasks/clean/inserts.py, and what holds for any text."""

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean import inserts
from tasks.clean.marks import ANY_RUN
from tests.clean.tables import Case, cases

CASES = cases("inserts")
SAMPLE = "".join(sorted({char for case in CASES for char in case.before}))


def clean(*texts: str) -> list[str]:
    marked = inserts.run(pl.DataFrame({"text": texts}, schema={"text": pl.String}))["text"]
    return [re.sub(ANY_RUN, "", text) for text in marked]


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_inserts_case_is_as_written(case: Case) -> None:
    assert clean(case.before) == [case.after], case.why


def test_inserts_a_third_of_the_cases_must_not_change() -> None:
    assert sum(case.before == case.after for case in CASES) * 3 >= len(CASES)


def test_inserts_of_no_rows_is_no_rows() -> None:
    assert clean() == []


@given(st.lists(st.text(st.sampled_from(SAMPLE), max_size=80), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_inserts_only_put_marks_in(texts: list[str]) -> None:
    marked = inserts.run(pl.DataFrame({"text": texts}))["text"]
    assert [re.sub("[\ufdd0-\ufdef]", "", text) for text in marked] == texts
