"""Releases that add nothing: compaction, return to an older state, and letting go of what a return withdrew."""

from collections.abc import Sequence

import polars as pl

from tasks.lake import releases
from tasks.lake.change import Change
from tasks.lake.derive import roll_forward
from tasks.lake.errors import QueryFailed, UnknownRelease
from tasks.lake.files import Writer
from tasks.lake.lake import Lake
from tasks.lake.layout import TABLES
from tasks.lake.lock import WAIT_SECONDS
from tasks.lake.releases import Release, Table
from tasks.lake.state import FORGOTTEN, HELD, INPUTS, read_state, write_state

_IDS = {"id": pl.String, "recipe_version": pl.String}


def compact(lake: Lake, *, wait: float = WAIT_SECONDS) -> Release | None:
    """Draw together partitions that lie in more files than they need, in the sort order. No row changes.

    Returns:
        The new release; none when every partition is as it should be.
    """
    with lake.writer(wait=wait):
        parent = roll_forward(lake)
        if parent is None:
            return None
        with Writer(lake.root) as writer:
            tables, _ = without(lake, parent, None, writer, whole=True)
            if tables == dict(parent.tables):
                return None
            writer.seal()
        release = releases.following(parent, "compact", tables, parent.state, {})
        releases.commit(lake.root, release)
        roll_forward(lake)
        return release


def rollback(lake: Lake, number: int, *, note: str = "", wait: float = WAIT_SECONDS) -> Release:
    """Cut a release that shows again what release `number` showed.

    What this withdraws is held: the recipe that made it does not publish it again until `unhold`. What has been
    forgotten since stays forgotten.

    Raises:
        UnknownRelease: no such release, or vacuum has taken files it needs.
    """
    with lake.writer(wait=wait):
        parent = roll_forward(lake)
        target = lake.release(number)
        if parent is None or number >= parent.number:
            raise UnknownRelease(f"release {number} is not older than the current one", then="qingliu releases")
        files = [file.path for file in target.data_files()]
        if lost := sorted(set(files) - lake.store.sizes(files).keys()):
            raise UnknownRelease(
                f"release {number} can no longer be shown",
                where=lake.store.where(lost[0]),
                why="vacuum has taken its files",
                then="choose a younger one from `qingliu releases`",
            )
        gone = read_state(lake.root, parent, FORGOTTEN).join(
            read_state(lake.root, target, FORGOTTEN), on="id", how="anti"
        )
        with Writer(lake.root) as writer:
            tables, _ = without(lake, target, gone.select(document_id="id"), writer)
            held = write_state(HELD, _held_after(lake, parent, target), writer)
            writer.seal()
        state = {**target.state, HELD: (held,), FORGOTTEN: parent.state.get(FORGOTTEN, ())}
        changes = {
            name: {"added": 0, "removed": max(parent.tables[name].rows - table.rows, 0)}
            for name, table in tables.items()
            if name in parent.tables
        }
        told = note or f"shows release {number} again"
        release = releases.following(parent, "rollback", tables, state, changes, note=told)
        releases.commit(lake.root, release)
        roll_forward(lake)
        return release


def held(lake: Lake) -> pl.DataFrame:
    """What rollbacks withdrew: id (sha256 of document or file), recipe_version."""
    return read_state(lake.root, lake.current(), HELD)


def unhold(lake: Lake, ids: Sequence[str] | None = None, *, wait: float = WAIT_SECONDS) -> Release | None:
    """Let what a rollback withdrew (all of it, or some ids) be published again by the next run.

    Returns:
        The new release; none when nothing of it was held.
    """
    with lake.writer(wait=wait):
        parent = roll_forward(lake)
        before = read_state(lake.root, parent, HELD)
        after = before.filter(~pl.col("id").is_in(list(ids))) if ids is not None else before.clear()
        if parent is None or after.height == before.height:
            return None
        with Writer(lake.root) as writer:
            files = (write_state(HELD, after, writer),) if after.height else ()
            writer.seal()
        state = {**parent.state, HELD: files}
        note = f"{before.height - after.height} held contents let go"
        release = releases.following(parent, "unhold", parent.tables, state, {}, note=note)
        releases.commit(lake.root, release)
        roll_forward(lake)
        return release


def without(
    lake: Lake, release: Release, documents: pl.DataFrame | None, writer: Writer, *, whole: bool = False
) -> tuple[dict[str, Table], dict[str, dict[str, int]]]:
    """The tables of a release with every row of some documents taken out, and the rows each table lost."""
    tables, changes = {}, {}
    for name, table in release.tables.items():
        if name not in TABLES:
            raise QueryFailed(f"unknown table {name!r} in release {release.number}", then="upgrade qingliu")
        change = Change(lake.root, name, TABLES[name], table, table.columns, documents)
        tables[name] = change.apply((), writer, whole=whole)
        changes[name] = {"added": 0, "removed": change.n_removed}
    return tables, changes


def _held_after(lake: Lake, parent: Release, target: Release) -> pl.DataFrame:
    """Held before or withdrawn now, less what is shown again."""
    shown = _contents(lake, target)
    every = pl.concat([read_state(lake.root, parent, HELD), _contents(lake, parent)]).unique()
    return every.join(shown, on=list(_IDS), how="anti")


def _contents(lake: Lake, release: Release) -> pl.DataFrame:
    """Documents and files of a release, each with the recipe that curated it."""
    documents = _documents(lake, release)
    return pl.concat([documents, read_state(lake.root, release, INPUTS).select(list(_IDS))]).unique()


def _documents(lake: Lake, release: Release) -> pl.DataFrame:
    if "documents" not in release.tables:
        return pl.DataFrame(schema=_IDS)
    rows = lake.scan("documents", release)
    return rows.select(id="document_id", recipe_version="recipe_version").collect()
