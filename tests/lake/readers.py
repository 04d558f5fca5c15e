"""What one engine sees of a lake, told as JSON: per table its rows, the types of its columns, characters of its text.

python readers.py ENGINE LAKE TABLE...    with the engine's own environment: nothing of the project is imported
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

# where a table has text, its characters are summed up; elsewhere those of ids
TEXTS = {"paragraphs": "text", "sentences": "text", "spans": "text"}
Seen = dict[str, dict[str, object]]


def text_of(table: str) -> str:
    return TEXTS.get(table, "document_id")


def duckdb(lake: Path, tables: list[str]) -> Seen:
    import duckdb as engine

    connection = engine.connect(str(lake / "catalog.duckdb"), read_only=True)
    seen = {}
    for name in tables:
        query = f'SELECT count(*), coalesce(sum(length({text_of(name)})), 0) FROM "{name}"'  # noqa: S608 - our own names
        rows, text = connection.execute(query).fetchall()[0]
        types = connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [name]
        ).fetchall()
        seen[name] = {"rows": rows, "text": int(text), "types": dict(types)}
    return seen


def chdb(lake: Path, tables: list[str]) -> Seen:
    import chdb as engine

    def ask(query: str) -> list[list[object]]:
        options = "SETTINGS use_hive_partitioning = 1"
        return json.loads(engine.query(f"{query} {options}", "JSONCompact").data())["data"]

    seen = {}
    for name in tables:
        place = str(lake / "current" / name / "**" / "*.parquet").replace("'", "\\'")
        sums = f"count(), sum(lengthUTF8({text_of(name)}))"
        rows, text = ask(f"SELECT {sums} FROM file('{place}', Parquet)")[0]  # noqa: S608 - our own names
        types = {str(line[0]): str(line[1]) for line in ask(f"DESCRIBE file('{place}', Parquet)")}
        seen[name] = {"rows": int(str(rows)), "text": int(str(text or 0)), "types": types}
    return seen


def spark(lake: Path, tables: list[str]) -> Seen:
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    seen = {}
    for name in tables:
        frame = session.read.parquet(str((lake / "current" / name).resolve()))
        rows, text = frame.select(f.count("*"), f.sum(f.length(text_of(name)))).first()
        seen[name] = {"rows": rows, "text": int(text or 0), "types": dict(frame.dtypes)}
    return seen


def polars(lake: Path, tables: list[str]) -> Seen:
    import polars as engine

    seen = {}
    for name in tables:
        # the schema is told, else a key that looks like a number becomes one
        frame = engine.scan_parquet((lake / "current" / name).resolve(), try_parse_hive_dates=False)
        row = frame.select(engine.len(), engine.col(text_of(name)).str.len_chars().sum().alias("text")).collect().row(0)
        types = {column: str(dtype) for column, dtype in frame.collect_schema().items()}
        seen[name] = {"rows": row[0], "text": row[1], "types": types}
    return seen


def pyarrow(lake: Path, tables: list[str]) -> Seen:
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

    seen = {}
    for name in tables:
        table = ds.dataset((lake / "current" / name).resolve(), partitioning="hive").to_table()
        text = pc.sum(pc.utf8_length(table[text_of(name)])).as_py()
        types = {field.name: str(field.type) for field in table.schema}
        seen[name] = {"rows": table.num_rows, "text": text or 0, "types": types}
    return seen


if __name__ == "__main__":
    engines: dict[str, Callable[[Path, list[str]], Seen]] = {
        engine.__name__: engine for engine in (duckdb, chdb, spark, polars, pyarrow)
    }
    print(json.dumps(engines[sys.argv[1]](Path(sys.argv[2]).absolute(), sys.argv[3:])))  # noqa: T201 - what it is for
