"""Rows of `rejections` and `failures`: what was withheld, whole and with its reasons, and each rule that broke."""

from collections.abc import Mapping

import polars as pl

from contracts import engine
from contracts.engine import FAILURE_COLUMNS, Split
from contracts.failures import LONGEST_VALUE
from contracts.registry import CONTRACTS, versions
from contracts.relations import RELATIONS
from contracts.withdraw import Kept, left_with
from tasks.records import RunInfo

UNKNOWN_DOCUMENT = "0" * 64  # a row without a document id is still kept
_START = {"paragraphs": "source_start", "sentences": "source_start", "spans": "start", "anomalies": "start"}
_REASONED = ("reason", "message")


def rejections(
    splits: Mapping[str, Split], kept: Kept, documents: pl.DataFrame, files: pl.DataFrame, run: RunInfo
) -> pl.DataFrame:
    """Rows that broke their contract, rows that went with an article or document, and files that could not be read."""
    parts = [
        _of_table(table, split, kept) for table, split in splits.items() if split.rejected.height or len(kept.gone)
    ]
    if not parts:
        return own(numbered(files, "rejection_id"), "rejections")
    seen = documents.select("document_id", "source_uri").drop_nulls().unique("document_id", keep="first")
    rows = pl.concat(parts).join(seen, on="document_id", how="left", maintain_order="left")
    stamped = rows.with_columns(
        pl.col("document_id").fill_null(UNKNOWN_DOCUMENT),
        run_id=pl.lit(run.run_id),
        release=pl.lit(None, pl.Int32),
        recipe_version=pl.lit(run.recipe_version),
        file_id=pl.lit(None, pl.String),
        file_uri=pl.lit(None, pl.String),
        n_attempts=pl.lit(1, pl.Int32),
        contract_version=pl.col("table_name").replace_strict({**versions(), **run.contract_versions}),
        rejection_id=pl.concat_str(
            pl.lit(run.run_id), "table_name", pl.coalesce("row_key", "document_id"), separator="-", ignore_nulls=True
        ),
    )
    both = pl.concat([stamped.select(files.columns), files])
    return own(numbered(both, "rejection_id"), "rejections")


def failures(splits: Mapping[str, Split], kept: Kept, broken: pl.DataFrame, run: RunInfo) -> pl.DataFrame:
    """One row for each rule that a row broke: contracts, then relations, then conservation."""
    parts = [split.failures for split in splits.values()]
    tables = {relation.name: relation.table for relation in RELATIONS}
    for name, rows in kept.broken.items():
        parts.append(_failure(rows, tables[name], pl.lit(name), pl.col("row_key"), pl.col("value")))
    parts.append(_failure(broken, "documents", pl.col("rule"), pl.col("document_id"), pl.col("message")))
    rows = pl.concat(parts).with_columns(run_id=pl.lit(run.run_id))
    head = pl.concat_str(
        "run_id", "contract", "rule", pl.coalesce("row_key", "document_id"), separator="-", ignore_nulls=True
    )
    return own(numbered(rows.with_columns(failure_id=head), "failure_id"), "failures")


def numbered(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    """Make ids unique: repeats of one get `#2`, `#3`, so that two rows that share a key are both kept."""
    again = pl.int_range(1, pl.len() + 1).over(key)
    return rows.with_columns(pl.when(again == 1).then(key).otherwise(pl.format("{}#{}", key, again)).alias(key))


def own(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    """Bring rows that we made ourselves into their contract's columns.

    Raises:
        contracts.engine.ContractError: they break it, which is a fault of this program.
    """
    rows = rows.select(pl.col(name).cast(dtype) for name, dtype in CONTRACTS[table].polars_schema().items())
    if rows.height and not engine.holds(CONTRACTS[table], rows):
        faults = engine.split(CONTRACTS[table], rows).failures.row(0, named=True)
        raise engine.ContractError(f"the gate made a wrong row of {table}: {faults['rule']}: {faults['row_key']}")
    return rows


def _of_table(table: str, split: Split, kept: Kept) -> pl.DataFrame:
    columns = split.valid.columns
    itself = split.rejected.with_columns(
        split.reasons.alias("reason"), message=pl.format("breaks its contract: {}", split.reasons)
    )
    with_others = left_with(split.valid, kept.gone).with_columns(
        message=pl.format("withdrawn whole because of {}", "message")
    )
    rows = pl.concat([itself, with_others])
    start = _START.get(table)
    end = start.replace("start", "end") if start else None
    return rows.select(
        "document_id",
        "source" if "source" in columns else pl.lit(None, pl.String).alias("source"),
        *_REASONED,
        table_name=pl.lit(table),
        row_key=pl.col(CONTRACTS[table].about().key),
        row_json=pl.struct(columns).struct.json_encode(),
        start=pl.col(start) if start else pl.lit(None, pl.Int64),
        end=pl.col(end) if end else pl.lit(None, pl.Int64),
    )


def _failure(rows: pl.DataFrame, table: str, rule: pl.Expr, key: pl.Expr, value: pl.Expr) -> pl.DataFrame:
    return rows.select(
        contract=pl.lit(table),
        contract_version=pl.lit(CONTRACTS[table].about().version),
        rule=rule,
        column=pl.lit(None, pl.String),
        severity=pl.lit("reject"),
        document_id=pl.col("document_id"),
        row_key=key,
        value=value.str.head(LONGEST_VALUE),
    ).match_to_schema(FAILURE_COLUMNS)
