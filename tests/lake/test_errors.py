"""Bad disks and damaged lakes: a clear error that names the file and the next command, and nothing half visible."""

import contextlib
import errno
import json
import os
import resource
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from tasks.lake import history, open_lake, releases, sql, status
from tasks.lake.disk import write_frame
from tasks.lake.errors import (
    CorruptData,
    CorruptRelease,
    LakeBusy,
    LakeError,
    LakeMissing,
    LakeReadOnly,
    LakeTooNew,
    QueryFailed,
    StagedRunInvalid,
    WriteFailed,
)
from tasks.lake.lake import CATALOG, Lake
from tasks.publish import publish
from tests.lake.staged import PASS, Doc, stage


def filled(root: Path) -> Lake:
    publish(root, stage(root, [Doc("a"), Doc("b")]), PASS)
    return open_lake(root)


def failing(error: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    return fail


@pytest.mark.parametrize("where", [(pq.ParquetWriter, "write_table"), (os, "fsync"), (os, "link"), (Path, "replace")])
def test_full_disk_leaves_nothing_visible_and_the_rerun_repairs(
    root: Path, monkeypatch: pytest.MonkeyPatch, where: tuple[Any, str]
) -> None:
    lake = filled(root)
    run = stage(root, [Doc("c")])
    with monkeypatch.context() as patch:
        patch.setattr(*where, failing(errno.ENOSPC))
        with pytest.raises(WriteFailed, match=r"the disk is full\. Next: free some space"):
            publish(root, run, PASS)
    assert releases.numbers(root) == [1]
    assert sql(lake, "SELECT count(*) FROM documents")[1] == [(2,)]
    assert list((root / ".staging").glob("files-*")) == []
    assert publish(root, run, PASS).release == 2


def test_read_only_lake_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(root)
    run = stage(root, [Doc("c")])
    monkeypatch.setattr(os, "open", failing(errno.EROFS))
    with pytest.raises(LakeReadOnly, match="give write permission"):
        publish(root, run, PASS)


def test_derived_things_that_fail_after_the_commit_are_made_by_the_next_start(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = filled(root)
    run = stage(root, [Doc("c")])
    with monkeypatch.context() as patch:
        patch.setattr(Path, "symlink_to", failing(errno.EIO))
        with pytest.raises(WriteFailed):
            publish(root, run, PASS)
    assert releases.numbers(root) == [1, 2]
    assert not status(lake).derived
    assert sql(lake, "SELECT count(*) FROM documents")[1] == [(3,)]
    assert publish(root, run, PASS).nothing_new


def test_catalogue_that_does_not_fit_the_disk_leaves_the_one_before(root: Path) -> None:
    lake = filled(root)
    run = stage(root, [Doc("c")])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # DuckDB writes through no function of Python's: the kernel itself has to refuse
    resource.setrlimit(resource.RLIMIT_FSIZE, ((root / CATALOG).stat().st_size - 1, limits[1]))
    try:
        with pytest.raises(WriteFailed, match=CATALOG):
            publish(root, run, PASS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    with duckdb.connect(root / CATALOG, read_only=True) as connection:
        assert connection.execute("SELECT release FROM this_release").fetchall() == [(1,)]
    assert sql(lake, "SELECT count(*) FROM documents")[1] == [(3,)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: text.replace('"rows": 2', '"rows": 3'),
        lambda text: "[]",
        lambda text: '{"format": 1}',
        lambda text: '{"format": "one"}',
    ],
)
def test_corrupt_release_is_named_and_readers_go_on(root: Path, damage: Callable[[str], str]) -> None:
    lake = filled(root)
    publish(root, stage(root, [Doc("c")]), PASS)
    path = releases.release_path(root, 2)
    path.write_text(damage(path.read_text()))
    for ask in (lake.current, lambda: status(lake), lambda: publish(root, stage(root, [Doc("d")]), PASS)):
        with pytest.raises(CorruptRelease, match=r"000002\.json.*Next: restore it"):
            ask()
    assert sql(lake, "SELECT count(*) FROM documents")[1] == [(3,)]


def test_corrupt_release_moved_away_gives_way_to_the_one_before(root: Path) -> None:
    lake = filled(root)
    publish(root, stage(root, [Doc("c")]), PASS)
    releases.release_path(root, 2).rename(root / "aside.json")
    assert sql(lake, "SELECT count(*) FROM documents")[1] == [(2,)]
    assert publish(root, stage(root, [Doc("c"), Doc("d")]), PASS).release == 2
    assert len(history(lake)) == 2


@pytest.mark.parametrize("name", ["lake.json", "releases/000001.json"])
def test_lake_of_a_newer_version_asks_for_an_upgrade(root: Path, name: str) -> None:
    filled(root)
    path = root / name
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99}))
    with pytest.raises(LakeTooNew, match="upgrade qingliu"):
        open_lake(root).current()


def test_missing_data_file_is_named(root: Path) -> None:
    lake = filled(root)
    path = lake.files("articles")[0]
    path.unlink()
    with pytest.raises(CorruptData, match=rf"{path.name}.*qingliu verify"):
        lake.scan("articles")


@pytest.mark.parametrize("ask", ["scan", "derive", "state"])
def test_torn_data_file_is_named_whoever_asks(root: Path, ask: str) -> None:
    lake = filled(root)
    release = lake.current()
    assert release is not None
    file = release.state["inputs"][0] if ask == "state" else release.tables["articles"].files[0]
    (root / file.path).chmod(0o644)
    os.truncate(root / file.path, 100)
    (root / ".derived.json").unlink()
    asks: dict[str, Callable[[], object]] = {
        "scan": lambda: lake.scan("articles"),
        "derive": lambda: sql(lake, "FROM articles"),
        "state": lambda: publish(root, stage(root, [Doc("c")]), PASS),
    }
    with pytest.raises(CorruptData, match=rf"{Path(file.path).name}: it has 100 bytes.*qingliu verify"):
        asks[ask]()


