"""What a contract is: a Pandera model with a version, a key, two languages, and rules.

A rule is a method named as the sentence it asserts; it returns an expression, true where a row passes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, cast, get_args

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from contracts import checks

Severity = Literal["info", "warn", "reject", "fatal"]
Dimension = Literal["completeness", "uniqueness", "validity", "consistency", "accuracy"]
RULE = "__qingliu_rule__"
ABOUT = "__qingliu_about__"
COMPILED = "__qingliu_rules__"
SCHEMA = "__qingliu_schema__"


@dataclass(frozen=True)
class Tolerance:
    """Shares of failed rows (0 to 1) above which a run is warned about, or fails."""

    warn: float = 0.0
    fail: float = 0.2


# a rule that only warns never fails a run unless it says so: noise is to be seen, not to stop the presses
NEVER_FAILS = Tolerance(fail=1.0)


@dataclass(frozen=True)
class Rule:
    """One compiled rule. `expr` is true where a row passes and never null; `columns` are what it reads.

    A person may excuse single documents from a `waivable` one. One of `presence` asks of its column only that no row
    be null.
    """

    name: str
    expr: pl.Expr
    columns: tuple[str, ...]
    severity: Severity
    dimension: Dimension
    tolerance: Tolerance
    zh: str
    remedy: str
    waivable: bool = False
    presence: bool = False

    @property
    def rejects(self) -> bool:
        """Whether a row that fails is withheld."""
        return self.severity in ("reject", "fatal")


@dataclass(frozen=True)
class Declared:
    """A rule as it is written, before it is compiled for a contract."""

    method: Callable[[Any], pl.Expr]
    severity: Severity
    dimension: Dimension
    tolerance: Tolerance
    zh: str
    remedy: str
    null_passes: bool
    waivable: bool

    def compile(self, model: "type[Contract]") -> Rule:
        expr = self.method(model)
        columns = tuple(dict.fromkeys(expr.meta.root_names()))
        passes = expr.fill_null(self.null_passes)
        name = self.method.__name__
        told = (self.severity, self.dimension, self.tolerance, self.zh, self.remedy, self.waivable)
        return Rule(name, passes, columns, *told)


def rule(
    *,
    zh: str,
    severity: Severity = "reject",
    dimension: Dimension = "validity",
    tolerance: Tolerance | None = None,
    remedy: str = "",
    null_passes: bool = False,
    waivable: bool = False,
) -> Callable[[Callable[[Any], pl.Expr]], Any]:
    """Declare a row rule; it also runs as a Pandera dataframe check under plain `Model.validate`.

    Args:
        zh: the rule's sentence in Chinese (its English one is the method's name).
        severity: `reject` withholds the row, `warn` and `info` only count and list it.
        dimension: the quality dimension it is reported under.
        tolerance: shares of failed rows that warn or fail a run.
        remedy: what a person can do about a failure.
        null_passes: whether a row for which the expression is null passes.
        waivable: whether a person may let single documents break it (of rules that only warn, always).
    """
    if severity not in get_args(Severity):
        raise ValueError(f"unknown severity {severity!r}: one of {', '.join(get_args(Severity))}")

    rejects = severity in ("reject", "fatal")
    tolerance = tolerance or (Tolerance() if rejects else NEVER_FAILS)

    def declare(method: Callable[[Any], pl.Expr]) -> Any:
        spec = Declared(method, severity, dimension, tolerance, zh, remedy, null_passes, waivable or not rejects)

        def check(cls: "type[Contract]", data: PolarsData) -> pl.LazyFrame:
            return data.lazyframe.select(spec.compile(cls).expr.alias(method.__name__))

        check.__name__ = method.__name__
        check.__doc__ = method.__doc__
        bound = pa.dataframe_check(name=method.__name__, ignore_na=False, raise_warning=not rejects)(check)
        setattr(bound, RULE, spec)
        return bound

    return declare


def column(zh: str, en: str, *, nullable: bool = False, **kwargs: Any) -> Any:
    """Declare a column with its description in Chinese and in English; null only where said."""
    return pa.Field(nullable=nullable, description=f"{zh} · {en}", metadata={"zh": zh, "en": en}, **kwargs)


Timestamp = Annotated[pl.Datetime, "us", "UTC"]
Strings = Annotated[pl.List, pl.String]


@dataclass(frozen=True)
class About:
    """What a contract is called: its table, key column, version, and one line on a row in Chinese and English."""

    table: str
    key: str
    version: str
    zh: str
    en: str


class Contract(pa.DataFrameModel):
    """Base of every table's contract: no unknown column, no coercion, a key that is present and unique."""

    class Config:
        """Pandera settings, inherited by every table."""

        strict = True
        coerce = False

    # class keywords, not attributes: Pandera takes every public name in the body for a column
    def __init_subclass__(cls, *, table: str, key: str, version: str, zh: str, **kwargs: Any) -> None:
        """Name the table, its key column, the contract's version, and the table in Chinese (English: the docstring)."""
        setattr(cls, ABOUT, About(table, key, version, zh, (cls.__doc__ or "").strip()))
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]  # Pandera's is untyped

    @rule(zh="主键不重复", dimension="uniqueness", remedy="two rows claim the same key: see which step numbered them")
    def key_is_unique(cls) -> pl.Expr:
        """No two rows share the key."""
        return checks.unique(cls.about().key)

    @classmethod
    def about(cls) -> About:
        """Say what this contract is called and which version it is."""
        return cast(About, getattr(cls, ABOUT))

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        """Compile every rule: `<column>_is_present` for each column that may not be null, then the declared ones."""
        if COMPILED not in cls.__dict__:
            setattr(cls, COMPILED, (*_presence(cls), *(d.compile(cls) for d in declared(cls))))
        return cast(tuple[Rule, ...], cls.__dict__[COMPILED])

    @classmethod
    def polars_schema(cls) -> pl.Schema:
        """Column names and polars types, in the contract's order."""
        if SCHEMA not in cls.__dict__:
            setattr(cls, SCHEMA, pl.Schema({name: c.dtype.type for name, c in cls.to_schema().columns.items()}))
        return cast(pl.Schema, cls.__dict__[SCHEMA])


def declared(model: type[Contract]) -> list[Declared]:
    """The rules that a contract declares or inherits, the base's own last."""
    found: dict[str, Declared | None] = {}
    for owner in model.__mro__:
        for name, value in vars(owner).items():
            found.setdefault(name, getattr(value, RULE, None))
    # the base's own rules come last, as Pandera runs them
    return [spec for spec in found.values() if spec is not None]


def _presence(model: type[Contract]) -> list[Rule]:
    rules = []
    for name, described in model.to_schema().columns.items():
        if described.nullable:
            continue
        expr = pl.col(name).is_not_null()
        may_be_nan = described.dtype.type.is_float()
        if may_be_nan:
            # Pandera counts NaN as null; so must we, or the two would disagree
            expr = expr & pl.col(name).is_not_nan().fill_null(False)
        zh = f"{name} 不为空"
        told = Rule(f"{name}_is_present", expr, (name,), "reject", "completeness", Tolerance(), zh, "fill the column")
        rules.append(replace(told, presence=not may_be_nan))
    return rules
