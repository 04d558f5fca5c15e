"""Writes that survive a power cut and are seen whole or not at all: the only functions that change published files."""

import hashlib
import os
import stat
import uuid
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import polars as pl

from tasks.lake.errors import writing

READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
# fsyncs that wait together share one journal commit
_SYNC_THREADS = 8


def fsync(path: Path) -> None:
    """Wait until the bytes of a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fsync_all(paths: Iterable[Path]) -> None:
    """Wait for many files or folders at once."""
    waiting = list(paths)
    with ThreadPoolExecutor(_SYNC_THREADS) as pool:
        for _ in pool.map(_fsync_each, (waiting[start::_SYNC_THREADS] for start in range(_SYNC_THREADS))):
            pass


def _fsync_each(paths: Iterable[Path]) -> None:
    for path in paths:
        fsync(path)


def sha256_of(path: Path) -> str:
    """Hex sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_folders(paths: Iterable[Path]) -> None:
    """Create folders, each new name made durable."""
    changed = set()
    for path in paths:
        folder = path
        while not folder.exists():
            folder = folder.parent
            changed.add(folder)
        path.mkdir(parents=True, exist_ok=True)
    fsync_all(changed)


def draft_of(path: Path) -> Path:
    """A fresh name beside `path` that no reader's pattern matches."""
    return path.with_name(f".{path.name}.{uuid.uuid4().hex[:12]}.draft")


def put_if_absent(path: Path, data: bytes) -> bool:
    """Create a file whole and durable, or change nothing: false when the name is taken.

    A hard link, unlike a rename, fails when its target exists: of two writers one wins.
    """
    with writing(path):
        draft = _write_draft(path, data)
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
        finally:
            draft.unlink(missing_ok=True)
        fsync(path.parent)
        return True


def replace_with(path: Path, data: bytes) -> None:
    """Put new content under a name in one step."""
    with writing(path):
        draft = _write_draft(path, data)
        try:
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        fsync(path.parent)


def write_frame(frame: pl.DataFrame, path: Path, **options: Any) -> None:
    """Write a frame as Parquet, for who reads it back soon; `options` are polars'.

    Raises:
        WriteFailed, LakeReadOnly: the disk refused, which polars tells as an error of computing.
    """
    with writing(path):
        try:
            frame.write_parquet(path, **options)
        except pl.exceptions.ComputeError as error:
            raise OSError(str(error)) from error


def _write_draft(path: Path, data: bytes) -> Path:
    draft = draft_of(path)
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft
