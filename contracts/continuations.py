"""Contract of `continuations`: two articles that were printed as one."""

import polars as pl

from contracts import checks
from contracts.base import Contract, column, rule


class Continuations(
    Contract, table="continuations", key="continuation_id", version="1.1.0", zh="一行是一篇文章接续另一篇的关系"
):
    """A link from an article to the one that continues it."""

    continuation_id: str = column("接续编号", "Id of the link")
    document_id: str = column("前篇的文档编号", "Document of the first article")
    article_id: str = column("前篇的文章编号", "The first article")
    to_article_id: str = column("续篇的文章编号", "The article that continues it")
    evidence: str = column("依据", "What the link rests on")
    similarity: float = column("相似度（0 至 1）", "Similarity, 0 to 1")

    @rule(zh="编号与依据不为空白", dimension="completeness")
    def link_is_named_and_explained(cls) -> pl.Expr:
        return checks.not_blank("continuation_id") & checks.not_blank("evidence")

    @rule(zh="文章不接续自己", dimension="consistency")
    def no_article_continues_itself(cls) -> pl.Expr:
        return pl.col("article_id") != pl.col("to_article_id")

    @rule(zh="文章编号含文档编号", dimension="consistency")
    def article_id_names_its_document(cls) -> pl.Expr:
        return checks.in_document("article_id")

    @rule(zh="相似度在 0 与 1 之间")
    def similarity_is_a_share(cls) -> pl.Expr:
        return pl.col("similarity").is_between(0, 1)
