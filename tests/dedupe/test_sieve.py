"""What the sieve lets through: every copy; and what it keeps back: texts that share passages."""

import random

import numpy as np
import polars as pl
import pytest

from tasks.dedupe.sieve import may_be_copies, sample
from tests.dedupe.pairs import NOTICE, PAIRS, Pair


def passes(one: str, other: str) -> bool:
    return bool(may_be_copies(sample(pl.Series([one, other])), np.array([[0, 1]])).item())


def written(seed: str, n_sentences: int) -> str:
    """Sentences that share nothing with those of another seed."""
    chance = random.Random(seed)  # noqa: S311
    han = [chr(code) for code in range(0x4E00, 0x9000)]
    return "".join("".join(chance.choices(han, k=18)) + "。" for _ in range(n_sentences))


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.copy], ids=lambda pair: pair.label)
def test_copy_passes(pair: Pair) -> None:
    assert passes(pair.before, pair.after)
    assert passes(pair.after, pair.before)


def test_copies_damaged_all_over_pass() -> None:
    chance = random.Random("damage")  # noqa: S311
    texts = [written(str(number), 40) for number in range(50)]
    damaged = [
        "".join(chance.choice("水木火土金") if chance.random() < 0.2 else char for char in text) for text in texts
    ]
    pairs = np.arange(100).reshape(2, 50).T
    assert may_be_copies(sample(pl.Series(texts + damaged)), pairs).all()


def test_text_with_another_passage_is_kept_back_from_either_side() -> None:
    whole = [written("one", 30), written("passage", 12), written("two", 30)]
    without = whole[0] + whole[2]
    assert not passes("\n".join(whole), without)
    assert not passes(without, "\n".join(whole))


def test_texts_that_share_half_their_paragraphs_are_kept_back() -> None:
    shared = [written(f"shared {number}", 6) for number in range(6)]
    one, other = ([*shared, *(written(f"{side} {number}", 6) for number in range(6))] for side in "ab")
    chance = random.Random("order")  # noqa: S311
    chance.shuffle(one)
    chance.shuffle(other)
    assert not passes("\n".join(one), "\n".join(other))


def test_text_too_short_to_be_sampled_passes() -> None:
    assert passes("春", "")
    assert passes(NOTICE[:9], "夏")


def test_no_pairs_are_none() -> None:
    assert may_be_copies(sample(pl.Series([], dtype=pl.String)), np.zeros((0, 2), dtype=np.int64)).tolist() == []
