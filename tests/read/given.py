"""What several tests of this room need: a file on disk, read; the kept lines of a marked text."""

import os
import re
from pathlib import Path

import polars as pl
import pytest

from tasks.cards import SourceCard
from tasks.read import ReadLimits, ReadResult, read_files
from tasks.records import PlannedFile

REMOVED = re.compile("[\ufdd0-\ufdee][^\ufdef]*\ufdef")


def read_paths(*paths: Path, card: SourceCard | None = None, limits: ReadLimits | None = None) -> ReadResult:
    cards = {} if card is None else {card.name: card}
    planned = [PlannedFile(path, card.name if card else "any", path.name, 0) for path in paths]
    return read_files(planned, cards, limits)


def read_bytes(folder: Path, name: str, data: bytes, **options: object) -> ReadResult:
    (folder / name).write_bytes(data)
    return read_paths(folder / name, **options)  # type: ignore[arg-type]


def only_reason(result: ReadResult) -> str:
    assert result.documents.is_empty()
    assert result.rejections.height == 1
    return str(result.rejections["reason"][0])


def only_document(result: ReadResult) -> dict[str, object]:
    assert result.rejections.is_empty(), result.rejections.to_dicts()
    assert result.documents.height == 1
    return result.documents.row(0, named=True)


def kept_lines(text: object) -> list[str]:
    return [line.strip("\u3000 ") for line in REMOVED.sub("", str(text)).split("\n") if line.strip("\u3000 ")]


def shared() -> Path:
    """The folder of real data beside the project; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("QINGLIU_SHARED", Path(__file__).parents[3] / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"no real data at {folder}; set QINGLIU_SHARED")
    return folder


def column(frame: pl.DataFrame, name: str) -> list[object]:
    return frame[name].to_list()
