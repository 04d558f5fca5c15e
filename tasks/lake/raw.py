"""The raw store: every input as it came, compressed, under its own hash. Replay, explain and re-curation read it."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from tasks.lake.disk import READ_ONLY, draft_of, fsync_file, fsync_folder, make_folders
from tasks.lake.errors import CorruptData, writing

FOLDER = "raw"
_CHUNK = 1 << 20


def raw_path(root: Path, file_id: str) -> Path:
    """Where a content lies, whether or not it is there."""
    return root / FOLDER / file_id[:2] / f"{file_id}.zst"


def put_raw(root: Path, source: Path | bytes, file_id: str) -> bool:
    """Keep a content unless the store has it.

    Args:
        root: the lake.
        source: a file, or its bytes.
        file_id: sha256 of the bytes, in hex.

    Returns:
        Whether the store has it now; false when the bytes are not (or no longer) those of `file_id`.
    """
    path = raw_path(root, file_id)
    if path.exists():
        return True
    with writing(path):
        make_folders([path.parent])
        draft = draft_of(path)
        try:
            with draft.open("xb") as sink:
                found = _compress(io.BytesIO(source) if isinstance(source, bytes) else source.open("rb"), sink)
            if found != file_id:
                return False
            fsync_file(draft)
            draft.chmod(READ_ONLY)
            draft.replace(path)
            fsync_folder(path.parent)
        finally:
            draft.unlink(missing_ok=True)
    return True


def read_raw(root: Path, file_id: str) -> bytes:
    """A content as it came.

    Raises:
        CorruptData: the store lacks it, or its bytes have changed.
    """
    data = b"".join(stream_raw(root, file_id))
    if hashlib.sha256(data).hexdigest() != file_id:
        raise CorruptData("a raw file is altered", where=raw_path(root, file_id), then="qingliu verify")
    return data


def stream_raw(root: Path, file_id: str) -> Iterator[bytes]:
    """A content in chunks, unchecked: for those that do not fit into memory."""
    path = raw_path(root, file_id)
    try:
        with pa.OSFile(str(path)) as file, pa.CompressedInputStream(file, "zstd") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise CorruptData("a raw file cannot be read", where=path, why=str(error), then="qingliu verify") from error


def _compress(source: BinaryIO, sink: BinaryIO) -> str:
    digest = hashlib.sha256()
    with source, pa.CompressedOutputStream(pa.PythonFile(sink, "wb"), "zstd") as stream:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            stream.write(chunk)
    return digest.hexdigest()
