"""Forgetting: a document leaves every table at once, never comes back, and vacuum then purges its bytes everywhere."""

from collections.abc import Sequence

import polars as pl

from tasks.lake import releases
from tasks.lake.derive import roll_forward
from tasks.lake.errors import QueryFailed
from tasks.lake.files import Writer
from tasks.lake.lake import Lake
from tasks.lake.lock import WAIT_SECONDS
from tasks.lake.maintain import without
from tasks.lake.releases import Release
from tasks.lake.state import FORGOTTEN, INPUTS, PURGE, add_state, read_state

NOTE = "{count} documents forgotten: {reason}"


def forget(
    lake: Lake,
    *,
    reason: str,
    documents: Sequence[str] = (),
    source: str | None = None,
    wait: float = WAIT_SECONDS,
) -> Release:
    """Cut a release without some documents, whatever recipe made them; no run publishes them again.

    Args:
        lake: the lake.
        reason: why, for the record.
        documents: document ids (sha256 of the content); one that is not in the lake is barred all the same.
        source: a source whose every document, published or rejected, goes.
        wait: seconds to wait for another writer.

    Raises:
        QueryFailed: nothing to forget, an id that is no sha256, or no reason.
    """
    if not reason.strip():
        raise QueryFailed("forgetting needs a reason", then="add --reason")
    if wrong := [text for text in documents if len(text) != 64 or set(text) - set("0123456789abcdef")]:
        raise QueryFailed(f"{wrong[0]!r} is no document id", why="64 hex digits are", then="qingliu sql ...")
    with lake.writer(wait=wait):
        parent = roll_forward(lake)
        if parent is None:
            raise QueryFailed("nothing is published yet", where=lake.place, then="qingliu run INPUT")
        chosen = pl.DataFrame({"document_id": list(documents)}, schema={"document_id": pl.String})
        if source is not None:
            chosen = pl.concat([chosen, _of_source(lake, parent, source)]).unique(maintain_order=True)
        if chosen.is_empty():
            raise QueryFailed(f"no document of source {source!r}", where=lake.place, then="qingliu sql ...")
        return _cut(lake, parent, chosen, reason)


def forgotten_ids(lake: Lake) -> pl.DataFrame:
    """What is forgotten: id (sha256), reason, since (release)."""
    return read_state(lake.root, lake.current(), FORGOTTEN)


def _cut(lake: Lake, parent: Release, chosen: pl.DataFrame, reason: str) -> Release:
    rows = chosen.select(id="document_id", reason=pl.lit(reason), since=pl.lit(parent.number + 1, pl.Int32)).join(
        read_state(lake.root, parent, FORGOTTEN), on="id", how="anti"
    )
    with Writer(lake.root) as writer:
        tables, changes = without(lake, parent, chosen, writer)
        state = {
            **parent.state,
            FORGOTTEN: add_state(lake.root, parent, FORGOTTEN, rows, writer),
            PURGE: add_state(lake.root, parent, PURGE, _raw_of(lake, parent, chosen), writer),
        }
        writer.seal()
    note = NOTE.format(count=chosen.height, reason=reason)
    release = releases.following(parent, "forget", tables, state, changes, note=note)
    releases.commit(lake.root, release)
    roll_forward(lake)
    return release


def _raw_of(lake: Lake, release: Release, documents: pl.DataFrame) -> pl.DataFrame:
    """Raw files (id) that hold one of the documents: its own, or the container it was a record of.

    A container goes whole: its other records stay published, but can no longer be replayed.
    """
    rows = lake.scan("documents", release).join(documents.lazy(), on="document_id", how="semi")
    names = rows.select("source", "file_name").unique().collect()
    containers = read_state(lake.root, release, INPUTS).join(names, on=["source", "file_name"], how="semi")
    return pl.concat([documents.select(id="document_id"), containers.select("id")])


def _of_source(lake: Lake, release: Release, source: str) -> pl.DataFrame:
    tables = [name for name in ("documents", "sightings", "rejections") if name in release.tables]
    found = [lake.scan(name, release).filter(source=source).select("document_id") for name in tables]
    return pl.concat(found).unique().sort("document_id").collect()
