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
from tasks.lake.errors import writing
from tasks.lake.files import DATA, STAGING, sweep
from tasks.lake.lake import REPORTS, Lake
from tasks.lake.lock import WAIT_SECONDS
from tasks.lake.raw import FOLDER as RAW
from tasks.lake.raw import raw_name, raw_sizes
from tasks.lake.releases import Release
from tasks.lake.state import FORGOTTEN, PURGE, read_state
from tasks.lake.store import Store
from tasks.lake.tree import SNAPSHOTS

# a query that was started on a release may go on this long after the next one
READER_SECONDS = 3600
# on another machine a run may have put files into the store that it has not released yet
_RUN_SECONDS = 24 * 3600
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
            _mark(lake, done.releases, {release.number for release in kept})
            sweep(lake.root)
        released = {file.path for release in there for file in release.data_files()}
        _drop_data(lake.store, needed, released, done, dry_run=dry_run)
        _drop_forgotten(lake, current, done, dry_run=dry_run)
        _drop_reports(lake.store, done, dry_run=dry_run)
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
    older = {
        file.path: file
        for release in kept
        for table in release.tables.values()
        for file in table.files
        if file.path not in clean
    }
    found = set()
    for name in lake.store.sizes(older):
        lake.store.fetch([older[name]])
        rows = pl.scan_parquet(lake.root / name, hive_partitioning=False).select("document_id").collect()
        if rows["document_id"].is_in(gone.implode()).any():
            found.add(name)
    return found


def _drop_data(store: Store, needed: set[str], released: set[str], done: Vacuumed, *, dry_run: bool) -> None:
    young = time.time() - _RUN_SECONDS if store.is_remote else float("inf")
    for folder in (DATA, "state"):
        for name, about in sorted(store.below(folder).items()):
            is_part = name.rpartition("/")[2].startswith("part-") and name.endswith(".parquet")
            if is_part and name not in needed and (name in released or about.changed < young):
                done.files.append(name)
                _drop(store, name, about.bytes, done, dry_run=dry_run)


def _drop_forgotten(lake: Lake, current: Release, done: Vacuumed, *, dry_run: bool) -> None:
    for file_id, size in raw_sizes(lake.root, read_state(lake.root, current, PURGE)["id"]).items():
        done.raw.append(raw_name(file_id))
        _drop(lake.store, raw_name(file_id), size, done, dry_run=dry_run)
    for draft in (lake.root / RAW).glob("*/.*.draft"):
        _unlink(draft, done, dry_run=dry_run)
    gone = set(read_state(lake.root, current, FORGOTTEN)["id"])
    for folder in sorted((lake.root / STAGING).glob("r*")):
        if not any(folder.glob("batch-*")) or (gone and _stages(folder, gone)):
            done.runs.append(folder.name)
            if not dry_run:
                shutil.rmtree(folder, ignore_errors=True)


def _drop_reports(store: Store, done: Vacuumed, *, dry_run: bool) -> None:
    """Pages of releases that lost files, now or before, and of runs that are staged no more."""
    lost = {releases.lost_name(number) for number in done.releases} | store.below(releases.FOLDER).keys()
    lost = {Path(name).name.partition(".")[0] for name in lost if name.endswith(".lost.json")}
    staged = {folder.name for folder in (store.root / STAGING).glob("r*")} - set(done.runs)
    # pages of runs that were not published lie on this machine only
    here = {f"{REPORTS}/{page.name}": page.stat().st_size for page in (store.root / REPORTS).glob("*.html")}
    pages = here | {name: about.bytes for name, about in store.below(REPORTS).items() if name.endswith(".html")}
    for name, size in sorted(pages.items()):
        stem = Path(name).stem
        if stem in lost if stem.isdecimal() else stem not in staged:
            done.reports.append(name)
            _drop(store, name, size, done, dry_run=dry_run)


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


def _drop(store: Store, name: str, size: int, done: Vacuumed, *, dry_run: bool) -> None:
    done.bytes += size
    if not dry_run:
        store.drop(name)


def _unlink(path: Path, done: Vacuumed, *, dry_run: bool) -> None:
    with writing(path):
        done.bytes += path.stat().st_size
        if not dry_run:
            path.unlink()


def _mark(lake: Lake, lost: list[int], kept: set[int]) -> None:
    """Say beside a release that it lost files, and drop its tree, whose links would keep their bytes alive."""
    told = json.dumps({"lost_at": datetime.now(UTC).isoformat(timespec="seconds")}).encode()
    for name in map(releases.lost_name, lost):
        if lake.store.tag(name) is None:
            lake.store.replace(name, told)
    for number in lost:
        shutil.rmtree(lake.root / SNAPSHOTS / f"{number:06d}", ignore_errors=True)
    for tree in (lake.root / SNAPSHOTS).glob("*"):
        if not tree.name.isdecimal() or int(tree.name) not in kept:
            shutil.rmtree(tree, ignore_errors=True)
