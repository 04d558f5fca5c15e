"""Contract of `runs`: one row a run, what it read, and how it ended."""

import polars as pl

from contracts import checks
from contracts.base import Contract, Timestamp, column, rule
from contracts.vocabulary import RUN_STATES

COUNTS = ("n_files", "n_bytes", "n_documents", "n_rejected")


class Runs(Contract, table="runs", key="run_id", version="1.1.0", zh="一行是一次运行"):
    """A run of the main flow."""

    run_id: str = column("运行编号", "Id of the run")
    document_id: str = column(
        "文档编号（运行不属于某一文档）", "Always null: a run is of no one document", nullable=True
    )
    started_at: Timestamp = column("开始时间", "When it started")
    finished_at: Timestamp = column("结束时间", "When it finished", nullable=True)
    state: str = column("状态", "How it ended")
    n_files: pl.Int32 = column("文件数", "Files planned")
    n_bytes: int = column("字节数", "Bytes planned")
    n_documents: pl.Int32 = column("发布的文档数", "Documents published")
    n_rejected: pl.Int32 = column("拒收数", "Rows and files rejected")
    release: pl.Int32 = column("发布版次", "The release it made, if it made one", nullable=True)
    recipe_version: str = column("配方版本", "Recipe version")
    contract_versions: str = column("各契约版本（JSON）", "Contract versions, as JSON")
    code_version: str = column("代码版本", "Code version")

    @rule(zh="状态在词表内")
    def state_is_known(cls) -> pl.Expr:
        return checks.one_of("state", RUN_STATES)

    @rule(zh="结束不早于开始", null_passes=True, dimension="consistency")
    def a_run_does_not_end_before_it_starts(cls) -> pl.Expr:
        return pl.col("finished_at") >= pl.col("started_at")

    @rule(zh="各项计数不为负")
    def counts_are_not_negative(cls) -> pl.Expr:
        return pl.all_horizontal(pl.col(name) >= 0 for name in COUNTS)

    @rule(zh="发布版次从 1 起", null_passes=True)
    def release_is_at_least_one(cls) -> pl.Expr:
        return pl.col("release") >= 1
