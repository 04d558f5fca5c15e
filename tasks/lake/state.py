"""What a lake remembers beside its tables: contents curated, held after a rollback, forgotten; raw files to purge."""

from pathlib import Path

import polars as pl

from tasks.lake.errors import CorruptData
from tasks.lake.files import Writer
from tasks.lake.releases import DataFile, Release
from tasks.lake.schema import Column
from tasks.lake.store import store_of

INPUTS = "inputs"
HELD = "held"
FORGOTTEN = "forgotten"
PURGE = "purge"
_MANY = 8

COLUMNS: dict[str, tuple[Column, ...]] = {
    INPUTS: tuple(Column(name, "string") for name in ("id", "recipe_version", "source", "file_name")),
    HELD: (Column("id", "string"), Column("recipe_version", "string")),
    FORGOTTEN: (Column("id", "string"), Column("reason", "string"), Column("since", "int32")),
    PURGE: (Column("id", "string"),),
}


def names_of(name: str) -> list[str]:
    """The columns of a memory."""
    return [column.name for column in COLUMNS[name]]


def read_state(root: Path, release: Release | None, name: str) -> pl.DataFrame:
    """All rows of one memory: `id` is the sha256 of a file or document, beside what `COLUMNS` says."""
    schema = {column.name: column.polars for column in COLUMNS[name]}
    files = release.state.get(name, ()) if release else ()
    return pl.concat([pl.DataFrame(schema=schema), *(_read(root, file) for file in files)])


def _read(root: Path, file: DataFile) -> pl.DataFrame:
    path = root / file.path
    store_of(root).fetch((file,))
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise CorruptData("a data file cannot be read", where=path, why=str(error), then="qingliu verify") from error


def add_state(
    root: Path, release: Release | None, name: str, rows: pl.DataFrame, writer: Writer
) -> tuple[DataFile, ...]:
    """The files of a memory with `rows` added; small ones are drawn together now and then."""
    kept = release.state.get(name, ()) if release else ()
    old = read_state(root, release, name)
    fresh = rows.unique(maintain_order=True).join(old, on=rows.columns, how="anti", maintain_order="left")
    if fresh.is_empty():
        return kept
    if len(kept) + 1 >= _MANY:
        kept, fresh = (), pl.concat([old, fresh])
    return (*kept, write_state(name, fresh, writer))


def write_state(name: str, rows: pl.DataFrame, writer: Writer) -> DataFile:
    """Stage the rows of a memory as one file."""
    columns = COLUMNS[name]
    frame = rows.select(column.name for column in columns).sort(pl.all())
    return writer.add(frame, columns, folder=f"state/{name}", partition="")
