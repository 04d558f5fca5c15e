"""Bring what is derived up to the newest release: tree, Delta logs, catalogue. Safe to repeat after any kill.

A bucket has no links, so a lake in one has no tree.
"""

import hashlib
import json
from pathlib import Path

from tasks.lake import releases
from tasks.lake.folder import check
from tasks.lake.lake import CATALOG, Lake
from tasks.lake.releases import Release
from tasks.lake.store import Store, store_of
from tasks.lake.tree import CURRENT, write_tree
from tasks.lake.views import VIEWS

_NOTE = ".derived.json"
_VIEWS = hashlib.sha256(repr(VIEWS).encode()).hexdigest()[:16]


def roll_forward(lake: Lake) -> Release | None:
    """Derive what the newest release lacks; the caller is the one writer. Returns that release, or none yet.

    The catalogue comes last: who sees a release there finds it in the tree and the Delta logs too.
    """
    stale = False
    while True:
        numbers = releases.numbers(lake.root)
        if not numbers:
            return None
        release = lake.release(numbers[-1])
        known = _derived(lake.store)
        if not stale and known == release.number:
            return release
        # the requests for a table that did not change cost more than those for one that did
        _derive(lake, release, lake.release(known) if known in numbers and lake.store.is_remote and not stale else None)
        # from another machine another release may have come: what was written last may be of the older one
        stale = lake.store.is_remote and releases.numbers(lake.root)[-1] != release.number
        if not stale:
            return release


def _derive(lake: Lake, release: Release, known: Release | None) -> None:
    # every process of a run comes by here, and few derive: duckdb and deltalake wait until they are used
    from tasks.lake.catalog import write_catalog
    from tasks.lake.delta import write_logs

    files = list(release.data_files())
    check(lake.store, files)
    if not lake.store.is_remote:
        write_tree(lake.root, release)
    write_logs(lake.root, release, known)
    write_catalog(lake.root, release)
    lake.store.replace(_NOTE, json.dumps(_note(lake.store, release.number)).encode())
    lake.store.tidy({file.path for file in files})


def is_derived(root: Path, number: int) -> bool:
    """Whether everything derived is of that release, and made for the place where the lake now is."""
    return _derived(store_of(root)) == number


def _derived(store: Store) -> int | None:
    """The release that everything derived is of; none when it is of several, or of none, or made for another place."""
    try:
        there = json.loads(store.read(_NOTE))
        number = int(there["release"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    whole = store.tag(CATALOG) is not None and (store.is_remote or (store.root / CURRENT).exists())
    return number if whole and there == _note(store, number) else None


def _note(store: Store, number: int) -> dict[str, object]:
    # the catalogue holds absolute paths and the views of the version that wrote it: else it is derived anew
    told: dict[str, object] = {"release": number, "root": store.where(), "views": _VIEWS}
    # a slower writer on another machine may have put an older one over it
    return told | {"catalog": store.tag(CATALOG)} if store.is_remote else told
