"""Distributions and measures of the newest run against those of earlier releases."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from tasks.measures import DOCUMENTS, MEASURES, bins, measure_of
from tasks.report import words
from tasks.report.numbers import valued
from tasks.report.shown import shown
from tasks.report.view import View

_REMEMBERED, _MEASURES, _SOURCES = 20, 24, 12
NOW, BEFORE = "this run", "earlier median"
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Moved:
    """A measure of a source: now, the median before, the change, and the gate's verdict; `far` is 1 at its warning."""

    source: str
    measure: words.Words
    now: str
    before: str
    change: str
    verdict: str
    far: float


@dataclass(frozen=True)
class Trends:
    """What moved, and the rows behind the charts; `n_before` counts the earlier releases that measured anything."""

    n_before: int
    moved: list[Moved]
    families: dict[str, Rows]
    volumes: Rows


def trends(view: View) -> Trends:
    """Compare the newest run's measures with earlier ones', source by source; distributions over all sources."""
    rows = (
        view.logged("metrics", _REMEMBERED + 1)
        .filter(pl.col("value").is_not_null() & pl.col("source").is_not_null())
        .filter(pl.col("rule").str.split(":").list.first().is_in(list(MEASURES)))
        .select("release", "source", "rule", "value", "n_rows", "verdict")
        .collect()
    )
    newest = view.measured() or 0
    now, before = rows.filter(pl.col("release") == newest), rows.filter(pl.col("release") != newest)
    return Trends(
        before["release"].n_unique(),
        _moved(now, before),
        {family: _family(family, now, before) for family, measure in MEASURES.items() if measure.kind == "family"},
        _volumes(rows),
    )


def _moved(now: pl.DataFrame, before: pl.DataFrame) -> list[Moved]:
    medians = before.group_by("source", "rule").agg(median=pl.col("value").median())
    both = now.join(medians, on=["source", "rule"], how="left").sort("source", "rule")
    found = []
    for source, name, value, median, verdict in both.select("source", "rule", "value", "median", "verdict").iter_rows():
        kind = measure_of(name).kind
        far = _far(name, value, median)
        found.append(
            Moved(
                shown(source, 40),
                words.measure(name),
                valued(kind, value),
                valued(kind, median),
                _change(kind, value, median),
                verdict,
                far,
            )
        )
    # members of a distribution are charted: only those that moved are worth a row
    told = [one for one in found if one.far >= 0.5 or ":" not in one.measure[1]]
    order = {"fail": 0, "warn": 1, "pass": 2}
    return sorted(told, key=lambda one: (order[one.verdict], -one.far, one.source, one.measure[1]))[:_MEASURES]


def _far(name: str, value: float, median: float | None) -> float:
    """How far a measure moved, in units of what its measure is warned about at (before chance is allowed for)."""
    if median is None:
        return 0.0
    measure = measure_of(name)
    if measure.kind in ("share", "family"):
        return abs(value - median) / measure.warn
    return abs(value - median) / max(abs(median), 0.05) / measure.warn


def _change(kind: str, value: float, median: float | None) -> str:
    if median is None:
        return "–"
    if kind in ("share", "family"):
        return f"{100 * (value - median):+.1f} pp"
    return f"{100 * (value - median) / median:+.0f} %" if median else "–"


def _family(family: str, now: pl.DataFrame, before: pl.DataFrame) -> Rows:
    """Shares over all sources: of the newest run, and the median over releases of the same."""
    rows: Rows = []
    for series, frame in ((NOW, now), (BEFORE, before)):
        mine = frame.filter(pl.col("rule").str.starts_with(f"{family}:"))
        each = mine.group_by("release", "rule").agg(
            share=(pl.col("value") * pl.col("n_rows")).sum() / pl.col("n_rows").sum().clip(1)
        )
        shares = dict(each.group_by("rule").agg(pl.col("share").median()).iter_rows())
        if shares:
            rows += [
                {"bin": words.told(one), "share": float(shares.get(f"{family}:{one}", 0.0)), "series": series}
                for one in bins(family)
            ]
    used = {row["bin"] for row in rows if row["share"] > 0}
    return [row for row in rows if row["bin"] in used]


def _volumes(rows: pl.DataFrame) -> Rows:
    """Documents a run brought, by source and release; beyond a dozen sources the small ones are one."""
    found = rows.filter(pl.col("rule") == DOCUMENTS).select("release", "source", "value")
    totals = found.group_by("source").agg(pl.col("value").sum()).sort("value", "source", descending=[True, False])
    named = totals["source"].head(_SOURCES).to_list()
    told = found.with_columns(
        source=pl.when(pl.col("source").is_in(named)).then("source").otherwise(pl.lit("other sources"))
    )
    return told.group_by("release", "source").agg(pl.col("value").sum()).sort("release", "source").to_dicts()
