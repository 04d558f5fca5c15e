"""`current/`: a plain hive tree of the newest release, for tools that know only folders; hard links, so it is free.

Each release has its own tree below `snapshots/`; `current` is a link to one, moved in one step.
"""

import shutil
import time
import uuid
from pathlib import Path

import pyarrow.parquet as pq

from tasks.lake.disk import fsync
from tasks.lake.errors import CorruptData, writing
from tasks.lake.releases import Release, Table
from tasks.lake.schema import arrow_schema

CURRENT = "current"
SNAPSHOTS = "snapshots"
_KEEP_SECONDS = 24 * 3600


def write_tree(root: Path, release: Release) -> Path:
    """Build the tree of a release aside and point `current` at it; done already, it does nothing."""
    name = f"{release.number:06d}"
    place = root / SNAPSHOTS / name
    with writing(place):
        place.parent.mkdir(exist_ok=True)
        if not place.exists():
            _build(root, release, place)
        _point(root, name)
        _prune(root, name)
    return root / CURRENT


def _build(root: Path, release: Release, place: Path) -> None:
    draft = place.with_name(f".{place.name}-{uuid.uuid4().hex[:12]}")
    try:
        for name, table in release.tables.items():
            for file in table.files:
                source = root / file.path
                target = draft / source.relative_to(root / "data")
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(source, target)
            if not table.files:
                _write_empty(draft / name, table)
        draft.rename(place)
        fsync(place.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except FileNotFoundError as error:
        raise CorruptData("a data file is missing", where=source, then="qingliu verify") from error
    except OSError:
        # file systems without hard links, or with too many on one file
        shutil.copy2(source, target)


def _write_empty(place: Path, table: Table) -> None:
    """An empty table still has a file that tells its columns; its folder names a value of the key's type."""
    value = "0" if table.columns[-1].type == "int32" else "unknown"
    folder = place / f"{table.key}={value}"
    folder.mkdir(parents=True)
    body = arrow_schema([column for column in table.columns if column.name != table.key])
    pq.write_table(body.empty_table(), folder / "empty.parquet")


def _point(root: Path, name: str) -> None:
    link = root / CURRENT
    if link.is_symlink() and link.readlink() == Path(SNAPSHOTS, name):
        return
    draft = root / f".{CURRENT}-{uuid.uuid4().hex[:12]}"
    try:
        draft.symlink_to(f"{SNAPSHOTS}/{name}")
        draft.replace(link)
        fsync(root)
    finally:
        draft.unlink(missing_ok=True)


def _prune(root: Path, name: str) -> None:
    """Drop trees that no reader can still be walking: a day old, and not the one before this."""
    others = sorted(path for path in (root / SNAPSHOTS).iterdir() if path.name != name)
    abandoned = time.time() - _KEEP_SECONDS
    for path in others[:-1]:
        if path.stat().st_mtime < abandoned:
            shutil.rmtree(path, ignore_errors=True)
