"""Splits a frame into valid and rejected rows: Pandera is asked first and has the last word, one fused pass explains.

Errors: ContractError <- SchemaBrokenError (columns or types differ: fatal), DisagreementError, RowsLostError.
"""

from dataclasses import dataclass
from functools import cache

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.backends.polars.register import register_polars_backends
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaError, SchemaErrors

from contracts.base import Contract, Rule
from contracts.failures import LONGEST_VALUE

# the narwhals backend loses row numbers; this must run before any schema is built
register_polars_backends(use_narwhals_backend=False)

LISTED_WARNINGS = 1000  # per rule and frame: the counts stay exact, the list of offenders is cut


class ContractError(Exception):
    """A table cannot be judged by its contract."""


class SchemaBrokenError(ContractError):
    """A table lacks a column, has one too many, or has one of another type."""


class DisagreementError(ContractError):
    """Pandera and the engine do not reject the same rows."""


class RowsLostError(ContractError):
    """Valid and rejected rows do not add up to the input."""


FAILURE_COLUMNS = pl.Schema(
    {
        "contract": pl.String(),
        "contract_version": pl.String(),
        "rule": pl.String(),
        "column": pl.String(),
        "severity": pl.String(),
        "document_id": pl.String(),
        "row_key": pl.String(),
        "value": pl.String(),
    }
)
COUNT_COLUMNS = pl.Schema({"rule": pl.String(), "severity": pl.String(), "n_rows": pl.Int64(), "n_failed": pl.Int64()})


@dataclass(frozen=True)
class Split:
    """A frame, split.

    Attributes:
        valid: rows that break no rejecting rule, in the input's order, columns in the contract's order.
        rejected: the other rows, likewise.
        reasons: for each rejected row the names of the rules it broke, joined by `; `.
        failures: one row a broken rule (FAILURE_COLUMNS); warnings listed up to LISTED_WARNINGS a rule.
        counts: one row a rule (COUNT_COLUMNS).
    """

    valid: pl.DataFrame
    rejected: pl.DataFrame
    reasons: pl.Series
    failures: pl.DataFrame
    counts: pl.DataFrame


# by rule: which of the rows that it was asked about pass, and those rows
Seen = dict[str, tuple[pl.Series, pl.DataFrame]]
WAIVED = pl.Schema({"document_id": pl.String(), "article_id": pl.String(), "rule": pl.String()})


def split(model: type[Contract], frame: pl.DataFrame, waived: pl.DataFrame | None = None) -> Split:
    """Split `frame` (any column order) into the rows that keep the contract and those that break it.

    Args:
        model: the contract.
        frame: the rows.
        waived: what people have excused (columns of WAIVED): documents, or single articles of them, and a rule that
            may be broken there if it is waivable. Excused rows count as passing; Pandera is asked about them without
            the rules that they are excused from.

    Raises:
        SchemaBrokenError: a column is missing, unknown, or of another type.
        DisagreementError: Pandera rejects a row in which the engine finds no fault.
    """
    check_schema(model, frame)
    names = model.polars_schema().names()
    frame = frame if frame.columns == names else frame.select(names)
    suspects = _not_passed(model, frame)
    suspect = frame[suspects]
    warning = [rule for rule in model.rules() if not rule.rejects]
    rejecting = [rule for rule in model.rules() if rule.rejects and len(suspects)]
    # a rule looks at one row, or for its key at those with the same: what Pandera passes need not be looked at again
    found, excused = _excuse(rejecting, _evaluate(rejecting, suspect), suspect, waived)
    warned, _ = _excuse(warning, _evaluate(warning, frame), frame, waived)
    ok = _all_hold([found[rule.name] for rule in rejecting], suspect.height)
    if ok.any() and (ok & excused.is_null()).any():
        raise DisagreementError(f"{model.about().table}: Pandera rejects rows in which the engine finds no fault")
    if ok.any() and not _hold_but_for(model, suspect.filter(ok), excused.filter(ok)):
        raise DisagreementError(f"{model.about().table}: Pandera rejects rows that the engine excuses")
    bad = suspects.filter(~ok)
    valid = frame.filter(pl.Series([True]).new_from_index(0, frame.height).scatter(bad, False)) if len(bad) else frame
    rejected = frame[bad]
    if valid.height + rejected.height != frame.height:
        raise RowsLostError(f"{model.about().table}: {frame.height} rows in, {valid.height} + {rejected.height} out")
    seen = {rule.name: (warned[rule.name], frame) for rule in warning}
    seen |= {rule.name: (found[rule.name], suspect) for rule in rejecting}
    return Split(
        valid, rejected, _reasons(rejecting, found, ok), _failures(model, seen), _counts(model, seen, frame.height)
    )


