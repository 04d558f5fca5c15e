"""Opens an untrusted path and returns its bytes: regular files only, never waiting on a FIFO or a device."""

import errno
import os
import stat
from io import FileIO
from pathlib import Path

from tasks.read.errors import Reason, UnreadableError
from tasks.records import Part

_REASONS: dict[int | None, Reason] = {
    errno.ENOENT: "vanished",
    errno.ENOTDIR: "vanished",
    errno.ENXIO: "not_a_file",
    errno.EISDIR: "not_a_file",
}


def read_bytes(path: Path, max_bytes: int, part: Part | None = None) -> bytes:
    """Return the bytes of a regular file, or of a part, of at most `max_bytes` bytes; symbolic links are followed.

    Messages name no path: the caller knows by which name the file is published.

    Raises:
        UnreadableError: `not_a_file`, `vanished`, `unreadable`, `too_large` or `empty`.
    """
    try:
        with FileIO(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("not_a_file", "this is no regular file: give the path of a file that holds text")
            if part is not None:
                return _part_of(file, part, status.st_size)
            data = b"" if status.st_size > max_bytes else _all_of(file, status.st_size, max_bytes)
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else None
        told = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableError(_REASONS.get(number, "unreadable"), f"it cannot be read: {told}") from error
    # A file may grow while it is read, so its size before is not enough.
    if max(len(data), status.st_size) > max_bytes:
        raise UnreadableError(
            "too_large", f"it is larger than {max_bytes} bytes: raise the limit file_bytes or split it"
        )
    if not data:
        raise UnreadableError("empty", "it is empty (0 bytes): fetch it again or remove it")
    return data


def _part_of(file: FileIO, part: Part, size: int) -> bytes:
    if size != part.n_bytes:
        raise UnreadableError(
            "vanished", f"it had {part.n_bytes} bytes when the run was planned, now {size}: run again"
        )
    file.seek(part.start)
    data = bytearray()
    while len(data) < part.end - part.start and (more := file.read(part.end - part.start - len(data))):
        data += more
    return bytes(data)


def _all_of(file: FileIO, size: int, max_bytes: int) -> bytes:
    """Read to the end, or to one byte past the limit; a buffer as large as the limit would cost more than the bytes."""
    data = file.read(size + 1)
    if len(data) == size:
        return data
    rest = bytearray(data)
    while len(rest) <= max_bytes and (more := file.read(max_bytes + 1 - len(rest))):
        rest += more
    return bytes(rest)
