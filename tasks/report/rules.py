"""What was promised and checked: every rule with its count, first offenders, and how it did in earlier releases."""

from dataclasses import dataclass, field
from functools import cache

import polars as pl

from contracts.registry import CONTRACTS
from contracts.relations import RELATIONS
from tasks.measures import MEASURES, measure_of
from tasks.report import words
from tasks.report.numbers import grouped, percent, valued
from tasks.report.shown import shown
from tasks.report.view import View

_OFFENDERS, _RULES, RELEASES = 4, 40, 20


@dataclass(frozen=True)
class Offender:
    """A row that broke a rule; `anchor` names its raw excerpt on the page, if there is one."""

    row_key: str
    value: str
    document_id: str | None
    anchor: str | None = None


@dataclass(frozen=True)
class Rule:
    """A rule that some row broke."""

    table: str
    name: str
    zh: str
    severity: str
    verdict: str
    remedy: str
    n_rows: int
    n_failed: int
    share: str
    offenders: list[Offender] = field(default_factory=list)


@dataclass(frozen=True)
class Held:
    """Rules of a table that every row kept."""

    table: words.Words
    n_rules: int
    n_rows: int
    names: list[tuple[str, str]]


@dataclass(frozen=True)
class Cell:
    """A rule in one release: its verdict, rows that failed or the value measured, and whether that is nothing."""

    verdict: str
    text: str
    quiet: bool


@dataclass(frozen=True)
class History:
    """A rule of a table, or a measure of a source, over releases; null where it was not asked."""

    of: words.Words
    name: str
    zh: str
    cells: list[Cell | None]


def failed(view: View) -> list[Rule]:
    """Rules with failures in the newest run, the gravest first, each with its first offenders."""
    counted = _counted(view.logged("metrics")).filter(pl.col("n_failed") > 0)
    order = {"fail": 0, "warn": 1, "pass": 2}
    rows = sorted(
        counted.collect().to_dicts(),
        key=lambda row: (order[row["verdict"]], -row["n_failed"], row["rule"], row["table_name"]),
    )
    offenders = _offenders(view)
    return [
        Rule(
            row["table_name"],
            row["rule"],
            _about(row["table_name"], row["rule"])[0],
            row["severity"],
            row["verdict"],
            _about(row["table_name"], row["rule"])[1],
            row["n_rows"],
            row["n_failed"],
            percent(row["n_failed"] / row["n_rows"]) if row["n_rows"] else "–",
            offenders.get((row["table_name"], row["rule"]), []),
        )
        for row in rows[:_RULES]
    ]


def held(view: View) -> list[Held]:
    """Per table, the rules that were asked in the newest run and that every row kept."""
    counted = _counted(view.logged("metrics")).filter(pl.col("n_failed") == 0).sort("table_name", "rule")
    tables = counted.collect().partition_by("table_name", maintain_order=True)
    found = [
        Held(
            words.table(frame["table_name"][0]),
            frame.height,
            int(frame["n_rows"].max() or 0),  # type: ignore[arg-type]  # a column of counts
            [(words.told(rule), _about(frame["table_name"][0], rule)[0]) for rule in frame["rule"]],
        )
        for frame in tables
    ]
    order = list(words.TABLES.values())
    return sorted(found, key=lambda one: order.index(one.table[0]) if one.table[0] in order else 99)


def history(view: View) -> tuple[list[int], list[History]]:
    """The newest releases that ran, oldest first, and how each rule that ever failed in them did."""
    counted = _counted(view.logged("metrics", RELEASES), "release").collect()
    releases = sorted(counted["release"].unique().to_list())
    ever = counted.filter(pl.col("n_failed") > 0).select("table_name", "rule").unique().sort("table_name", "rule")
    rows = []
    for table, rule in ever.head(_RULES).iter_rows():
        told = counted.filter(table_name=table, rule=rule)
        cells = {
            release: Cell(verdict, grouped(n), n == 0)
            for release, verdict, n in told.select("release", "verdict", "n_failed").iter_rows()
        }
        sentence = _about(table, rule)[0]
        rows.append(History(words.table(table), words.told(rule), sentence, [cells.get(one) for one in releases]))
    return releases, rows + _measures(view, releases)


def _measures(view: View, releases: list[int]) -> list[History]:
    """Measures that were ever warned about or failed, by source; a distribution counts as one."""
    rank = {"pass": 0, "warn": 1, "fail": 2}
    each = (
        view.logged("metrics", RELEASES)
        .filter(pl.col("source").is_not_null() & pl.col("value").is_not_null())
        .with_columns(family=pl.col("rule").str.split(":").list.first())
        .group_by("release", "source", "family")
        .agg(
            verdict=pl.col("verdict").sort_by(pl.col("verdict").replace_strict(rank, default=0)).last(),
            value=pl.col("value").first(),
        )
        .collect()
    )
    ever = each.filter(pl.col("verdict") != "pass").select("source", "family").unique().sort("source", "family")
    rows = []
    for source, family in ever.filter(pl.col("family").is_in(list(MEASURES))).head(_RULES).iter_rows():
        kind = measure_of(family).kind
        told = each.filter(source=source, family=family).select("release", "verdict", "value")
        cells = {
            release: Cell(verdict, "●" if kind == "family" else valued(kind, value), verdict == "pass")
            for release, verdict, value in told.iter_rows()
        }
        zh, en = words.measure(family)
        rows.append(History(("来源", shown(source, 40)), en, zh, [cells.get(one) for one in releases]))
    return rows


def _counted(metrics: pl.LazyFrame, *more: str) -> pl.LazyFrame:
    """Counts of rules over all batches of a run: what was measured of sources is none."""
    rank = pl.col("verdict").replace_strict({"pass": 0, "warn": 1, "fail": 2}, default=0)
    return (
        metrics.filter(pl.col("source").is_null() & pl.col("value").is_null())
        .group_by(*more, "table_name", "rule", "severity")
        .agg(pl.col("n_rows", "n_failed").sum(), verdict=pl.col("verdict").sort_by(rank).last())
    )


def _offenders(view: View) -> dict[tuple[str, str], list[Offender]]:
    first = (
        view.logged("failures")
        .filter(pl.col("release") == (view.measured() or -1))
        .select("contract", "rule", "row_key", "value", "document_id")
        .sort("document_id", "row_key", "value")
        .group_by("contract", "rule", maintain_order=True)
        .head(_OFFENDERS)
        .collect()
    )
    found: dict[tuple[str, str], list[Offender]] = {}
    for contract, rule, key, value, document_id in first.iter_rows():
        found.setdefault((contract, rule), []).append(Offender(shown(key, 80), _value(value), document_id))
    return found


def _value(value: str | None) -> str:
    """The value that broke a rule; sixteen digits of a share say no more than four."""
    try:
        return f"{float(value or ''):.4g}"
    except ValueError:
        return shown(value, 110)


def said(table: str, rule: str) -> str:
    """A rule, an expectation or a measure in Chinese; nothing of one that is no longer known."""
    return _about(table, rule)[0] or words.FINDINGS.get(rule, "") or words.measure(rule)[0]


def _about(table: str, rule: str) -> tuple[str, str]:
    """Chinese sentence and remedy of a rule, as today's contracts know it; nothing of one they have dropped."""
    return _known().get((table, rule), ("", ""))


@cache
def _known() -> dict[tuple[str, str], tuple[str, str]]:
    rows = {(table, rule.name): (rule.zh, rule.remedy) for table, model in CONTRACTS.items() for rule in model.rules()}
    return rows | {(relation.table, relation.name): (relation.zh, relation.remedy) for relation in RELATIONS}
