"""What must be true between tables: children belong to parents, are numbered without gaps, and rebuild them.

Every relation runs per batch (a document never spans batches), on rows whose own contracts hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from contracts import relations_of_rows as rows
from contracts import relations_of_spans as spans
from contracts.base import Dimension
from contracts.family import Family

VERSION = "1.2.0"  # of all relations together; see contracts.lock
Level = Literal["document", "article"]


@dataclass(frozen=True)
class Relation:
    """A relation: `find` returns the rows of `table` that break it (BREAK_COLUMNS); `level` is what goes with them."""

    name: str
    zh: str
    table: str
    level: Level
    find: rows.Finder
    dimension: Dimension = "consistency"
    remedy: str = ""


def _belongs(name: str, zh: str, child: str, column: str, parent: str) -> Relation:
    return Relation(name, zh, child, "document", rows.orphans(child, column, parent))


RELATIONS: tuple[Relation, ...] = (
    _belongs("articles_belong_to_a_document", "文章属于一份文件", "articles", "document_id", "documents"),
    _belongs("sightings_belong_to_a_document", "位置属于一份文件", "sightings", "document_id", "documents"),
    _belongs("spans_belong_to_a_document", "去向属于一份文件", "spans", "document_id", "documents"),
    _belongs("anomalies_belong_to_a_document", "异常属于一份文件", "anomalies", "document_id", "documents"),
    _belongs("anomalies_name_an_article", "异常所指文章存在", "anomalies", "article_id", "articles"),
    _belongs("paragraphs_belong_to_an_article", "段落属于一篇文章", "paragraphs", "article_id", "articles"),
    _belongs("sentences_belong_to_a_paragraph", "句子属于一个段落", "sentences", "paragraph_id", "paragraphs"),
    Relation("articles_are_numbered_without_gaps", "文章序号连续", "articles", "document", rows.articles_misnumbered),
    Relation(
        "paragraphs_are_numbered_without_gaps", "段落序号连续", "paragraphs", "article", rows.misnumbered("paragraphs")
    ),
    Relation(
        "sentences_are_numbered_without_gaps", "句子序号连续", "sentences", "article", rows.misnumbered("sentences")
    ),
    Relation(
        "paragraphs_share_document_source_and_month_with_their_article",
        "段落与文章的文件、来源、月份一致",
        "paragraphs",
        "article",
        rows.unlike_their_parent("paragraphs", "articles"),
    ),
    Relation(
        "sentences_share_document_source_and_month_with_their_paragraph",
        "句子与段落的文件、来源、月份一致",
        "sentences",
        "article",
        rows.unlike_their_parent("sentences", "paragraphs"),
    ),
    Relation(
        "sentences_tile_their_paragraph",
        "句子首尾相接，铺满段落",
        "sentences",
        "article",
        rows.sentences_off_their_tiles,
        remedy="start and end are characters of the paragraph's text",
    ),
    Relation(
        "sentences_rebuild_their_paragraph",
        "句子相连即为段落",
        "paragraphs",
        "article",
        rows.paragraphs_not_rebuilt,
        dimension="accuracy",
        remedy="splitting must not change or drop a character",
    ),
    Relation(
        "articles_count_their_paragraphs_and_sentences",
        "文章的段落数、句子数属实",
        "articles",
        "article",
        rows.articles_miscounted,
    ),
    Relation(
        "documents_count_their_rows",
        "文件的文章数、段落数、句子数属实",
        "documents",
        "document",
        rows.documents_miscounted,
    ),
    Relation(
        "spans_are_in_order_and_do_not_overlap", "去向有序且不重叠", "spans", "document", spans.spans_out_of_order
    ),
    Relation("spans_end_inside_their_document", "去向在文件之内", "spans", "document", spans.spans_beyond_the_end),
    Relation(
        "spans_account_for_every_content_character",
        "每个内容字符都有去向",
        "documents",
        "document",
        spans.content_unaccounted,
        dimension="completeness",
        remedy="a step dropped content without a mark",
    ),
    Relation(
        "spans_name_a_published_row", "去向所指的文章或段落存在", "spans", "document", spans.spans_leading_nowhere
    ),
    Relation(
        "paragraphs_lead_back_to_a_span",
        "段落可回溯到原文",
        "paragraphs",
        "article",
        spans.paragraphs_from_nowhere,
        dimension="completeness",
    ),
)


def breaks(tables: Mapping[str, pl.DataFrame], partial: pl.Series) -> dict[str, pl.DataFrame]:
    """Find what breaks each relation.

    Args:
        tables: documents, sightings, articles, paragraphs, sentences, spans, anomalies; rows that keep their contracts.
        partial: ids of documents from which an article was withdrawn (their articles may be numbered with gaps).

    Returns:
        Relation name to rows of BREAK_COLUMNS; every relation is present, most with no rows.
    """
    family = Family(tables, partial)
    return {relation.name: relation.find(family) for relation in RELATIONS}
