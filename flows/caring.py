"""`qingliu compact`, `vacuum`, `verify` and the like, bare; `flows.maintain` schedules four of them."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import polars as pl

from tasks.lake import maintain
from tasks.lake.diff import TableDiff, metrics_diff
from tasks.lake.diff import diff as compare
from tasks.lake.forget import forget as forget_documents
from tasks.lake.lake import open_lake
from tasks.lake.vacuum import vacuum as vacuum_lake
from tasks.lake.verify import verify as verify_lake
from tasks.lake.verify import verify_releases

_SHOWN = 10
_AFTER = ": put the files back from a copy, or `qingliu rollback` to a release that does without them"


def compact(lake: Path) -> None:
    """Draw together partitions in many small files."""
    release = maintain.compact(open_lake(lake))
    print(f"release {release.number}" if release else "nothing to compact")  # noqa: T201 - what was asked for


def vacuum(lake: Path, keep_releases: int, keep_days: float, *, dry_run: bool, as_json: bool) -> None:
    """Delete what no kept release needs."""
    done = vacuum_lake(open_lake(lake), keep_releases=keep_releases, keep_days=keep_days, dry_run=dry_run)
    if as_json:
        print(json.dumps(asdict(done)))  # noqa: T201 - what was asked for
        return
    would = "would be " if dry_run else ""
    print(  # noqa: T201 - what was asked for
        f"{done.bytes:,} bytes {would}deleted: {len(done.files)} data files, {len(done.raw)} raw files, "
        f"{len(done.reports)} pages, {len(done.runs)} staged runs"
    )
    if done.releases:
        print(f"releases that can no longer be shown: {', '.join(map(str, done.releases))}")  # noqa: T201 - what was asked for


def verify(lake: Path, *, raw: bool, as_json: bool) -> int:
    """Hold the current release against its files; the exit code is 1 when something is wrong."""
    opened = open_lake(lake)
    problems = [*verify_releases(opened), *verify_lake(opened, raw=raw)]
    if as_json:
        print(json.dumps([asdict(one) for one in problems], ensure_ascii=False))  # noqa: T201 - what was asked for
    else:
        for one in problems:
            groups = f" (row groups {', '.join(map(str, one.row_groups))})" if one.row_groups else ""
            print(f"{one.path}: {one.what}{groups}")  # noqa: T201 - what was asked for
        print(f"{len(problems)} things are wrong{_AFTER}" if problems else "nothing is wrong")  # noqa: T201 - what was asked for
    return 1 if problems else 0


def rollback(lake: Path, number: int, note: str) -> None:
    """Show an older release again."""
    release = maintain.rollback(open_lake(lake), number, note=note)
    held = maintain.held(open_lake(lake)).height
    print(f"release {release.number} shows release {number} again; {held} contents are held back")  # noqa: T201 - what was asked for


def forget(lake: Path, documents: list[str], source: str | None, reason: str) -> None:
    """Take documents out for good."""
    release = forget_documents(open_lake(lake), reason=reason, documents=documents, source=source)
    print(f"release {release.number}: {release.note}")  # noqa: T201 - what was asked for
    print("their bytes go with: qingliu vacuum")  # noqa: T201 - what was asked for


def unhold(lake: Path, ids: list[str] | None) -> None:
    """Let what a rollback withdrew be published again."""
    release = maintain.unhold(open_lake(lake), ids)
    print(f"release {release.number}: {release.note}" if release else "nothing of that is held")  # noqa: T201 - what was asked for


def diff(lake: Path, old: int, new: int, *, as_json: bool) -> None:
    """Show what changed between two releases."""
    opened = open_lake(lake)
    found, metrics = compare(opened, old, new), metrics_diff(opened, old, new)
    if as_json:
        told = {name: {**vars(one), "moved": one.moved.to_dicts()} for name, one in found.items()}
        print(json.dumps({**told, "metrics_changed": metrics.to_dicts()}, ensure_ascii=False))  # noqa: T201 - what was asked for
        return
    for name, one in found.items():
        print(f"{name:14} {one.added:>9} added {one.changed:>9} changed {one.removed:>9} removed")  # noqa: T201 - what was asked for
        for line in _details(one):
            print(f"  {line}")  # noqa: T201 - what was asked for
    for line in _metrics(metrics):
        print(line)  # noqa: T201 - what was asked for
    if not found:
        print("nothing changed")  # noqa: T201 - what was asked for


def _details(one: TableDiff) -> Iterator[str]:
    for what, keys in one.samples.items():
        if keys:
            yield f"{what}: {', '.join(keys)}"
    for what, columns in (("new", one.columns_added), ("dropped", one.columns_removed)):
        if columns:
            yield f"{what} columns: {', '.join(columns)}"
    if one.moved.height:
        yield f"{one.moved.height} of the removed are among the added, under another id; the first:"
        for was, now, overlap in one.moved.head(_SHOWN).iter_rows():
            yield f"  {was} is now {now} ({overlap} characters in common)"


def _metrics(changed: pl.DataFrame) -> Iterator[str]:
    """Measures and rules that say otherwise: rules first, then what changed most."""
    if changed.height:
        first = f"; the first {_SHOWN}:" if changed.height > _SHOWN else ":"
        yield f"measured by their last runs: {changed.height} say otherwise{first}"
    for row in changed.head(_SHOWN).iter_rows(named=True):
        of = f" of {row['source']}" if row["source"] else ""
        yield f"  {row['table_name']}.{row['rule']}{of}: {row['before']:.4g} before, {row['after']:.4g} now"
