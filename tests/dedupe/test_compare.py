"""Copies are told from texts that say another thing in almost the same words."""

import random

import numpy as np
import polars as pl
import pytest

from tasks.dedupe.canonical import canonical
from tasks.dedupe.compare import compare
from tasks.dedupe.differences import counted
from tests.dedupe.pairs import NOTICE, PAIRS, Pair


def compared(*texts: str) -> dict[str, float | bool]:
    return compare(canonical(pl.Series(texts)), np.array([[0, 1]])).row(0, named=True)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.label)
def test_pair_is_a_copy_or_is_not(pair: Pair) -> None:
    for one, other in ((pair.before, pair.after), (pair.after, pair.before)):
        told = compared(one, other)
        assert told["same"] == pair.copy, pair.why
        assert told["apart"] != pair.copy


def test_traditional_copy_is_the_same_text() -> None:
    assert compared("县里召开会议，研究汛期安全。", "縣裡召開會議,研究汛期安全。")["similarity"] == 1.0


def test_unlike_texts_are_neither_the_same_nor_held_apart() -> None:
    told = compared(NOTICE, "桥头镇的桃花开了，游人沿着河堤走了很远，孩子们在草地上放风筝，卖茶的摊子摆到了渡口。")
    assert (told["same"], told["apart"]) == (False, False)


def test_text_damaged_all_over_is_still_a_copy() -> None:
    text = _story()
    assert compared(text, _damaged(text, 0.1))["same"]


def test_form_filled_in_anew_is_no_copy() -> None:
    form = "据市卫生健康委通报，{}月{}日新增病例{}例，其中{}区{}例，{}县{}例，新增出院{}例，现有{}例。设置采样点{}个。"
    one = form.format(3, 4, 120, "东湖", 80, "青溪", 40, 33, 512, 210)
    other = form.format(3, 19, 64, "西岭", 31, "白石", 33, 101, 377, 186)
    assert not compared(one, other)["same"]


def test_similarity_is_the_exact_jaccard_of_the_shingles() -> None:
    told = compared("甲乙丙丁戊", "甲乙丙丁己")
    assert told["similarity"] == pytest.approx(2 / 4)


def test_texts_without_shingles_have_no_similarity() -> None:
    assert compared("春", "")["similarity"] == 0.0


def test_repeated_shingles_are_told_apart_from_either_end() -> None:
    texts = canonical(pl.Series(["众志成城众志成城"]))
    for backward in (False, True):
        hashes = counted(texts, backward=backward).hashes
        assert len(set(hashes.tolist())) == len(hashes)


def _story() -> str:
    """A text of some length that repeats no phrase: numbered things in an order of their own."""
    chance = random.Random("story")  # noqa: S311
    han = [chr(code) for code in range(0x4E00, 0x5E00)]
    return "。".join("".join(chance.choices(han, k=18)) for _ in range(20)) + "。"


def _damaged(text: str, share: float) -> str:
    chance = random.Random("damage")  # noqa: S311
    return "".join(chance.choice("水木火土金") if chance.random() < share else char for char in text)
