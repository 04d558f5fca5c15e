"""Compaction, rollback and held contents, forgetting, vacuum, verify, diff."""

import json
import os
from pathlib import Path

import polars as pl
import pytest

from tasks.lake import known_files, open_lake, releases, sql
from tasks.lake.diff import diff, metrics_diff
from tasks.lake.errors import QueryFailed, UnknownRelease
from tasks.lake.forget import forget, forgotten_ids
from tasks.lake.lake import Lake
from tasks.lake.maintain import compact, held, rollback, unhold
from tasks.lake.raw import put_raw, raw_path
from tasks.lake.vacuum import vacuum
from tasks.lake.verify import verify
from tasks.publish import publish
from tests.lake.staged import PASS, RECIPE, Doc, stage

CONTENT = ("documents", "articles", "paragraphs", "sentences", "spans")


def names(lake: Lake) -> list[str]:
    return sorted(lake.scan("documents").collect()["file_name"].str.strip_suffix(".txt"))


def filled(root: Path, *groups: str) -> Lake:
    for group in groups:
        publish(root, stage(root, [Doc(name) for name in group]), PASS)
    return open_lake(root)


def content(lake: Lake) -> dict[str, pl.DataFrame]:
    return {name: lake.scan(name).collect() for name in CONTENT}


def all_bytes(root: Path) -> bytes:
    """Every byte of text that is still in some file below the lake."""
    found = []
    for path in root.rglob("*"):
        if path.suffix == ".parquet" and path.is_file():
            found.append(pl.read_parquet(path, hive_partitioning=False).write_json().encode())
        elif path.is_file():
            found.append(path.read_bytes())
    return b"\n".join(found)


def test_compact_makes_what_one_full_build_would(tmp_path: Path) -> None:
    one = filled(tmp_path / "one", "abcdef")
    many = filled(tmp_path / "many", "f", "be", "d", "c", "a")
    release = compact(many)
    assert release is not None
    for name in CONTENT:
        if name != "sightings":
            assert [path.name for path in one.files(name)] == [path.name for path in many.files(name)]
    assert compact(many) is None
    assert verify(many, contracts=False) == []


def test_rollback_shows_the_older_release_and_holds_what_it_withdrew(root: Path) -> None:
    lake = filled(root, "ab", "cd")
    release = rollback(lake, 1)
    assert (release.number, names(lake)) == (3, ["a", "b"])
    assert set(held(lake)["id"]) == {Doc("c").id, Doc("d").id}
    again = publish(root, stage(root, [Doc("c"), Doc("e")]), PASS)
    assert (again.rows["documents"], names(lake)) == (1, ["a", "b", "e"])
    assert {Doc(name).id for name in "abcde"} == known_files(lake, RECIPE)


def test_unhold_lets_the_next_run_publish_again(root: Path) -> None:
    lake = filled(root, "ab", "cd")
    rollback(lake, 1)
    assert unhold(lake, [Doc("c").id]) is not None
    assert publish(root, stage(root, [Doc("c"), Doc("d")]), PASS).rows["documents"] == 1
    assert names(lake) == ["a", "b", "c"]
    assert unhold(lake, ["0" * 64]) is None


def test_rollback_then_forward_again_holds_nothing(root: Path) -> None:
    lake = filled(root, "ab", "cd")
    before = content(lake)
    rollback(lake, 1)
    rollback(lake, 2)
    assert held(lake).is_empty()
    for name, rows in content(lake).items():
        assert rows.equals(before[name])


def test_rollback_over_a_new_recipe_shows_the_old_rows_once(root: Path) -> None:
    lake = filled(root, "ab")
    publish(root, stage(root, [Doc("a")], recipe="two"), PASS)
    rollback(lake, 1)
    rows = lake.scan("documents").collect()
    assert rows["recipe_version"].to_list() == [RECIPE, RECIPE]
    assert publish(root, stage(root, [Doc("a")], recipe="two"), PASS).nothing_new


def test_rollback_to_no_older_release_is_refused(root: Path) -> None:
    lake = filled(root, "ab")
    with pytest.raises(UnknownRelease, match="qingliu releases"):
        rollback(lake, 1)
    with pytest.raises(UnknownRelease, match="newest: 1"):
        rollback(lake, 7)


def test_forget_takes_a_document_out_and_keeps_it_out(root: Path) -> None:
    lake = filled(root, "ab", "cd")
    forget(lake, documents=[Doc("a").id], reason="asked by its author")
    assert names(lake) == ["b", "c", "d"]
    assert forgotten_ids(lake)["reason"].to_list() == ["asked by its author"]
    for recipe in (RECIPE, "two"):
        assert publish(root, stage(root, [Doc("a")], recipe=recipe, rejected=[Doc("a")]), PASS).nothing_new
    rollback(lake, 2)
    assert names(lake) == ["b", "c", "d"]


