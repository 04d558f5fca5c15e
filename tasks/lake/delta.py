"""`data/<table>/_delta_log`: the newest release as Delta tables, for Spark, Power BI and Trino; no byte is copied."""

import json
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import polars as pl
from deltalake import DeltaTable, Schema
from deltalake.exceptions import DeltaError, TableNotFoundError
from deltalake.transaction import (
    AddAction,
    CommitProperties,
    RemoveAction,
    Transaction,
    create_table_with_add_actions,
)

from tasks.lake.errors import writing
from tasks.lake.files import DATA
from tasks.lake.releases import DataFile, Release, Table
from tasks.lake.schema import arrow_schema
from tasks.lake.store import Store, store_of

LOG = "_delta_log"
_APP = "qingliu"
_PAUSES = (0.0, 0.1, 0.5, 2.0)


def write_logs(root: Path, release: Release, known: Release | None = None) -> None:
    """Bring the Delta log of every table to a release, in one commit a table; done already, it does nothing.

    Args:
        root: the lake.
        release: what they are to show.
        known: a release that they are known to show; a table that is the same in both is not looked at.
    """
    store = store_of(root)
    for name, table in release.tables.items():
        if known and known.tables.get(name) == table:
            continue
        place = root / DATA / name
        with writing(place):
            place.mkdir(parents=True, exist_ok=True)
            _write(store, name, table, release)


def _write(store: Store, name: str, table: Table, release: Release) -> None:
    log = f"{DATA}/{name}/{LOG}"
    # from another machine somebody may write the same log at the same moment: what that comes to is seen anew
    for pause in _PAUSES if store.is_remote else _PAUSES[:1]:
        time.sleep(pause)
        try:
            with store.asking(log):
                _bring_up(store, name, table, release)
        except DeltaError:
            continue
        return
    # a log is derived: one that a power cut tore, or whose types changed, is written anew
    store.clear(log)
    with store.asking(log):
        _create(store, name, table, release)


def _bring_up(store: Store, name: str, table: Table, release: Release) -> None:
    try:
        there = DeltaTable(store.where(f"{DATA}/{name}"), storage_options=store.options)
    except TableNotFoundError:
        _create(store, name, table, release)
        return
    if (there.transaction_version(_APP) or 0) > release.number:
        return
    _widen(there, table)
    # paths in a log are URLs
    has = {unquote(path) for path in pl.DataFrame(there.get_add_actions())["path"]}
    wants = {_below(file): file for file in table.files}
    fresh = [file for path, file in wants.items() if path not in has]
    gone = sorted(has - wants.keys())
    if not fresh and not gone:
        return
    adds = [_add(table, file, release) for file in fresh]
    now = int(time.time() * 1000)
    removes = [RemoveAction(path, True, now) for path in gone]
    there.create_write_transaction(
        [*adds, *removes], "append", there.schema(), [table.key], commit_properties=_stamp(release)
    )


def _create(store: Store, name: str, table: Table, release: Release) -> None:
    create_table_with_add_actions(
        store.where(f"{DATA}/{name}"),
        Schema.from_arrow(arrow_schema(table.columns)),
        [_add(table, file, release) for file in table.files],
        partition_by=[table.key],
        name=name,
        description=table.description,
        storage_options=store.options,
        commit_properties=_stamp(release),
    )


def _widen(there: DeltaTable, table: Table) -> None:
    wanted = Schema.from_arrow(arrow_schema(table.columns))
    has = {column.name: column.type for column in there.schema().fields}
    if any(field.name in has and field.type != has[field.name] for field in wanted.fields):
        raise DeltaError("a column changed its type")
    if new := [field for field in wanted.fields if field.name not in has]:
        there.alter.add_columns(new)


def _add(table: Table, file: DataFile, release: Release) -> AddAction:
    key = next(column for column in table.columns if column.name == table.key)
    value = str(int(file.partition)) if key.type == "int32" else file.partition
    changed = int(datetime.fromisoformat(release.created_at).timestamp() * 1000)
    stats = json.dumps({"numRecords": file.rows})
    return AddAction(_below(file), file.bytes, {table.key: value}, changed, True, stats)


def _below(file: DataFile) -> str:
    """The path below the table's folder."""
    return file.path.split("/", 2)[2]


def _stamp(release: Release) -> CommitProperties:
    told = {"qingliu_release": str(release.number), "run_id": release.run_id}
    # of two writers the second is refused instead of put on top, and a log never goes back to an older release
    return CommitProperties(
        custom_metadata=told, max_commit_retries=0, app_transactions=[Transaction(_APP, release.number)]
    )
