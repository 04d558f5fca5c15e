"""Contract of `documents`: what was read, and what cleaning did to it."""

import polars as pl

from contracts import checks
from contracts.base import Contract, column, rule
from contracts.vocabulary import SCRIPT, SHA256, SLUG

COUNTERS = (
    "n_invisible_removed",
    "n_compat_mapped",
    "n_annotations_removed",
    "n_marks_widened",
    "n_script_converted",
    "n_lines_joined",
    "n_spaces_removed",
    "n_lines_removed",
    "n_chars_removed",
)


class Documents(
    Contract, table="documents", key="document_id", version="1.2.0", zh="一行是一份原始文件（或容器中的一条记录）"
):
    """A raw file, or a record in a container, once per content."""

    document_id: str = column("内容的 SHA-256", "SHA-256 of the content")
    file_name: str = column("文件名", "File name")
    source: str = column("来源代号", "Slug of the source card")
    source_uri: str = column("首次所见的位置", "Where it was first seen")
    ordinal: int = column("在文件中的次序", "Place among the documents of its file", nullable=True)
    media_type: str = column("媒体类型", "Media type")
    encoding: str = column("字符编码", "Character encoding, as a Python codec")
    script: str = column("文字（ISO 15924）", "Script (ISO 15924, or mixed)")
    layout: str = column("版式", "Layout that was found")
    n_bytes: int = column("字节数", "Size in bytes")
    n_chars: int = column("解码后字符数", "Characters of the decoded view")
    n_content: int = column("内容字符数", "Content characters (letters and numbers) of the decoded view")
    n_articles: pl.Int32 = column("文章数", "Articles published")
    n_paragraphs: pl.Int32 = column("段落数", "Paragraphs published")
    n_sentences: pl.Int32 = column("句子数", "Sentences published")
    n_invisible_removed: pl.Int32 = column("删除的不可见字符数", "Invisible characters removed")
    n_compat_mapped: pl.Int32 = column("规范化的兼容字符数", "Compatibility characters mapped")
    n_annotations_removed: pl.Int32 = column("删除的注音数", "Pronunciation glosses removed")
    n_marks_widened: pl.Int32 = column("改为全角的标点数", "Marks made full-width")
    n_script_converted: pl.Int32 = column("繁转简的字符数", "Characters converted to Simplified")
    n_lines_joined: pl.Int32 = column("接合的断行数", "Broken lines joined")
    n_spaces_removed: pl.Int32 = column("删除的空格数", "Spaces removed")
    n_lines_removed: pl.Int32 = column("删除的行数", "Lines removed")
    n_chars_removed: pl.Int32 = column("删除的字符数", "Characters removed")
    residual_noise: float = column("残留噪声（0 至 1）", "Residual noise, 0 to 1")
    meta_title: str = column("元数据中的标题", "Title in the metadata", nullable=True)
    meta_published: str = column("元数据中的日期", "Date in the metadata, as found", nullable=True)
    superseded_by: str = column("被哪份文件取代", "The document that replaced it", nullable=True)
    recipe_version: str = column("配方版本", "Recipe version")

    @rule(zh="文档编号是内容的 SHA-256", remedy="read must hash the bytes")
    def document_id_is_a_sha256(cls) -> pl.Expr:
        return checks.matches("document_id", SHA256)

    @rule(zh="来源代号合法", remedy="rename the source card to an ASCII slug")
    def source_is_a_slug(cls) -> pl.Expr:
        return checks.matches("source", SLUG)

    @rule(zh="媒体类型合法")
    def media_type_is_type_slash_subtype(cls) -> pl.Expr:
        return checks.matches("media_type", r"[a-z]+/[a-z0-9.+-]+")

    @rule(zh="编码名不为空")
    def encoding_is_named(cls) -> pl.Expr:
        return checks.matches("encoding", "[a-z0-9_-]+")

    @rule(zh="文字代码合法")
    def script_is_an_iso_15924_code_or_mixed(cls) -> pl.Expr:
        return checks.matches("script", SCRIPT)

    @rule(zh="版式名合法")
    def layout_is_named(cls) -> pl.Expr:
        return checks.matches("layout", "[a-z_]+")

    @rule(zh="内容字符不多于字符", dimension="consistency", remedy="see the content table in tasks/ledger.py")
    def content_is_part_of_the_text(cls) -> pl.Expr:
        return (pl.col("n_content") >= 0) & (pl.col("n_content") <= pl.col("n_chars"))

    @rule(zh="字节数不为负")
    def size_is_not_negative(cls) -> pl.Expr:
        return pl.col("n_bytes") >= 0

    @rule(zh="各项计数不为负")
    def counters_are_not_negative(cls) -> pl.Expr:
        return pl.all_horizontal(pl.col(name) >= 0 for name in COUNTERS)

    @rule(zh="文章、段落、句子数相容", dimension="consistency")
    def rows_nest(cls) -> pl.Expr:
        articles, paragraphs, sentences = (pl.col(f"n_{name}") for name in ("articles", "paragraphs", "sentences"))
        return (articles >= 0) & (paragraphs >= articles) & (sentences >= paragraphs)

    @rule(zh="残留噪声在 0 与 1 之间")
    def residual_noise_is_a_share(cls) -> pl.Expr:
        return pl.col("residual_noise").is_between(0, 1)

    @rule(zh="残留噪声不高", severity="warn", dimension="accuracy", remedy="read it with `qingliu explain`")
    def residual_noise_is_low(cls) -> pl.Expr:
        return pl.col("residual_noise") <= 0.05

    @rule(zh="有内容的文件得出文章", severity="warn", dimension="completeness", remedy="look at its removed spans")
    def a_document_with_content_yields_an_article(cls) -> pl.Expr:
        return (pl.col("n_articles") > 0) | (pl.col("n_content") < 50)

    @rule(zh="次序从一数起", null_passes=True)
    def ordinal_counts_from_one(cls) -> pl.Expr:
        return pl.col("ordinal") >= 1

    @rule(zh="文件不取代自己", null_passes=True, dimension="consistency")
    def no_document_supersedes_itself(cls) -> pl.Expr:
        return pl.col("superseded_by") != pl.col("document_id")

    @rule(zh="配方版本不为空")
    def recipe_version_is_named(cls) -> pl.Expr:
        return checks.not_blank("recipe_version")
