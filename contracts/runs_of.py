"""Children in order under their parents: what numbering, tiling and sharing are checked on."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Runs:
    """Children grouped by parent and in ordinal order; `first` and `last` mark the ends of each group."""

    frame: pl.DataFrame
    first: pl.Series
    last: pl.Series


def runs_of(children: pl.DataFrame, parent: str) -> Runs:
    """Order `children` (columns `parent`, `ordinal`, ...) under their parents; free when they already are."""
    first = _changes(children[parent])
    grouped = int(first.sum()) == children[parent].hash().n_unique()
    rising = ((children["ordinal"] > children["ordinal"].shift()) | first).all()
    if not (grouped and rising):
        children = children.sort(parent, "ordinal", maintain_order=True)
        first = _changes(children[parent])
    last = first.shift(-1, fill_value=True)
    return Runs(children, first, last)


def with_parent(
    runs: Runs, parents: pl.DataFrame, key: str, columns: Sequence[str], keep: Sequence[str]
) -> pl.DataFrame:
    """The last child of each parent (columns `keep`) beside its parent's `columns`, as `parent_<name>`."""
    ends = runs.frame.select(list(dict.fromkeys((key, *keep)))).filter(runs.last)
    mine = parents.select(pl.col(key), *(pl.col(name).alias(f"parent_{name}") for name in columns))
    if ends[key].equals(mine[key]):
        return pl.concat([ends, mine.drop(key)], how="horizontal")
    return ends.join(mine, on=key, how="left", maintain_order="left")


def _changes(values: pl.Series) -> pl.Series:
    """True where a value differs from the one before, and at the first."""
    return values.ne_missing(values.shift()) | (pl.int_range(len(values), eager=True) == 0)
