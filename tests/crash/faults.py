"""Make one call to the operating system fail, once: the Nth of its kind; or let no file grow beyond N bytes."""

import errno
import os
import random
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

# what a lake asks of the disk, where each is looked up, and how often a step of the story asks for it
CALLS: dict[str, tuple[Any, str, int]] = {
    "write": (pq.ParquetWriter, "write_table", 21),
    "fsync": (os, "fsync", 40),
    "link": (os, "link", 2),
    "hardlink": (Path, "hardlink_to", 35),
    "rename": (Path, "replace", 18),
    "rename_tree": (Path, "rename", 1),
    "mkdir": (Path, "mkdir", 110),
    "symlink": (Path, "symlink_to", 1),
    "open": (Path, "open", 54),
    "open_folder": (os, "open", 20),
}
ERRORS = ("ENOSPC", "EIO", "EACCES", "MemoryError")
# the kernel's own refusal, which meets DuckDB's and deltalake's writes too
SIZE = "size"


def draw(chance: random.Random) -> tuple[str, int, str]:
    """A fault that most often strikes within the next step: call, number, error."""
    call = chance.choice([*sorted(CALLS), SIZE])
    if call == SIZE:
        return call, int(10 ** chance.uniform(1, 5.6)), "EFBIG"
    return call, chance.randint(1, CALLS[call][2] * 3 // 2), chance.choice(ERRORS)


class Fault:
    """From now on the `number`th `call` fails with `error` (a name of `errno`, or MemoryError); the others work.

    With `size` as the call, every write beyond `number` bytes of a file fails with EFBIG, whatever the error.
    """

    def __init__(self, call: str, number: int, error: str) -> None:
        self.struck = 0
        if call == SIZE:
            resource.setrlimit(resource.RLIMIT_FSIZE, (number, resource.RLIM_INFINITY))
            return
        owner, name, _ = CALLS[call]
        real: Callable[..., Any] = getattr(owner, name)
        calls = [0]

        def failing(*args: Any, **kwargs: Any) -> Any:
            calls[0] += 1
            if calls[0] == number:
                self.struck += 1
                raise MemoryError if error == "MemoryError" else OSError(getattr(errno, error), f"injected {error}")
            return real(*args, **kwargs)

        setattr(owner, name, failing)
