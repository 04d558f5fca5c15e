"""The folder behind the name of a lake, and its name again: a path, or an address on s3:// that has a working folder.

Kept free of heavy imports: every command that is given a lake comes by here.
"""

import os
from pathlib import Path


def lake_at(lake: "str | os.PathLike[str]") -> Path:
    """The folder of a lake as it was typed; of one on s3:// the working folder, which is made.

    Raises:
        tasks.lake.errors.StoreRefused: it is no address of a lake.
    """
    text = os.fspath(lake)
    if not text.startswith("s3:"):
        return Path(text)
    from flows.settings import Settings
    from tasks.lake.working import lake_folder

    return lake_folder(text, Settings().work)


def typed(lake: Path) -> str:
    """What to type for a lake: its address, or its path as it is."""
    from tasks.lake.working import address_of

    return address_of(lake) or os.fspath(lake)
