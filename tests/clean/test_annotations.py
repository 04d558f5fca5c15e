"""The cases of tasks/clean/annotations.py, and what holds for any text."""

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean import annotations
from tasks.clean.marks import CLOSE, OPEN
from tests.clean.tables import Case, cases

CASES = cases("annotations")
SAMPLE = "".join(sorted({char for case in CASES for char in case.before}))
MARKED = re.compile(f"{OPEN['annotation']}([^{CLOSE}\n]*){CLOSE}")


def marked(*texts: str) -> list[str]:
    return annotations.run(pl.DataFrame({"text": texts}, schema={"text": pl.String}))["text"].to_list()


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_annotations_case_is_as_written(case: Case) -> None:
    assert MARKED.sub("", marked(case.before)[0]) == case.after, case.why


def test_annotations_cases_in_one_batch_are_as_alone() -> None:
    assert [MARKED.sub("", text) for text in marked(*(case.before for case in CASES))] == [case.after for case in CASES]


def test_annotations_a_third_of_the_cases_must_not_change() -> None:
    assert sum(case.before == case.after for case in CASES) * 3 >= len(CASES)


def test_annotations_are_counted_one_by_one() -> None:
    frame = annotations.run(pl.DataFrame({"text": ["省(sheng)(sheng)委(wei)书(shu)记", "今天(tian)开会"]}))
    assert frame["n_annotations_removed"].to_list() == [4, 0]


def test_annotations_of_no_rows_is_no_rows() -> None:
    assert marked() == []


@given(st.lists(st.text(st.sampled_from(SAMPLE), max_size=60), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_annotations_only_put_marks_in(texts: list[str]) -> None:
    assert [MARKED.sub(r"\1", text) for text in marked(*texts)] == [MARKED.sub(r"\1", text) for text in texts]
