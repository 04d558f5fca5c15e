"""Publish a staged run: what is new of it becomes release N+1, whole or not at all, and readers' views follow."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from contracts import registry
from tasks.lake import releases
from tasks.lake.change import Change
from tasks.lake.choose import Choice, choose
from tasks.lake.derive import roll_forward
from tasks.lake.errors import GateFailed, ReleaseConflict, StagedRunInvalid
from tasks.lake.files import Writer
from tasks.lake.lake import Lake, open_lake
from tasks.lake.layout import TABLES, Bond
from tasks.lake.lock import WAIT_SECONDS
from tasks.lake.releases import Release, Table
from tasks.lake.schema import columns_of
from tasks.lake.staged import StagedRun, read_staged
from tasks.lake.state import INPUTS, add_state, names_of

REPLAYED = "replayed"  # folder of a run with the raw files that it replays
# that many times a release is made anew because writers on other machines were first
_TURNS = 5
# each keeps a core busy, and holds what `cut` may hold
_TABLES_AT_ONCE = 2
# reasons that say something of the disk or the moment, nothing of the content
_PASSING = ("unreadable", "vanished")


class Verdict(Protocol):
    """What the gate said."""

    @property
    def verdict(self) -> str:
        """One of pass, warn, fail."""

    @property
    def reasons(self) -> Sequence[str]:
        """Why, for people."""


@dataclass(frozen=True)
class Published:
    """What came of it: the release (none when nothing was new), and rows added and removed per table."""

    release: int | None
    nothing_new: bool
    rows: dict[str, int]
    removed: dict[str, int]


def publish(
    lake: Path,
    run_dir: Path,
    verdict: Verdict,
    *,
    again: Callable[[], Verdict] | None = None,
    wait: float = WAIT_SECONDS,
) -> Published:
    """Publish what is new in a staged run.

    Documents the lake has by the same recipe are skipped, those it has by another are replaced. Afterwards the run's
    staged tables are deleted; a publish that dies is repeated as a whole and comes to the same release.

    Args:
        lake: root of the lake; made when there is none.
        run_dir: the run's folder, every batch finished.
        verdict: the gate's; a failed one publishes nothing.
        again: links and judges the run once more, for when another writer has published since that was done.
        wait: seconds to wait for another writer.

    Raises:
        GateFailed: the verdict is fail.
        StagedRunInvalid: the run is not finished or does not fit the contracts.
        LakeBusy: another writer has not finished in time (exit 75).
        ReleaseConflict: writers on other machines published first, time and again (exit 75).
        WriteFailed, LakeReadOnly: the disk refused; the last release stays as it is.
    """
    _pass(verdict, run_dir)
    run = read_staged(run_dir)
    opened = open_lake(lake, create=True)
    with opened.writer(wait=wait):
        for turn in range(_TURNS):
            parent = roll_forward(opened)
            if again and run.linked_to not in (None, parent.number if parent else 0):
                verdict = again()
                _pass(verdict, run_dir)
            choice = choose(opened, parent, run)
            if choice.is_empty:
                done = Published(None, True, {}, {})
                break
            try:
                done = _release(opened, parent, choice, verdict)
            except ReleaseConflict:
                if again is None or turn + 1 == _TURNS:
                    raise
            else:
                roll_forward(opened)
                break
        _clear(run)
    return done


def _pass(verdict: Verdict, run_dir: Path) -> None:
    if verdict.verdict == "fail":
        why = "; ".join(verdict.reasons)
        raise GateFailed("the gate failed: nothing is published", where=run_dir, why=why, then="qingliu status")


def _release(lake: Lake, parent: Release | None, choice: Choice, verdict: Verdict) -> Published:
    number = parent.number + 1 if parent else 1
    run = choice.run
    changes = {name: _change(lake, parent, name, choice) for name in TABLES}
    with Writer(lake.root) as writer, ThreadPoolExecutor(_TABLES_AT_ONCE) as threads:
        applied = threads.map(lambda change: change.apply(_rows(change, choice, number), writer), changes.values())
        tables = dict(zip(changes, applied, strict=True))
        inputs = add_state(lake.root, parent, INPUTS, _curated(choice), writer)
        state = {**(parent.state if parent else {}), INPUTS: inputs}
        writer.seal()
    counts = {name: {"added": change.n_added, "removed": change.n_removed} for name, change in changes.items()}
    versions = {"recipe": run.recipe_version, "contracts": registry.versions(), "code": code_version()}
    release = releases.following(
        parent, "publish", tables, state, counts, run_id=run.run_id, versions=versions, verdict=_verdict(verdict)
    )
    releases.commit(lake.root, release)
    added = {name: change.n_added for name, change in changes.items()}
    removed = {name: change.n_removed for name, change in changes.items()}
    return Published(number, False, added, removed)


def _change(lake: Lake, parent: Release | None, name: str, choice: Choice) -> Change:
    layout = TABLES[name]
    schema = registry.pyarrow_schema(name)
    columns = columns_of(schema, layout.key)
    description = (schema.metadata or {}).get(b"description", b"").decode()
    before = parent.tables.get(name) if parent else None
    drop = choice.replaced if layout.bond in {Bond.CONTENT, Bond.LINK} else None
    if layout.bond is Bond.REJECTION:
        drop = choice.redecided
    stale = choice.links[name].stale if layout.bond is Bond.LINK else None
    return Change(lake.root, name, layout, before or Table(layout.key, columns, (), description), columns, drop, stale)


def _rows(change: Change, choice: Choice, number: int) -> Iterator[pl.DataFrame]:
    if change.name == "runs":
        yield _run_row(choice, number)
        return
    wanted = {column.name for column in change.columns} - {"release"}
    for frame in choice.rows(change.name):
        if missing := wanted - set(frame.columns):
            if frame.is_empty():
                continue
            raise StagedRunInvalid(
                f"staged {change.name} lacks {', '.join(sorted(missing))}", where=choice.run.folder, then="run it again"
            )
        if "release" in {column.name for column in change.columns}:
            frame = frame.with_columns(release=pl.lit(number, pl.Int32))
        yield frame


def _curated(choice: Choice) -> pl.DataFrame:
    """The files that need no second look; those that could not be opened this time do."""
    run = choice.run
    failed = {
        (source, uri)
        for _, frame in run.frames("rejections")
        for source, uri in frame.filter(pl.col("reason").is_in(_PASSING)).select("source", "source_uri").iter_rows()
    }
    rows = [
        (file["file_id"], run.recipe_version, file["source"], file["path"].rpartition("/")[2])
        for file in run.files
        if (file["source"], file["source_uri"]) not in failed
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(names_of(INPUTS), pl.String), orient="row")


def _run_row(choice: Choice, number: int) -> pl.DataFrame:
    run = choice.run
    started = datetime.fromtimestamp((run.folder / "plan.json").stat().st_mtime, UTC)
    row: dict[str, Any] = {
        "run_id": run.run_id,
        "document_id": None,
        "started_at": started,
        "finished_at": max(datetime.now(UTC), started),
        "state": "completed_with_rejections" if choice.rejections.height else "completed",
        "n_files": len(run.files),
        "n_bytes": sum(file["n_bytes"] for file in run.files),
        "n_documents": choice.accepted.height,
        "n_rejected": choice.rejections.height,
        "release": number,
        "recipe_version": run.recipe_version,
        "contract_versions": json.dumps(registry.versions(), sort_keys=True),
        "code_version": code_version(),
    }
    return pl.DataFrame([row], schema=registry.empty("runs").schema)


def code_version() -> str:
    """The installed version of the program."""
    try:
        return installed("qingliu")
    except PackageNotFoundError:
        return "unknown"


def _verdict(verdict: Verdict) -> dict[str, Any]:
    given: object = verdict
    plain: dict[str, Any] = asdict(given) if is_dataclass(given) and not isinstance(given, type) else {}
    told = {**plain, "verdict": verdict.verdict, "reasons": list(verdict.reasons)}
    return json.loads(json.dumps(told, default=str))  # type: ignore[no-any-return]  # JSON of what goes in comes out


def _clear(run: StagedRun) -> None:
    """Delete the staged tables; the plan stays until vacuum, as the story of the run."""
    for folder in (*run.folder.glob("batch-*"), run.folder / REPLAYED):
        shutil.rmtree(folder, ignore_errors=True)