def check_schema(model: type[Contract], frame: pl.DataFrame) -> None:
    """Compare columns and types, in any order.

    Raises:
        SchemaBrokenError: they differ; the message names each difference.
    """
    if wrong := _unlike(model, frame):
        raise SchemaBrokenError(f"table {model.about().table}: {'; '.join(wrong)}")


def _unlike(model: type[Contract], frame: pl.DataFrame) -> list[str]:
    want, have = model.polars_schema(), frame.schema
    wrong = [f"{name} is missing" for name in want if name not in have]
    wrong += [f"{name} is unknown" for name in have if name not in want]
    wrong += [f"{name} is {have[name]}, not {want[name]}" for name in want if name in have and have[name] != want[name]]
    return wrong


def holds(model: type[Contract], frame: pl.DataFrame, without: frozenset[str] = frozenset()) -> bool:
    """Ask Pandera whether every rejecting rule, but for those named in `without`, holds on the collected frame.

    A frame of other columns or types holds none.
    """
    if _unlike(model, frame):
        return False
    # an environment variable may switch validation off or to types only: here it is always on and whole
    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        try:
            # not lazy: the first fault is enough here, and collecting all of them renders every failing row
            strict_schema(model, without).validate(frame)
        except (SchemaError, SchemaErrors):
            return False
    return True


def _not_passed(model: type[Contract], frame: pl.DataFrame) -> pl.Series:
    """The numbers of the rows that Pandera rejects."""
    none = pl.Series([], dtype=pl.UInt32)
    if frame.is_empty():
        return none
    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        try:
            strict_schema(model).validate(frame, lazy=True)
        except SchemaErrors as errors:
            told = [error.check_output for error in errors.schema_errors]
        else:
            return none
    if any(output is None or output.height != frame.height for output in told):
        raise DisagreementError(f"{model.about().table}: Pandera rejects the table and names no rows")
    return (~_all_hold([output.to_series() for output in told], frame.height)).arg_true()


@cache
def strict_schema(model: type[Contract], without: frozenset[str] = frozenset()) -> pa.DataFrameSchema:
    """Give the model's rejecting rules as one check: asked one by one they cost a pass over the frame each.

    Columns and types are `check_schema`'s, nulls the check's: Pandera would look for them a column at a time, at the
    price of a small table's rules. Rules that only warn are left out: it would raise a Python warning for each.
    """
    rules = [rule for rule in model.rules() if rule.rejects and rule.name not in without]

    def every_rule_holds(data: PolarsData) -> pl.LazyFrame | bool:
        frame = data.lazyframe.collect()
        # what each rule says of each row is told only where one fails
        holds = frame.select(every_rule_holds=pl.all_horizontal(rule.expr for rule in _unproved(rules, frame)))
        return holds.to_series().all(ignore_nulls=False) or holds.lazy()

    # which rows fail is told in any case: to render them would cost more than to find them
    check = pa.Check(every_rule_holds, ignore_na=False, n_failure_cases=1)
    return pa.DataFrameSchema(checks=check, name=model.to_schema().name)


def _unproved(rules: list[Rule], frame: pl.DataFrame) -> list[Rule]:
    """The rules without those of presence that hold: a column knows how many nulls it has."""
    return [rule for rule in rules if not rule.presence or frame[rule.columns[0]].null_count()]


