"""What people have decided about single documents, kept in a reviewed file by content hash and applied on every run.

A decision excludes a document or article, accepts that it breaks a rule, or corrects what is said about an article.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from contracts.engine import WAIVED
from contracts.registry import CONTRACTS
from contracts.vocabulary import KINDS
from contracts.withdraw import CAUSE, EXCLUDED, Gone

FILE = "decisions.toml"  # beside the folder of source cards
ACTIONS = ("exclude", "accept", "correct")


class DecisionError(ValueError):
    """The file of decisions cannot be used: says which decision, which key, and what would be right."""


class Decision(BaseModel):
    """One decision; `document` is the sha256 of the content, `article` its number in the document (all unless given).

    `rule` is what an `accept` lets pass; `column` and `value` are what a `correct` says of an article.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str = Field(pattern="^[0-9a-f]{64}$")
    action: Literal["exclude", "accept", "correct"]
    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    on: dt.date
    article: int | None = Field(default=None, ge=1)
    rule: str | None = None
    column: Literal["kind", "published_on", "publisher", "byline", "dateline", "dateline_place"] | None = None
    value: str | dt.date | None = None

    @model_validator(mode="after")
    def _it_says_what_its_action_needs(self) -> Self:
        if (self.rule is not None) != (self.action == "accept"):
            raise ValueError("`rule` goes with action accept, which needs it")
        correcting = self.action == "correct"
        if correcting != (self.column is not None) or correcting != (self.value is not None):
            raise ValueError("`column` and `value` go with action correct, which needs both")
        if correcting and self.article is None:
            raise ValueError("a correction is of one article: give its number as `article`")
        if self.rule is not None and self.rule not in (names := _waivable()):
            raise ValueError(f"rule {self.rule!r} cannot be waived; these can: {', '.join(names)}")
        if self.column == "kind" and self.value not in KINDS:
            raise ValueError(f"{self.value!r} is no kind: one of {', '.join(KINDS)}")
        if (self.column == "published_on") != isinstance(self.value, dt.date):
            raise ValueError("`published_on` takes a date (2021-03-05, without quotes), other columns take text")
        return self

    @property
    def article_id(self) -> str | None:
        """The article's id, when the decision is of one article."""
        return None if self.article is None else f"{self.document[:20]}-a{self.article:04d}"


@dataclass(frozen=True)
class Decided:
    """A batch after its decisions, before its contracts.

    Attributes:
        tables: the content tables, corrected.
        excluded: documents and articles that are taken out.
        waived: what may break which rule (contracts.engine.WAIVED).
        counts: action, n (decisions about documents of the batch), n_idle (those that change nothing).
    """

    tables: dict[str, pl.DataFrame]
    excluded: Gone = field(default_factory=Gone)
    waived: pl.DataFrame = field(default_factory=WAIVED.to_frame)
    counts: tuple[tuple[str, int, int], ...] = ()


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """Read the file; none are taken where there is none.

    Raises:
        DecisionError: it is no TOML, has an unknown key, a wrong value, or two decisions that contradict each other.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DecisionError(f"{path}: not a TOML file: {error}") from error
    if extra := sorted(set(data) - {"decision"}):
        raise DecisionError(f"{path}: unknown key `{extra[0]}`; each decision begins with [[decision]]")
    rows = data.get("decision", [])
    if not isinstance(rows, list):
        raise DecisionError(f"{path}: each decision begins with [[decision]], in double brackets")
    found = tuple(_read(path, number, row) for number, row in enumerate(rows, 1))
    _check_agreement(path, found)
    return found


def apply(tables: Mapping[str, pl.DataFrame], decisions: Sequence[Decision]) -> Decided:
    """Apply what concerns the documents of a batch.

    Args:
        tables: its content tables, before their contracts are asked.
        decisions: all decisions.
    """
    whole = dict(tables)
    here = set(whole["documents"]["document_id"].drop_nulls()) if decisions else set()
    mine = [one for one in decisions if one.document in here]
    if not mine:
        return Decided(whole)
    articles = set(whole["articles"]["article_id"])
    idle = [one for one in mine if one.article_id is not None and one.article_id not in articles]
    mine = [one for one in mine if one not in idle]
    for one in mine:
        if one.action == "correct":
            whole, changed = _correct(whole, one)
            idle += [] if changed else [one]
    told = (*mine, *(one for one in idle if one not in mine))
    counts = tuple(
        (action, sum(one.action == action for one in told), sum(one.action == action for one in idle))
        for action in ACTIONS
    )
    return Decided(whole, _excluded(mine), _waived(mine), counts)


def _read(path: Path, number: int, row: Any) -> Decision:
    try:
        return Decision.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        known = f"; known keys: {', '.join(Decision.model_fields)}" if first["type"] == "extra_forbidden" else ""
        raise DecisionError(f"{path}: decision {number}: {key + ': ' if key else ''}{first['msg']}{known}") from None


def _check_agreement(path: Path, found: Sequence[Decision]) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for number, one in enumerate(found, 1):
        key = (one.document, one.article, one.action, one.rule, one.column)
        if key in seen:
            raise DecisionError(f"{path}: decisions {seen[key]} and {number} are about the same thing: keep one")
        seen[key] = number


def _waivable() -> list[str]:
    return sorted({rule.name for model in CONTRACTS.values() for rule in model.rules() if rule.waivable})


def _excluded(decisions: Sequence[Decision]) -> Gone:
    rows = [
        (one.article_id or one.document, EXCLUDED, f"{one.reason} ({one.by}, {one.on})", one.article is None)
        for one in decisions
        if one.action == "exclude"
    ]
    every = pl.DataFrame(rows, schema={**CAUSE, "whole": pl.Boolean()}, orient="row")
    return Gone().plus([every.filter("whole").drop("whole")], [every.filter(~pl.col("whole")).drop("whole")])


def _waived(decisions: Sequence[Decision]) -> pl.DataFrame:
    rows = [(one.document, one.article_id, one.rule) for one in decisions if one.action == "accept"]
    return pl.DataFrame(rows, schema=WAIVED, orient="row")


def _correct(tables: dict[str, pl.DataFrame], one: Decision) -> tuple[dict[str, pl.DataFrame], bool]:
    """Change one article; a new date moves it and its rows to another month."""
    before = tables["articles"]
    hit = pl.col("article_id") == one.article_id
    values: dict[str, object] = {str(one.column): one.value}
    if isinstance(one.value, dt.date):
        month = one.value.strftime("%Y-%m")
        values |= {"published_precision": "day", "published_basis": "decision", "publish_month": month}
    after = before.with_columns(
        pl.when(hit).then(pl.lit(value, before.schema[name])).otherwise(name).alias(name)
        for name, value in values.items()
    )
    changed = {**tables, "articles": after}
    if "publish_month" in values:
        for table in ("paragraphs", "sentences"):
            month_of = pl.when(hit).then(pl.lit(values["publish_month"])).otherwise("publish_month")
            changed[table] = tables[table].with_columns(month_of.alias("publish_month"))
    return changed, not after.equals(before)
