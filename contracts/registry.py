"""Every table's contract by its name, and what follows from it: pyarrow schemas, empty frames, versions."""

from functools import cache

import polars as pl
import pyarrow as pa

from contracts.anomalies import Anomalies
from contracts.articles import Articles
from contracts.base import Contract
from contracts.continuations import Continuations
from contracts.documents import Documents
from contracts.duplicates import Duplicates
from contracts.failures import Failures
from contracts.metrics import Metrics
from contracts.paragraphs import Paragraphs
from contracts.rejections import Rejections
from contracts.runs import Runs
from contracts.sentences import Sentences
from contracts.sightings import Sightings
from contracts.signatures import Signatures
from contracts.spans import Spans

_MODELS: tuple[type[Contract], ...] = (
    Documents,
    Sightings,
    Articles,
    Paragraphs,
    Sentences,
    Spans,
    Anomalies,
    Signatures,
    Continuations,
    Duplicates,
    Rejections,
    Failures,
    Metrics,
    Runs,
)
CONTRACTS: dict[str, type[Contract]] = {model.about().table: model for model in _MODELS}


def versions() -> dict[str, str]:
    """Contract version by table, for `RunInfo.contract_versions` and the release."""
    return {table: model.about().version for table, model in CONTRACTS.items()}


def empty(table: str) -> pl.DataFrame:
    """A frame of the table's columns with no rows."""
    return _empty(table).clone()


@cache
def _empty(table: str) -> pl.DataFrame:
    return pl.DataFrame(schema=CONTRACTS[table].polars_schema())


def descriptions(table: str) -> dict[str, str]:
    """Column name to `Chinese · English`."""
    return {name: str(col.description) for name, col in CONTRACTS[table].to_schema().columns.items()}


def pyarrow_schema(table: str) -> pa.Schema:
    """The table's Arrow schema: nullability as declared, each field with its `description`, and the table's own."""
    columns = CONTRACTS[table].to_schema().columns
    types = CONTRACTS[table].polars_schema()
    about = CONTRACTS[table].about()
    fields = [
        pa.field(
            name,
            _arrow_type(types[name]),
            nullable=col.nullable,
            metadata={"description": str(col.description)},
        )
        for name, col in columns.items()
    ]
    return pa.schema(fields, metadata={"description": f"{about.zh} · {about.en}", "contract_version": about.version})


def _arrow_type(dtype: pl.DataType) -> pa.DataType:
    plain = {
        pl.String: pa.string(),
        pl.Boolean: pa.bool_(),
        pl.Int32: pa.int32(),
        pl.Int64: pa.int64(),
        pl.Float64: pa.float64(),
        pl.Date: pa.date32(),
    }
    if isinstance(dtype, pl.List):
        return pa.list_(_arrow_type(dtype.inner))  # type: ignore[arg-type]  # the inner type of a list is a type
    if isinstance(dtype, pl.Datetime):
        return pa.timestamp(dtype.time_unit, tz=dtype.time_zone)
    return plain[dtype.base_type()]
