"""A staged run as the publisher reads it: the plan, the finished batches, and their tables one batch at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from tasks.lake.errors import StagedRunInvalid

MARKER = "batch.json"
# articles whose links a run tells anew: what the lake says of them otherwise goes
RETOLD = "retold.parquet"
# number of the release that the links were looked for in
LINKED = "linked.json"


@dataclass(frozen=True)
class StagedRun:
    """A run directory whose every planned batch is finished. Batch 0 is the run itself (links found across batches)."""

    folder: Path
    plan: dict[str, Any]
    records: dict[int, dict[str, Any]]

    @property
    def run_id(self) -> str:
        """The run's id."""
        return str(self.plan["run_id"])

    @property
    def recipe_version(self) -> str:
        """The recipe that made the rows."""
        return str(self.plan["recipe_version"])

    @property
    def is_replay(self) -> bool:
        """Whether its files were read before and are to be decided anew."""
        return bool(self.plan.get("replay"))

    @property
    def linked_to(self) -> int | None:
        """Number of the release that its links were looked for in, 0 before the first; none when they were not."""
        try:
            return int(json.loads((self.folder / LINKED).read_bytes())["release"])
        except FileNotFoundError:
            return None

    @property
    def files(self) -> list[dict[str, Any]]:
        """All planned files: source, source_uri, n_bytes, file_id (sha256 of the content)."""
        files = [file for batch in self.plan["batches"] for file in batch["files"]]
        # of a file in parts the first one stands for all
        whole = [file | {"n_bytes": file["part"]["n_bytes"]} if "part" in file else file for file in files]
        return [file for file in whole if "part" not in file or file["part"]["start"] == 0]

    def frames(self, table: str) -> Iterator[tuple[int, pl.DataFrame]]:
        """Rows of a table, with the number of the batch they come from."""
        for number, path in self._paths(table):
            try:
                yield number, pl.read_parquet(path)
            except (pl.exceptions.PolarsError, OSError) as error:
                raise _damaged(path, error) from error

    def columns(self, table: str, names: list[str]) -> pl.DataFrame:
        """Some columns of a table over all batches, with `batch`."""
        parts = [frame.select(pl.lit(number).alias("batch"), *names) for number, frame in self.frames_of(table, names)]
        empty = pl.DataFrame(schema={"batch": pl.Int32, **dict.fromkeys(names, pl.String)})
        return pl.concat(parts) if parts else empty

    def frames_of(self, table: str, names: list[str]) -> Iterator[tuple[int, pl.DataFrame]]:
        """Rows of a table, reading only some columns."""
        for number, path in self._paths(table):
            try:
                yield number, pl.read_parquet(path, columns=names)
            except (pl.exceptions.PolarsError, OSError) as error:
                raise _damaged(path, error) from error

    def _paths(self, table: str) -> Iterator[tuple[int, Path]]:
        for number in (0, *sorted(self.records)):
            path = batch_folder(self.folder, number) / f"{table}.parquet"
            if path.exists():
                yield number, path


def batch_folder(run_dir: Path, number: int) -> Path:
    """Where a batch stages its tables."""
    return run_dir / f"batch-{number:06d}" if number else run_dir


def read_staged(run_dir: Path) -> StagedRun:
    """Open a run directory.

    Raises:
        StagedRunInvalid: it has no readable plan, or a planned batch is not finished.
    """
    try:
        plan = json.loads((run_dir / "plan.json").read_bytes())
        numbers = [batch["number"] for batch in plan["batches"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StagedRunInvalid("the run has no plan", where=run_dir, why=str(error), then="run it again") from error
    return StagedRun(run_dir, plan, {number: _record(run_dir, number) for number in numbers})


def _record(run_dir: Path, number: int) -> dict[str, Any]:
    path = batch_folder(run_dir, number) / MARKER
    try:
        record: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise StagedRunInvalid(
            f"batch {number} is not finished", where=path, why=str(error), then="run it again: it goes on from there"
        ) from error
    return record


def _damaged(path: Path, error: Exception) -> StagedRunInvalid:
    return StagedRunInvalid(
        "a staged table cannot be read", where=path, why=str(error), then="delete its batch folder and run again"
    )
