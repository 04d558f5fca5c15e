"""The cases of tasks/clean/script.py, and what holds for any text."""

import re
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from tasks.clean import script
from tasks.lexicons import pairs
from tests.clean.tables import Case, cases

CASES = cases("script")
SAMPLE = "".join(sorted({char for case in CASES for char in case.before}))


def clean(*texts: str) -> list[str]:
    return script.run(pl.DataFrame({"text": texts}, schema={"text": pl.String}))["text"].to_list()


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_script_case_is_as_written(case: Case) -> None:
    assert clean(case.before) == [case.after], case.why


def test_script_cases_in_one_batch_are_as_alone() -> None:
    assert clean(*(case.before for case in CASES)) == [case.after for case in CASES]


def test_script_a_third_of_the_cases_must_not_change() -> None:
    assert sum(case.before == case.after for case in CASES) * 3 >= len(CASES)


def test_script_of_no_rows_is_no_rows() -> None:
    assert clean() == []


@given(st.lists(st.text(st.sampled_from(SAMPLE), max_size=40), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_script_twice_is_as_once(texts: list[str]) -> None:
    once = clean(*texts)
    assert clean(*once) == once


@pytest.mark.parametrize("config", script.CONFIGS)
@given(st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_script_of_neighbours_is_what_opencc_makes_of_the_whole(config: str, random: Random) -> None:
    links = pairs("script_links")
    pieces = [char + random.choice(links[char]) for char in random.choices(list(links), k=40)]
    pieces += random.choices("說話的人發現乾隆皇后頭髮麼裏著", k=20)
    random.shuffle(pieces)
    text = re.sub("|".join(pairs("script_words")), "", "".join(pieces))
    assert script.convert(pl.DataFrame({"text": [text]}), config)["text"].to_list() == [OpenCC(config).convert(text)]
