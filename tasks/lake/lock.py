"""One writer at a time: a lock that the kernel drops with its process, so that a dead writer blocks nobody."""

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.lake.errors import LakeBusy, writing

# a release takes seconds; another one that is being cut is worth waiting for
WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.05


@contextmanager
def hold(path: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold an exclusive lock on the file `path` (made when absent) while the block runs.

    Args:
        path: the lock file; its content says who holds it, for the message only.
        wait: seconds to wait for another holder before giving up.

    Raises:
        LakeBusy: another process, or another thread, holds it (exit 75).
        LakeReadOnly: the file may not be opened for writing.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(handle, path, time.monotonic() + wait)
        with writing(path):
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"process {os.getpid()} on {socket.gethostname()}".encode(), 0)
        yield
    finally:
        # closing drops the lock; the file stays, since unlinking it would let two writers hold two files
        os.close(handle)


def _acquire(handle: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = os.pread(handle, 200, 0).decode(errors="replace") or "another process"
                raise LakeBusy(
                    "the lake is being written", where=path.parent, why=f"by {holder}", then="run again when it is done"
                ) from None
            time.sleep(_POLL_SECONDS)
        else:
            return
