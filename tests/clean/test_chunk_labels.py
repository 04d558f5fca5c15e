"""The cases of the steps that take numbers and labels off pieces and lines, and what holds for any text."""

import re
from collections.abc import Callable

import polars as pl
import pytest

from tasks.clean import chunk_labels, line_numbers
from tasks.clean.marks import ANY_RUN
from tests.clean.tables import Case, cases

Step = Callable[[pl.DataFrame], pl.DataFrame]
STEPS: dict[str, Step] = {"chunk_labels": chunk_labels.run, "line_numbers": line_numbers.run}
CASES = {name: cases(name) for name in STEPS}
ALL = [pytest.param(STEPS[name], case, id=f"{name}: {case.label}") for name in STEPS for case in CASES[name]]


def marked(step: Step, *texts: str) -> list[str]:
    return step(pl.DataFrame({"text": texts}, schema={"text": pl.String}))["text"].to_list()


@pytest.mark.parametrize(("step", "case"), ALL)
def test_case_is_as_written(step: Step, case: Case) -> None:
    assert [re.sub(ANY_RUN, "", text) for text in marked(step, case.before)] == [case.after], case.why


@pytest.mark.parametrize("name", STEPS)
def test_a_third_of_the_cases_must_not_change(name: str) -> None:
    assert sum(case.before == case.after for case in CASES[name]) * 3 >= len(CASES[name])


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_of_no_rows_is_no_rows(step: Step) -> None:
    assert marked(step) == []


@pytest.mark.parametrize("name", STEPS)
def test_only_puts_marks_in(name: str) -> None:
    texts = [case.before for case in CASES[name]]
    assert [re.sub("[\ufdd0-\ufdef]", "", text) for text in marked(STEPS[name], *texts)] == texts
