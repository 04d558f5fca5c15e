"""Every relation finds the batch made to break it, and the gate withdraws what must go with it."""

from typing import Any

import polars as pl
import pytest

from contracts.relations import RELATIONS, breaks
from contracts.withdraw import CONTENT
from tasks import gate
from tasks.records import RunInfo
from tests.contracts.made import batch, changed, document_id

RUN = RunInfo("r0", "1")
NOBODY = "f" * 64
WHOLE = {table: frame for table, frame in batch().items() if table in CONTENT}
ARTICLE = f"{document_id(0)[:20]}-a0001"
PARAGRAPH = f"{ARTICLE}-p0001"


def _without(table: str, *rows: int) -> dict[str, pl.DataFrame]:
    return {table: WHOLE[table].filter(~pl.int_range(pl.len()).is_in(rows))}


def _with(table: str, row: int, **values: Any) -> dict[str, pl.DataFrame]:
    return {table: changed(WHOLE[table], row, **values)}


# relation: (the tables that differ, whether the whole document goes)
BROKEN: dict[str, tuple[dict[str, pl.DataFrame], bool]] = {
    "articles_belong_to_a_document": (_without("documents", 0), True),
    "sightings_belong_to_a_document": (_with("sightings", 0, document_id=NOBODY), False),
    "spans_belong_to_a_document": (_without("documents", 0), True),
    "anomalies_belong_to_a_document": (_without("documents", 0), True),
    "anomalies_name_an_article": (_with("anomalies", 0, article_id=f"{document_id(0)[:20]}-a0009"), True),
    "paragraphs_belong_to_an_article": (_without("articles", 0), True),
    "sentences_belong_to_a_paragraph": (_without("paragraphs", 0), True),
    "articles_are_numbered_without_gaps": (_without("articles", 0), True),
    "paragraphs_are_numbered_without_gaps": (_without("paragraphs", 0), True),
    "sentences_are_numbered_without_gaps": (_without("sentences", 0), False),
    "paragraphs_share_document_source_and_month_with_their_article": (
        _with("paragraphs", 1, publish_month="unknown"),
        False,
    ),
    "sentences_share_document_source_and_month_with_their_paragraph": (_with("sentences", 1, source="other"), False),
    "sentences_tile_their_paragraph": (_with("sentences", 1, start=9, end=19), False),
    "sentences_rebuild_their_paragraph": (_with("sentences", 1, text="会议强调要抓好秋收。"), False),
    "articles_count_their_paragraphs_and_sentences": (_with("articles", 0, n_sentences=4), False),
    "documents_count_their_rows": (_with("documents", 0, n_sentences=9), True),
    "spans_are_in_order_and_do_not_overlap": (_with("spans", 1, start=3), True),
    "spans_end_inside_their_document": (
        _with("documents", 0, n_chars=int(WHOLE["documents"]["n_content"][0]) + 1),
        True,
    ),
    "spans_account_for_every_content_character": (_with("spans", 1, n_content=1), True),
    "spans_name_a_published_row": (_with("spans", 1, row_id=f"{PARAGRAPH[:-1]}9"), True),
    "paragraphs_lead_back_to_a_span": (_with("spans", 1, row_id=ARTICLE), False),
}


def _broken(name: str) -> dict[str, pl.DataFrame]:
    return {**WHOLE, **BROKEN[name][0]}


def test_every_relation_has_a_canary() -> None:
    assert {relation.name for relation in RELATIONS} == set(BROKEN)


def test_the_unchanged_batch_keeps_every_relation() -> None:
    assert all(rows.is_empty() for rows in breaks(WHOLE, pl.Series([], dtype=pl.String)).values())


@pytest.mark.parametrize("name", BROKEN)
def test_a_relation_finds_its_canary(name: str) -> None:
    found = breaks(_broken(name), pl.Series([], dtype=pl.String))
    assert found[name].height > 0


@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_a_relation_is_withdrawn_and_the_rest_is_published(name: str) -> None:
    tables = _broken(name)
    result = gate.split_tables(tables, RUN)
    kept = {table: result.tables[table] for table in CONTENT}
    assert all(rows.is_empty() for rows in breaks(kept, _cut(tables, kept)).values())
    assert name in result.tables["failures"]["rule"].to_list()
    # the other document is untouched
    assert kept["articles"].filter(document_id=document_id(1)).height == 2
    assert (document_id(0) in kept["documents"]["document_id"]) != BROKEN[name][1]
    whole_articles = kept["articles"].filter(document_id=document_id(0))["article_id"].to_list()
    assert ARTICLE not in whole_articles or name == "sightings_belong_to_a_document"


def test_unsorted_children_keep_every_relation() -> None:
    shuffled = {table: frame.sample(fraction=1, shuffle=True, seed=7) for table, frame in WHOLE.items()}
    assert all(rows.is_empty() for rows in breaks(shuffled, pl.Series([], dtype=pl.String)).values())


def _cut(before: dict[str, pl.DataFrame], after: dict[str, pl.DataFrame]) -> pl.Series:
    gone = before["articles"].join(after["articles"], on="article_id", how="anti")
    return gone["document_id"].unique()
