"""Contract of `sentences`: a sentence, and where it stands in its paragraph and in the raw file."""

import polars as pl

from contracts import checks
from contracts.base import Contract, column, rule
from contracts.vocabulary import MONTH

LONGEST_SENTENCE = 2000


class Sentences(Contract, table="sentences", key="sentence_id", version="1.3.0", zh="一行是一个句子"):
    """A sentence of a paragraph."""

    sentence_id: str = column("句子编号：段落编号加序号", "paragraph_id, then the ordinal")
    paragraph_id: str = column("段落编号", "The paragraph it belongs to")
    article_id: str = column("文章编号", "The article it belongs to")
    document_id: str = column("文档编号", "The document it came from")
    source: str = column("来源代号", "Slug of the source card")
    ordinal: pl.Int32 = column("在段落中的序号，从 1 起", "Number in its paragraph, from 1")
    text: str = column("正文", "Text")
    start: pl.Int32 = column("在段落中的起点（字符）", "Where it starts in its paragraph, in characters")
    end: pl.Int32 = column("在段落中的终点（字符）", "Where it ends in its paragraph, in characters")
    source_start: int = column("原文起点（字符）", "Where it starts in the decoded view, in characters")
    source_end: int = column("原文终点（字符）", "Where it ends in the decoded view, in characters")
    publish_month: str = column("发布月份（分区键）", "Month of publication, or unknown; the partition key")

    @rule(zh="句子编号含段落编号与序号", dimension="consistency")
    def sentence_id_names_its_paragraph_and_ordinal(cls) -> pl.Expr:
        return checks.numbered_in("sentence_id", "paragraph_id", "s")

    @rule(zh="段落编号含文章编号", dimension="consistency")
    def paragraph_id_names_its_article(cls) -> pl.Expr:
        return pl.col("paragraph_id").str.starts_with(pl.col("article_id"))

    @rule(zh="文章编号含文档编号", dimension="consistency")
    def article_id_names_its_document(cls) -> pl.Expr:
        return checks.in_document("article_id")

    @rule(zh="序号从 1 起")
    def ordinal_is_at_least_one(cls) -> pl.Expr:
        return pl.col("ordinal") >= 1

    @rule(zh="正文不为空白", dimension="completeness")
    def text_is_not_blank(cls) -> pl.Expr:
        return checks.not_blank("text")

    @rule(zh="正文没有控制字符或换行", waivable=True)
    def text_holds_no_control_character(cls) -> pl.Expr:
        return checks.no_control("text")

    @rule(zh="正文没有清洗标记", remedy="the strip pass left a mark: see tasks/clean/marks.py")
    def text_holds_no_mark(cls) -> pl.Expr:
        return checks.no_marks("text")

    @rule(zh="句子不过长", severity="warn", dimension="accuracy", remedy="text without full stops: a table or a list?")
    def text_is_no_longer_than_a_sentence(cls) -> pl.Expr:
        return pl.col("text").str.len_chars() <= LONGEST_SENTENCE

    @rule(zh="起止与长度相符", dimension="consistency")
    def start_and_end_span_the_text(cls) -> pl.Expr:
        return (pl.col("start") >= 0) & (pl.col("end") - pl.col("start") == pl.col("text").str.len_chars())

    @rule(zh="原文位置有序")
    def source_start_is_not_after_its_end(cls) -> pl.Expr:
        # a sentence of marks alone holds no content character, so its span may be empty
        return (pl.col("source_start") >= 0) & (pl.col("source_start") <= pl.col("source_end"))

    @rule(zh="月份格式合法")
    def publish_month_is_a_month_or_unknown(cls) -> pl.Expr:
        return checks.matches("publish_month", MONTH)
