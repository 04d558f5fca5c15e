"""Publishing: what becomes visible, what is skipped, what is replaced."""

import json
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from contracts import registry
from tasks.lake import known_files, open_lake, releases, sql, status
from tasks.lake.errors import GateFailed, StagedRunInvalid
from tasks.publish import publish
from tests.lake.staged import PASS, Doc, Verdict, stage

DOCS = [Doc("a"), Doc("b", "unknown"), Doc("c", "2021-03", "other"), Doc("d")]


def count(root: Path, table: str) -> int:
    return open_lake(root).scan(table).select(pl.len()).collect().item()


def recipes(root: Path) -> dict[str, str]:
    documents = open_lake(root).scan("documents").collect()
    names = documents["file_name"].str.strip_suffix(".txt")
    return dict(zip(names, documents["recipe_version"], strict=True))


def test_one_lake_every_reader_same_counts(root: Path) -> None:
    publish(root, stage(root, DOCS, rejected=[Doc("z")]), PASS)
    lake = open_lake(root)
    release = lake.current()
    assert release is not None
    assert set(release.tables) == set(registry.CONTRACTS)
    with duckdb.connect(root / "catalog.duckdb", read_only=True) as connection:
        for name, table in release.tables.items():
            folder = root / "current" / name
            counts = {
                "duckdb": connection.table(name).shape[0],
                "delta": pl.scan_delta(str(root / "data" / name)).select(pl.len()).collect().item(),
                "hive": pl.scan_parquet(folder / "**/*.parquet").select(pl.len()).collect().item(),
                "pyarrow": ds.dataset(folder.resolve(), partitioning="hive").count_rows(),
                "lake": count(root, name),
            }
            assert set(counts.values()) == {table.rows}, (name, counts)


@pytest.mark.parametrize("table", sorted(registry.CONTRACTS))
def test_every_table_in_the_catalogue_columns_and_comments_of_its_contract(root: Path, table: str) -> None:
    publish(root, stage(root, [Doc("a")]), PASS)
    columns, rows = sql(open_lake(root), "SELECT table_name, column_name, comment FROM duckdb_columns()")
    assert columns == ["table_name", "column_name", "comment"]
    there = {name: comment for place, name, comment in rows if place == table}
    for name, description in registry.descriptions(table).items():
        assert there[name] == description
    assert all(there.values())


def test_data_file_holds_no_key_and_describes_its_fields(root: Path) -> None:
    publish(root, stage(root, DOCS), PASS)
    path = open_lake(root).files("articles")[0]
    schema = pq.read_schema(path)
    assert path.parent.name == "publish_month=2020-02"
    assert "publish_month" not in schema.names
    assert schema.field("title").metadata[b"description"].decode() == registry.descriptions("articles")["title"]
    assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"


def test_rows_are_sorted_whatever_the_order_of_arrival(tmp_path: Path) -> None:
    for name, docs, size in (("one", DOCS, 2), ("two", DOCS[::-1], 1)):
        publish(tmp_path / name, stage(tmp_path / name, docs, batch_size=size), PASS)
    for table in ("documents", "articles", "paragraphs", "sentences", "spans"):
        one, two = (open_lake(tmp_path / name).files(table) for name in ("one", "two"))
        assert [path.name for path in one] == [path.name for path in two]


def test_second_publish_of_the_same_content_makes_no_release(root: Path) -> None:
    first = publish(root, stage(root, DOCS, rejected=[Doc("z")]), PASS)
    second = publish(root, stage(root, DOCS[::-1], rejected=[Doc("z")], batch_size=1), PASS)
    assert (first.release, second.release, second.nothing_new) == (1, None, True)
    assert releases.numbers(root) == [1]


def test_known_content_at_a_new_place_is_a_new_sighting_only(root: Path) -> None:
    publish(root, stage(root, DOCS), PASS)
    again = publish(root, stage(root, [Doc("a", uri="mirror/a.txt")]), PASS)
    assert again.release == 2
    assert {name: n for name, n in again.rows.items() if n} == {"sightings": 1, "metrics": 1, "runs": 1}
    assert count(root, "documents") == len(DOCS)


