"""Lakes that older versions wrote: this one opens, reads, verifies and goes on with each."""

import tarfile
from pathlib import Path

import polars as pl
import pytest

from tasks.lake import open_lake, releases, sql
from tasks.lake.lake import Lake
from tasks.lake.maintain import compact, unhold
from tasks.lake.releases import Release
from tasks.lake.verify import verify, verify_releases
from tests.lake.old_lakes import FIRST, LAKES, LATER, add

OLD = sorted(LAKES.glob("*.tar.xz"))


@pytest.fixture(params=OLD, ids=lambda path: path.name.removesuffix(".tar.xz"))
def old(request: pytest.FixtureRequest, root: Path) -> Lake:
    with tarfile.open(request.param) as archive:
        archive.extractall(root, filter="data")
    return open_lake(root)


def current(lake: Lake) -> Release:
    release = lake.current()
    assert release is not None
    return release


def test_there_is_a_lake_of_the_first_version_and_none_is_large() -> None:
    assert "0.1.0.tar.xz" in [path.name for path in OLD]
    assert all(path.stat().st_size < 300_000 for path in OLD)


def test_old_lake_is_read_by_every_way_and_whole(old: Lake) -> None:
    release = current(old)
    assert (release.number, release.operation) == (3, "rollback")
    for name, table in release.tables.items():
        assert sql(old, f"SELECT count(*) FROM {name}")[1] == [(table.rows,)]  # noqa: S608 - names of tables
        assert pl.scan_parquet((old.root / "current" / name).resolve()).collect().height == table.rows
        assert old.scan(name).collect().height == table.rows
    assert verify(old, raw=True) == []
    assert verify_releases(old) == []
    _, rows = sql(old, "SELECT title FROM v_articles WHERE source_uri LIKE '%notice_page.html'")
    assert rows == [("关于做好高温天气劳动者防暑降温工作的通知",)]


def test_old_lake_goes_on(old: Lake) -> None:
    before = old.scan("documents").collect()["document_id"]
    assert unhold(old) is not None
    add(old.root, (*FIRST, *LATER))
    after = old.scan("documents").collect()
    assert after["document_id"].is_unique().all()
    assert set(after["document_id"]) > set(before)
    assert after["recipe_version"].n_unique() == 1
    assert old.scan("sentences").collect()["sentence_id"].is_unique().all()
    compact(old)
    assert verify(old, raw=True) == []
    assert releases.numbers(old.root)[:3] == [1, 2, 3]
