"""Contract of `signatures`: what an article is compared by with all others, without reading it again."""

import polars as pl

from contracts import checks
from contracts.base import Contract, column, rule
from contracts.vocabulary import SHA256

BANDS = "(?:[A-Za-z0-9+/]{256})?"


class Signatures(Contract, table="signatures", key="article_id", version="1.1.0", zh="一行是一篇文章的指纹"):
    """The fingerprint of an article's text, by which copies of it are found."""

    article_id: str = column("文章编号", "The article")
    document_id: str = column("文档编号", "Document of the article")
    source: str = column("来源代号", "Slug of the source card")
    fingerprint: str = column(
        "正文指纹（只计字符，不分繁简与标点）", "sha256 of the text, marks and script variants aside"
    )
    numbers: str = column("正文中数字的指纹", "sha256 of the numerals in the text")
    n_content: pl.Int32 = column("文字数（不含标点）", "Letters and numbers in the text")
    bands: str = column("相似签名（32 段，每段 8 字符）", "Similarity signature: 32 bands of eight characters")

    @rule(zh="文章编号含文档编号", dimension="consistency")
    def article_id_names_its_document(cls) -> pl.Expr:
        return checks.in_document("article_id")

    @rule(zh="指纹为 SHA-256")
    def fingerprints_are_sha256(cls) -> pl.Expr:
        return checks.matches("fingerprint", SHA256) & checks.matches("numbers", SHA256)

    @rule(zh="签名完整或为空")
    def bands_are_whole_or_empty(cls) -> pl.Expr:
        return checks.matches("bands", BANDS)

    @rule(zh="文字数不为负")
    def n_content_is_not_negative(cls) -> pl.Expr:
        return pl.col("n_content") >= 0