def test_forgotten_bytes_are_nowhere_after_vacuum(root: Path) -> None:
    private = "河湾村李某某"
    publish(root, stage(root, [Doc("a"), Doc("b")], text=private), PASS)
    publish(root, stage(root, [Doc("c")]), PASS)
    publish(root, stage(root, [Doc("x", source="leaky")]), PASS)
    lake = open_lake(root)
    for name in "ab":
        put_raw(root, name.encode(), Doc(name).id)
    stage(root, [Doc("a")], text=private, recipe="pending")
    assert private.encode() in all_bytes(root)
    forget(lake, documents=[Doc("a").id, Doc("b").id], reason="privacy")
    done = vacuum(lake)
    assert private.encode() not in all_bytes(root)
    assert len(done.raw) == 2
    assert not raw_path(root, Doc("a").id).exists()
    assert done.releases == [1, 2, 3]
    assert names(lake) == ["c", "x"]
    assert verify(lake, contracts=False) == []
    with pytest.raises(UnknownRelease, match="vacuum has taken its files"):
        rollback(lake, 1)


def test_forget_a_source_takes_all_of_it(root: Path) -> None:
    publish(root, stage(root, [Doc("a"), Doc("x", source="leaky")], rejected=[Doc("y", source="leaky")]), PASS)
    lake = open_lake(root)
    forget(lake, source="leaky", reason="licence ended")
    assert names(lake) == ["a"]
    assert lake.scan("rejections").collect().is_empty()
    assert set(forgotten_ids(lake)["id"]) == {Doc("x").id, Doc("y").id}


def test_forget_purges_the_container_of_a_record(root: Path) -> None:
    run = stage(root, [Doc("record", uri="https://news.example/1")])
    plan = json.loads((run / "plan.json").read_text())
    file_id = "f" * 64
    plan["batches"][0]["files"][0] |= {"path": "/in/https://news.example/1", "file_id": file_id}
    (run / "plan.json").write_text(json.dumps(plan))
    for path in (run / "batch-000001").glob("documents.parquet"):
        pl.read_parquet(path).with_columns(file_name=pl.lit("1")).write_parquet(path)
    publish(root, run, PASS)
    lake = open_lake(root)
    raw_path(root, file_id).parent.mkdir(parents=True)
    raw_path(root, file_id).write_bytes(b"the whole container")
    forget(lake, documents=[Doc("record").id], reason="privacy")
    vacuum(lake)
    assert not raw_path(root, file_id).exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"documents": ["abc"], "reason": "r"}, "64 hex digits"),
        ({"documents": ["0" * 64], "reason": " "}, "--reason"),
        ({"source": "nowhere", "reason": "r"}, "no document of source 'nowhere'"),
    ],
)
def test_forget_without_sense_is_refused(root: Path, given: dict[str, object], said: str) -> None:
    lake = filled(root, "a")
    with pytest.raises(QueryFailed, match=said):
        forget(lake, **given)  # type: ignore[arg-type]


def test_vacuum_keeps_what_a_reader_may_hold(root: Path) -> None:
    lake = filled(root, "ab", "cd")
    publish(root, stage(root, [Doc("a")], recipe="two"), PASS)
    assert vacuum(lake).files == []
    assert vacuum(lake, keep_releases=1, keep_days=0).files == []
    looked = vacuum(lake, keep_releases=1, keep_days=0, reader_seconds=0, dry_run=True)
    assert looked.files
    assert all((root / path).exists() for path in looked.files)
    assert vacuum(lake, keep_releases=1, keep_days=0, reader_seconds=0).files == looked.files
    assert names(lake) == ["a", "b", "c", "d"]
    assert verify(lake, contracts=False) == []
    assert (root / "releases/000001.lost.json").exists()
    with pytest.raises(UnknownRelease, match="vacuum has taken"):
        diff(lake, 1, 3)


def test_vacuum_clears_what_a_killed_writer_left(root: Path) -> None:
    lake = filled(root, "ab")
    orphan = root / "data/articles/publish_month=2020-02/part-0000000000000000.parquet"
    orphan.write_bytes(b"never released")
    left = root / ".staging/files-dead"
    left.mkdir()
    (left / "000000.draft").write_bytes(b"torn")
    assert vacuum(lake).files == [orphan.relative_to(root).as_posix()]
    assert not left.exists()


