"""Contract of `spans`, the ledger: where every content character of a document went."""

import polars as pl

from contracts import checks
from contracts.base import Contract, column, rule
from contracts.vocabulary import FATES

WITHDRAWN = "rejected"  # the step of a span whose article was withheld: its text is in `rejections`


class Spans(Contract, table="spans", key="span_id", version="1.2.0", zh="一行是解码文本中同一去向的一段"):
    """A maximal run of the decoded view with one fate."""

    span_id: str = column("去向编号：文档编号前 20 位加序号", "First 20 of document_id, then the ordinal")
    document_id: str = column("文档编号", "The document it belongs to")
    source: str = column("来源代号", "Slug of the source card")
    ordinal: pl.Int32 = column("在文件中的序号，从 1 起", "Number in its document, from 1")
    start: int = column("起点（字符）", "Where it starts in the decoded view, in characters")
    end: int = column("终点（字符）", "Where it ends in the decoded view, in characters")
    n_content: pl.Int32 = column("内容字符数", "Content characters in it")
    fate: str = column("去向", "Where it went: a field of an article, a paragraph, or removed")
    row_id: str = column("归入的文章或段落", "The article or paragraph it went to", nullable=True)
    step: str = column("删除它的步骤", "The step that removed it", nullable=True)
    text: str = column("被删除的文字", "The removed text", nullable=True)

    @rule(zh="去向编号含文档编号与序号", dimension="consistency")
    def span_id_names_its_document_and_ordinal(cls) -> pl.Expr:
        return checks.numbered_in("span_id", pl.col("document_id").str.head(20), "x", width=6)

    @rule(zh="序号从 1 起")
    def ordinal_is_at_least_one(cls) -> pl.Expr:
        return pl.col("ordinal") >= 1

    @rule(zh="起点先于终点")
    def start_is_before_end(cls) -> pl.Expr:
        return (pl.col("start") >= 0) & (pl.col("start") < pl.col("end"))

    @rule(zh="内容字符不多于字符", dimension="consistency")
    def content_fits_in_the_span(cls) -> pl.Expr:
        return (pl.col("n_content") >= 0) & (pl.col("n_content") <= pl.col("end") - pl.col("start"))

    @rule(zh="去向在词表内")
    def fate_is_known(cls) -> pl.Expr:
        return checks.one_of("fate", FATES)

    @rule(zh="发布的段有归属，删除的段有步骤，不兼有", dimension="consistency")
    def a_span_has_a_row_or_a_step(cls) -> pl.Expr:
        removed = pl.col("fate") == "removed"
        return (pl.col("row_id").is_null() == removed) & (pl.col("step").is_not_null() == removed)

    @rule(zh="只有删除的段留存文字", dimension="consistency", remedy="a removed span keeps its text, to be read again")
    def only_a_removed_span_keeps_its_text(cls) -> pl.Expr:
        kept = (pl.col("fate") == "removed") & (pl.col("step") != WITHDRAWN).fill_null(True)
        return pl.col("text").is_not_null() == kept
