"""What changed between two releases: rows added, changed, removed per table, columns, metrics; old ids mapped."""

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from tasks.lake import releases
from tasks.lake.errors import UnknownRelease
from tasks.lake.lake import Lake, scan_files
from tasks.lake.layout import TABLES, Bond
from tasks.lake.releases import Release, Table

_SAMPLE = 5
# an id stands for its row when the text it was cut from stays: these say where that is
_MOVED = pl.Schema({"old_id": pl.String(), "new_id": pl.String(), "overlap": pl.Int64()})
_PLACED = {"paragraphs": ("source_start", "source_end"), "sentences": ("source_start", "source_end")}


@dataclass(frozen=True)
class TableDiff:
    """Rows of one table, by their key; `samples` has up to five keys of each.

    `moved` (old_id, new_id, overlap in characters) pairs removed and added rows of one document whose source spans
    overlap most: what a new recipe calls otherwise.
    """

    added: int
    changed: int
    removed: int
    samples: dict[str, list[str]]
    columns_added: list[str]
    columns_removed: list[str]
    moved: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_MOVED))


def diff(lake: Lake, old: int, new: int) -> dict[str, TableDiff]:
    """Compare two releases; files that both have are not read.

    Args:
        lake: the lake.
        old: number of the release compared from.
        new: number of the release compared to.

    Returns:
        The tables that differ.

    Raises:
        UnknownRelease: no such release, or vacuum has taken files of it.
        CorruptData: a file of one of them is gone.
    """
    before, after = lake.release(old), lake.release(new)
    if gone := {old, new} & releases.lost(lake.root):
        what, why = f"release {min(gone)} can no longer be compared", "vacuum has taken its files"
        raise UnknownRelease(what, where=lake.place, why=why, then="qingliu releases")
    names = [name for name in TABLES if name in before.tables or name in after.tables]
    found = {name: _compare(lake, name, before, after) for name in names}
    return {name: told for name, told in found.items() if told}


def metrics_diff(lake: Lake, old: int, new: int) -> pl.DataFrame:
    """What was measured otherwise: table_name, rule, source, before, after: rules, then what changed most.

    A measure is compared by its value, a rule by its share of failed rows; each as the last run that took it before
    either release found it. Measures of one release only are left out: the other has no such source or rule.
    """
    parts = []
    for number in (old, new):
        rows = lake.scan("metrics", lake.release(number))
        value = pl.coalesce("value", pl.col("n_failed") / pl.max_horizontal("n_rows", 1))
        keys = ["table_name", "rule", "source"]
        last = rows.sort("release", "measured_at").select(*keys, value=value).group_by(keys).last()
        parts.append(last)
    both = parts[0].join(parts[1], on=["table_name", "rule", "source"], nulls_equal=True, suffix="_after")
    told = both.rename({"value": "before", "value_after": "after"}).filter(pl.col("before") != pl.col("after"))
    # a rule has no source; shares of a whole are told apart from counts by their size alone
    change = (pl.col("after") - pl.col("before")).abs() / pl.max_horizontal(pl.col("after", "before").abs())
    order = [pl.col("source").is_not_null(), -change, "table_name", "rule", "source"]
    return told.sort(order).collect()


def _compare(lake: Lake, name: str, before: Release, after: Release) -> TableDiff | None:
    old, new = before.tables.get(name), after.tables.get(name)
    columns_old = {column.name for column in old.columns} if old else set()
    columns_new = {column.name for column in new.columns} if new else set()
    shared = {file.path for file in old.files} & {file.path for file in new.files} if old and new else set()
    if old and new and columns_old == columns_new and len(shared) == len(old.files) == len(new.files):
        return None
    key = TABLES[name].id
    was, now = _rows(lake, name, old, shared), _rows(lake, name, new, shared)
    same = was.join(now, on=[key, "row"], how="semi")[key]
    was, now = was.filter(~pl.col(key).is_in(same.implode())), now.filter(~pl.col(key).is_in(same.implode()))
    changed = was.join(now, on=key, how="semi")[key].sort()
    removed = was.join(now, on=key, how="anti")
    added = now.join(was, on=key, how="anti")
    if columns_old == columns_new and not added.height + removed.height + changed.len():
        return None
    samples = {"added": added[key], "changed": changed, "removed": removed[key]}
    return TableDiff(
        added=added.height,
        changed=changed.len(),
        removed=removed.height,
        samples={what: keys.sort().head(_SAMPLE).to_list() for what, keys in samples.items()},
        columns_added=sorted(columns_new - columns_old),
        columns_removed=sorted(columns_old - columns_new),
        moved=_moved(removed, added, key) if name in _PLACED else pl.DataFrame(schema=_MOVED),
    )


def _rows(lake: Lake, name: str, table: Table | None, shared: set[str]) -> pl.DataFrame:
    """Key, a hash of the whole row, and where it stems from; only of files that the other release lacks."""
    layout = TABLES[name]
    where = ["document_id", *_PLACED.get(name, ())]
    if table is None:
        return pl.DataFrame(schema=dict.fromkeys([layout.id, "row", *where], pl.String))
    files = tuple(file for file in table.files if file.path not in shared)
    rows = scan_files(lake.root, table, files)
    # when it was first seen, or by which run, is no change of content
    ignored = {"release", "run_id", "first_seen_run"} if layout.bond is not Bond.LOG else set()
    told = sorted(column.name for column in table.columns if column.name not in ignored)
    keep = dict.fromkeys([layout.id, *where])
    return rows.select(*keep, row=pl.struct(told).hash(seed=1)).collect()


def _moved(removed: pl.DataFrame, added: pl.DataFrame, key: str) -> pl.DataFrame:
    # spans of one table do not overlap each other, so the best match starts next before or next after
    left, right = removed.sort("source_start"), added.with_columns(at="source_start").sort("source_start")
    sides: list[Literal["backward", "forward"]] = ["backward", "forward"]
    pairs = pl.concat(
        left.join_asof(right, on="source_start", by="document_id", strategy=side, suffix="_new", check_sortedness=False)
        for side in sides
    ).with_columns(overlap=pl.min_horizontal("source_end", "source_end_new") - pl.max_horizontal("source_start", "at"))
    best = pairs.filter(pl.col("overlap") > 0).sort("overlap", key, descending=[True, False])
    return (
        best.unique(key, keep="first", maintain_order=True)
        .select(old_id=key, new_id=f"{key}_new", overlap="overlap")
        .sort("old_id")
        .cast(_MOVED)
    )
