"""Contract of `duplicates`: articles that say the same, grouped around a representative."""

import polars as pl

from contracts import checks
from contracts.base import Contract, column, rule


class Duplicates(
    Contract, table="duplicates", key="duplicate_id", version="1.1.0", zh="一行是一篇文章与另一篇相同或近似的关系"
):
    """A link from an article to one that says the same."""

    duplicate_id: str = column("重复编号", "Id of the link")
    document_id: str = column("文档编号", "Document of the article")
    article_id: str = column("文章编号", "The article")
    other_article_id: str = column("相同的另一篇", "The article it repeats")
    similarity: float = column("相似度（0 至 1）", "Similarity, 0 to 1")
    cluster: str = column("同类组", "The cluster of articles that say the same")
    representative: bool = column("是否代表篇", "Whether this article represents its cluster")

    @rule(zh="编号与组名不为空白", dimension="completeness")
    def link_and_cluster_are_named(cls) -> pl.Expr:
        return checks.not_blank("duplicate_id") & checks.not_blank("cluster")

    @rule(zh="文章编号含文档编号", dimension="consistency")
    def article_id_names_its_document(cls) -> pl.Expr:
        return checks.in_document("article_id")

    @rule(zh="只有代表篇可指向自己", dimension="consistency")
    def only_a_representative_points_at_itself(cls) -> pl.Expr:
        return pl.col("representative") | (pl.col("article_id") != pl.col("other_article_id"))

    @rule(zh="相似度在 0 与 1 之间")
    def similarity_is_a_share(cls) -> pl.Expr:
        return pl.col("similarity").is_between(0, 1)
