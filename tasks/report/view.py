"""One release as the report sees it: its tables as they were then, and the part of its logs that its own run wrote."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from contracts import registry
from tasks.lake.lake import Lake, open_lake, scan_files
from tasks.lake.raw import raw_sizes
from tasks.lake.releases import Release
from tasks.lake.state import INPUTS, read_state
from tasks.records import PlannedFile
from tasks.rejections import unpack


@dataclass(frozen=True)
class View:
    """A release of a lake, read only through the lake's own functions."""

    lake: Lake
    release: Release

    def scan(self, table: str) -> pl.LazyFrame:
        """Rows of a table in this release; none where the release is older than the table."""
        if table not in self.release.tables:
            return registry.empty(table).lazy()
        return self.lake.scan(table, self.release)

    def rows(self, table: str) -> int:
        """How many rows a table has in this release."""
        return self.release.tables[table].rows if table in self.release.tables else 0

    def logged(self, table: str, newest: int | None = 1) -> pl.LazyFrame:
        """What the newest runs logged: a log is partitioned by release, and a rollback or compaction logs nothing.

        Args:
            table: failures, metrics, rejections or runs.
            newest: how many releases that logged anything; all of them if null.
        """
        if table not in self.release.tables:
            return registry.empty(table).lazy().with_columns(release=pl.lit(None, pl.Int32))
        whole = self.release.tables[table]
        there = sorted({int(file.partition) for file in whole.files})
        chosen = set(there if newest is None else there[-newest:])
        files = tuple(file for file in whole.files if int(file.partition) in chosen)
        return scan_files(self.lake.root, whole, files)

    def measured(self) -> int | None:
        """The release whose run measured what this one shows: itself, or the last before it that ran; none yet."""
        there = self.release.tables["metrics"].files if "metrics" in self.release.tables else ()
        return max((int(file.partition) for file in there), default=None)

    def inputs(self) -> pl.DataFrame:
        """The raw files behind it: id, recipe_version, source, file_name."""
        return read_state(self.lake.root, self.release, INPUTS)

    def raw_size(self, file_id: str) -> int:
        """Size of a raw file as it is stored, 0 if it is not there."""
        return raw_sizes(self.lake.root, [file_id]).get(file_id, 0)

    def raw_file(self, file: PlannedFile, file_id: str, folder: Path) -> PlannedFile:
        """A raw file to read again, written out into a folder if need be.

        Raises:
            tasks.lake.errors.CorruptData: it is damaged.
        """
        return unpack(self.lake, file, file_id, folder)


def view_of(lake: Path, number: int) -> View:
    """Open a lake at one of its releases.

    Raises:
        tasks.lake.errors.UnknownRelease: there is no such release.
    """
    opened = open_lake(lake)
    return View(opened, opened.release(number))
