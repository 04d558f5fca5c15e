"""The commands that ask a lake: status, releases, sql, export."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from tasks import lake as lakes
from tasks.export import export_articles

if TYPE_CHECKING:
    from rich.table import Table


def sql(lake: Path, query: str, *, as_json: bool) -> None:
    """Print what a query on the current release returns."""
    _print(lakes.sql(lake, query), as_json=as_json)


def releases(lake: Path, *, as_json: bool) -> None:
    """Print the releases of a lake, the newest first."""
    rows = [
        {
            "release": release.number,
            "operation": release.operation,
            "created_at": release.created_at,
            "articles": release.tables["articles"].rows,
            "rejections": release.tables["rejections"].rows,
            "run_id": release.run_id,
        }
        for release in map(lambda number: lakes.releases.load(lake, number), reversed(lakes.releases.numbers(lake)))
    ]
    _print(pl.DataFrame(rows), as_json=as_json)


def status(lake: Path, *, as_json: bool) -> None:
    """Print the current release: rows and bytes per table, verdict, rejections by reason."""
    from tasks.report import summary

    release = lakes.open_release(lake)
    facts = summary(lake, release)
    if as_json:
        told = {name: facts[name] for name in ("rows", "cleaning", "kinds", "rejections")}
        print(json.dumps({"release": release.number, "created_at": release.created_at, **told}))  # noqa: T201
        return
    tables = [(name, table.rows, len(table.files), table.bytes) for name, table in release.tables.items()]
    console = _console()
    console.print(f"Release {release.number} of {release.created_at}, gate {release.verdict.get('verdict', '-')}")
    console.print(_table(pl.DataFrame(tables, schema=["table", "rows", "files", "bytes"], orient="row")))
    if facts["rejections"]:
        console.print(_table(pl.DataFrame(facts["rejections"])))


def export(lake: Path, out: Path, form: str) -> None:
    """Write the articles of the current release, and say how many files that were."""
    written = export_articles(lake, lakes.open_release(lake), out, form)
    _console().print(f"{written} files in {out}", markup=False)


def _print(frame: pl.DataFrame, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(frame.to_dicts(), ensure_ascii=False, default=str))  # noqa: T201
        return
    console = _console()
    console.print(_table(frame))
    console.print(f"{frame.height} rows", style="dim")


def _table(frame: pl.DataFrame) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for name, dtype in frame.schema.items():
        table.add_column(Text(name), justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: Any) -> Any:
    """A value as inert text: control characters of a scrape must not reach the terminal."""
    from rich.text import Text

    text = (
        "" if value is None else f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    )
    return Text("".join(sign if sign.isprintable() else " " for sign in text))


def _console() -> Any:
    from rich.console import Console

    return Console(highlight=False)
