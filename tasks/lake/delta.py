"""`data/<table>/_delta_log`: the newest release as Delta tables, for Spark, Power BI and Trino; no byte is copied."""

import json
import shutil
import time
from pathlib import Path
from urllib.parse import unquote

import polars as pl
from deltalake import DeltaTable, Schema
from deltalake.exceptions import DeltaError, TableNotFoundError
from deltalake.transaction import AddAction, CommitProperties, RemoveAction, create_table_with_add_actions

from tasks.lake.errors import writing
from tasks.lake.files import DATA
from tasks.lake.releases import DataFile, Release, Table
from tasks.lake.schema import arrow_schema

LOG = "_delta_log"


def write_logs(root: Path, release: Release) -> None:
    """Bring the Delta log of every table to a release, in one commit a table; done already, it does nothing."""
    for name, table in release.tables.items():
        place = root / DATA / name
        with writing(place):
            place.mkdir(parents=True, exist_ok=True)
            try:
                _bring_up(place, name, table, release)
            except DeltaError:
                # a log is derived: one that a power cut tore, or whose types changed, is written anew
                shutil.rmtree(place / LOG, ignore_errors=True)
                _create(place, name, table, release)


def _bring_up(place: Path, name: str, table: Table, release: Release) -> None:
    try:
        there = DeltaTable(place)
    except TableNotFoundError:
        _create(place, name, table, release)
        return
    _widen(there, table)
    # paths in a log are URLs
    has = {unquote(path) for path in pl.DataFrame(there.get_add_actions())["path"]}
    wants = {_below(file): file for file in table.files}
    fresh = [file for path, file in wants.items() if path not in has]
    gone = sorted(has - wants.keys())
    if not fresh and not gone:
        return
    adds = [_add(place, table, file) for file in fresh]
    now = int(time.time() * 1000)
    removes = [RemoveAction(path, True, now) for path in gone]
    there.create_write_transaction(
        [*adds, *removes], "append", there.schema(), [table.key], commit_properties=_stamp(release)
    )


def _create(place: Path, name: str, table: Table, release: Release) -> None:
    create_table_with_add_actions(
        str(place),
        Schema.from_arrow(arrow_schema(table.columns)),
        [_add(place, table, file) for file in table.files],
        partition_by=[table.key],
        name=name,
        description=table.description,
        commit_properties=_stamp(release),
    )


def _widen(there: DeltaTable, table: Table) -> None:
    wanted = Schema.from_arrow(arrow_schema(table.columns))
    has = {column.name: column.type for column in there.schema().fields}
    if any(field.name in has and field.type != has[field.name] for field in wanted.fields):
        raise DeltaError("a column changed its type")
    if new := [field for field in wanted.fields if field.name not in has]:
        there.alter.add_columns(new)


def _add(place: Path, table: Table, file: DataFile) -> AddAction:
    key = next(column for column in table.columns if column.name == table.key)
    value = str(int(file.partition)) if key.type == "int32" else file.partition
    changed = int((place / _below(file)).stat().st_mtime * 1000)
    stats = json.dumps({"numRecords": file.rows})
    return AddAction(_below(file), file.bytes, {table.key: value}, changed, True, stats)


def _below(file: DataFile) -> str:
    """The path below the table's folder."""
    return file.path.split("/", 2)[2]


def _stamp(release: Release) -> CommitProperties:
    return CommitProperties(custom_metadata={"qingliu_release": str(release.number), "run_id": release.run_id})
