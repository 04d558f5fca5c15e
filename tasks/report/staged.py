"""A run that is staged and not published, seen as the release it would make: what a failed gate is judged by."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from contracts import registry
from contracts.verdicts import Verdict
from tasks.lake.lake import open_lake
from tasks.lake.layout import TABLES
from tasks.lake.releases import DataFile, Release, Table
from tasks.lake.staged import StagedRun, batch_folder, read_staged
from tasks.lake.state import INPUTS, names_of
from tasks.records import PlannedFile
from tasks.report.view import View

STAGED = "staged"


@dataclass(frozen=True)
class StagedView(View):
    """Tables are those of the run alone; logs go on in those of the lake's newest release."""

    run: StagedRun
    published: View | None

    def scan(self, table: str) -> pl.LazyFrame:
        """Rows that the run has staged."""
        return pl.concat(self._frames(table), how="diagonal_relaxed").lazy()

    def logged(self, table: str, newest: int | None = 1) -> pl.LazyFrame:
        """What the run logged, and the newest releases before it."""
        own = self.scan(table).with_columns(release=pl.lit(self.release.number, pl.Int32))
        before = None if newest is None else newest - 1
        if self.published is None or before == 0:
            return own
        earlier = self.published.logged(table, before).with_columns(pl.col("release").cast(pl.Int32))
        return pl.concat([earlier, own], how="diagonal_relaxed")

    def measured(self) -> int | None:
        """The run itself."""
        return self.release.number

    def inputs(self) -> pl.DataFrame:
        """The planned files."""
        rows = [
            (one["file_id"], self.run.recipe_version, one["source"], Path(one["path"]).name) for one in self.run.files
        ]
        return pl.DataFrame(rows, schema=dict.fromkeys(names_of(INPUTS), pl.String), orient="row")

    def raw_size(self, file_id: str) -> int:
        """Size of a planned file, 0 if it is gone."""
        path = self._planned.get(file_id, Path())
        return path.stat().st_size if path.is_file() else 0

    def raw_file(self, file: PlannedFile, file_id: str, folder: Path) -> PlannedFile:
        """The file as it was planned: before publishing the raw store has none of it."""
        path = self._planned[file_id]
        return PlannedFile(path, file.source, file.source_uri, path.stat().st_size)

    @cached_property
    def _planned(self) -> dict[str, Path]:
        return {one["file_id"]: Path(one["path"]) for one in self.run.files}

    def _frames(self, table: str) -> Iterator[pl.DataFrame]:
        yield registry.empty(table)
        yield from (frame for _, frame in self.run.frames(table))


def staged_view(lake: Path, run_dir: Path, verdict: Verdict) -> StagedView:
    """See a finished run that is not published.

    Args:
        lake: root of the lake it would be published to.
        run_dir: the run's directory.
        verdict: the gate's.

    Raises:
        tasks.lake.errors.StagedRunInvalid: a batch of it is not finished.
    """
    run = read_staged(run_dir)
    opened = open_lake(lake)
    current = opened.current()
    parent = current.number if current else 0
    release = Release(
        number=parent + 1,
        parent=parent,
        operation=STAGED,
        run_id=run.run_id,
        created_at=datetime.fromtimestamp((run_dir / "plan.json").stat().st_mtime, UTC).isoformat(timespec="seconds"),
        versions={"recipe": run.recipe_version, "contracts": registry.versions()},
        verdict={"verdict": verdict.verdict, "findings": [asdict(one) for one in verdict.findings]},
        tables={name: Table(layout.key, (), tuple(_files(run, name))) for name, layout in TABLES.items()},
    )
    return StagedView(opened, release, run, View(opened, current) if current else None)


def _files(run: StagedRun, table: str) -> Iterator[DataFile]:
    for number, frame in run.frames(table):
        path = batch_folder(run.folder, number) / f"{table}.parquet"
        yield DataFile(path.name, path.parent.name, frame.height, path.stat().st_size, "–", "")
