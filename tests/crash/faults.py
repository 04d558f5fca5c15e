"""Make one call to the operating system fail, once: the Nth of its kind."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

# what a lake asks of the disk, and where each is looked up
CALLS: dict[str, tuple[Any, str]] = {
    "write": (pq.ParquetWriter, "write_table"),
    "fsync": (os, "fsync"),
    "link": (os, "link"),
    "hardlink": (Path, "hardlink_to"),
    "rename": (Path, "replace"),
    "rename_tree": (Path, "rename"),
    "mkdir": (Path, "mkdir"),
    "symlink": (Path, "symlink_to"),
    "open": (Path, "open"),
}
ERRORS = ("ENOSPC", "EIO", "EACCES", "MemoryError")


def inject(call: str, number: str, error: str) -> None:
    """From now on the `number`th call fails with `error` (a name of `errno`, or MemoryError); the others work."""
    owner, name = CALLS[call]
    real: Callable[..., Any] = getattr(owner, name)
    left = [int(number)]

    def failing(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise MemoryError if error == "MemoryError" else OSError(getattr(errno, error), f"injected {error}")
        return real(*args, **kwargs)

    setattr(owner, name, failing)