def test_frame_that_polars_cannot_write_is_an_error_of_ours(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, limits[1]))
    try:
        with pytest.raises(WriteFailed, match=r"cannot write at .*rows\.parquet"):
            write_frame(pl.DataFrame({"text": ["清河"]}), tmp_path / "rows.parquet")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_damaged_file_is_not_carried_into_a_new_one(root: Path) -> None:
    lake = filled(root)
    path = lake.files("articles")[0]
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[10] ^= 1
    path.write_bytes(data)
    with pytest.raises(CorruptData, match="its checksum differs"):
        publish(root, stage(root, [Doc("a")], recipe="two"), PASS)
    assert releases.numbers(root) == [1]


def test_torn_delta_log_is_written_anew(root: Path) -> None:
    filled(root)
    log = root / "data/articles/_delta_log"
    (log / "00000000000000000000.json").write_text('{"add":')
    publish(root, stage(root, [Doc("c")]), PASS)
    assert pl.scan_delta(str(log.parent)).collect().height == 3


def test_moved_lake_is_derived_for_its_new_place(root: Path) -> None:
    filled(root)
    elsewhere = root.with_name("elsewhere")
    root.rename(elsewhere)
    assert sql(open_lake(elsewhere), "SELECT count(*) FROM articles")[1] == [(2,)]


@pytest.mark.parametrize("query", ["SELECT * FROM nothing", "SELEC 1", "DROP VIEW articles"])
def test_query_that_is_wrong_or_writes_is_refused(root: Path, query: str) -> None:
    with pytest.raises(QueryFailed, match="the query failed"):
        sql(filled(root), query)


def test_query_before_the_first_release_says_what_to_do(root: Path) -> None:
    with pytest.raises(QueryFailed, match="qingliu run INPUT"):
        sql(open_lake(root, create=True), "SELECT 1")


def test_unknown_table_names_those_there_are(root: Path) -> None:
    with pytest.raises(QueryFailed, match="choose one of: documents, sightings"):
        filled(root).scan("article")


def test_no_lake_or_another_folder_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(LakeMissing, match="qingliu run INPUT --lake"):
        open_lake(tmp_path / "none")
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(LakeMissing, match="not a lake and not empty"):
        open_lake(tmp_path, create=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["holiday.jpg"]


def test_lake_whose_making_was_cut_short_is_made_by_the_next_start(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 9):
        with monkeypatch.context() as patch:
            for call, name in ((Path, "mkdir"), (os, "link"), (os, "fsync")):
                patch.setattr(call, name, failing_at(number, getattr(call, name)))
            with contextlib.suppress(WriteFailed):
                open_lake(root / str(number), create=True)
        assert filled(root / str(number)).current()


def failing_at(number: int, real: Callable[..., Any]) -> Callable[..., Any]:
    left = iter(range(number))

    def call(*args: object, **kwargs: object) -> object:
        if next(left, -1) == number - 1:
            raise OSError(errno.ENOSPC, "full")
        return real(*args, **kwargs)

    return call


def test_second_writer_waits_or_leaves_with_75(root: Path) -> None:
    lake = filled(root)
    run = stage(root, [Doc("c")])
    with lake.writer(), pytest.raises(LakeBusy, match="by process") as caught:
        publish(root, run, PASS, wait=0)
    assert caught.value.exit_code == 75
    held, done = threading.Event(), []

    def hold_a_while() -> None:
        with lake.writer():
            held.set()
            threading.Event().wait(0.3)

    other = threading.Thread(target=hold_a_while)
    other.start()
    held.wait()
    done.append(publish(root, run, PASS, wait=30).release)
    other.join()
    assert done == [2]


def test_publishers_at_once_cut_one_release_each_or_none(root: Path) -> None:
    filled(root)
    runs = [stage(root, [Doc(name), Doc("c")]) for name in "defgh"]
    found: list[int | None] = []
    threads = [threading.Thread(target=lambda run=run: found.append(publish(root, run, PASS).release)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found, key=str) == [2, 3, 4, 5, 6]
    documents = open_lake(root).scan("documents").collect()["document_id"]
    assert documents.len() == documents.n_unique() == 8


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda run: (run / "plan.json").write_text("{}"), "the run has no plan"),
        (lambda run: (run / "batch-000001/articles.parquet").write_bytes(b"torn"), "a staged table cannot be read"),
        (lambda run: _rewrite(run, pl.exclude("title")), "staged articles lacks title"),
        (lambda run: _rewrite(run, pl.all(), pl.lit("").alias("publish_month")), "cannot be a partition"),
        (lambda run: _rewrite(run, pl.all(), pl.lit("月" * 99).alias("publish_month")), "cannot be a partition"),
    ],
)
def test_damaged_run_is_refused_whole(root: Path, damage: Callable[[Path], object], said: str) -> None:
    filled(root)
    run = stage(root, [Doc("c")])
    damage(run)
    with pytest.raises(StagedRunInvalid, match=said):
        publish(root, run, PASS)
    assert releases.numbers(root) == [1]


def _rewrite(run: Path, kept: pl.Expr, *more: pl.Expr) -> None:
    path = run / "batch-000001/articles.parquet"
    pl.read_parquet(path).select(kept).with_columns(*more).write_parquet(path)


def test_every_error_says_what_where_why_and_next() -> None:
    error = LakeError("what", where="where", why="why", then="next")
    assert str(error) == "what at where: why. Next: next"
    assert all(kind.exit_code in (1, 2, 75) for kind in LakeError.__subclasses__())
