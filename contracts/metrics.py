"""Contract of `metrics`: what each rule counted, and what was measured of each source: the history that trends read."""

import polars as pl

from contracts import base, checks  # by module: `rule` and `column` are columns here
from contracts.vocabulary import SEVERITIES, VERDICTS


class Metrics(
    base.Contract,
    table="metrics",
    key="metric_id",
    version="1.2.0",
    zh="一行是一次运行中一条规则的计数，或对一个来源的一项度量",
):
    """What a rule counted in a batch, or what was measured of a source in a run."""

    metric_id: str = base.column("计数编号", "Id of the count")
    document_id: str = base.column(
        "文档编号（计数不属于某一文档）", "Always null: a count is of no one document", nullable=True
    )
    run_id: str = base.column("运行编号", "The run that counted")
    table_name: str = base.column("表名", "The table")
    rule: str = base.column("规则或度量", "The rule, which is its sentence; or what was measured")
    source: str = base.column(
        "来源代号（规则不分来源）", "The source that was measured; null for a rule", nullable=True
    )
    value: float = base.column("度量值（规则无此值）", "The measured value; null for a rule", nullable=True)
    severity: str = base.column("严重程度", "Severity")
    n_rows: int = base.column("检查的行数", "Rows the rule saw")
    n_failed: int = base.column("未通过的行数", "Rows that failed it")
    verdict: str = base.column("结论", "Verdict of the rule's tolerances: pass, warn or fail")
    measured_at: base.Timestamp = base.column("测量时间", "When it was counted")

    @base.rule(zh="计数指明表与规则", dimension="completeness")
    def a_count_names_its_table_and_rule(cls) -> pl.Expr:
        return checks.not_blank("table_name") & checks.not_blank("rule")

    @base.rule(zh="严重程度在词表内")
    def severity_is_known(cls) -> pl.Expr:
        return checks.one_of("severity", SEVERITIES)

    @base.rule(zh="结论在词表内")
    def verdict_is_known(cls) -> pl.Expr:
        return checks.one_of("verdict", VERDICTS)

    @base.rule(zh="未通过的行不多于检查的行", dimension="consistency")
    def failed_rows_are_among_the_rows_seen(cls) -> pl.Expr:
        return (pl.col("n_failed") >= 0) & (pl.col("n_failed") <= pl.col("n_rows"))

    @base.rule(zh="度量值有限", null_passes=True)
    def value_is_a_finite_number(cls) -> pl.Expr:
        return pl.col("value").is_finite()
