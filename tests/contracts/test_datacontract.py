"""The exported contracts, read by a program that is not ours: `datacontract-cli`, in an environment of its own.

Slow. QINGLIU_DATACONTRACT may name an installed one; else it is installed, and where it cannot be, that is said.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from contracts import export
from contracts.registry import CONTRACTS
from flows.direct import Order, run
from flows.settings import Settings
from flows.watch import Watch
from tests.flows.conftest import ARTICLE

pytestmark = pytest.mark.slow
WANTED = ("datacontract-cli[duckdb]>=1.2,<2", "duckdb<2")


@pytest.fixture(scope="module")
def datacontract(tmp_path_factory: pytest.TempPathFactory) -> str:
    if given := os.environ.get("QINGLIU_DATACONTRACT"):
        return given
    folder = tmp_path_factory.mktemp("datacontract")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    told = subprocess.run([folder / "bin" / "pip", "install", "-q", *WANTED], capture_output=True, text=True)
    if told.returncode:
        pytest.skip(f"datacontract-cli cannot be installed here: {told.stderr.strip().splitlines()[-1]}")
    return str(folder / "bin" / "datacontract")


@pytest.fixture(scope="module")
def current(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plain tree of a small real lake."""
    folder = tmp_path_factory.mktemp("lake")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "in" / "b.txt").write_bytes(ARTICLE.replace("清河", "云山").encode("gb18030"))
    (folder / "in" / "empty.txt").touch()
    run(Order((str(folder / "in"),), folder / "lake", None, Settings(workers=1)), Watch())
    return (folder / "lake" / "current").resolve()


def checked(datacontract: str, command: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    wide = {**os.environ, "COLUMNS": "300", "NO_COLOR": "1"}
    return subprocess.run([datacontract, command, *paths], capture_output=True, text=True, env=wide)


def written(path: Path, contract: dict[str, Any]) -> Path:
    path.write_text(json.dumps(contract, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("table", CONTRACTS)
def test_an_exported_contract_is_valid_odcs(datacontract: str, table: str, tmp_path: Path) -> None:
    told = checked(datacontract, "lint", written(tmp_path / "c.odcs.yaml", export.odcs(table)))
    assert told.returncode == 0, told.stdout
    assert "valid against ODCS v3.1" in told.stdout


@pytest.mark.parametrize("table", ["documents", "articles", "paragraphs", "sentences", "rejections", "metrics"])
def test_a_real_lake_keeps_its_exported_contract(datacontract: str, table: str, current: Path, tmp_path: Path) -> None:
    told = checked(datacontract, "test", written(tmp_path / "c.odcs.yaml", export.odcs(table, str(current))))
    assert told.returncode == 0, told.stdout
    assert "│ failed" not in told.stdout


def test_a_lake_with_two_rows_of_one_key_or_a_lost_column_does_not(
    datacontract: str, current: Path, tmp_path: Path
) -> None:
    contract = written(tmp_path / "c.odcs.yaml", export.odcs("documents", str(tmp_path)))
    (file,) = (current / "documents").rglob("*.parquet")
    rows = pl.read_parquet(file, hive_partitioning=False)
    folder = tmp_path / "documents" / "source=default"
    folder.mkdir(parents=True)
    for bad in (pl.concat([rows, rows.head(1)]), rows.drop("encoding")):
        bad.write_parquet(folder / "part-1.parquet")
        assert checked(datacontract, "test", contract).returncode == 1


def test_it_calls_a_lost_column_breaking_and_a_new_one_not(datacontract: str, tmp_path: Path) -> None:
    old = written(tmp_path / "old.odcs.yaml", export.odcs("articles"))
    contract = export.odcs("articles")
    fewer = {**contract, "schema": [{**contract["schema"][0], "properties": contract["schema"][0]["properties"][1:]}]}
    told = checked(datacontract, "breaking", old, written(tmp_path / "new.odcs.yaml", fewer))
    assert told.returncode == 1, told.stdout
    assert "article_id" in told.stdout
    assert checked(datacontract, "breaking", old, old).returncode == 0
