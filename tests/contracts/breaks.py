"""For every relation a batch that breaks it and, wherever such a batch can exist, no other."""

from collections.abc import Callable

import polars as pl

from contracts.registry import CONTRACTS
from contracts.withdraw import CONTENT
from tests.contracts.made import batch, changed, document_id

Tables = dict[str, pl.DataFrame]
WHOLE: Tables = {table: frame for table, frame in batch().items() if table in CONTENT}
DOCUMENT = document_id(0)
FIRST, SECOND = f"{DOCUMENT[:20]}-a0001", f"{DOCUMENT[:20]}-a0002"
NOBODY = "f" * 64


def renamed(old: str, new: str, table: str) -> Tables:
    """Every id that begins with `old` begins with `new`, and the row of `table` so named has the new number."""
    key = CONTRACTS[table].about().key
    found = {}
    for name, frame in WHOLE.items():
        texts = [column for column, dtype in frame.schema.items() if dtype == pl.String]
        after = frame.with_columns(pl.col(texts).str.replace(f"^{old}", new))
        if name == table:
            number = pl.when(pl.col(key) == new).then(pl.lit(int(new[-4:]), pl.Int32)).otherwise("ordinal")
            after = after.with_columns(ordinal=number)
        found[name] = after
    return found


def without(rows: dict[str, pl.Expr]) -> Tables:
    """Some rows of some tables taken out."""
    return {**WHOLE, **{table: WHOLE[table].filter(~gone) for table, gone in rows.items()}}


def counted(tables: Tables, **counts: int) -> Tables:
    """The first document with other counts."""
    return {**tables, "documents": changed(tables["documents"], 0, **counts)}


def let_go(tables: Tables, row_id: str) -> Tables:
    """The span of a row as one that a step removed."""
    mine = pl.col("row_id") == row_id
    spans = tables["spans"].with_columns(
        fate=pl.when(mine).then(pl.lit("removed")).otherwise("fate"),
        step=pl.when(mine).then(pl.lit("furniture")).otherwise("step"),
        text=pl.when(mine).then(pl.lit("春")).otherwise("text"),
        row_id=pl.when(mine).then(None).otherwise("row_id"),
    )
    return {**tables, "spans": spans}


def with_change(table: str, row: int, **values: object) -> Tables:
    """One row changed."""
    return {**WHOLE, table: changed(WHOLE[table], row, **values)}


def another_month() -> Tables:
    """A paragraph and its sentences of another month than their article."""
    month = pl.when(pl.col("paragraph_id") == f"{FIRST}-p0002").then(pl.lit("unknown")).otherwise("publish_month")
    return {
        **WHOLE,
        **{table: WHOLE[table].with_columns(publish_month=month) for table in ("paragraphs", "sentences")},
    }


def only_a_removed_span() -> Tables:
    """A document gone with all that came of it, but for the span that a step had removed."""
    mine = pl.col("document_id") == DOCUMENT
    gone = {table: mine for table in WHOLE if table != "spans"}
    left = without({**gone, "spans": mine & (pl.col("fate") != "removed")})
    return {**left, "spans": changed(left["spans"], 0, ordinal=1, span_id=f"{DOCUMENT[:20]}-x000001")}


def orphaned_paragraphs() -> Tables:
    """An article gone, its paragraphs still there."""
    mine = pl.col("article_id") == SECOND
    gone = without({"articles": mine, "anomalies": mine})
    return let_go(counted(gone, n_articles=1), SECOND)


def orphaned_sentences() -> Tables:
    """A paragraph gone, its sentences still there."""
    gone = without({"paragraphs": pl.col("paragraph_id") == f"{FIRST}-p0002"})
    gone = counted(gone, n_paragraphs=int(WHOLE["documents"]["n_paragraphs"][0]) - 1)
    return let_go({**gone, "articles": changed(gone["articles"], 0, n_paragraphs=1)}, f"{FIRST}-p0002")


def orphaned_articles() -> Tables:
    """A document gone, its articles still there: what leads back from them is then an orphan too."""
    return without({"documents": pl.col("document_id") == DOCUMENT})


BREAKS: dict[str, Callable[[], Tables]] = {
    "articles_belong_to_a_document": orphaned_articles,
    "sightings_belong_to_a_document": lambda: with_change("sightings", 0, document_id=NOBODY),
    "spans_belong_to_a_document": only_a_removed_span,
    "anomalies_belong_to_a_document": lambda: with_change("anomalies", 0, document_id=NOBODY, article_id=None),
    "anomalies_name_an_article": lambda: with_change("anomalies", 0, article_id=f"{DOCUMENT[:20]}-a0009"),
    "paragraphs_belong_to_an_article": orphaned_paragraphs,
    "sentences_belong_to_a_paragraph": orphaned_sentences,
    "articles_are_numbered_without_gaps": lambda: renamed(SECOND, f"{DOCUMENT[:20]}-a0003", "articles"),
    "paragraphs_are_numbered_without_gaps": lambda: renamed(f"{FIRST}-p0002", f"{FIRST}-p0003", "paragraphs"),
    "sentences_are_numbered_without_gaps": lambda: renamed(f"{FIRST}-p0001-s0002", f"{FIRST}-p0001-s0003", "sentences"),
    "paragraphs_share_document_source_and_month_with_their_article": another_month,
    "sentences_share_document_source_and_month_with_their_paragraph": lambda: with_change(
        "sentences", 1, source="other"
    ),
    "sentences_tile_their_paragraph": lambda: with_change("sentences", 1, start=9, end=19),
    "sentences_rebuild_their_paragraph": lambda: with_change("sentences", 1, text="会议强调要抓好秋收。"),
    "articles_count_their_paragraphs_and_sentences": lambda: with_change("articles", 0, n_sentences=4),
    "documents_count_their_rows": lambda: with_change("documents", 0, n_sentences=9),
    "spans_are_in_order_and_do_not_overlap": lambda: with_change("spans", 1, start=3),
    "spans_end_inside_their_document": lambda: with_change(
        "documents", 0, n_chars=int(WHOLE["documents"]["n_content"][0]) + 1
    ),
    "spans_account_for_every_content_character": lambda: with_change("spans", 1, n_content=1),
    "spans_name_a_published_row": lambda: with_change("spans", 0, row_id=f"{DOCUMENT[:20]}-a0009"),
    "paragraphs_lead_back_to_a_span": lambda: with_change("spans", 1, row_id=FIRST),
}
# an article needs paragraphs, and those a span, of the very document that is not there
IMPLIED = {"articles_belong_to_a_document"}
