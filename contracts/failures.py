"""Contract of `failures`: each rule that a row broke, with the value that broke it."""

import polars as pl

from contracts import base, checks  # by module: `rule` and `column` are columns here
from contracts.vocabulary import SEVERITIES

LONGEST_VALUE = 200


class Failures(base.Contract, table="failures", key="failure_id", version="1.1.0", zh="一行是一行数据违反一条规则"):
    """A rule that a row broke."""

    failure_id: str = base.column("失败编号", "Id of the failure")
    document_id: str = base.column("文档编号", "The document concerned", nullable=True)
    run_id: str = base.column("运行编号", "The run that found it")
    contract: str = base.column("契约（表名）", "The contract, by its table")
    contract_version: str = base.column("契约版本", "Contract version")
    rule: str = base.column("规则", "The rule, which is its sentence")
    column: str = base.column("列", "The column the rule reads first", nullable=True)
    severity: str = base.column("严重程度", "Severity")
    row_key: str = base.column("行的主键", "The row's key", nullable=True)
    value: str = base.column("违规的值（至多 200 字）", "The value that broke it, cut to 200 characters", nullable=True)

    @base.rule(zh="失败指明契约与规则", dimension="completeness")
    def a_failure_names_its_rule(cls) -> pl.Expr:
        return checks.not_blank("contract") & checks.not_blank("rule")

    @base.rule(zh="严重程度在词表内")
    def severity_is_known(cls) -> pl.Expr:
        return checks.one_of("severity", SEVERITIES)

    @base.rule(zh="值不过长", null_passes=True)
    def value_is_cut(cls) -> pl.Expr:
        return pl.col("value").str.len_chars() <= LONGEST_VALUE
