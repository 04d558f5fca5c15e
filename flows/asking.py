"""The commands that ask a lake: status, releases, sql, export."""

import json
import webbrowser
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.terminal import plain
from tasks.export import export_articles
from tasks.lake import releases as release_files
from tasks.lake.errors import UnknownRelease
from tasks.lake.lake import open_lake
from tasks.lake.status import sql as query
from tasks.report import summary, write_summary


def sql(lake: Path, text: str, *, as_json: bool) -> None:
    """Print what a query on the current release returns."""
    _print(*query(open_lake(lake), text), as_json=as_json)


def releases(lake: Path, *, as_json: bool) -> None:
    """Print the releases of a lake, the newest first."""
    root = open_lake(lake).root
    found = [release_files.load(root, number) for number in reversed(release_files.numbers(root))]
    names = ["release", "operation", "created_at", "articles", "rejections", "run_id"]
    rows = [
        (
            release.number,
            release.operation,
            release.created_at,
            release.tables["articles"].rows,
            release.tables["rejections"].rows,
            release.run_id,
        )
        for release in found
    ]
    _print(names, rows, as_json=as_json)


def status(lake: Path, *, as_json: bool) -> None:
    """Print the current release: rows and bytes per table, verdict, rejections by reason.

    Raises:
        UnknownRelease: nothing is published yet.
    """
    release = open_lake(lake).current()
    if release is None:
        raise UnknownRelease("no release yet", where=lake, then=f"qingliu run INPUT --lake {lake}")
    facts = summary(lake, release)
    if as_json:
        told = {name: facts[name] for name in ("rows", "cleaning", "kinds", "rejections")}
        print(json.dumps({"release": release.number, "created_at": release.created_at, **told}))  # noqa: T201
        return
    tables = [(name, table.rows, len(table.files), table.bytes) for name, table in release.tables.items()]
    console = Console(highlight=False)
    console.print(f"Release {release.number} of {release.created_at}, gate {release.verdict.get('verdict', '-')}")
    console.print(_table(["table", "rows", "files", "bytes"], tables))
    if facts["rejections"]:
        console.print(_table(*_columns(facts["rejections"])))


def report(lake: Path, number: int | None, *, show: bool) -> None:
    """Write the page about a release, the newest unless told, and print where it is.

    Raises:
        UnknownRelease: there is no such release, or none at all.
    """
    root = open_lake(lake).root
    there = release_files.numbers(root)
    if not there:
        raise UnknownRelease("no release yet", where=lake, then=f"qingliu run INPUT --lake {lake}")
    page = write_summary(root, there[-1] if number is None else number)
    console = Console(highlight=False)
    console.print(Text(plain(str(page))), soft_wrap=True)
    if show and not webbrowser.open(page.as_uri()):
        console.print("No browser was found: open it yourself.", style="dim")


def export(lake: Path, out: Path, form: str) -> None:
    """Write the articles of the current release, and say how many files that were."""
    written = export_articles(open_lake(lake), out, form)
    Console(highlight=False).print(f"{written} files in {out}", markup=False)


def _print(names: Sequence[str], rows: Sequence[Sequence[object]], *, as_json: bool) -> None:
    if as_json:
        told = [dict(zip(names, row, strict=True)) for row in rows]
        print(json.dumps(told, ensure_ascii=False, default=str))  # noqa: T201
        return
    console = Console(highlight=False)
    console.print(_table(names, rows))
    console.print(f"{len(rows)} rows", style="dim")


def _columns(rows: Sequence[Mapping[str, object]]) -> tuple[list[str], list[list[object]]]:
    return list(rows[0]), [list(row.values()) for row in rows]


def _table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    table = Table()
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: Any) -> Text:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Text(f"{value:,}", justify="right")
    return Text(plain(value))
