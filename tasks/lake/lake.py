"""A lake: a folder whose truth is its newest release. Opening one, and reading its tables as polars frames."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tasks.lake import releases
from tasks.lake.disk import make_folders
from tasks.lake.errors import LakeMissing, LakeTooNew, QueryFailed, writing
from tasks.lake.files import STAGING
from tasks.lake.lock import hold
from tasks.lake.releases import DataFile, Release, Table
from tasks.lake.store import Store, store_of

MARK = "lake.json"
LOCK = ".lock"
CATALOG = "catalog.duckdb"
REPORTS = "reports"


@dataclass(frozen=True)
class Lake:
    """An open lake; holds no state but its place, so that it never shows an old release.

    `root` is its folder, or the working folder of a lake that lies elsewhere.
    """

    root: Path

    @property
    def store(self) -> Store:
        """Where its files lie."""
        return store_of(self.root)

    @property
    def place(self) -> str:
        """Its address, as people name it."""
        return self.store.where()

    def current(self) -> Release | None:
        """The newest release, or none yet."""
        return releases.newest(self.root)

    def release(self, number: int) -> Release:
        """One release by its number."""
        return releases.load(self.root, number)

    def table(self, name: str, release: Release | None = None) -> Table:
        """A table of a release (the current one unless given).

        Raises:
            QueryFailed: no such table.
        """
        chosen = release or self.current()
        tables = chosen.tables if chosen else {}
        if name not in tables:
            there = ", ".join(tables) or "none, since nothing is published yet"
            raise QueryFailed(f"no table named {name!r}", where=self.place, then=f"choose one of: {there}")
        return tables[name]

    def files(self, name: str, release: Release | None = None) -> list[Path]:
        """The data files of a table, partitions in order."""
        files = self.table(name, release).files
        self.store.fetch(files)
        return [self.root / file.path for file in files]

    def scan(self, name: str, release: Release | None = None) -> pl.LazyFrame:
        """The rows of a table, lazily, with the partition key as its last column."""
        return scan_files(self.root, self.table(name, release))

    @contextmanager
    def writer(self, *, wait: float = 0.0) -> Iterator[None]:
        """Be the one writer while the block runs; waits up to `wait` seconds, then raises `LakeBusy`."""
        with hold(self.root / LOCK, wait=wait):
            yield


def open_lake(path: Path, *, create: bool = False) -> Lake:
    """Open a lake.

    Args:
        path: its folder.
        create: make it when there is none; a folder with other things in it is left alone.

    Raises:
        LakeMissing: there is none, or the folder is something else.
        LakeTooNew: its format is newer than this program.
    """
    root = path.absolute()
    store = store_of(root)
    if not create and not is_lake(root):
        raise LakeMissing("no lake", where=store.where(), then=f"qingliu run INPUT --lake {store.where()}")
    if create:
        _mark(root, store)
        with writing(root):
            make_folders(root / name for name in (releases.FOLDER, STAGING))
    mark = store.where(MARK)
    try:
        found = json.loads(store.read(MARK))["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise LakeMissing("damaged mark", where=mark, why=str(error), then='write {"format": 1} into it') from error
    if found > releases.FORMAT:
        raise LakeTooNew("the lake is newer than this program", where=mark, then="upgrade qingliu")
    return Lake(root)


def is_lake(path: Path) -> bool:
    """Whether there is a lake at a folder, or at the address of which it is the working folder."""
    try:
        store_of(path.absolute()).read(MARK)
    except FileNotFoundError:
        return False
    return True


def scan_files(root: Path, table: Table, files: tuple[DataFile, ...] | None = None) -> pl.LazyFrame:
    """Rows of some files of a table (all unless given), lazily; files of older contracts are brought to its columns."""
    chosen = table.files if files is None else files
    schema = {column.name: column.polars for column in table.columns}
    groups: dict[tuple[str, str], list[Path]] = {}
    store_of(root).fetch(chosen)
    for file in chosen:
        groups.setdefault((file.partition, file.columns), []).append(root / file.path)
    scans = [_scan(paths, table, value) for (value, _), paths in groups.items()]
    return pl.concat(scans) if scans else pl.LazyFrame(schema=schema)


def _scan(paths: list[Path], table: Table, value: str) -> pl.LazyFrame:
    # the partition's value comes from the release, so that a `=` in the lake's own path confuses nobody
    rows = pl.scan_parquet(paths, hive_partitioning=False)
    there = set(rows.collect_schema().names())
    return rows.select(
        (pl.lit(value) if column.name == table.key else pl.col(column.name) if column.name in there else pl.lit(None))
        .cast(column.polars)
        .alias(column.name)
        for column in table.columns
    )


def _mark(root: Path, store: Store) -> None:
    """Mark an empty folder as a lake, before anything else is in it: killed at any moment, it can be opened again."""
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        there = store.top()
        if MARK in there:
            return
        if any(not name.startswith(".") for name in there):
            raise LakeMissing(
                "the folder is not a lake and not empty", where=store.where(), then="give an empty folder"
            )
    store.put_if_absent(MARK, json.dumps({"format": releases.FORMAT}).encode())
