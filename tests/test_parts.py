"""A large file of JSON lines is read in parts, and nobody can tell."""

import hashlib
import json
from pathlib import Path

import polars as pl
import pytest

from tasks.parts import parts
from tasks.plan import cut
from tasks.read import ReadResult, read_files
from tasks.records import PlannedFile

LINES = [json.dumps({"uri": f"u{n}", "text": f"第{n}篇报道。" * (n % 7 + 1)}, ensure_ascii=False) for n in range(40)]
LINES[11] = "{not json"
LINES[20] = ""


@pytest.fixture
def planned(tmp_path: Path) -> PlannedFile:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return PlannedFile(path, "default", path.name, path.stat().st_size)


def id_of(file: PlannedFile) -> str:
    return hashlib.sha256(file.path.read_bytes()).hexdigest()


def read(files: list[PlannedFile]) -> ReadResult:
    return read_files(files, {})


def test_parts_end_with_lines_and_are_the_file_together(planned: PlannedFile) -> None:
    data = planned.path.read_bytes()
    cut_up = [one.part for one in parts(planned, id_of(planned), 600) if one.part]
    assert len(cut_up) >= 3
    assert b"".join(data[part.start : part.end] for part in cut_up) == data
    assert all(data[part.end - 1 : part.end] == b"\n" for part in cut_up)
    assert [part.lines for part in cut_up] == [data[: part.start].count(b"\n") for part in cut_up]


@pytest.mark.parametrize("most", [1, 100, 600, 5000])
def test_parts_read_give_what_the_file_gives(planned: PlannedFile, most: int) -> None:
    whole, in_parts = read([planned]), read(parts(planned, id_of(planned), most))
    assert whole.documents.height == 38
    assert in_parts.documents.equals(whole.documents)
    assert in_parts.rejections.drop("n_bytes").equals(whole.rejections.drop("n_bytes"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("small.jsonl", b'{"text": "a"}\n'),
        ("wide.jsonl", "\n".join(LINES).encode("utf-16")),
        ("old.jsonl", "\n".join(LINES).encode("gb18030")),
        ("text.txt", "\n".join(LINES).encode()),
    ],
)
def test_parts_of_a_small_file_or_another_kind_are_the_file(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    file = PlannedFile(tmp_path / name, "default", name, len(data))
    assert parts(file, "0", 600) == [file]


def test_parts_of_a_file_that_changed_since_are_rejected(planned: PlannedFile) -> None:
    cut_up = parts(planned, id_of(planned), 600)
    planned.path.write_text("\n".join(LINES[:30]), encoding="utf-8")
    found = read(cut_up)
    assert found.documents.is_empty()
    assert found.rejections["reason"].unique().to_list() == ["vanished"]


def test_batches_are_of_one_size_and_enough_for_the_workers(tmp_path: Path) -> None:
    files = [(PlannedFile(tmp_path / f"{n}.txt", "default", f"{n}.txt", 700_000), str(n)) for n in range(9)]
    assert [len(batch.files) for batch in cut(files, 16_000_000, workers=2)] == [4, 5]
    assert [len(batch.files) for batch in cut(files, 16_000_000, workers=1)] == [9]
    assert [len(batch.files) for batch in cut(files[:2], 16_000_000, workers=2)] == [2]
    assert [len(batch.files) for batch in cut(files, 4_000_000, workers=3)] == [3, 3, 3]


def test_a_large_file_fills_several_batches_and_its_twin_keeps_it_whole(planned: PlannedFile) -> None:
    alone = cut([(planned, "one")], 1000)
    assert len(alone) > 1
    assert sum(batch.n_bytes for batch in alone) == planned.n_bytes
    assert sum(file.leads for batch in alone for file in batch.files) == 1
    twins = cut([(planned, "one"), (PlannedFile(planned.path, "other", "again", planned.n_bytes), "one")], 1000)
    assert [len(batch.files) for batch in twins] == [2]
    assert pl.Series([file.part for batch in twins for file in batch.files]).is_null().all()
