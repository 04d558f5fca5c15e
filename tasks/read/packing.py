"""Undoes compression in a stream: counts what comes out and stops at a limit, whatever size the header claims."""

import zlib
from collections.abc import Iterator

from tasks.read.errors import UnreadableError
from tasks.read.limits import ReadLimits

_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20


def unpack(data: bytes, limits: ReadLimits) -> bytes:
    """Take off every layer of gzip, told by its first bytes and not by its name; other bytes come back as they are.

    Raises:
        UnreadableError: `truncated_gzip`, `malformed`, `too_large`, `ratio_limit` or `nesting_limit`.
    """
    for _ in range(limits.nesting + 1):
        if not data.startswith(_GZIP):
            return data
        data = b"".join(_bounded(_gunzip(data), len(data), limits))
    raise UnreadableError(
        "nesting_limit", f"more than {limits.nesting} compressions inside each other: unpack it by hand"
    )


def _gunzip(data: bytes) -> Iterator[bytes]:
    """Yield the members of a gzip stream in chunks; zero padding after the last one is allowed."""
    while data.startswith(_GZIP):
        stream = zlib.decompressobj(wbits=31)
        try:
            while not stream.eof and data:
                yield stream.decompress(data, _CHUNK)
                data = stream.unconsumed_tail
        except zlib.error as error:
            raise UnreadableError("malformed", f"the gzip stream is damaged ({error}): fetch the file again") from error
        if not stream.eof:
            raise UnreadableError("truncated_gzip", "the gzip stream ends too early: fetch the file again")
        data = stream.unused_data


def _bounded(chunks: Iterator[bytes], packed: int, limits: ReadLimits) -> Iterator[bytes]:
    """Pass chunks on while they respect size and ratio."""
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limits.unpacked_bytes:
            raise UnreadableError(
                "too_large", f"it unpacks to more than {limits.unpacked_bytes} bytes (limit unpacked_bytes)"
            )
        if total > limits.ratio_floor and total > packed * limits.ratio:
            raise UnreadableError("ratio_limit", f"it unpacks to more than {limits.ratio} times its size (limit ratio)")
        yield chunk
