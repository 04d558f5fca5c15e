"""Check a release against its files: presence, size, checksum, footer, row counts, keys, contracts, derived views."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from contracts import engine, registry
from tasks.lake import releases
from tasks.lake.derive import is_derived
from tasks.lake.disk import sha256_of
from tasks.lake.errors import CorruptData, CorruptRelease, LakeTooNew, UnknownRelease
from tasks.lake.files import DATA
from tasks.lake.lake import Lake, scan_files
from tasks.lake.layout import TABLES, Bond
from tasks.lake.raw import FOLDER as RAW
from tasks.lake.raw import read_raw
from tasks.lake.releases import DataFile, Release, Table
from tasks.lake.store import Store
from tasks.lake.tree import CURRENT


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the file, what is the matter, and (for altered data) the row groups that show it."""

    path: str
    what: str
    row_groups: tuple[int, ...] = ()


def verify(lake: Lake, number: int | None = None, *, contracts: bool = True, raw: bool = False) -> list[Problem]:
    """Check a release; nothing is changed.

    Args:
        lake: the lake.
        number: the release; the current one, with what is derived from it, unless given.
        contracts: hold every file against its contract too.
        raw: decompress and hash every raw file too.

    Returns:
        What is wrong, empty when nothing is.
    """
    release = lake.current() if number is None else lake.release(number)
    if release is None:
        return []
    problems = [found for file in release.data_files() if (found := _check_file(lake.store, file))]
    broken = {problem.path for problem in problems}
    for name, table in release.tables.items():
        if name not in TABLES:
            problems.append(Problem(f"{DATA}/{name}", "is a table this version does not know: upgrade qingliu"))
            continue
        whole = tuple(file for file in table.files if file.path not in broken)
        problems += _check_keys(lake.root, name, table, whole)
        if contracts and release.versions.get("contracts", {}).get(name) == registry.versions().get(name):
            problems += _check_contract(lake.root, name, table, whole)
    if number is None:
        problems += _check_derived(lake, release)
    if raw:
        problems += _check_raw(lake)
    return problems


def verify_releases(lake: Lake) -> list[Problem]:
    """Check that every release file can be read and names a parent that is there."""
    problems = []
    for number in releases.numbers(lake.root):
        try:
            releases.load(lake.root, number)
        except (CorruptRelease, LakeTooNew, UnknownRelease) as error:
            problems.append(Problem(lake.store.where(releases.release_name(number)), str(error)))
    return problems


def _check_file(store: Store, file: DataFile) -> Problem | None:
    found = _look(store, file)
    if found:
        store.discard(file.path)
    return found


def _look(store: Store, file: DataFile) -> Problem | None:
    try:
        path = store.fresh(file.path)
        if path.stat().st_size != file.bytes:
            return Problem(file.path, f"has {path.stat().st_size} bytes, the release says {file.bytes}", _bad(path))
        if sha256_of(path) != file.sha256:
            return Problem(file.path, "its checksum is not the release's", _bad(path))
        rows = pq.read_metadata(path).num_rows
    except FileNotFoundError:
        return Problem(file.path, "is missing")
    except (OSError, ValueError, pa.ArrowException) as error:
        return Problem(file.path, f"cannot be read: {error}")
    return None if rows == file.rows else Problem(file.path, f"has {rows} rows, the release says {file.rows}")


def _bad(path: Path) -> tuple[int, ...]:
    """Row groups in which a page fails its own checksum; none when the damage is outside of pages."""
    try:
        file = pq.ParquetFile(path, page_checksum_verification=True)
        numbers = range(file.metadata.num_row_groups)
    except (OSError, ValueError, pa.ArrowException):
        return ()
    return tuple(number for number in numbers if not _reads(file, number))


def _reads(file: "pq.ParquetFile", number: int) -> bool:
    try:
        file.read_row_group(number)
    except (OSError, ValueError, pa.ArrowException):
        return False
    return True


def _check_keys(root: Path, name: str, table: Table, files: tuple[DataFile, ...]) -> Iterator[Problem]:
    layout = TABLES[name]
    if not files or layout.bond is Bond.LOG:
        return
    ids = scan_files(root, table, files).select(layout.id).collect().to_series()
    if twice := ids.len() - ids.n_unique():
        yield Problem(f"{DATA}/{name}", f"{twice} rows repeat a {layout.id}")


def _check_contract(root: Path, name: str, table: Table, files: tuple[DataFile, ...]) -> Iterator[Problem]:
    model = registry.CONTRACTS[name]
    columns = list(model.polars_schema())
    for file in files:
        frame = scan_files(root, table, (file,)).select(columns).collect()
        if not engine.holds(model, frame):
            rules = engine.split(model, frame).failures["rule"].unique().sort()
            yield Problem(file.path, f"breaks its contract: {', '.join(rules) or 'see the schema'}")


def _check_derived(lake: Lake, release: Release) -> Iterator[Problem]:
    store = lake.store
    if not is_derived(lake.root, release.number):
        yield Problem("catalog.duckdb", f"is behind release {release.number}; the next run brings it up")
        return
    for name, table in release.tables.items():
        tree = {path.name for path in (lake.root / CURRENT / name).glob("*/part-*.parquet")}
        if not store.is_remote and tree != {Path(file.path).name for file in table.files}:
            yield Problem(f"{CURRENT}/{name}", "does not hold exactly the release's files")
        try:
            with store.asking(f"{DATA}/{name}/_delta_log"):
                there = DeltaTable(store.where(f"{DATA}/{name}"), storage_options=store.options)
                log = pl.DataFrame(there.get_add_actions())["num_records"].sum()
        except DeltaError as error:
            yield Problem(f"{DATA}/{name}/_delta_log", f"cannot be read: {error}")
        else:
            if log != table.rows:
                yield Problem(f"{DATA}/{name}/_delta_log", f"tells of {log} rows, the release of {table.rows}")


def _check_raw(lake: Lake) -> Iterator[Problem]:
    for name in sorted(lake.store.below(RAW)):
        if not name.endswith(".zst"):
            continue
        try:
            read_raw(lake.root, Path(name).stem)
        except CorruptData as error:
            yield Problem(name, error.what)
