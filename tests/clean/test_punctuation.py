"""The cases of tasks/clean/punctuation.py, and what holds for any text."""

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.clean import punctuation
from tests.clean.tables import Case, cases

CASES = cases("punctuation")
SAMPLE = "".join(sorted({char for case in CASES for char in case.before}))


def clean(*texts: str) -> list[str]:
    return punctuation.run(pl.DataFrame({"text": texts}, schema={"text": pl.String}))["text"].to_list()


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_punctuation_case_is_as_written(case: Case) -> None:
    assert clean(case.before) == [case.after], case.why


def test_punctuation_cases_in_one_batch_are_as_alone() -> None:
    assert clean(*(case.before for case in CASES)) == [case.after for case in CASES]


def test_punctuation_a_third_of_the_cases_must_not_change() -> None:
    assert sum(case.before == case.after for case in CASES) * 3 >= len(CASES)


def test_punctuation_of_no_rows_is_no_rows() -> None:
    assert clean() == []


@example([":〝【"])
@given(st.lists(st.text(st.sampled_from(SAMPLE), max_size=40), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_punctuation_twice_is_as_once(texts: list[str]) -> None:
    once = clean(*texts)
    assert clean(*once) == once
