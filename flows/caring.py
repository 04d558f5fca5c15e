"""`qingliu compact`, `vacuum`, `verify`, `rollback`: care of a lake, bare; `flows.maintain` schedules the same."""

import json
from dataclasses import asdict
from pathlib import Path

from tasks.lake import maintain
from tasks.lake.lake import open_lake
from tasks.lake.vacuum import vacuum as vacuum_lake
from tasks.lake.verify import verify as verify_lake
from tasks.lake.verify import verify_releases


def compact(lake: Path) -> None:
    """Draw together partitions in many small files."""
    release = maintain.compact(open_lake(lake))
    print(f"release {release.number}" if release else "nothing to compact")  # noqa: T201


def vacuum(lake: Path, keep_releases: int, keep_days: float, *, dry_run: bool, as_json: bool) -> None:
    """Delete what no kept release needs."""
    done = vacuum_lake(open_lake(lake), keep_releases=keep_releases, keep_days=keep_days, dry_run=dry_run)
    if as_json:
        print(json.dumps(asdict(done)))  # noqa: T201
        return
    would = "would be " if dry_run else ""
    print(  # noqa: T201
        f"{done.bytes:,} bytes {would}deleted: {len(done.files)} data files, {len(done.raw)} raw files, "
        f"{len(done.reports)} pages, {len(done.runs)} staged runs"
    )
    if done.releases:
        print(f"releases that can no longer be shown: {', '.join(map(str, done.releases))}")  # noqa: T201


def verify(lake: Path, *, raw: bool, as_json: bool) -> int:
    """Hold the current release against its files; the exit code is 1 when something is wrong."""
    opened = open_lake(lake)
    problems = [*verify_releases(opened), *verify_lake(opened, raw=raw)]
    if as_json:
        print(json.dumps([asdict(one) for one in problems], ensure_ascii=False))  # noqa: T201
    else:
        for one in problems:
            print(f"{one.path}: {one.what}")  # noqa: T201
        print(f"{len(problems)} things are wrong" if problems else "nothing is wrong")  # noqa: T201
    return 1 if problems else 0


def rollback(lake: Path, number: int, note: str) -> None:
    """Show an older release again."""
    release = maintain.rollback(open_lake(lake), number, note=note)
    held = maintain.held(open_lake(lake)).height
    print(f"release {release.number} shows release {number} again; {held} contents are held back")  # noqa: T201
