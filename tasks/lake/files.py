"""Data files: sorted, described, checksummed Parquet under names made of their content; invisible until released."""

import hashlib
import shutil
import uuid
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from urllib.parse import quote

import polars as pl
import pyarrow.parquet as pq

from tasks.lake.disk import sha256_of
from tasks.lake.errors import StagedRunInvalid, writing
from tasks.lake.releases import DataFile
from tasks.lake.schema import Column, arrow_schema
from tasks.lake.store import store_of

DATA = "data"
STAGING = ".staging"
# DuckDB reads row groups of this many rows in parallel
_ROW_GROUP = 122_880
# a folder name may have 255 bytes; the key and `=` take some
_LONGEST_VALUE = 200


class Writer:
    """Writes the files of one release: `add` stages them, `seal` makes them durable and gives them their names.

    Several threads may add at once.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / STAGING / f"files-{uuid.uuid4().hex[:12]}"
        self._staged: list[tuple[Path, DataFile]] = []
        self._numbers = count()  # threads may draw from it: one step of the interpreter

    def __enter__(self) -> "Writer":
        with writing(self._folder):
            sweep(self._root)
            self._folder.mkdir(parents=True)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, frame: pl.DataFrame, columns: Sequence[Column], *, folder: str, partition: str) -> DataFile:
        """Stage one file.

        Args:
            frame: rows in their final order, with exactly `columns`.
            columns: what goes into the file; never the partition key, whose value is in the folder's name.
            folder: where it will lie, below the lake.
            partition: the partition's value, for the release.
        """
        draft = self._folder / f"{next(self._numbers):06d}.draft"
        with writing(draft):
            _write(frame, columns, draft)
            digest = sha256_of(draft)
            size = draft.stat().st_size
        path = f"{folder}/part-{digest[:16]}.parquet"
        file = DataFile(path, partition, frame.height, size, digest, fingerprint(columns))
        self._staged.append((draft, file))
        return file

    def seal(self) -> None:
        """Wait for the bytes, then rename; after this a power cut loses none of them. Readers still see none."""
        with writing(self._root / DATA):
            store_of(self._root).keep({draft: file.path for draft, file in self._staged})
        self._staged.clear()


def sweep(root: Path) -> None:
    """Clear what a killed writer left staged; the caller is the one writer."""
    for pattern in ("files-*", "cut-*"):
        for left in (root / STAGING).glob(pattern):
            shutil.rmtree(left, ignore_errors=True)


def fingerprint(columns: Sequence[Column]) -> str:
    """Eight hex digits that tell apart files with other columns or types."""
    told = "\n".join(f"{column.name} {column.type}" for column in columns)
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def partition_folder(table: str, key: str, value: str) -> str:
    """The folder of a partition below the lake, its value escaped as Hive does.

    Raises:
        StagedRunInvalid: the value makes no folder name.
    """
    escaped = quote(value, safe=" ")
    if not value or len(escaped) > _LONGEST_VALUE:
        raise StagedRunInvalid(
            f"{value[:40]!r} cannot be a partition of {table}",
            why=f"{key} must have 1 to {_LONGEST_VALUE} characters",
            then="shorten the source's name in its card",
        )
    return f"{DATA}/{table}/{key}={escaped}"


def _write(frame: pl.DataFrame, columns: Sequence[Column], path: Path) -> None:
    schema = arrow_schema(columns)
    with pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=3,
        write_page_index=True,
        write_page_checksum=True,  # lets `verify` name the row group of a flipped bit
        store_schema=True,
    ) as writer:
        for rows in frame.iter_slices(_ROW_GROUP):
            writer.write_table(rows.to_arrow().cast(schema), row_group_size=_ROW_GROUP)
        if frame.is_empty():
            writer.write_table(schema.empty_table())
