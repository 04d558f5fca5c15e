"""A release at a glance: the counts that `qingliu status` prints."""

from pathlib import Path
from typing import Any

import polars as pl

from tasks.lake.lake import open_lake
from tasks.lake.releases import Release
from tasks.report.cleaning import counters
from tasks.report.view import View


def summary(lake: Path, release: Release) -> dict[str, Any]:
    """Rows by table, what cleaning did, articles by kind, rejections by table and reason."""
    view = View(open_lake(lake), release)
    return {
        "release": release,
        "rows": {name: table.rows for name, table in release.tables.items()},
        "cleaning": [{name: row[name] for name in ("what", "n", "documents")} for row in counters(view)],
        "kinds": _counted(view.scan("articles"), "kind"),
        "rejections": _counted(view.scan("rejections"), "table_name", "reason"),
    }


def _counted(frame: pl.LazyFrame, *columns: str) -> list[dict[str, Any]]:
    ordered = frame.group_by(*columns).agg(n=pl.len()).sort("n", *columns, descending=[True] + [False] * len(columns))
    return ordered.collect().to_dicts()
