"""The tables of a batch with children in order under their parents: what relations are checked on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

BREAK_COLUMNS = pl.Schema(
    {"document_id": pl.String(), "article_id": pl.String(), "row_key": pl.String(), "value": pl.String()}
)
_NO_BREAKS = BREAK_COLUMNS.to_frame()


@dataclass(frozen=True)
class Runs:
    """Children grouped by parent and in ordinal order; `first` and `last` mark the ends of each group."""

    frame: pl.DataFrame
    parent: str
    first: pl.Series
    last: pl.Series

    def parents(self) -> pl.Series:
        """The parents' ids, each once, in order."""
        return self.frame[self.parent].filter(self.first)

    def sizes(self) -> pl.Series:
        """How many children each of `parents` has."""
        ends = self.last.arg_true().cast(pl.Int64)
        return (ends - ends.shift(fill_value=-1)).cast(pl.Int32)

    def counts(self, column: str) -> tuple[pl.Series, pl.Series]:
        """The values of a column that all children of one parent share, in their order, and how many rows have each."""
        held = self.frame[column].filter(self.last)
        first = _changes(held)
        ends = (self.last.arg_true().cast(pl.Int64) + 1).filter(first.shift(-1, fill_value=True))
        return held.filter(first), (ends - ends.shift(fill_value=0)).cast(pl.Int32)

    def sums(self, column: str) -> pl.Series:
        """What a column of integers adds up to under each of `parents`."""
        upto = self.frame[column].cast(pl.Int64).cum_sum().filter(self.last)
        return upto - upto.shift(fill_value=0)


class Family:
    """The tables of a batch, their children grouped once for all relations.

    Args:
        tables: documents, sightings, articles, paragraphs, sentences, spans, anomalies; rows that keep their contracts.
        partial: ids of documents from which an article was withdrawn, so that their numbering has gaps.
    """

    def __init__(self, tables: Mapping[str, pl.DataFrame], partial: pl.Series) -> None:
        self.tables = tables
        self.partial = partial
        self.runs = {
            "articles": _runs(tables["articles"], "document_id"),
            "paragraphs": _runs(tables["paragraphs"], "article_id"),
            "sentences": _runs(tables["sentences"], "paragraph_id"),
            "spans": _runs(tables["spans"], "document_id"),
        }

    @cached_property
    def named_by_spans(self) -> pl.Series:
        """The rows that spans lead to; one that has many spans may be named more than once."""
        named = self.tables["spans"]["row_id"].drop_nulls()
        return named.filter(_changes(named))

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables[table]


def with_parent(runs: Runs, parents: pl.DataFrame, columns: Sequence[str], keep: Sequence[str]) -> pl.DataFrame:
    """The last child of each parent (columns `keep`) beside its parent's `columns`, as `parent_<name>`."""
    key = runs.parent
    ends = runs.frame.select(list(dict.fromkeys((key, *keep)))).filter(runs.last)
    mine = parents.select(pl.col(key), *(pl.col(name).alias(f"parent_{name}") for name in columns))
    if ends[key].equals(mine[key]):
        return pl.concat([ends, mine.drop(key)], how="horizontal")
    return ends.join(mine, on=key, how="left", maintain_order="left")


def breaking(rows: pl.DataFrame, key: str, value: pl.Expr) -> pl.DataFrame:
    """Rows that break a relation, as BREAK_COLUMNS: their ids, their key, and the value that is wrong."""
    if rows.is_empty():  # as mostly it is
        return _NO_BREAKS
    article = pl.col("article_id") if "article_id" in rows.columns else pl.lit(None, pl.String)
    return rows.select(
        document_id=pl.col("document_id"), article_id=article, row_key=pl.col(key), value=value.cast(pl.String)
    )


def _runs(children: pl.DataFrame, parent: str) -> Runs:
    """Order `children` (columns `parent`, `ordinal`, ...) under their parents; nearly free when they already are."""
    first = _changes(children[parent])
    grouped = int(first.sum()) == children[parent].filter(first).n_unique()
    rising = ((children["ordinal"] > children["ordinal"].shift()) | first).all()
    if not (grouped and rising):
        children = children.sort(parent, "ordinal", maintain_order=True)
        first = _changes(children[parent])
    return Runs(children, parent, first, first.shift(-1, fill_value=True))


def _changes(values: pl.Series) -> pl.Series:
    """True where a value differs from the one before, and at the first."""
    changed = values.ne_missing(values.shift())
    return changed.scatter(0, True) if len(values) else changed
