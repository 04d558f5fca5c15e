"""Cuts a large file of JSON lines into parts, each read like a file of its own: no batch is larger than batches are."""

import mmap
from collections.abc import Iterator
from dataclasses import replace

from tasks.records import Part, PlannedFile

_SUFFIXES = (".jsonl", ".ndjson", ".jl")
_LOOK = 65536


def parts(file: PlannedFile, file_id: str, most: int) -> list[PlannedFile]:
    """Cut a file after line ends, evenly, into parts of `most` bytes or little more; what cannot be cut stays whole.

    Only JSON lines in UTF-8 are cut: there a newline byte ends a record, whatever else the file holds.

    Args:
        file: the whole file.
        file_id: sha256 of its content.
        most: bytes.

    Returns:
        The parts in order, which together are the file; the file itself where it is small or of another kind.
    """
    if file.n_bytes <= most or not file.path.name.lower().endswith(_SUFFIXES):
        return [file]
    try:
        with file.path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if len(data) != file.n_bytes or not _is_utf8(data[:_LOOK]):
                return [file]
            made = list(_cut(data, file_id, -(-len(data) // most)))
    except (OSError, ValueError):
        return [file]  # the reader meets the same trouble, and rejects it
    return [replace(file, n_bytes=part.end - part.start, part=part) for part in made]


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and b"\0" not in head
    return b"\0" not in head


def _cut(data: mmap.mmap, file_id: str, n_parts: int) -> Iterator[Part]:
    start = lines = 0
    for number in range(1, n_parts + 1):
        aim = max(start, len(data) * number // n_parts)
        end = len(data) if number == n_parts else data.find(b"\n", aim) + 1 or len(data)
        if end > start:
            yield Part(file_id, len(data), start, end, lines)
            lines += _newlines(data, start, end)
            start = end


def _newlines(data: mmap.mmap, start: int, end: int) -> int:
    step = 1 << 24
    return sum(data[at : min(at + step, end)].count(b"\n") for at in range(start, end, step))
