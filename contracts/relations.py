"""What must be true between tables: children belong to parents, are numbered without gaps, and rebuild them.

Every relation runs per batch (a document never spans batches) on rows whose own contracts hold.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from contracts.base import Dimension
from contracts.runs_of import Runs, runs_of, with_parent

Tables = Mapping[str, pl.DataFrame]
BREAK_COLUMNS = pl.Schema(
    {"document_id": pl.String(), "article_id": pl.String(), "row_key": pl.String(), "value": pl.String()}
)
SHARED = ("document_id", "source", "publish_month")


class Family:
    """The tables of a batch, with children grouped under their parents once for all relations.

    Args:
        tables: all content tables by name.
        partial: ids of documents from which an article was withdrawn, so that their numbering has gaps.
    """

    def __init__(self, tables: Tables, partial: pl.Series) -> None:
        self.tables = tables
        self.partial = partial
        self.articles = runs_of(tables["articles"], "document_id")
        self.paragraphs = runs_of(tables["paragraphs"], "article_id")
        self.sentences = runs_of(tables["sentences"], "paragraph_id")
        self.spans = runs_of(tables["spans"], "document_id")

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables[table]


@dataclass(frozen=True)
class Relation:
    """A relation: `find` returns the rows of `table` that break it (BREAK_COLUMNS); `level` is what goes with them."""

    name: str
    zh: str
    table: str
    level: Literal["document", "article"]
    dimension: Dimension
    find: Callable[[Family], pl.DataFrame]
    remedy: str = ""


def _broken(rows: pl.DataFrame, key: str, value: pl.Expr) -> pl.DataFrame:
    article = pl.col("article_id") if "article_id" in rows.columns else pl.lit(None, pl.String)
    return rows.select(
        document_id=pl.col("document_id"), article_id=article, row_key=pl.col(key), value=value.cast(pl.String)
    )


def _orphans(child: str, key: str, column: str, parent: str) -> Callable[[Family], pl.DataFrame]:
    def find(family: Family) -> pl.DataFrame:
        known = family[parent][column]
        used = family[child][column].unique().drop_nulls()
        lost = used.filter(~used.is_in(known.implode()))
        # `is_in` an empty series is the usual case: spare the scan
        rows = family[child].filter(pl.col(column).is_in(lost.implode())) if lost.len() else family[child].clear()
        return _broken(rows, key, pl.col(column))

    return find


def _articles_are_numbered(family: Family) -> pl.DataFrame:
    runs = family.articles
    step = pl.col("ordinal") - pl.when(runs.first).then(0).otherwise(pl.col("ordinal").shift())
    gaps_allowed = pl.col("document_id").is_in(family.partial.implode())
    wrong = pl.when(gaps_allowed).then(step < 1).otherwise(step != 1)
    return _broken(runs.frame.filter(wrong), "article_id", pl.col("ordinal"))


def _numbered(key: str, pick: Callable[[Family], Runs]) -> Callable[[Family], pl.DataFrame]:
    def find(family: Family) -> pl.DataFrame:
        runs = pick(family)
        step = pl.col("ordinal") - pl.when(runs.first).then(0).otherwise(pl.col("ordinal").shift())
        return _broken(runs.frame.filter(step != 1), key, pl.col("ordinal"))

    return find


def _share(key: str, parent: str, parent_key: str, pick: Callable[[Family], Runs]) -> Callable[[Family], pl.DataFrame]:
    def find(family: Family) -> pl.DataFrame:
        runs = pick(family)
        inner = pl.any_horizontal(pl.col(c) != pl.col(c).shift() for c in SHARED) & ~runs.first
        ends = with_parent(runs, family[parent], parent_key, SHARED, keep=(key, "article_id", *SHARED))
        outer = pl.any_horizontal(pl.col(c) != pl.col(f"parent_{c}") for c in SHARED)
        value = pl.concat_str(SHARED, separator=" ")
        return pl.concat([_broken(runs.frame.filter(inner), key, value), _broken(ends.filter(outer), key, value)])

    return find


def _tile(family: Family) -> pl.DataFrame:
    runs = family.sentences
    starts = pl.when(runs.first).then(0).otherwise(pl.col("end").shift())
    gaps = runs.frame.filter(pl.col("start") != starts)
    ends = with_parent(
        runs,
        family["paragraphs"],
        "paragraph_id",
        ("n_chars",),
        keep=("sentence_id", "paragraph_id", "article_id", "document_id", "start", "end"),
    )
    short = ends.filter(pl.col("end") != pl.col("parent_n_chars"))
    value = pl.concat_str(pl.col("start"), pl.col("end"), separator=" to ")
    return pl.concat([_broken(gaps, "sentence_id", value), _broken(short, "sentence_id", value)])


def _rebuild(family: Family) -> pl.DataFrame:
    paragraphs, sentences = family["paragraphs"], family.sentences.frame
    same = sentences.select(pl.col("text").str.join("")).equals(paragraphs.select(pl.col("text").str.join("")))
    if same and _tile(family).is_empty() and sentences["paragraph_id"].n_unique() == paragraphs.height:
        # equal as a whole and cut at the same places: equal piece by piece, at a tenth of the cost
        return _broken(paragraphs.clear(), "paragraph_id", pl.col("text"))
    built = sentences.group_by("paragraph_id", maintain_order=True).agg(pl.col("text").str.join("").alias("built"))
    both = paragraphs.join(built, on="paragraph_id", how="left", maintain_order="left")
    wrong = both.filter(pl.col("text").ne_missing(pl.col("built")))
    return _broken(wrong, "paragraph_id", pl.col("built"))


def _count(parent: str, key: str, counted: tuple[tuple[str, str], ...]) -> Callable[[Family], pl.DataFrame]:
    def find(family: Family) -> pl.DataFrame:
        rows = family[parent]
        wrong = pl.lit(False)
        for child, column in counted:
            n = family[child].group_by(key).agg(pl.len().cast(pl.Int32).alias(f"found_{child}"))
            rows = rows.join(n, on=key, how="left", maintain_order="left")
            wrong = wrong | (pl.col(column) != pl.col(f"found_{child}").fill_null(0))
        return _broken(rows.filter(wrong), key, pl.struct(c for _, c in counted).struct.json_encode())

    return find


def _spans_in_order(family: Family) -> pl.DataFrame:
    runs = family.spans
    step = pl.col("ordinal") - pl.when(runs.first).then(0).otherwise(pl.col("ordinal").shift())
    overlap = (pl.col("start") < pl.col("end").shift()) & ~runs.first
    value = pl.concat_str(pl.col("start"), pl.col("end"), separator=" to ")
    return _broken(runs.frame.filter((step != 1) | overlap), "span_id", value)


def _spans_account(family: Family) -> pl.DataFrame:
    found = family["spans"].group_by("document_id").agg(found=pl.col("n_content").cast(pl.Int64).sum())
    both = family["documents"].join(found, on="document_id", how="left", maintain_order="left")
    wrong = both.filter(pl.col("n_content") != pl.col("found").fill_null(0))
    return _broken(wrong, "document_id", pl.struct("n_content", "found").struct.json_encode())


def _spans_inside(family: Family) -> pl.DataFrame:
    ends = with_parent(
        family.spans, family["documents"], "document_id", ("n_chars",), keep=("span_id", "document_id", "end")
    )
    return _broken(ends.filter(pl.col("end") > pl.col("parent_n_chars")), "span_id", pl.col("end"))


def _spans_name_rows(family: Family) -> pl.DataFrame:
    known = pl.concat([family["articles"]["article_id"], family["paragraphs"]["paragraph_id"]])
    kept = family["spans"].filter(pl.col("row_id").is_not_null())
    lost = kept.filter(~pl.col("row_id").is_in(known.implode()))
    return _broken(lost, "span_id", pl.col("row_id"))


def _paragraphs_have_spans(family: Family) -> pl.DataFrame:
    named = family["spans"]["row_id"].drop_nulls()
    bare = family["paragraphs"].filter(~pl.col("paragraph_id").is_in(named.implode()))
    # a paragraph of marks alone holds no content character, and the ledger counts nothing else
    return _broken(bare.filter(pl.col("text").str.contains(r"[\p{L}\p{N}]")), "paragraph_id", pl.col("text"))


def _paragraphs(family: Family) -> Runs:
    return family.paragraphs


def _sentences(family: Family) -> Runs:
    return family.sentences


RELATIONS: tuple[Relation, ...] = (
    Relation(
        "articles_belong_to_a_document",
        "文章属于一份文件",
        "articles",
        "document",
        "consistency",
        _orphans("articles", "article_id", "document_id", "documents"),
    ),
    Relation(
        "sightings_belong_to_a_document",
        "位置属于一份文件",
        "sightings",
        "document",
        "consistency",
        _orphans("sightings", "sighting_id", "document_id", "documents"),
    ),
    Relation(
        "spans_belong_to_a_document",
        "去向属于一份文件",
        "spans",
        "document",
        "consistency",
        _orphans("spans", "span_id", "document_id", "documents"),
    ),
    Relation(
        "anomalies_belong_to_a_document",
        "异常属于一份文件",
        "anomalies",
        "document",
        "consistency",
        _orphans("anomalies", "anomaly_id", "document_id", "documents"),
    ),
    Relation(
        "anomalies_name_an_article",
        "异常所指文章存在",
        "anomalies",
        "document",
        "consistency",
        _orphans("anomalies", "anomaly_id", "article_id", "articles"),
    ),
    Relation(
        "paragraphs_belong_to_an_article",
        "段落属于一篇文章",
        "paragraphs",
        "document",
        "consistency",
        _orphans("paragraphs", "paragraph_id", "article_id", "articles"),
    ),
    Relation(
        "sentences_belong_to_a_paragraph",
        "句子属于一个段落",
        "sentences",
        "document",
        "consistency",
        _orphans("sentences", "sentence_id", "paragraph_id", "paragraphs"),
    ),
    Relation(
        "articles_are_numbered_without_gaps",
        "文章序号连续",
        "articles",
        "document",
        "consistency",
        _articles_are_numbered,
    ),
    Relation(
        "paragraphs_are_numbered_without_gaps",
        "段落序号连续",
        "paragraphs",
        "article",
        "consistency",
        _numbered("paragraph_id", _paragraphs),
    ),
    Relation(
        "sentences_are_numbered_without_gaps",
        "句子序号连续",
        "sentences",
        "article",
        "consistency",
        _numbered("sentence_id", _sentences),
    ),
    Relation(
        "paragraphs_share_document_source_and_month_with_their_article",
        "段落与文章的文件、来源、月份一致",
        "paragraphs",
        "article",
        "consistency",
        _share("paragraph_id", "articles", "article_id", _paragraphs),
    ),
    Relation(
        "sentences_share_document_source_and_month_with_their_paragraph",
        "句子与段落的文件、来源、月份一致",
        "sentences",
        "article",
        "consistency",
        _share("sentence_id", "paragraphs", "paragraph_id", _sentences),
    ),
    Relation(
        "sentences_tile_their_paragraph",
        "句子首尾相接，铺满段落",
        "sentences",
        "article",
        "consistency",
        _tile,
        "start and end are characters of the paragraph's text",
    ),
    Relation(
        "sentences_rebuild_their_paragraph",
        "句子相连即为段落",
        "paragraphs",
        "article",
        "accuracy",
        _rebuild,
        "splitting must not change or drop a character",
    ),
    Relation(
        "articles_count_their_paragraphs_and_sentences",
        "文章的段落数、句子数属实",
        "articles",
        "article",
        "consistency",
        _count("articles", "article_id", (("paragraphs", "n_paragraphs"), ("sentences", "n_sentences"))),
    ),
    Relation(
        "documents_count_their_rows",
        "文件的文章数、段落数、句子数属实",
        "documents",
        "document",
        "consistency",
        _count(
            "documents",
            "document_id",
            (("articles", "n_articles"), ("paragraphs", "n_paragraphs"), ("sentences", "n_sentences")),
        ),
    ),
    Relation(
        "spans_are_in_order_and_do_not_overlap",
        "去向有序且不重叠",
        "spans",
        "document",
        "consistency",
        _spans_in_order,
    ),
    Relation("spans_end_inside_their_document", "去向在文件之内", "spans", "document", "consistency", _spans_inside),
    Relation(
        "spans_account_for_every_content_character",
        "每个内容字符都有去向",
        "documents",
        "document",
        "completeness",
        _spans_account,
        "a step dropped content without a mark",
    ),
    Relation(
        "spans_name_a_published_row",
        "去向所指的文章或段落存在",
        "spans",
        "document",
        "consistency",
        _spans_name_rows,
    ),
    Relation(
        "paragraphs_lead_back_to_a_span",
        "段落可回溯到原文",
        "paragraphs",
        "article",
        "completeness",
        _paragraphs_have_spans,
    ),
)


def breaks(tables: Tables, partial: pl.Series) -> dict[str, pl.DataFrame]:
    """Find what breaks each relation.

    Args:
        tables: documents, sightings, articles, paragraphs, sentences, spans, anomalies; rows that keep their contracts.
        partial: ids of documents from which an article was withdrawn (their articles may be numbered with gaps).

    Returns:
        Relation name to rows of BREAK_COLUMNS; every relation is present, most with no rows.
    """
    family = Family(tables, partial)
    return {relation.name: relation.find(family) for relation in RELATIONS}
