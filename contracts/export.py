"""Contracts as ODCS v3.1 documents (the Open Data Contract Standard): `python -m contracts.export FOLDER`.

Written as JSON, which every YAML reader reads.
"""

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

from contracts.base import Contract
from contracts.registry import CONTRACTS

# polars -> ODCS logical type, and the physical type's name in datacontract-cli
_TYPES: dict[Any, tuple[str, str]] = {
    pl.String: ("string", "string"),
    pl.Boolean: ("boolean", "boolean"),
    pl.Int32: ("integer", "int"),
    pl.Int64: ("integer", "long"),
    pl.Float64: ("number", "double"),
    pl.Date: ("date", "date"),
    pl.Datetime: ("timestamp", "timestamp_tz"),
    pl.List: ("array", "array"),
}
_PARTITIONS = {"articles": "publish_month", "paragraphs": "publish_month", "sentences": "publish_month"}


def odcs(table: str, path: str = "current") -> dict[str, Any]:
    """One table's contract as an ODCS v3.1 document.

    Args:
        table: the table.
        path: where the plain hive tree of the lake is.
    """
    model = CONTRACTS[table]
    about = model.about()
    return {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": f"qingliu.{table}",
        "name": table,
        "version": about.version,
        "status": "active",
        "description": {"purpose": f"{about.zh} · {about.en}"},
        "servers": [{"server": "lake", "type": "local", "path": f"{path}/{table}/**/*.parquet", "format": "parquet"}],
        "schema": [
            {
                "name": table,
                "physicalName": table,
                "physicalType": "table",
                "description": f"{about.zh} · {about.en}",
                "properties": [_property(model, name, dtype) for name, dtype in model.polars_schema().items()],
                "quality": [
                    {
                        "type": "text",
                        "name": rule.name,
                        "dimension": _DIMENSIONS[rule.dimension],
                        "description": rule.zh,
                    }
                    for rule in model.rules()
                    if not rule.name.endswith("_is_present")
                ],
            }
        ],
    }


# ODCS has a closed list of dimensions
_DIMENSIONS = {
    "completeness": "completeness",
    "uniqueness": "uniqueness",
    "validity": "conformity",
    "consistency": "consistency",
    "accuracy": "accuracy",
}


def _property(model: type[Contract], name: str, dtype: pl.DataType) -> dict[str, Any]:
    column, about = model.to_schema().columns[name], model.about()
    logical, physical = _TYPES[dtype.base_type()]
    told: dict[str, Any] = {
        "name": name,
        "logicalType": logical,
        "physicalType": physical,
        "required": not column.nullable,
        "description": column.description,
    }
    if isinstance(dtype, pl.List):
        told["items"] = {"logicalType": "string", "physicalType": "string"}
    if name == about.key:
        told |= {"primaryKey": True, "primaryKeyPosition": 1, "unique": True}
    if name == _PARTITIONS.get(about.table):
        told |= {"partitioned": True, "partitionKeyPosition": 1}
    return told


def write(folder: Path) -> list[Path]:
    """Write every contract to `folder` as `<table>.odcs.yaml`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for table in CONTRACTS:
        paths.append(folder / f"{table}.odcs.yaml")
        paths[-1].write_text(json.dumps(odcs(table), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return paths


if __name__ == "__main__":
    write(Path(sys.argv[1]))
