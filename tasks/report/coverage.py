"""The coverage calendar: which day of which source has articles, a strip of 366 days a year, as compact paths."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from tasks.report.numbers import grouped
from tasks.report.shown import shown
from tasks.report.view import View

CELL, HEIGHT = 2.6, 14  # a day's width and a strip's height, in pixels
_SOURCES, _YEARS = 24, 12
LEVELS = (1, 2, 4, 8)  # articles a day from which on a cell is darker


@dataclass(frozen=True)
class Strip:
    """A year of a source: one path a level, days with articles, articles, months without any between first and last."""

    year: int
    paths: list[tuple[int, str]]
    days: int
    articles: int
    missing: list[tuple[float, float]]


@dataclass(frozen=True)
class Calendar:
    """All years of a source, the newest first; `undated` counts articles without a full date."""

    source: str
    strips: list[Strip]
    first: str
    last: str
    undated: int
    earlier: int


@dataclass(frozen=True)
class Coverage:
    """The calendars, the months that head them (name, x), and how many sources are left out."""

    calendars: list[Calendar]
    months: list[tuple[int, float]]
    more: int
    width: float
    gaps: list[tuple[str, str]]


def coverage(view: View) -> Coverage:
    """Count articles by source and day; a date known to the month or year only is undated here."""
    to_the_day = pl.col("published_precision").fill_null("day") == "day"
    counted = (
        view.scan("articles")
        .with_columns(day=pl.when(to_the_day).then("published_on"))
        .group_by("source", "day")
        .agg(n=pl.len())
        .sort("source", "day", nulls_last=True)
        .collect()
    )
    sources = counted.group_by("source").agg(pl.col("n").sum()).sort("n", "source", descending=[True, False])["source"]
    calendars = [_calendar(source, counted.filter(source=source)) for source in sources.head(_SOURCES)]
    months = [(month, _at(date(2024, month, 1))) for month in range(1, 13)]
    gaps = [(one.source, month) for one in calendars for month in _gaps(counted.filter(source=one.source))]
    return Coverage(calendars, months, max(0, len(sources) - _SOURCES), 366 * CELL, gaps)


def _calendar(source: str, rows: pl.DataFrame) -> Calendar:
    dated = rows.drop_nulls("day")
    years = sorted(dated["day"].dt.year().unique().to_list(), reverse=True)
    first, last = dated["day"].min(), dated["day"].max()
    missing = set(_gaps(rows))
    return Calendar(
        shown(source, 40),
        [_strip(year, dated.filter(pl.col("day").dt.year() == year), missing) for year in years[:_YEARS]],
        str(first or "–"),
        str(last or "–"),
        int(rows.filter(pl.col("day").is_null())["n"].sum()),
        max(0, len(years) - _YEARS),
    )


def _strip(year: int, rows: pl.DataFrame, missing: set[str]) -> Strip:
    days: list[list[int]] = [[] for _ in LEVELS]
    for day, n in rows.select("day", "n").iter_rows():
        days[sum(n >= level for level in LEVELS) - 1].append(_ordinal(day))
    paths = [(level, _path(found)) for level, found in enumerate(days, 1) if found]
    months = [int(month[5:]) for month in missing if month.startswith(f"{year:04d}-")]
    starts = [(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)) for month in months]
    spans = [(_at(first), round((after - first).days * CELL, 1)) for first, after in starts]
    return Strip(year, paths, rows.height, int(rows["n"].sum()), sorted(spans))


def _path(days: Iterable[int]) -> str:
    """Runs of days as rectangles; day 0 is the first of January."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][1] == day:
            runs[-1][1] = day + 1
        else:
            runs.append([day, day + 1])
    return "".join(
        f"M{low * CELL:.1f} 0h{(high - low) * CELL - 0.4:.1f}v{HEIGHT}h-{(high - low) * CELL - 0.4:.1f}z"
        for low, high in runs
    )


def _ordinal(day: date) -> int:
    """Days since the first of January."""
    return day.timetuple().tm_yday - 1


def _at(day: date) -> float:
    return round(_ordinal(day) * CELL, 1)


def _gaps(rows: pl.DataFrame) -> list[str]:
    """Months without an article between the first and the last, of a source that has most of them."""
    dated = rows.drop_nulls("day")["day"]
    months = sorted({(day.year * 12 + day.month - 1) for day in dated})
    if len(months) < 4:
        return []
    missing = sorted(set(range(months[0], months[-1])) - set(months))
    return [f"{one // 12:04d}-{one % 12 + 1:02d}" for one in missing] if len(missing) <= len(months) / 2 else []


def told(calendar: Calendar) -> str:
    """One line on a source: its first and last day, and articles without a day."""
    undated = f"无日期 undated {grouped(calendar.undated)}" if calendar.undated else ""
    dated = f"{calendar.first} – {calendar.last}" if calendar.strips else ""
    return " · ".join(part for part in (dated, undated) if part)