def _excuse(
    rules: list[Rule], passes: pl.DataFrame, frame: pl.DataFrame, waived: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.Series]:
    """Let excused rows pass; and for each row the rejecting rules it was excused from, joined by `; `, or null."""
    excused: list[pl.Series] = []
    if waived is not None and waived.height:
        for rule in rules:
            mine = waived.filter(rule=rule.name)
            if not rule.waivable or mine.is_empty():
                continue
            hit = frame["document_id"].is_in(mine.filter(pl.col("article_id").is_null())["document_id"].implode())
            if "article_id" in frame.columns:
                hit = hit | frame["article_id"].is_in(mine["article_id"].drop_nulls().implode()).fill_null(False)
            broke = hit.fill_null(False) & ~passes[rule.name]
            passes = passes.with_columns((passes[rule.name] | broke).alias(rule.name))
            if rule.rejects:
                excused.append(broke.alias(rule.name))
    if not excused:
        return passes, pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    names = [pl.when(column.name).then(pl.lit(column.name)) for column in excused]
    joined = pl.DataFrame(excused).select(pl.concat_str(names, separator="; ", ignore_nulls=True)).to_series()
    return passes, joined.replace("", None)


def _hold_but_for(model: type[Contract], rows: pl.DataFrame, excused: pl.Series) -> bool:
    """Whether excused rows keep all rules but those they were excused from."""
    return all(holds(model, rows.filter(excused == one), frozenset(one.split("; "))) for one in excused.unique())


def _evaluate(rules: list[Rule], frame: pl.DataFrame) -> pl.DataFrame:
    """One Boolean column a rule, all in one pass."""
    if not rules:
        return pl.DataFrame()
    passes = frame.select(rule.expr.alias(rule.name) for rule in rules)
    if passes.height != frame.height:
        raise RowsLostError(f"a rule returned {passes.height} rows for {frame.height}")
    return passes


def _all_hold(columns: list[pl.Series], height: int) -> pl.Series:
    ok = pl.Series([True]).new_from_index(0, height)
    for column in columns:
        ok = ok & column
    return ok


def _reasons(rules: list[Rule], passes: pl.DataFrame, ok: pl.Series) -> pl.Series:
    if ok.all():
        return pl.Series("reason", [], dtype=pl.String)
    names = [pl.when(~pl.col(rule.name)).then(pl.lit(rule.name)) for rule in rules if rule.rejects]
    reason = pl.concat_str(names, separator="; ", ignore_nulls=True).alias("reason")
    return passes.filter(~ok).select(reason).to_series()


def _failures(model: type[Contract], seen: Seen) -> pl.DataFrame:
    about = model.about()
    found = [FAILURE_COLUMNS.to_frame()]
    for rule in (rule for rule in model.rules() if rule.name in seen):
        passes, frame = seen[rule.name]
        if passes.all():
            continue
        at = (~passes).arg_true()
        rows = frame[at if rule.rejects else at.head(LISTED_WARNINGS)]
        found.append(
            rows.select(
                contract=pl.lit(about.table),
                contract_version=pl.lit(about.version),
                rule=pl.lit(rule.name),
                column=pl.lit(rule.columns[0] if rule.columns else None, pl.String),
                severity=pl.lit(rule.severity),
                document_id=pl.col("document_id"),
                row_key=pl.col(about.key),
                value=_value(rule, frame.schema),
            )
        )
    return pl.concat(found)


def _value(rule: Rule, schema: pl.Schema) -> pl.Expr:
    """The offending value, or for a rule over several columns their JSON."""
    only = rule.columns[0] if len(rule.columns) == 1 else None
    if only is not None and not schema[only].is_nested():
        return pl.col(only).cast(pl.String).str.head(LONGEST_VALUE)
    return pl.struct(rule.columns).struct.json_encode().str.head(LONGEST_VALUE)


def _counts(model: type[Contract], seen: Seen, n_rows: int) -> pl.DataFrame:
    failed = {name: len(passes) - int(passes.sum()) for name, (passes, _) in seen.items()}
    rows = [(rule.name, rule.severity, n_rows, failed.get(rule.name, 0)) for rule in model.rules()]
    return pl.DataFrame(rows, schema=COUNT_COLUMNS, orient="row")
