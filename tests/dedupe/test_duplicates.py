"""Signatures, candidates, stars, and the table that comes of them."""

from datetime import date

import polars as pl
import pytest

from contracts import engine
from contracts.registry import CONTRACTS
from tasks.dedupe import signatures as signing
from tasks.dedupe.clusters import stars
from tasks.dedupe.duplicates import SIGNED, candidates, find_duplicates
from tasks.dedupe.shelves import MOST, matching
from tests.dedupe.pairs import NOTICE

OTHER = "桥头镇的桃花开了，游人沿着河堤走了很远，孩子们在草地上放风筝，卖茶的摊子摆到了渡口，老人坐在石阶上下棋。"


def signed(*texts: str, noise: list[float] | None = None) -> pl.DataFrame:
    ids = [f"{number:020d}-a0001" for number in range(len(texts))]
    facts = {
        "article_id": ids,
        "document_id": [f"{number:020d}" + "0" * 44 for number in range(len(texts))],
        "residual_noise": noise or [0.0] * len(texts),
        "published_on": [date(2031, 5, 6)] * len(texts),
    }
    return pl.concat([pl.DataFrame(facts), signing.signatures(pl.Series(texts))], how="horizontal").select(
        SIGNED.names()
    )


def found(*texts: str, noise: list[float] | None = None) -> list[tuple[int, int]]:
    """Article and representative of each row, as numbers."""
    table = signed(*texts, noise=noise)
    bodies = pl.DataFrame({"article_id": table["article_id"], "text": texts})
    rows = find_duplicates(table, lambda ids: [bodies.filter(pl.col("article_id").is_in(ids.implode()))])
    assert engine.holds(CONTRACTS["duplicates"], rows)
    return [(int(a[:20]), int(b[:20])) for a, b in rows.select("article_id", "other_article_id").iter_rows()]


def test_signature_does_not_depend_on_what_is_signed_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series([NOTICE, "", "春", OTHER, NOTICE[:40], OTHER])
    together = signing.signatures(texts)
    monkeypatch.setattr(signing, "_AT_ONCE", 7)
    assert signing.signatures(texts).equals(together)


def test_signature_of_nothing_has_no_bands() -> None:
    assert signing.signatures(pl.Series(["", "，。", None, "春雨"]))["bands"].to_list() == [""] * 4
    assert signing.signatures(pl.Series([], dtype=pl.String)).is_empty()


def test_bins_come_back_out_of_the_bands() -> None:
    table = signing.signatures(pl.Series([NOTICE, OTHER]))
    assert signing.bins(table["bands"]).shape == (2, signing.BINS)
    assert table["bands"].str.len_chars().to_list() == [signing.BANDS * signing.BAND_WIDTH] * 2


def test_copy_points_at_the_text_with_least_noise() -> None:
    assert found(NOTICE, OTHER, NOTICE.replace("检修", "捡修"), noise=[0.4, 0.0, 0.1]) == [(0, 2), (2, 2)]


def test_same_text_in_three_files_is_one_cluster() -> None:
    assert found(NOTICE, NOTICE, NOTICE) == [(0, 0), (1, 0), (2, 0)]


def test_next_years_notice_stays_alone() -> None:
    assert found(NOTICE, NOTICE.replace("6月1日", "6月3日")) == []


def test_short_line_is_no_article_to_have_copies() -> None:
    assert found("会议还研究了其他事项。", "会议还研究了其他事项。") == []


def test_many_of_one_form_are_compared_only_with_their_own_numbers() -> None:
    days = [NOTICE.replace("12座", f"{number}座") for number in range(200, 320)]
    assert found(*days, days[7].replace("检修", "捡修")) == [(7, 7), (120, 7)]


def test_candidates_look_at_the_best_of_a_form_not_at_all_of_it() -> None:
    days = [NOTICE.replace("12座", f"{number}座") for number in range(200, 320)]
    pairs = candidates(signed(*days))
    assert 119 <= len(pairs) <= 119 * MOST
    assert pairs["one"].value_counts(sort=True)["count"].head(3).min() > 60


def test_known_signatures_that_share_nothing_are_left_out() -> None:
    table = signed(NOTICE, OTHER, NOTICE.replace("检修", "捡修"))
    assert matching(table[1:], table[:1])["article_id"].to_list() == [table["article_id"][2]]


def _stars(same: list[tuple[int, int]], apart: list[tuple[int, int]], n: int) -> list[tuple[int, int]]:
    schema = {"one": pl.UInt32, "other": pl.UInt32}
    ranks = pl.DataFrame({"row": range(n), "rank": range(n)}, schema={"row": pl.UInt32, "rank": pl.UInt32})
    edges = pl.DataFrame(same, schema=schema, orient="row").with_columns(similarity=pl.lit(0.9))
    told = stars(ranks, edges, pl.DataFrame(apart, schema=schema, orient="row"))
    return told.select("row", "centre").rows()


def test_copy_of_a_copy_is_not_a_copy_of_the_first() -> None:
    assert _stars([(0, 1), (1, 2)], [], 3) == [(1, 0)]


def test_best_text_takes_its_copies_first() -> None:
    assert _stars([(0, 2), (1, 2), (1, 3)], [], 4) == [(2, 0), (3, 1)]


def test_two_that_differ_do_not_share_a_damaged_copy() -> None:
    assert _stars([(0, 1), (0, 2)], [(1, 2)], 3) == [(1, 0)]


def test_no_copies_make_no_stars() -> None:
    assert _stars([], [], 2) == []
