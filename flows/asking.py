"""The commands that ask a lake: status, releases, sql, export."""

import json
import webbrowser
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from flows import tabled
from flows.places import typed
from flows.terminal import plain
from tasks.export import export_articles
from tasks.freshness import last_arrivals
from tasks.lake import releases as release_files
from tasks.lake.errors import UnknownRelease
from tasks.lake.lake import open_lake
from tasks.lake.status import Status
from tasks.lake.status import sql as query
from tasks.lake.status import status as look
from tasks.report import summary, write_summary
from tasks.report.numbers import size


def sql(lake: Path, text: str, *, as_json: bool) -> None:
    """Print what a query on the current release returns."""
    tabled.show(*query(open_lake(lake), text), as_json=as_json)


def releases(lake: Path, *, as_json: bool) -> None:
    """Print the releases of a lake, the newest first."""
    root = open_lake(lake).root
    found = [release_files.load(root, number) for number in reversed(release_files.numbers(root))]
    lost = release_files.lost(root)
    names = ["release", "operation", "created_at", "articles", "rejections", "run_id", "note"]
    rows = [
        (
            release.number,
            release.operation,
            release.created_at,
            release.tables["articles"].rows,
            release.tables["rejections"].rows,
            release.run_id,
            "; ".join(filter(None, (release.note, "vacuum has taken its files" * (release.number in lost)))),
        )
        for release in found
    ]
    tabled.show(names, rows, as_json=as_json)


def status(lake: Path, *, as_json: bool) -> None:
    """Print the current release: size of each table, how fresh each source is, what was rejected, what is pending.

    Raises:
        UnknownRelease: nothing is published yet.
    """
    opened = open_lake(lake)
    release = opened.current()
    if release is None:
        raise UnknownRelease("no release yet", where=typed(lake), then=f"qingliu run INPUT --lake {typed(lake)}")
    facts, stands, arrivals = summary(lake, release), look(opened), last_arrivals(opened)
    if as_json:
        told = {name: facts[name] for name in ("rows", "cleaning", "kinds", "rejections")}
        sources = {source: when.isoformat() for source, when in arrivals.items()}
        print(json.dumps({**asdict(stands), **told, "last_arrivals": sources}))  # noqa: T201 - what was asked for
        return
    console = Console(highlight=False)
    console.print(f"Release {stands.release} of {stands.created_at}, gate {stands.verdict or '-'}")
    console.print(
        tabled.table(
            ["table", "rows", "files", "size"], [(t.name, t.rows, t.files, size(t.bytes)) for t in stands.tables]
        )
    )
    now = datetime.now(UTC)
    console.print(f"Newest day of an article: {stands.newest_day or 'none has a day'}. Last arrivals:")
    for source, when in sorted(arrivals.items()):
        console.print(Text(plain(f"  {source}: {when:%Y-%m-%d %H:%M} UTC, {(now - when).days} days ago")))
    if facts["rejections"]:
        console.print(tabled.table_of(facts["rejections"]))
    for line in _pending(stands):
        console.print(line, markup=False)


def _pending(stands: Status) -> list[str]:
    """What waits for somebody, each with the next command."""
    lines = [
        f"Pending: run {run.run_id}, {run.finished_batches} of {run.planned_batches} batches: qingliu run --resume"
        for run in stands.pending
    ]
    if stands.held:
        lines.append(f"Held back by a rollback: {stands.held} contents: qingliu unhold lets them come again")
    if stands.forgotten:
        lines.append(f"Forgotten: {stands.forgotten} contents; qingliu vacuum deletes what is left of them")
    if not stands.derived:
        lines.append("Catalogue, tree and Delta tables are behind: the next run or qingliu sql brings them up")
    return lines or ["Nothing is pending."]


def report(lake: Path, number: int | None, *, show: bool) -> None:
    """Write the page about a release, the newest unless told, and print where it is.

    Raises:
        UnknownRelease: there is no such release, or none at all.
    """
    root = open_lake(lake).root
    there = release_files.numbers(root)
    if not there:
        raise UnknownRelease("no release yet", where=typed(lake), then=f"qingliu run INPUT --lake {typed(lake)}")
    page = write_summary(root, there[-1] if number is None else number)
    console = Console(highlight=False)
    console.print(Text(plain(str(page))), soft_wrap=True)
    if show and not webbrowser.open(page.as_uri()):
        console.print("No browser was found: open it yourself.", style="dim")


def export(lake: Path, out: Path, form: str) -> None:
    """Write the articles of the current release, and say how many files that were."""
    written = export_articles(open_lake(lake), out, form)
    Console(highlight=False).print(f"{written} files in {out}", markup=False)
