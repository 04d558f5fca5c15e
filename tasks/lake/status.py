"""What a lake holds and what is pending: the facts behind `qingliu status`, `releases` and `sql`."""

import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tasks.lake import releases
from tasks.lake.derive import is_derived, roll_forward
from tasks.lake.errors import LakeBusy, LakeReadOnly
from tasks.lake.files import STAGING
from tasks.lake.lake import Lake
from tasks.lake.state import FORGOTTEN, HELD, INPUTS, read_state


@dataclass(frozen=True)
class TableStatus:
    """Rows, files and bytes of one table."""

    name: str
    rows: int
    files: int
    bytes: int


@dataclass(frozen=True)
class PendingRun:
    """A run that is staged and not published."""

    run_id: str
    finished_batches: int
    planned_batches: int


@dataclass(frozen=True)
class Status:
    """A lake at a glance; `newest_day` is the latest day of an article, `derived` whether the views are current."""

    release: int | None
    created_at: str | None
    verdict: str | None
    newest_day: str | None
    tables: tuple[TableStatus, ...]
    pending: tuple[PendingRun, ...]
    held: int
    forgotten: int
    derived: bool


@dataclass(frozen=True)
class ReleaseLine:
    """One release in a list; `rows` added and removed over all tables."""

    number: int
    operation: str
    created_at: str
    run_id: str
    added: int
    removed: int
    note: str


def status(lake: Lake) -> Status:
    """Look at a lake without changing it."""
    release = lake.current()
    tables = release.tables if release else {}
    return Status(
        release=release.number if release else None,
        created_at=release.created_at if release else None,
        verdict=release.verdict.get("verdict") if release else None,
        newest_day=_newest_day(lake) if release and "articles" in tables else None,
        tables=tuple(TableStatus(name, table.rows, len(table.files), table.bytes) for name, table in tables.items()),
        pending=tuple(_pending(lake.root)),
        held=read_state(lake.root, release, HELD).height,
        forgotten=read_state(lake.root, release, FORGOTTEN).height,
        derived=release is None or is_derived(lake.root, release.number),
    )


def history(lake: Lake) -> list[ReleaseLine]:
    """All releases that are there, newest first."""
    lines = []
    for number in reversed(releases.numbers(lake.root)):
        release = lake.release(number)
        added = sum(change.get("added", 0) for change in release.changes.values())
        removed = sum(change.get("removed", 0) for change in release.changes.values())
        lines.append(
            ReleaseLine(number, release.operation, release.created_at, release.run_id, added, removed, release.note)
        )
    return lines


def known_files(lake: Lake, recipe_version: str) -> set[str]:
    """Content hashes of the files that a recipe has already curated, published or held: a run may skip them."""
    release = lake.current()
    return {
        known
        for name in (INPUTS, HELD)
        for known in read_state(lake.root, release, name).filter(recipe_version=recipe_version)["id"]
    }


def sql(lake: Lake, text: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Run a read-only query on the current release: column names and rows.

    A catalogue that a killed run left behind is first brought up, unless another writer is at it or may write alone.

    Raises:
        QueryFailed: nothing is published, or the query is wrong.
    """
    from tasks.lake.catalog import query

    catch_up(lake)
    return query(lake.root, text)


def catch_up(lake: Lake) -> None:
    """Bring what is derived up to the newest release if this process may and nobody else does."""
    numbers = releases.numbers(lake.root)
    if numbers and not is_derived(lake.root, numbers[-1]):
        try:
            with lake.writer():
                roll_forward(lake)
        except (LakeBusy, LakeReadOnly):
            # what is there is a whole release, if an older one
            return


def _newest_day(lake: Lake) -> str | None:
    day = lake.scan("articles").select(pl.col("published_on").max()).collect().item()
    return day.isoformat() if day else None


def _pending(root: Path) -> list[PendingRun]:
    found = []
    for plan in sorted((root / STAGING).glob("*/plan.json")):
        finished = len(list(plan.parent.glob("batch-*/batch.json")))
        if any(plan.parent.glob("batch-*")):
            planned = len(json.loads(plan.read_bytes()).get("batches", []))
            found.append(PendingRun(plan.parent.name, finished, planned))
    return found
