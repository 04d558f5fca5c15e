"""Opens an untrusted path and returns its bytes: regular files only, never waiting on a FIFO or a device."""

import errno
import os
import stat
from io import FileIO
from pathlib import Path

from tasks.read.errors import Reason, UnreadableError

_REASONS: dict[int | None, Reason] = {
    errno.ENOENT: "vanished",
    errno.ENOTDIR: "vanished",
    errno.ENXIO: "not_a_file",
    errno.EISDIR: "not_a_file",
}


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """Return the bytes of a regular file of at most `max_bytes` bytes; symbolic links to one are followed.

    Raises:
        UnreadableError: `not_a_file`, `vanished`, `unreadable`, `too_large` or `empty`.
    """
    try:
        with FileIO(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnreadableError(
                    "not_a_file", f"{path} is not a regular file: give the path of a file that holds text"
                )
            data = _bounded(file, path, max_bytes)
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else None
        raise UnreadableError(_REASONS.get(number, "unreadable"), f"{path} cannot be read: {error}") from error
    if not data:
        raise UnreadableError("empty", f"{path} is empty (0 bytes): fetch it again or remove it")
    return data


def _bounded(file: FileIO, path: Path, max_bytes: int) -> bytes:
    """Read to the end; the size is checked before and after, since a file may grow while it is read."""
    data = b"" if os.fstat(file.fileno()).st_size > max_bytes else file.read(max_bytes + 1) or b""
    while data and len(data) <= max_bytes and (more := file.read(max_bytes + 1 - len(data))):
        data += more
    if len(data) > max_bytes or (not data and os.fstat(file.fileno()).st_size > max_bytes):
        raise UnreadableError(
            "too_large", f"{path} is larger than {max_bytes} bytes: raise limit file_bytes or split it"
        )
    return data
