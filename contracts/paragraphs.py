"""Contract of `paragraphs`: a paragraph or heading, with its place in the outline and in the raw file."""

import polars as pl

from contracts import checks
from contracts.base import Contract, Strings, Tolerance, column, rule
from contracts.vocabulary import MONTH, NAMING, ROLES

SOME = Tolerance(warn=0.001, fail=1.0)


class Paragraphs(Contract, table="paragraphs", key="paragraph_id", version="1.4.0", zh="一行是一个段落或小标题"):
    """A paragraph or heading of an article."""

    paragraph_id: str = column("段落编号：文章编号加序号", "article_id, then the ordinal")
    article_id: str = column("文章编号", "The article it belongs to")
    document_id: str = column("文档编号", "The document it came from")
    source: str = column("来源代号", "Slug of the source card")
    ordinal: pl.Int32 = column("在文章中的序号，从 1 起", "Number in its article, from 1")
    role: str = column("作用", "Role: heading, body, credit, byline, list item, table row")
    outline: Strings = column("提纲路径", "Outline path, outermost heading first")
    outline_path: str = column("提纲路径（平面文字）", "Outline path as flat text")
    text: str = column("正文", "Text")
    n_chars: pl.Int32 = column("字符数", "Characters of the text")
    source_start: int = column("原文起点（字符）", "Where it starts in the decoded view, in characters")
    source_end: int = column("原文终点（字符）", "Where it ends in the decoded view, in characters")
    publish_month: str = column("发布月份（分区键）", "Month of publication, or unknown; the partition key")

    @rule(zh="段落编号含文章编号与序号", dimension="consistency")
    def paragraph_id_names_its_article_and_ordinal(cls) -> pl.Expr:
        return checks.numbered_in("paragraph_id", "article_id", "p")

    @rule(zh="文章编号含文档编号", dimension="consistency")
    def article_id_names_its_document(cls) -> pl.Expr:
        return checks.in_document("article_id")

    @rule(zh="序号从 1 起")
    def ordinal_is_at_least_one(cls) -> pl.Expr:
        return pl.col("ordinal") >= 1

    @rule(zh="作用在词表内")
    def role_is_known(cls) -> pl.Expr:
        return checks.one_of("role", ROLES)

    @rule(zh="正文不为空白", dimension="completeness")
    def text_is_not_blank(cls) -> pl.Expr:
        return checks.not_blank("text")

    @rule(zh="字符数与正文相符", dimension="consistency")
    def n_chars_counts_the_text(cls) -> pl.Expr:
        return checks.length_is("n_chars", "text")

    @rule(zh="正文没有控制字符或换行", waivable=True)
    def text_holds_no_control_character(cls) -> pl.Expr:
        return checks.no_control("text")

    @rule(zh="正文没有清洗标记", remedy="the strip pass left a mark: see tasks/clean/marks.py")
    def text_holds_no_mark(cls) -> pl.Expr:
        return checks.no_marks("text")

    @rule(zh="正文没有不可见字符", severity="warn", dimension="accuracy", tolerance=SOME)
    def text_holds_no_invisible_character(cls) -> pl.Expr:
        return checks.no_invisible("text")

    @rule(zh="正文没有替换符", severity="warn", dimension="accuracy", remedy="bytes were lost before we read them")
    def text_holds_no_replacement_character(cls) -> pl.Expr:
        return ~pl.col("text").str.contains("\ufffd", literal=True)

    @rule(zh="正文首尾没有空格", severity="warn", tolerance=SOME)
    def text_has_no_outer_space(cls) -> pl.Expr:
        return pl.col("text") == pl.col("text").str.strip_chars()

    @rule(zh="正文没有注音", severity="warn", dimension="accuracy", tolerance=SOME, remedy="extend the readings")
    def text_holds_no_gloss(cls) -> pl.Expr:
        return checks.no_gloss("text")

    @rule(zh="汉字之间没有半角标点", severity="warn", dimension="accuracy", tolerance=SOME)
    def text_holds_no_half_width_mark_in_chinese(cls) -> pl.Expr:
        return checks.no_half_width_mark("text")

    @rule(zh="正文汉字之间没有空格", severity="warn", dimension="accuracy", tolerance=Tolerance(warn=0.05, fail=1.0))
    def body_holds_no_space_in_chinese(cls) -> pl.Expr:
        # headlines, bylines and slogans keep spaces on purpose, as does a dateline at the head of its paragraph
        return (pl.col("role") != "body") | checks.no_space("text", NAMING)

    @rule(zh="原文位置有序")
    def source_start_is_before_its_end(cls) -> pl.Expr:
        return (pl.col("source_start") >= 0) & (pl.col("source_start") < pl.col("source_end"))

    @rule(zh="月份格式合法")
    def publish_month_is_a_month_or_unknown(cls) -> pl.Expr:
        return checks.matches("publish_month", MONTH)
