"""Delete what nobody needs: files of old releases, leftovers of killed writers, all traces of what is forgotten."""

import json
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from tasks.lake import releases
from tasks.lake.derive import roll_forward
from tasks.lake.disk import replace_with
from tasks.lake.errors import writing
from tasks.lake.files import DATA, STAGING, sweep
from tasks.lake.lake import REPORTS, Lake
from tasks.lake.lock import WAIT_SECONDS
from tasks.lake.raw import FOLDER as RAW
from tasks.lake.raw import raw_path
from tasks.lake.releases import Release
from tasks.lake.state import FORGOTTEN, PURGE, read_state
from tasks.lake.tree import SNAPSHOTS

# a query that was started on a release may go on this long after the next one
READER_SECONDS = 3600
_DAY = 24 * 3600


@dataclass
class Vacuumed:
    """What was deleted (or would be): data files, raw files, pages, runs; bytes in all; releases that lost files."""

    files: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    bytes: int = 0
    releases: list[int] = field(default_factory=list)


def vacuum(
    lake: Lake,
    *,
    keep_releases: int = 10,
    keep_days: float = 7,
    reader_seconds: float = READER_SECONDS,
    dry_run: bool = False,
    wait: float = WAIT_SECONDS,
) -> Vacuumed:
    """Delete data files that no kept release needs, and all bytes of forgotten documents.

    Kept are the newest `keep_releases`, those of the last `keep_days`, and those that were current within the last
    `reader_seconds`: somebody may still read them. Files with forgotten rows go from kept releases too, and the page
    of a release goes with its files: it quotes them.

    Args:
        lake: the lake.
        keep_releases: at least 1, the current one.
        keep_days: age in days below which a release is kept.
        reader_seconds: how long a reader may hold a release that is no longer current.
        dry_run: only tell.
        wait: seconds to wait for another writer.
    """
    done = Vacuumed()
    with lake.writer(wait=wait):
        current = roll_forward(lake)
        if current is None:
            return done
        there = [lake.release(number) for number in releases.numbers(lake.root)]
        kept = list(_kept(there, keep_releases, keep_days, reader_seconds))
        tainted = _tainted(lake, kept, current)
        needed = {file.path for release in kept for file in release.data_files()} - tainted
        done.releases = [
            release.number for release in there if any(file.path not in needed for file in release.data_files())
        ]
        if not dry_run:
            # first the marks: a release must not look whole once its files go
            _mark(lake.root, done.releases, {release.number for release in kept})
            sweep(lake.root)
        _drop_data(lake.root, needed, done, dry_run=dry_run)
        _drop_forgotten(lake, current, done, dry_run=dry_run)
        _drop_reports(lake.root, done, dry_run=dry_run)
    return done


def _kept(there: list[Release], keep: int, days: float, reader_seconds: float) -> Iterator[Release]:
    now = time.time()
    newest = {release.number for release in there[-max(keep, 1) :]}
    for place, release in enumerate(there):
        # a release stops being current when the next one comes
        until = _seconds(there[place + 1]) if place + 1 < len(there) else now
        if release.number in newest or _seconds(release) > now - days * _DAY or until > now - reader_seconds:
            yield release


def _seconds(release: Release) -> float:
    return datetime.fromisoformat(release.created_at).astimezone(UTC).timestamp()


def _tainted(lake: Lake, kept: Iterable[Release], current: Release) -> set[str]:
    """Files of older releases that hold rows of forgotten documents."""
    gone = read_state(lake.root, current, FORGOTTEN)["id"]
    if gone.is_empty():
        return set()
    clean = {file.path for file in current.data_files()}
    found = set()
    for release in kept:
        for table in release.tables.values():
            for file in table.files:
                path = lake.root / file.path
                if file.path not in clean and path.exists():
                    clean.add(file.path)
                    rows = pl.scan_parquet(path, hive_partitioning=False).select("document_id").collect()
                    if rows["document_id"].is_in(gone.implode()).any():
                        found.add(file.path)
    return found


def _drop_data(root: Path, needed: set[str], done: Vacuumed, *, dry_run: bool) -> None:
    for folder in (DATA, "state"):
        for path in sorted((root / folder).glob("*/**/part-*.parquet")):
            name = path.relative_to(root).as_posix()
            if name not in needed:
                done.files.append(name)
                _unlink(path, done, dry_run=dry_run)


def _drop_forgotten(lake: Lake, current: Release, done: Vacuumed, *, dry_run: bool) -> None:
    for file_id in read_state(lake.root, current, PURGE)["id"]:
        path = raw_path(lake.root, file_id)
        if path.exists():
            done.raw.append(path.relative_to(lake.root).as_posix())
            _unlink(path, done, dry_run=dry_run)
    for draft in (lake.root / RAW).glob("*/.*.draft"):
        _unlink(draft, done, dry_run=dry_run)
    gone = set(read_state(lake.root, current, FORGOTTEN)["id"])
    for folder in sorted((lake.root / STAGING).glob("r*")):
        if not any(folder.glob("batch-*")) or (gone and _stages(folder, gone)):
            done.runs.append(folder.name)
            if not dry_run:
                shutil.rmtree(folder, ignore_errors=True)


def _drop_reports(root: Path, done: Vacuumed, *, dry_run: bool) -> None:
    """Pages of releases that lost files, now or before, and of runs that are staged no more."""
    lost = {releases.lost_path(root, number).name.partition(".")[0] for number in done.releases}
    lost |= {path.name.partition(".")[0] for path in (root / releases.FOLDER).glob("*.lost.json")}
    staged = {folder.name for folder in (root / STAGING).glob("r*")} - set(done.runs)
    for page in sorted((root / REPORTS).glob("*.html")):
        if page.stem in lost if page.stem.isdecimal() else page.stem not in staged:
            done.reports.append(page.relative_to(root).as_posix())
            _unlink(page, done, dry_run=dry_run)


def _stages(folder: Path, gone: set[str]) -> bool:
    """Whether a staged run has a row of a forgotten document; one that cannot be read counts as if."""
    for name in ("documents", "rejections"):
        for path in folder.glob(f"batch-*/{name}.parquet"):
            try:
                if not gone.isdisjoint(pl.read_parquet(path, columns=["document_id"])["document_id"]):
                    return True
            except (OSError, pl.exceptions.PolarsError):
                return True
    return False


def _unlink(path: Path, done: Vacuumed, *, dry_run: bool) -> None:
    with writing(path):
        done.bytes += path.stat().st_size
        if not dry_run:
            path.unlink()


def _mark(root: Path, lost: list[int], kept: set[int]) -> None:
    """Say beside a release that it lost files, and drop its tree, whose links would keep their bytes alive."""
    for number in lost:
        path = releases.lost_path(root, number)
        if not path.exists():
            replace_with(path, json.dumps({"lost_at": datetime.now(UTC).isoformat(timespec="seconds")}).encode())
        shutil.rmtree(root / SNAPSHOTS / f"{number:06d}", ignore_errors=True)
    for tree in (root / SNAPSHOTS).iterdir():
        if not tree.name.isdecimal() or int(tree.name) not in kept:
            shutil.rmtree(tree, ignore_errors=True)
