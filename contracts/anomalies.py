"""Contract of `anomalies`: odd things kept on purpose, each with its place."""

import polars as pl

from contracts import checks
from contracts.base import Contract, column, rule
from contracts.vocabulary import SLUG


class Anomalies(Contract, table="anomalies", key="anomaly_id", version="1.1.0", zh="一行是有意保留的一处异常"):
    """An odd thing kept on purpose: a placeholder, a stray Latin word, a damaged column break."""

    anomaly_id: str = column("异常编号", "Id of the anomaly")
    document_id: str = column("文档编号", "The document it is in")
    article_id: str = column("文章编号", "The article it is in", nullable=True)
    row_id: str = column("所在的文章或段落", "The article or paragraph it is in", nullable=True)
    source: str = column("来源代号", "Slug of the source card")
    kind: str = column("类别", "Kind of anomaly")
    text: str = column("原文", "The text in question")
    start: int = column("起点（字符）", "Where it starts in the decoded view, in characters")
    end: int = column("终点（字符）", "Where it ends in the decoded view, in characters")

    @rule(zh="编号不为空白", dimension="completeness")
    def anomaly_id_is_not_blank(cls) -> pl.Expr:
        return checks.not_blank("anomaly_id")

    @rule(zh="类别名合法")
    def kind_is_named(cls) -> pl.Expr:
        return checks.matches("kind", SLUG)

    @rule(zh="起点不后于终点")
    def start_is_not_after_end(cls) -> pl.Expr:
        return (pl.col("start") >= 0) & (pl.col("start") <= pl.col("end"))

    @rule(zh="文章编号含文档编号", null_passes=True, dimension="consistency")
    def article_id_names_its_document(cls) -> pl.Expr:
        return checks.in_document("article_id")
