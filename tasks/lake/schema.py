"""The columns of a table as a release records them, and what each engine calls their types."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa

from tasks.lake.errors import StagedRunInvalid

# name on disk -> (pyarrow, polars, DuckDB): the types that every BI tool reads, and no others
_TYPES: dict[str, tuple[pa.DataType, Any, str]] = {
    "string": (pa.string(), pl.String(), "VARCHAR"),
    "bool": (pa.bool_(), pl.Boolean(), "BOOLEAN"),
    "int32": (pa.int32(), pl.Int32(), "INTEGER"),
    "int64": (pa.int64(), pl.Int64(), "BIGINT"),
    "double": (pa.float64(), pl.Float64(), "DOUBLE"),
    "date": (pa.date32(), pl.Date(), "DATE"),
    "timestamp": (pa.timestamp("us", tz="UTC"), pl.Datetime("us", "UTC"), "TIMESTAMP WITH TIME ZONE"),
    "list<string>": (pa.list_(pa.string()), pl.List(pl.String()), "VARCHAR[]"),
}


@dataclass(frozen=True)
class Column:
    """One column: its name, its type as named on disk, and its description in Chinese and English."""

    name: str
    type: str
    description: str = ""

    @property
    def polars(self) -> pl.DataType:
        """Its polars type."""
        dtype: pl.DataType = _TYPES[self.type][1]
        return dtype

    @property
    def duckdb(self) -> str:
        """Its SQL type."""
        return _TYPES[self.type][2]

    @property
    def arrow(self) -> Any:
        """Its pyarrow field, described both as Spark reads it (`comment`) and as people look for it."""
        text = self.description.encode()
        return pa.field(self.name, _TYPES[self.type][0], metadata={"description": text, "comment": text})


def columns_of(schema: Any, key: str) -> tuple[Column, ...]:
    """Columns of a pyarrow schema, with the partition key last as hive readers put it.

    Args:
        schema: pyarrow schema; field metadata may hold `description` or `comment`.
        key: the partition key; added as int32 when the schema lacks it (`release`).

    Raises:
        StagedRunInvalid: a type that some BI tool cannot read.
    """
    columns = [Column(field.name, _type_name(field), _description(field)) for field in schema]
    body = [column for column in columns if column.name != key]
    found = [column for column in columns if column.name == key]
    return (*body, *(found or [Column(key, "int32", "发布它的版本号 · the release that published it")]))


def arrow_schema(columns: Sequence[Column]) -> Any:
    """The pyarrow schema of columns."""
    return pa.schema([column.arrow for column in columns])


def fit(frame: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Bring rows written under an older contract to today's columns: missing ones null, dropped ones left out."""
    return frame.select(
        (pl.col(column.name) if column.name in frame.columns else pl.lit(None)).cast(column.polars).alias(column.name)
        for column in columns
    )


def _type_name(field: Any) -> str:
    plain = _plain(field.type)
    for name, (arrow, _, _) in _TYPES.items():
        if plain.equals(arrow):
            return name
    raise StagedRunInvalid(
        f"column {field.name} has type {field.type}",
        why=f"only {', '.join(_TYPES)} are readable everywhere",
        then="change the contract",
    )


def _plain(dtype: Any) -> Any:
    if pa.types.is_large_string(dtype) or pa.types.is_string_view(dtype):
        return pa.string()
    if pa.types.is_list(dtype) or pa.types.is_large_list(dtype):
        return pa.list_(_plain(dtype.value_type))
    return dtype


def _description(field: Any) -> str:
    metadata: dict[bytes, bytes] = field.metadata or {}
    return (metadata.get(b"description") or metadata.get(b"comment") or b"").decode()