def test_vacuum_drops_pages_of_lost_releases_and_of_runs_that_are_staged_no_more(root: Path) -> None:
    lake = filled(root, "ab", "c")
    pending = stage(root, [Doc("d")], text="待审")
    (root / "reports").mkdir()
    for name in ("000001", "000002", "000003", pending.name, "r0000000000000000"):
        (root / f"reports/{name}.html").write_text("张某某的住址")
    forget(lake, documents=[Doc("a").id], reason="privacy")
    looked = vacuum(lake, dry_run=True)
    assert looked.reports == [f"reports/{name}.html" for name in ("000001", "000002", "r0000000000000000")]
    assert all((root / page).exists() for page in looked.reports)
    assert vacuum(lake).reports == looked.reports
    assert sorted(page.stem for page in (root / "reports").iterdir()) == ["000003", pending.name]
    assert vacuum(lake).reports == []


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.98])
def test_verify_finds_a_flipped_bit_and_its_row_group(root: Path, place: float) -> None:
    lake = filled(root, "abc")
    path = lake.files("sentences")[0]
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 4
    path.chmod(0o644)
    path.write_bytes(data)
    found = verify(lake, contracts=False)
    assert [problem.path for problem in found] == [path.relative_to(root).as_posix()]
    assert found[0].what == "its checksum is not the release's"
    if place == 0.02:
        assert found[0].row_groups == (0,)


def test_verify_names_missing_short_and_derived(root: Path) -> None:
    lake = filled(root, "abc")
    articles, spans = lake.files("articles")[0], lake.files("spans")[0]
    articles.unlink()
    spans.chmod(0o644)
    os.truncate(spans, 100)
    (root / "catalog.duckdb").unlink()
    what = {problem.path: problem.what for problem in verify(lake, contracts=False)}
    assert what[articles.relative_to(root).as_posix()] == "is missing"
    assert what[spans.relative_to(root).as_posix()].startswith("has 100 bytes")
    assert "behind release 1" in what["catalog.duckdb"]


def test_verify_holds_rows_against_their_contract(root: Path) -> None:
    lake = filled(root, "abc")
    # the made-up rows of these tests keep no contract of texts
    broken = {problem.path.split("/")[1] for problem in verify(lake)}
    assert "documents" in broken
    assert "sightings" not in broken


def test_diff_tells_added_changed_removed_and_moved(root: Path) -> None:
    lake = filled(root, "ab", "c")
    publish(root, stage(root, [Doc("a", n_paragraphs=3)], recipe="two", text="改过的一句。"), PASS)
    told = diff(lake, 1, 3)
    assert (told["documents"].added, told["documents"].changed, told["documents"].removed) == (1, 1, 0)
    assert (told["sentences"].added, told["sentences"].changed) == (3, 2)
    assert told["documents"].samples["added"] == [Doc("c").id]
    back = diff(lake, 3, 1)
    assert back["sentences"].removed == 3
    assert diff(lake, 3, 3) == {}


def test_diff_maps_ids_of_a_new_recipe_by_their_source(root: Path) -> None:
    lake = filled(root, "a")
    run = stage(root, [Doc("a")], recipe="two")
    path = run / "batch-000001" / "paragraphs.parquet"
    renamed = pl.col("paragraph_id").str.replace("-p000", "-p100")
    pl.read_parquet(path).with_columns(renamed).write_parquet(path)
    publish(root, run, PASS)
    moved = diff(lake, 1, 2)["paragraphs"].moved
    start = Doc("a").id[:20]
    assert moved.rows() == [
        (f"{start}-a0001-p0001", f"{start}-a0001-p1001", 9),
        (f"{start}-a0001-p0002", f"{start}-a0001-p1002", 9),
    ]


def test_diff_tells_measures_that_say_otherwise(root: Path) -> None:
    for number, name in enumerate("ab", start=1):
        run = stage(root, [Doc(name)])
        rows = pl.read_parquet(run / "batch-000001" / "metrics.parquet")
        told = {"value": pl.lit(None, pl.Float64), "n_rows": pl.lit(10, pl.Int64), "n_failed": pl.lit(number, pl.Int64)}
        rows.with_columns(**told).write_parquet(run / "batch-000001" / "metrics.parquet")
        publish(root, run, PASS)
    changed = metrics_diff(open_lake(root), 1, 2)
    assert changed.to_dicts() == [{"table_name": "articles", "rule": "r", "source": None, "before": 0.1, "after": 0.2}]
    assert metrics_diff(open_lake(root), 2, 2).is_empty()


def test_history_is_told_by_the_catalogue_too(root: Path) -> None:
    lake = filled(root, "a", "b")
    compact(lake)
    assert releases.numbers(root) == [1, 2, 3]
    _, rows = sql(lake, "SELECT release FROM this_release")
    assert rows == [(3,)]
