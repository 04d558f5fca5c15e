"""What follows from the contracts: schemas, descriptions, the version lock, the dictionary, the export."""

import json
import re
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from contracts import dictionary, export
from contracts.registry import CONTRACTS, descriptions, empty, pyarrow_schema
from contracts.relations import RELATIONS
from tests.contracts.made import batch

DISK_TYPES = {
    "string",
    "bool",
    "int32",
    "int64",
    "double",
    "date32[day]",
    "timestamp[us, tz=UTC]",
    "list<item: string>",
}


@pytest.mark.parametrize("table", CONTRACTS)
def test_a_table_uses_only_types_that_bi_tools_read(table: str) -> None:
    assert {str(field.type) for field in pyarrow_schema(table)} <= DISK_TYPES


@pytest.mark.parametrize("table", CONTRACTS)
def test_a_frame_of_the_contract_writes_under_its_arrow_schema_and_reads_back(table: str, tmp_path: Path) -> None:
    frame = batch()[table]
    pq.write_table(frame.to_arrow().cast(pyarrow_schema(table)), tmp_path / "t.parquet")
    assert pl.read_parquet(tmp_path / "t.parquet").equals(frame)


@pytest.mark.parametrize("table", CONTRACTS)
def test_every_column_is_described_in_chinese_and_english(table: str) -> None:
    for name, words in descriptions(table).items():
        assert re.fullmatch(r".*[\u4e00-\u9fff].* · .*[A-Za-z].*", words), name
    assert all(field.metadata[b"description"] for field in pyarrow_schema(table))
    assert CONTRACTS[table].about().en


def test_every_table_has_a_document_id_and_a_key_of_its_own() -> None:
    for table, model in CONTRACTS.items():
        assert "document_id" in model.polars_schema(), table
        assert model.about().key in model.polars_schema(), table


def test_every_rule_and_relation_has_a_chinese_sentence() -> None:
    rules = [rule for model in CONTRACTS.values() for rule in model.rules()]
    assert all(rule.zh for rule in [*rules, *RELATIONS])


def test_an_empty_table_has_its_columns() -> None:
    assert empty("metrics").schema["measured_at"] == pl.Datetime("us", "UTC")
    assert pa.types.is_list(pyarrow_schema("paragraphs").field("outline").type)


def test_the_dictionary_is_up_to_date() -> None:
    assert dictionary.DICTIONARY.read_text(encoding="utf-8") == dictionary.markdown(), (
        "run `python -m contracts.dictionary`"
    )


def test_the_export_names_every_column_its_key_and_its_rules(tmp_path: Path) -> None:
    for path, table in zip(export.write(tmp_path), CONTRACTS, strict=True):
        told = json.loads(path.read_text(encoding="utf-8"))
        schema = told["schema"][0]
        assert [p["name"] for p in schema["properties"]] == CONTRACTS[table].polars_schema().names()
        assert [p["name"] for p in schema["properties"] if p.get("primaryKey")] == [CONTRACTS[table].about().key]
        assert "key_is_unique" in [rule["name"] for rule in schema["quality"]]
