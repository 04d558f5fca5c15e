"""The next state of one table: rows added, documents taken out, small files drawn together; old files stay whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from tasks.lake.cut import cut
from tasks.lake.disk import sha256_of
from tasks.lake.errors import CorruptData
from tasks.lake.files import STAGING, Writer, partition_folder
from tasks.lake.lake import scan_files
from tasks.lake.layout import Layout
from tasks.lake.releases import DataFile, Table, with_files
from tasks.lake.schema import Column, fit
from tasks.lake.store import store_of

SMALL_BYTES = 16_000_000
# this many small files in one partition are drawn together by the next write
MANY_SMALL = 8


@dataclass
class Change:
    """One table before and after; rows are counted on the way.

    `drop` lists documents (document_id) whose rows go, `drop_rows` ids of single rows.
    """

    root: Path
    name: str
    layout: Layout
    before: Table
    columns: tuple[Column, ...]
    drop: pl.DataFrame | None = None
    drop_rows: pl.Series | None = None
    n_added: int = 0
    n_removed: int = 0
    _affected: set[str] = field(default_factory=set)

    def apply(self, added: Iterable[pl.DataFrame], writer: Writer, *, whole: bool = False) -> Table:
        """Stage the new files.

        Args:
            added: rows to add, as the contract's columns.
            writer: where files are staged.
            whole: rewrite every partition that lies in more files than its rows need (compaction).

        Returns:
            The table after; the one before, unchanged, when there was nothing to do.
        """
        if not self._drops_nothing:
            self._affected = self._holding()
        rewrite = {file.path for file in self._to_rewrite(whole)}
        old = [file for file in self.before.files if file.path in rewrite]
        kept = [file for file in self.before.files if file.path not in rewrite]
        fresh = self._write(self._rows(old, added), writer)
        if not fresh and not old:
            return self.before
        after = Table(self.layout.key, self.columns, (), self.before.description)
        return with_files(after, [*kept, *fresh])

    def _write(self, frames: Iterator[pl.DataFrame], writer: Writer) -> list[DataFile]:
        key = self.layout.key
        body = [column for column in self.columns if column.name != key]
        files = []
        for value, rows in cut(frames, self.layout, self.root / STAGING):
            text = f"{value:06d}" if isinstance(value, int) else str(value or "")
            folder = partition_folder(self.name, key, text)
            files.append(writer.add(rows.select(c.name for c in body), body, folder=folder, partition=text))
        return files

    def _rows(self, old: list[DataFile], added: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        for file in old:
            check_bytes(self.root, file)
            before = scan_files(self.root, self.before, (file,)).collect()
            after = before
            if file.path in self._affected:
                after = before.filter(~self._goes(before))
            self.n_removed += before.height - after.height
            yield fit(after, self.columns)
        for frame in added:
            self.n_added += frame.height
            if not frame.is_empty():
                yield fit(frame, self.columns)

    @property
    def _drops_nothing(self) -> bool:
        return (self.drop is None or self.drop.is_empty()) and (self.drop_rows is None or self.drop_rows.is_empty())

    def _goes(self, rows: pl.DataFrame) -> pl.Series:
        gone = pl.repeat(False, rows.height, dtype=pl.Boolean, eager=True)
        if self.drop is not None:
            gone = gone | touched(rows, self.drop, self.layout)
        if self.drop_rows is not None:
            gone = gone | rows[self.layout.id].is_in(self.drop_rows.implode())
        return gone

    def _holding(self) -> set[str]:
        """Paths of files with a row that goes."""
        ids = [] if self.drop_rows is None else [self.layout.id]
        names = list(dict.fromkeys(["document_id", *ids, *self.layout.other]))
        found = set()
        for file in self.before.files:
            rows = scan_files(self.root, self.before, (file,)).select(names).collect()
            if self._goes(rows).any():
                found.add(file.path)
        return found

    def _to_rewrite(self, whole: bool) -> Iterator[DataFile]:
        partitions: dict[str, list[DataFile]] = {}
        for file in self.before.files:
            partitions.setdefault(file.partition, []).append(file)
        for files in partitions.values():
            small = [file for file in files if file.bytes < SMALL_BYTES]
            needed = -(-sum(file.rows for file in files) // self.layout.rows_per_file)
            for file in files:
                crowded = file in small and len(small) >= MANY_SMALL
                if file.path in self._affected or crowded or (whole and len(files) > max(needed, 1)):
                    yield file


def check_bytes(root: Path, file: DataFile) -> None:
    """Refuse to carry a damaged file on into a new one.

    Raises:
        CorruptData: the file is missing or its bytes are not those of the release.
    """
    store = store_of(root)
    path, where = root / file.path, store.where(file.path)
    # a damaged working copy is no damage of the lake: it is fetched again
    for _ in range(2):
        store.fetch((file,))
        try:
            if sha256_of(path) == file.sha256:
                return
        except OSError as error:
            why = str(error)
            raise CorruptData("a data file cannot be read", where=where, why=why, then="qingliu verify") from error
        store.discard(file.path)
    raise CorruptData("a data file is altered", where=where, why="its checksum differs", then="qingliu verify")


def touched(rows: pl.DataFrame, documents: pl.DataFrame, layout: Layout) -> pl.Series:
    """Say which rows belong to one of the documents, or lead to an article of one (its id begins as the document's)."""
    hit = rows["document_id"].is_in(documents["document_id"].implode())
    starts = documents["document_id"].str.head(20)
    for name in layout.other:
        hit = hit | rows[name].str.head(20).is_in(starts.implode())
    return hit.fill_null(False)
