"""The cases of tasks/clean/split_glosses.py, as the annotations step runs it."""

import re

import polars as pl
import pytest

from tasks.clean import annotations
from tasks.clean.marks import CLOSE, OPEN
from tests.clean.tables import Case, cases

CASES = cases("split_glosses")
MARKED = re.compile(f"{OPEN['annotation']}[^{CLOSE}\n]*{CLOSE}")


def run(text: str) -> tuple[str, int]:
    frame = annotations.run(pl.DataFrame({"text": [text]}))
    return frame["text"][0], frame["n_annotations_removed"][0]


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_split_glosses_case_is_as_written(case: Case) -> None:
    assert MARKED.sub("", run(case.before)[0]) == case.after, case.why


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_split_glosses_leave_characters_their_number_and_order(case: Case) -> None:
    text, n = run(case.before)
    marked = re.compile(f"[{OPEN['annotation']}{CLOSE}]")
    assert len(marked.sub("", text)) == len(case.before)
    assert text.count(OPEN["annotation"]) == n


def test_split_glosses_a_third_of_the_cases_keep_what_they_have() -> None:
    assert sum("?" in case.after for case in CASES) * 3 >= len(CASES)
