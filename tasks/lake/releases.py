"""Releases: the one truth of a lake. `releases/000012.json` lists every file of every table and is never changed."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from tasks.lake.errors import CorruptRelease, LakeTooNew, ReleaseConflict, UnknownRelease
from tasks.lake.schema import Column
from tasks.lake.store import store_of

FORMAT = 1
FOLDER = "releases"


@dataclass(frozen=True)
class DataFile:
    """One immutable Parquet file: path below the lake, partition value, rows, size in bytes, and its checksum."""

    path: str
    partition: str
    rows: int
    bytes: int
    sha256: str
    columns: str  # fingerprint of the columns inside, to tell files of an older contract


@dataclass(frozen=True)
class Table:
    """What one table is in one release."""

    key: str
    columns: tuple[Column, ...]
    files: tuple[DataFile, ...] = ()
    description: str = ""

    @property
    def rows(self) -> int:
        """Rows in all files."""
        return sum(file.rows for file in self.files)

    @property
    def bytes(self) -> int:
        """Size of all files, in bytes."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True)
class Release:
    """A whole state of the lake.

    `state` holds files that no reader of tables sees: `inputs` (contents curated, by recipe), `held` (contents that a
    rollback withdrew), `forgotten` (contents that must never come back) and `purge` (raw files that held those).
    """

    number: int
    parent: int
    operation: str
    run_id: str
    created_at: str
    versions: Mapping[str, Any]
    verdict: Mapping[str, Any]
    tables: Mapping[str, Table]
    state: Mapping[str, tuple[DataFile, ...]] = field(default_factory=dict)
    changes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    note: str = ""

    def data_files(self) -> Iterable[DataFile]:
        """Every file the release needs, of tables and state."""
        for table in self.tables.values():
            yield from table.files
        for files in self.state.values():
            yield from files


def release_name(number: int) -> str:
    """Where a release lies, below the lake."""
    return f"{FOLDER}/{number:06d}.json"


def release_path(root: Path, number: int) -> Path:
    """Where a release lies in a lake on this machine."""
    return root / release_name(number)


def lost_name(number: int) -> str:
    """The mark that a release has lost files to vacuum and can no longer be read whole."""
    return f"{FOLDER}/{number:06d}.lost.json"


def lost(root: Path) -> set[int]:
    """Numbers of the releases that have lost files to vacuum."""
    names = [PurePosixPath(name).name for name in store_of(root).below(FOLDER) if name.endswith(".lost.json")]
    return {int(name.partition(".")[0]) for name in names}


def numbers(root: Path) -> list[int]:
    """Numbers of the releases that are there, oldest first."""
    names = [PurePosixPath(name) for name in store_of(root).below(FOLDER)]
    return sorted(int(name.stem) for name in names if name.suffix == ".json" and name.stem.isdecimal())


def load(root: Path, number: int) -> Release:
    """Read a release and check it against its own checksum.

    Raises:
        UnknownRelease: no such release.
        CorruptRelease: the file is torn or altered.
        LakeTooNew: it was written by a newer version of this program.
    """
    store = store_of(root)
    where = store.where(release_name(number))
    try:
        document = json.loads(store.read(release_name(number)))
        if document["format"] > FORMAT:
            raise LakeTooNew("the lake is newer than this program", where=where, then="upgrade qingliu")
        checksum = document.pop("checksum")
        if checksum != _checksum(document):
            raise ValueError("its checksum does not match")
        return _from_json(document)
    except FileNotFoundError as error:
        there = ", ".join(map(str, numbers(root)[-5:])) or "none yet"
        raise UnknownRelease(
            f"no release {number}", where=where, why=f"newest: {there}", then="qingliu releases"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorruptRelease(
            "the release file is damaged",
            where=where,
            why=str(error),
            then="restore it from a backup, or move it away to return to the release before it",
        ) from error


def newest(root: Path) -> Release | None:
    """The current release, or none yet."""
    there = numbers(root)
    return load(root, there[-1]) if there else None


def commit(root: Path, release: Release) -> None:
    """Publish a release: the one moment at which anything becomes visible.

    Raises:
        ReleaseConflict: its number is taken.
    """
    # the token tells two writers apart who would release the very same in the very same second
    document = {"format": FORMAT, **_to_json(release), "token": uuid.uuid4().hex}
    document["checksum"] = _checksum(document)
    store, name = store_of(root), release_name(release.number)
    if not store.put_if_absent(name, json.dumps(document, ensure_ascii=False, indent=1).encode()):
        raise ReleaseConflict("another writer published first", where=store.where(name), then="run again")


def following(
    parent: Release | None,
    operation: str,
    tables: Mapping[str, Table],
    state: Mapping[str, tuple[DataFile, ...]],
    changes: Mapping[str, Mapping[str, int]],
    *,
    run_id: str = "",
    versions: Mapping[str, Any] | None = None,
    verdict: Mapping[str, Any] | None = None,
    note: str = "",
) -> Release:
    """The release after `parent`, not yet committed; versions and verdict are the parent's unless given."""
    return Release(
        number=parent.number + 1 if parent else 1,
        parent=parent.number if parent else 0,
        operation=operation,
        run_id=run_id,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        versions=versions or (parent.versions if parent else {}),
        verdict=verdict or (parent.verdict if parent else {}),
        tables=tables,
        state=state,
        changes=changes,
        note=note,
    )


def with_files(table: Table, files: Iterable[DataFile]) -> Table:
    """The table with other files: partitions in order, inside one as they came (a split partition stays in order)."""
    return replace(table, files=tuple(sorted(files, key=lambda file: file.partition)))


def _checksum(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(document, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _to_json(release: Release) -> dict[str, Any]:
    document = asdict(release)
    document["release"] = document.pop("number")
    return json.loads(json.dumps(document))  # type: ignore[no-any-return]  # JSON of what goes in comes out


def _from_json(document: dict[str, Any]) -> Release:
    tables = {
        name: Table(
            key=table["key"],
            columns=tuple(Column(**column) for column in table["columns"]),
            files=tuple(DataFile(**file) for file in table["files"]),
            description=table["description"],
        )
        for name, table in document["tables"].items()
    }
    state = {name: tuple(DataFile(**file) for file in files) for name, files in document["state"].items()}
    plain = {
        name: document[name]
        for name in ("parent", "operation", "run_id", "created_at", "versions", "verdict", "changes", "note")
    }
    return Release(number=document["release"], tables=tables, state=state, **plain)
