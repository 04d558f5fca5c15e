"""The tools that people have, on one lake: each sees the same rows and types, and the recipes run as they are written.

Slow: Spark, chDB and DuckDB's older library and shell are installed in an environment of their own.
QINGLIU_READERS may name the `bin` of one that is there.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.direct import Order, run
from flows.settings import SEEDS, Settings
from flows.watch import Watch
from tasks.lake import open_lake
from tests.conftest import ROOT
from tests.lake.readers import text_of

pytestmark = pytest.mark.slow
WANTED = ("pyspark>=4.1,<5", "chdb>=4,<5", "duckdb>=1.4,<1.5", "duckdb-cli>=1.5,<1.6")
READERS = Path(__file__).with_name("readers.py")
RECIPES = ROOT / "deployments" / "bi"
# what each engine calls the types of `tasks.lake.schema`; ClickHouse guesses the types of partition keys
TYPES = {
    "duckdb": {
        "string": "VARCHAR",
        "bool": "BOOLEAN",
        "int32": "INTEGER",
        "int64": "BIGINT",
        "double": "DOUBLE",
        "date": "DATE",
        "timestamp": "TIMESTAMP WITH TIME ZONE",
        "list<string>": "VARCHAR[]",
    },
    "chdb": {
        "string": r"Nullable\(String\)|LowCardinality\(String\)",
        "bool": r"Nullable\(Bool\)",
        "int32": r"Nullable\(Int32\)|Int64",
        "int64": r"Nullable\(Int64\)",
        "double": r"Nullable\(Float64\)",
        "date": r"Nullable\(Date32\)",
        "timestamp": r"Nullable\(DateTime64\(6, 'UTC'\)\)",
        "list<string>": r"Array\(Nullable\(String\)\)",
    },
    "spark": {
        "string": "string",
        "bool": "boolean",
        "int32": "int",
        "int64": "bigint",
        "double": "double",
        "date": "date",
        "timestamp": "timestamp",
        "list<string>": "array<string>",
    },
    "polars": {
        "string": "String",
        "bool": "Boolean",
        "int32": "Int32|Int64",
        "int64": "Int64",
        "double": "Float64",
        "date": "Date",
        "timestamp": r"Datetime\(time_unit='us', time_zone='UTC'\)",
        "list<string>": r"List\(String\)",
    },
    "pyarrow": {
        "string": "string",
        "bool": "bool",
        "int32": "int32",
        "int64": "int64",
        "double": "double",
        "date": r"date32\[day\]",
        "timestamp": r"timestamp\[us, tz=UTC\]",
        "list<string>": "list<.*: string>",
    },
}


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if given := os.environ.get("QINGLIU_READERS"):
        return Path(given)
    folder = tmp_path_factory.mktemp("readers")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    told = subprocess.run([folder / "bin" / "pip", "install", "-q", *WANTED], capture_output=True, text=True)
    if told.returncode:
        pytest.skip(f"the readers cannot be installed here: {told.stderr.strip().splitlines()[-1]}")
    return folder / "bin"


@pytest.fixture(scope="module", params=["plain", "清河 lake's k=v"])
def lake(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimens, also in a folder whose name trips up those who parse paths."""
    place = tmp_path_factory.mktemp("readers") / request.param
    run(Order((str(SEEDS / "scrapes"),), place, None, Settings(workers=1)), Watch())
    return place


@pytest.mark.parametrize("which", ["duckdb", "duckdb 1.4", "polars", "pyarrow", "spark", "chdb"])
def test_every_reader_sees_the_same_rows_and_types(others: Path, lake: Path, which: str) -> None:
    engine = which.split()[0]
    if engine == "spark" and not shutil.which("java"):
        pytest.skip("Spark needs Java")
    release = open_lake(lake).current()
    assert release is not None
    python = Path(sys.executable) if which in {"duckdb", "polars", "pyarrow"} else others / "python"
    told = subprocess.run([python, READERS, engine, lake, *release.tables], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr[-2000:]
    seen = json.loads(told.stdout)
    for name, table in release.tables.items():
        assert seen[name]["rows"] == table.rows, name
        text = open_lake(lake).scan(name).collect()[text_of(name)].str.len_chars().sum()
        assert seen[name]["text"] == text, name
        for column in table.columns:
            there = seen[name]["types"][column.name]
            wanted = TYPES[engine][column.type]
            fits = there == wanted if engine == "duckdb" else re.fullmatch(wanted, there)
            assert fits, f"{name}.{column.name} is {there}, wanted {wanted}"


def test_recipe_for_the_duckdb_shell_runs(others: Path, lake: Path) -> None:
    shell, script = others / "duckdb", (RECIPES / "first_look.sql").read_text(encoding="utf-8")
    command = [shell, "-readonly", "-bail", "-csv", lake / "catalog.duckdb"]
    told = subprocess.run(command, input=script, capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (0, "")
    assert "publish_month,source,articles" in told.stdout


def test_recipe_for_spark_runs(others: Path, lake: Path) -> None:
    if not shutil.which("java"):
        pytest.skip("Spark needs Java")
    told = subprocess.run([others / "python", RECIPES / "spark_read.py", lake], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr[-2000:]
    release = open_lake(lake).current()
    assert release is not None
    assert re.search(rf"articles\s+{release.tables['articles'].rows}\b", told.stdout)
