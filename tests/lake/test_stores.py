"""The raw store, the inventory, and cutting large tables into files."""

import hashlib
import os
import time
from pathlib import Path

import polars as pl
import pytest

from tasks.lake import cut as cut_module
from tasks.lake import inventory
from tasks.lake.cut import cut
from tasks.lake.errors import CorruptData
from tasks.lake.layout import Bond, Layout
from tasks.lake.raw import put_raw, raw_path, read_raw


@pytest.mark.parametrize("data", [b"", "原文\r\n".encode("gb18030"), os.urandom(3_000_000)])
def test_raw_content_comes_back_as_it_was(tmp_path: Path, data: bytes) -> None:
    file_id = hashlib.sha256(data).hexdigest()
    source = tmp_path / "in.txt"
    source.write_bytes(data)
    assert put_raw(tmp_path, source, file_id)
    assert put_raw(tmp_path, data, file_id)
    assert read_raw(tmp_path, file_id) == data
    assert raw_path(tmp_path, file_id).parent.name == file_id[:2]


def test_raw_file_that_changed_since_it_was_planned_is_not_kept(tmp_path: Path) -> None:
    assert not put_raw(tmp_path, b"changed", "0" * 64)
    assert list((tmp_path / "raw").rglob("*.zst")) == []
    assert [path for path in (tmp_path / "raw").rglob("*") if path.is_file()] == []


def test_raw_file_missing_or_altered_is_named(tmp_path: Path) -> None:
    file_id = hashlib.sha256(b"text").hexdigest()
    with pytest.raises(CorruptData, match=f"{file_id}.zst"):
        read_raw(tmp_path, file_id)
    put_raw(tmp_path, b"text", file_id)
    raw_path(tmp_path, file_id).rename(raw_path(tmp_path, file_id).with_name("0" * 64 + ".zst"))
    raw_path(tmp_path, "0" * 64).parent.mkdir(exist_ok=True)
    (raw_path(tmp_path, file_id).with_name("0" * 64 + ".zst")).rename(raw_path(tmp_path, "0" * 64))
    with pytest.raises(CorruptData, match="altered"):
        read_raw(tmp_path, "0" * 64)


def test_inventory_knows_settled_files_and_distrusts_young_and_changed_ones(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("old.txt", "young.txt", "changed.txt")]
    for path in paths:
        path.write_text(path.name)
        os.utime(path, (1, 1))
    os.utime(paths[1], (time.time(), time.time()))
    files = inventory.describe([*paths, tmp_path / "vanished.txt"])
    inventory.remember(tmp_path, files.with_columns(file_id=pl.col("path").str.tail(11)))
    paths[2].write_text("new text")
    known = inventory.known_contents(tmp_path, inventory.describe(paths))
    assert known["file_id"].is_null().to_list() == [False, True, True]
    assert known.columns == list(inventory.SCHEMA)


def test_damaged_inventory_costs_hashes_not_the_run(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache/inventory.parquet").write_bytes(b"torn")
    files = inventory.describe([tmp_path / ".cache/inventory.parquet"])
    assert inventory.known_contents(tmp_path, files)["file_id"].to_list() == [None]


LAYOUT = Layout("month", "id", Bond.CONTENT, ("document_id", "id"), rows_per_file=100)


def rows(n: int) -> pl.DataFrame:
    ids = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(n)]
    months = ["2020-02" if number % 10 else "unknown" for number in range(n)]
    return pl.DataFrame({"document_id": ids, "id": [f"{name}-1" for name in ids], "month": months})


@pytest.mark.parametrize("buffer", [1, 20_000, 400_000_000])
@pytest.mark.parametrize("size", [7, 1000])
def test_cut_gives_the_same_files_whatever_the_batches_and_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, buffer: int, size: int
) -> None:
    whole = rows(1000)
    want = [(value, part["id"].to_list()) for value, part in cut([whole], LAYOUT, tmp_path)]
    monkeypatch.setattr(cut_module, "_BUFFER_BYTES", buffer)
    shuffled = whole.sample(fraction=1, shuffle=True, seed=1)
    found = [
        (value, part["id"].to_list())
        for value, part in cut((shuffled[start : start + size] for start in range(0, 1000, size)), LAYOUT, tmp_path)
    ]
    assert found == want
    assert [value for value, _ in found] == ["2020-02"] * 9 + ["unknown"]
    assert [one for value, ids in found if value == "2020-02" for one in ids] == sorted(
        whole.filter(month="2020-02")["id"]
    )
    assert list(tmp_path.iterdir()) == []
