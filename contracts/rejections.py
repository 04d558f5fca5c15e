"""Contract of `rejections`: what was withheld, whole, with its reasons: enough to replay it after a fix."""

import polars as pl

from contracts import checks
from contracts.base import Contract, column, rule
from contracts.vocabulary import SHA256


class Rejections(Contract, table="rejections", key="rejection_id", version="1.2.0", zh="一行是被拒收的一行或一个文件"):
    """A row or file that was withheld."""

    rejection_id: str = column("拒收编号", "Id of the rejection")
    document_id: str = column("文档编号", "The document concerned")
    source: str = column("来源代号", "Slug of the source card", nullable=True)
    source_uri: str = column("位置", "Where the document was seen", nullable=True)
    table_name: str = column("所属表；文件为 file", "The row's table; `file` for a file")
    row_key: str = column("行的主键", "The row's key; for a file its document id", nullable=True)
    reason: str = column("原因代码或规则名", "Reason code, or the names of the rules it broke")
    message: str = column("说明", "What happened, in words")
    row_json: str = column("整行（JSON）", "The whole row as JSON", nullable=True)
    start: int = column("原文起点（字符）", "Where it starts in the decoded view, in characters", nullable=True)
    end: int = column("原文终点（字符）", "Where it ends in the decoded view, in characters", nullable=True)
    run_id: str = column("运行编号", "The run that rejected it")
    release: pl.Int32 = column("发布版次", "The release that recorded it", nullable=True)
    recipe_version: str = column("配方版本", "Recipe version")
    contract_version: str = column("契约版本", "Contract version")
    file_id: str = column("所在原始文件的编号", "Sha256 of the raw file that held it, for replay", nullable=True)
    file_uri: str = column("所在原始文件的位置", "Where that file was seen", nullable=True)
    n_attempts: pl.Int32 = column("处理次数", "How often it has been tried: 1, and one more a replay", nullable=True)

    @rule(zh="文档编号是 SHA-256")
    def document_id_is_a_sha256(cls) -> pl.Expr:
        return checks.matches("document_id", SHA256)

    @rule(zh="拒收有原因", dimension="completeness")
    def a_rejection_has_a_reason(cls) -> pl.Expr:
        return checks.not_blank("reason")

    @rule(zh="被拒的行整行留存", dimension="completeness", remedy="without the row it cannot be replayed")
    def a_rejected_row_is_kept_whole(cls) -> pl.Expr:
        return (pl.col("table_name") == "file") | pl.col("row_json").is_not_null()

    @rule(zh="处理次数从 1 起", null_passes=True)
    def n_attempts_is_at_least_one(cls) -> pl.Expr:
        return pl.col("n_attempts") >= 1
