"""Contract of `articles`: one recovered article, its headline, kind, date and place."""

import polars as pl

from contracts import checks
from contracts.base import Contract, column, rule
from contracts.vocabulary import BASES, KINDS, PRECISIONS

LONGEST_TITLE = 200


class Articles(Contract, table="articles", key="article_id", version="1.5.0", zh="一行是从文件中复原的一篇文章"):
    """An article recovered from a document."""

    article_id: str = column("文章编号：文档编号前 20 位加序号", "First 20 of document_id, then the ordinal")
    document_id: str = column("文档编号", "The document it came from")
    source: str = column("来源代号", "Slug of the source card")
    ordinal: pl.Int32 = column("在文件中的序号，从 1 起", "Number in its document, from 1")
    title: str = column("标题（简体）", "Headline, in Simplified script; null when the source has none", nullable=True)
    title_original: str = column("标题原文", "Headline as the source spells it", nullable=True)
    subtitle: str = column("副题", "Subtitle", nullable=True)
    kicker: str = column("引题", "Kicker: the line above the headline", nullable=True)
    kind: str = column("体裁", "Kind of article")
    publisher: str = column("发布机构", "Publisher", nullable=True)
    byline: str = column("作者署名", "Byline", nullable=True)
    dateline: str = column("电头", "Dateline, as printed", nullable=True)
    dateline_place: str = column("电头地点", "Place in the dateline", nullable=True)
    published_on: pl.Date = column("发布日期", "Day of publication", nullable=True)
    published_precision: str = column("日期精度", "Precision of the date: day, month or year", nullable=True)
    published_basis: str = column("日期依据", "What the date rests on", nullable=True)
    continued_from: str = column("上接标记", "Printed marker: continued from", nullable=True)
    continued_to: str = column("下转标记", "Printed marker: continued on", nullable=True)
    n_chars: pl.Int32 = column("字符数", "Characters of its text")
    n_paragraphs: pl.Int32 = column("段落数", "Paragraphs")
    n_sentences: pl.Int32 = column("句子数", "Sentences")
    residual_noise: float = column("残留噪声（0 至 1）", "Residual noise, 0 to 1")
    publish_month: str = column("发布月份（分区键）", "Month of publication, or unknown; the partition key")

    @rule(zh="文章编号含文档编号与序号", dimension="consistency")
    def article_id_names_its_document_and_ordinal(cls) -> pl.Expr:
        return checks.numbered_in("article_id", pl.col("document_id").str.head(20), "a")

    @rule(zh="序号从 1 起")
    def ordinal_is_at_least_one(cls) -> pl.Expr:
        return pl.col("ordinal") >= 1

    @rule(zh="标题如有则不为空白", null_passes=True, remedy="no headline in the source is null, not blank")
    def title_is_not_blank(cls) -> pl.Expr:
        return checks.not_blank("title")

    @rule(zh="标题不过长", null_passes=True, severity="warn", dimension="accuracy", remedy="is body text glued to it?")
    def title_is_no_longer_than_a_headline(cls) -> pl.Expr:
        return pl.col("title").str.len_chars() <= LONGEST_TITLE

    @rule(zh="有标题原文才有标题，反之亦然", dimension="consistency")
    def title_comes_with_its_original(cls) -> pl.Expr:
        return pl.col("title").is_null() == pl.col("title_original").is_null()

    @rule(zh="标题各栏没有控制字符与标记", null_passes=True, waivable=True)
    def headline_holds_no_control_or_mark_character(cls) -> pl.Expr:
        fields = ("title", "title_original", "subtitle", "kicker")
        return pl.all_horizontal((checks.no_control(f) & checks.no_marks(f)).fill_null(True) for f in fields)

    @rule(zh="标题中没有注音", null_passes=True, severity="warn", dimension="accuracy")
    def title_holds_no_gloss(cls) -> pl.Expr:
        return checks.no_gloss("title")

    @rule(zh="体裁在词表内")
    def kind_is_known(cls) -> pl.Expr:
        return checks.one_of("kind", KINDS)

    @rule(
        zh="发布日期在 1900 至 2100 年间",
        null_passes=True,
        remedy="the date parser took a number for a year",
        waivable=True,
    )
    def published_on_is_plausible(cls) -> pl.Expr:
        return pl.col("published_on").dt.year().is_between(1900, 2099)

    @rule(zh="日期、精度、依据同有同无", dimension="consistency")
    def date_precision_and_basis_come_together(cls) -> pl.Expr:
        none = pl.col("published_on").is_null()
        return (none == pl.col("published_precision").is_null()) & (none == pl.col("published_basis").is_null())

    @rule(zh="日期精度在词表内", null_passes=True)
    def precision_is_known(cls) -> pl.Expr:
        return checks.one_of("published_precision", PRECISIONS)

    @rule(zh="日期依据在词表内", null_passes=True)
    def basis_is_known(cls) -> pl.Expr:
        return checks.one_of("published_basis", BASES)

    @rule(zh="月份与日期相符；推断的年份归入 unknown", dimension="consistency")
    def publish_month_follows_the_date(cls) -> pl.Expr:
        sure = pl.col("published_on").is_not_null() & (pl.col("published_basis") != "inferred")
        known = sure & (pl.col("published_precision") != "year")
        month = pl.col("published_on").dt.strftime("%Y-%m")
        return pl.col("publish_month") == pl.when(known.fill_null(False)).then(month).otherwise(pl.lit("unknown"))

    @rule(zh="文章有段落与句子", dimension="completeness")
    def an_article_has_text(cls) -> pl.Expr:
        paragraphs, sentences = pl.col("n_paragraphs"), pl.col("n_sentences")
        return (pl.col("n_chars") >= 1) & (paragraphs >= 1) & (sentences >= paragraphs)

    @rule(zh="残留噪声在 0 与 1 之间")
    def residual_noise_is_a_share(cls) -> pl.Expr:
        return pl.col("residual_noise").is_between(0, 1)

    @rule(zh="残留噪声不高", severity="warn", dimension="accuracy", remedy="read it with `qingliu explain`")
    def residual_noise_is_low(cls) -> pl.Expr:
        return pl.col("residual_noise") <= 0.05