def test_new_recipe_replaces_only_what_it_curated(root: Path) -> None:
    publish(root, stage(root, DOCS), PASS)
    before = {path.name for path in open_lake(root).files("articles")}
    done = publish(root, stage(root, [Doc("a", "2022-01"), Doc("e")], recipe="two"), PASS)
    assert recipes(root) == {"a": "two", "b": "recipe-one", "c": "recipe-one", "d": "recipe-one", "e": "two"}
    assert done.removed["articles"] == 1
    articles = open_lake(root).scan("articles").collect()
    assert articles["document_id"].is_unique().all()
    assert set(articles["publish_month"]) == {"2020-02", "2022-01", "2021-03", "unknown"}
    # the months without a replaced article keep their files
    assert len(before & {path.name for path in open_lake(root).files("articles")}) == 2


def test_document_the_new_recipe_rejects_is_withdrawn(root: Path) -> None:
    publish(root, stage(root, DOCS), PASS)
    publish(root, stage(root, [], recipe="two", rejected=[Doc("a")]), PASS)
    assert "a" not in recipes(root)
    assert count(root, "rejections") == 1
    assert count(root, "sightings") == len(DOCS)


def test_late_document_lands_in_its_own_month(root: Path) -> None:
    publish(root, stage(root, DOCS), PASS)
    publish(root, stage(root, [Doc("late", "2021-03")]), PASS)
    months = open_lake(root).scan("articles").group_by("publish_month").len().collect()
    assert dict(months.iter_rows()) == {"2020-02": 2, "2021-03": 2, "unknown": 1}


def test_many_small_publishes_do_not_make_many_small_files(root: Path) -> None:
    for number in range(20):
        publish(root, stage(root, [Doc(f"n{number}")]), PASS)
    assert count(root, "articles") == 20
    assert len(open_lake(root).files("articles")) <= 8


def test_known_files_are_those_of_the_recipe(root: Path) -> None:
    publish(root, stage(root, DOCS, rejected=[Doc("z")]), PASS)
    assert known_files(open_lake(root), "recipe-one") == {doc.id for doc in (*DOCS, Doc("z"))}
    assert known_files(open_lake(root), "another") == set()


def test_rows_of_a_run_carry_its_release(root: Path) -> None:
    publish(root, stage(root, [Doc("a")]), PASS)
    publish(root, stage(root, [Doc("b")], rejected=[Doc("z")]), PASS)
    _, rows = sql(open_lake(root), "SELECT release, state, n_documents FROM runs ORDER BY release")
    assert rows == [(1, "completed", 1), (2, "completed_with_rejections", 1)]
    _, rows = sql(open_lake(root), "SELECT release, typeof(release) FROM rejections")
    assert rows == [(2, "INTEGER")]


def test_release_says_what_it_rests_on(root: Path) -> None:
    publish(root, stage(root, DOCS), Verdict("warn", ("few documents",)))
    release = open_lake(root).current()
    assert release is not None
    assert release.verdict == {"verdict": "warn", "reasons": ["few documents"]}
    assert release.versions["recipe"] == "recipe-one"
    assert release.versions["contracts"]["articles"]
    for file in release.data_files():
        assert (root / file.path).stat().st_size == file.bytes


def test_failed_gate_publishes_nothing(root: Path) -> None:
    run = stage(root, DOCS)
    with pytest.raises(GateFailed, match="too many"):
        publish(root, run, Verdict("fail", ("too many rejected",)))
    assert releases.numbers(root) == []


def test_unfinished_batch_publishes_nothing_and_names_it(root: Path) -> None:
    run = stage(root, DOCS)
    (run / "batch-000002" / "batch.json").unlink()
    with pytest.raises(StagedRunInvalid, match=r"batch 2 is not finished.*batch\.json.*Next: run it again"):
        publish(root, run, PASS)


def test_status_tells_tables_and_what_is_pending(root: Path) -> None:
    publish(root, stage(root, DOCS), PASS)
    pending = stage(root, [Doc("e")])
    now = status(open_lake(root))
    assert (now.release, now.verdict, now.newest_day, now.derived) == (1, "pass", "2021-03-11", True)
    assert [run.run_id for run in now.pending] == [pending.name]
    assert {table.name: table.rows for table in now.tables}["documents"] == len(DOCS)
    assert json.loads((pending / "plan.json").read_text())["run_id"] == pending.name
