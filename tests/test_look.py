"""A look at a batch may see work where there is none, and never misses any."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks import clean
from tasks.clean import annotations, invisible
from tasks.look import look
from tasks.read.damage import find_damage
from tests.clean.tables import cases
from tests.read.test_damage import FLAGGED, SOUND

STEPS = ("invisible", "compat", "annotations")
MARKUP = [
    "<p>会议</p>",
    "会议&nbsp;召开&amp;ldquo;",
    "[会议](https://a.cn/b)",
    "## 会议",
    "＜br＞会议",
    "（\u200bzhōng）省（sheng）委（wei）",
]
TEXTS = MARKUP + [case.before for step in STEPS for case in cases(step)] + [case[1] for case in [*FLAGGED, *SOUND]]
SAMPLE = "".join(sorted({char for text in TEXTS for char in text}))


def _frame(texts: list[str]) -> pl.DataFrame:
    ids = [str(number) for number in range(len(texts))]
    return pl.DataFrame({"document_id": ids, "text": texts}, schema=dict.fromkeys(("document_id", "text"), pl.String))


def _done(frame: pl.DataFrame) -> list[pl.DataFrame]:
    damage = find_damage(frame)
    for step in clean.MARKING:
        frame = step(frame)
    return [damage, frame.drop("needs", strict=False)]


def _seen_and_unseen_are_one(texts: list[str]) -> bool:
    frame = _frame(texts)
    seen = frame.with_columns(needs=pl.Series(look(frame["text"]).needs))
    return all(one.equals(other) for one, other in zip(_done(seen), _done(frame), strict=True))


def test_steps_do_the_same_where_no_one_has_looked() -> None:
    assert _seen_and_unseen_are_one(TEXTS)


@given(st.lists(st.text(st.sampled_from(SAMPLE), max_size=40), max_size=4))
@settings(max_examples=150, deadline=None)
def test_steps_do_the_same_on_any_text_where_no_one_has_looked(texts: list[str]) -> None:
    assert _seen_and_unseen_are_one(texts)


@pytest.mark.parametrize("pattern", [invisible.ANY, annotations.TONED], ids=["invisible", "toned"])
def test_look_reads_a_class_as_the_patterns_do(pattern: str) -> None:
    frame = pl.DataFrame({"text": [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]})
    needed = look(frame["text"]).needs > 0
    assert frame.filter(frame["text"].str.contains(pattern), ~pl.Series(needed)).is_empty()
    plain = ["中", "。5\n", "a"]
    assert not look(pl.Series(plain)).needs.any()
