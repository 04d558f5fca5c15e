"""Bring what is derived up to the newest release: tree, Delta logs, catalogue. Safe to repeat after any kill."""

import hashlib
import json
from pathlib import Path

from tasks.lake import releases
from tasks.lake.disk import replace_with
from tasks.lake.lake import CATALOG, Lake, check_size
from tasks.lake.releases import Release
from tasks.lake.tree import CURRENT, write_tree
from tasks.lake.views import VIEWS

_NOTE = ".derived.json"
_VIEWS = hashlib.sha256(repr(VIEWS).encode()).hexdigest()[:16]


def roll_forward(lake: Lake) -> Release | None:
    """Derive what the newest release lacks; the caller is the one writer. Returns that release, or none yet.

    The catalogue comes last: who sees a release there finds it in the tree and the Delta logs too.
    """
    numbers = releases.numbers(lake.root)
    if not numbers:
        return None
    release = lake.release(numbers[-1])
    if not is_derived(lake.root, release.number):
        # every process of a run comes by here, and few derive: duckdb and deltalake wait until they are used
        from tasks.lake.catalog import write_catalog
        from tasks.lake.delta import write_logs

        for file in release.data_files():
            check_size(lake.root / file.path, file)
        write_tree(lake.root, release)
        write_logs(lake.root, release)
        write_catalog(lake.root, release)
        replace_with(lake.root / _NOTE, json.dumps(_note(lake.root, release.number)).encode())
    return release


def is_derived(root: Path, number: int) -> bool:
    """Whether everything derived is of that release, and made for the place where the lake now is."""
    try:
        there = json.loads((root / _NOTE).read_bytes())
    except (OSError, ValueError):
        return False
    return bool(there == _note(root, number)) and (root / CATALOG).exists() and (root / CURRENT).exists()


def _note(root: Path, number: int) -> dict[str, object]:
    # the catalogue holds absolute paths and the views of the version that wrote it: else it is derived anew
    return {"release": number, "root": str(root), "views": _VIEWS}
