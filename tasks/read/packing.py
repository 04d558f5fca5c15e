"""Undoes compression in a stream: chunks come out one by one, whatever size a header claims."""

import zlib
from collections.abc import Iterator
from typing import Protocol

import zstandard

from tasks.read.errors import Reason, UnreadableError

# Input goes in by slices so small that even the best packed one swells to some megabytes only.
_SLICE = {b"\x1f\x8b": 16_384, b"\x28\xb5\x2f\xfd": 2048}
_REASON: dict[bytes, Reason] = {b"\x1f\x8b": "truncated_gzip", b"\x28\xb5\x2f\xfd": "truncated_zstd"}
# A frame may ask for a window of any size before it yields a byte.
_LARGEST_WINDOW = 128 * 1024 * 1024


class _Stream(Protocol):
    """What zlib and zstandard have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def decompressed(data: bytes) -> Iterator[bytes] | None:
    """Return the chunks inside one layer of gzip or zstandard, told by its first bytes and not by its name, or None.

    Raises:
        UnreadableError: while iterating: `truncated_gzip`, `truncated_zstd` or `malformed`.
    """
    magic = next((magic for magic in _SLICE if data.startswith(magic)), None)
    return None if magic is None else _chunks(data, magic)


def _chunks(data: bytes, magic: bytes) -> Iterator[bytes]:
    """Yield what is in one frame after the other; bytes after the last one are padding."""
    position = 0
    try:
        while data.startswith(magic, position):
            stream = _stream(magic)
            while not stream.eof:
                piece = data[position : position + _SLICE[magic]]
                if not piece:
                    raise UnreadableError(_REASON[magic], "the compressed stream ends too early: fetch the file again")
                yield stream.decompress(piece)
                position += len(piece) - len(stream.unused_data)
    except (zlib.error, zstandard.ZstdError) as error:
        raise UnreadableError("malformed", f"the compressed stream is damaged ({error}): fetch it again") from error


def _stream(magic: bytes) -> _Stream:
    if magic == b"\x1f\x8b":
        return zlib.decompressobj(wbits=31)
    return zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj()
