"""The raw store: every input as it came, compressed, under its own hash. Replay, explain and re-curation read it."""

import hashlib
import io
import os
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import zstandard

from tasks.lake.disk import READ_ONLY, make_folders
from tasks.lake.errors import CorruptData, writing
from tasks.lake.store import store_of

FOLDER = "raw"
_CHUNK = 1 << 20


def raw_name(file_id: str) -> str:
    """Where a content lies below the lake, whether or not it is there."""
    return f"{FOLDER}/{file_id[:2]}/{file_id}.zst"


def raw_path(root: Path, file_id: str) -> Path:
    """Where a content lies in a lake on this machine."""
    return root / raw_name(file_id)


def raw_sizes(root: Path, file_ids: Iterable[str]) -> dict[str, int]:
    """The sizes, as they are stored, of those contents that the store has."""
    names = {raw_name(file_id): file_id for file_id in file_ids}
    return {names[name]: size for name, size in store_of(root).sizes(names).items()}


def put_raw(root: Path, source: Path | bytes, file_id: str) -> bool:
    """Keep a content unless the store has it.

    Args:
        root: the lake.
        source: a file, or its bytes.
        file_id: sha256 of the bytes, in hex.

    Returns:
        Whether the store has it now; false when the bytes are not (or no longer) those of `file_id`.
    """
    put_all(root, [(source, file_id)])
    return bool(raw_sizes(root, [file_id]))


def put_all(root: Path, contents: Iterable[tuple[Path | bytes, str]]) -> None:
    """Keep many contents that the store lacks; they wait for the disk together, which takes hardly longer than one.

    Args:
        root: the lake.
        contents: files or bytes, each with its sha256 in hex; one whose bytes are others by now is left out.
    """
    store = store_of(root)
    missing = {raw_name(file_id): (source, file_id) for source, file_id in contents}
    for name in store.sizes(missing):
        del missing[name]
    if not missing:
        return
    with writing(root / FOLDER):
        make_folders(root / folder for folder in {name.rpartition("/")[0] for name in missing})
        drafts: dict[Path, str] = {}
        mark = uuid.uuid4().hex[:12]
        compressor = zstandard.ZstdCompressor(level=1)  # one for all: for a small file it costs more than the work
        try:
            for name, (source, file_id) in missing.items():
                folder, _, base = name.rpartition("/")
                draft = Path(f"{root}/{folder}/.{base}.{mark}.draft")  # of a thousand names each step on a path counts
                drafts[draft] = name
                if _compress(source, draft, compressor) != file_id:
                    draft.unlink()
                    del drafts[draft]
            store.keep(drafts, copy=False)
        finally:
            for draft in drafts:
                draft.unlink(missing_ok=True)


def read_raw(root: Path, file_id: str) -> bytes:
    """A content as it came.

    Raises:
        CorruptData: the store lacks it, or its bytes have changed.
    """
    data = b"".join(stream_raw(root, file_id))
    if hashlib.sha256(data).hexdigest() != file_id:
        where = store_of(root).where(raw_name(file_id))
        raise CorruptData("a raw file is altered", where=where, then="qingliu verify")
    return data


def stream_raw(root: Path, file_id: str) -> Iterator[bytes]:
    """A content in chunks, unchecked: for those that do not fit into memory."""
    store, name = store_of(root), raw_name(file_id)
    try:
        path = store.fresh(name)
        with pa.OSFile(str(path)) as file, pa.CompressedInputStream(file, "zstd") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except OSError as error:
        where = store.where(name)
        raise CorruptData("a raw file cannot be read", where=where, why=str(error), then="qingliu verify") from error


def _compress(source: Path | bytes, target: Path, compressor: zstandard.ZstdCompressor) -> str:
    """Write a content compressed, and return its hash."""
    content = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb", buffering=0)
    with content, open(target, "xb", opener=_read_only) as sink:
        chunk = content.read(_CHUNK)
        digest = hashlib.sha256(chunk)
        if not (more := content.read(_CHUNK)):
            sink.write(compressor.compress(chunk))  # a stream is made ready for any size: half the work of a small file
            return digest.hexdigest()
        with compressor.stream_writer(sink, closefd=False) as stream:
            stream.write(chunk)
            while more:
                digest.update(more)
                stream.write(more)
                more = content.read(_CHUNK)
    return digest.hexdigest()


def _read_only(path: str, flags: int) -> int:
    return os.open(path, flags, READ_ONLY)
