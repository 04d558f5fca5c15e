"""A cheap look at what a text holds never hides a shape from it."""

import re

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.clean import furniture_rules
from tasks.clean.needs import alternatives
from tasks.clean.shapes import Shapes
from tasks.clean.spaces import without_spaces

_ROWS = [(how, pattern) for _, how, pattern in furniture_rules._rows() if how in ("line", "spaced")]
_OF_HEADERS = [
    *(
        "2021年3月4日",
        "2021-03-04",
        "（星期三）",
        "周三",
        "河北日报",
        "光明",
        "日报",
        "新闻网",
        "第3版",
        "A12",
        "版",
        "总第1234期",
    ),
    *(
        "农历正月初五",
        "今日12版",
        "CN13-0001",
        "要闻",
        "国际",
        "责编：张三、李四",
        "责任编辑",
        "王五",
        "·",
        "：",
        "D",
        "W3",
        "第",
        "1",
        "12",
    ),
]


def _text_of(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(re.sub(r"\\x\{(\w+)\}", lambda found: chr(int(found[1], 16)), pattern), fullmatch=True)


@given(st.sampled_from(_ROWS).flatmap(lambda row: st.tuples(st.just(row), _text_of(row[1]))))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_shape_finds_every_text_that_its_pattern_matches(found: tuple[tuple[str, str], str]) -> None:
    (how, pattern), text = found
    texts = pl.Series([text], dtype=pl.String)
    bare = without_spaces(texts)
    own = texts if how == "spaced" else bare
    expected = own.str.contains(f"^(?:{pattern})$").item()
    assert (len(Shapes([(0, how, pattern)]).proven(texts, bare)[0]) > 0) == expected


@given(st.lists(st.sampled_from(_OF_HEADERS), max_size=6))
@settings(max_examples=60, deadline=None)
def test_page_header_is_never_ruled_out_by_its_parts(parts: list[str]) -> None:
    line = pl.Series(["".join(parts)], dtype=pl.String)
    plain = line.str.replace_all(furniture_rules.parts()["DATE"], "D").str.replace_all(furniture_rules._ORNAMENTS, "")
    made = plain.to_frame("plain").select(furniture_rules._is_page_header()).item()
    assert not made or furniture_rules._are_page_headers(line).item()


def test_needs_of_an_unknown_sign_are_refused() -> None:
    with pytest.raises(ValueError, match="no lexicon had"):
        alternatives("(?=x)y")
