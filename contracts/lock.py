"""Locks the shape of every contract to its version: `contracts.lock` holds both, and a test compares.

`python -m contracts.lock` writes it; that is refused where a shape changed and its version did not.
"""

import hashlib
import json
import sys
from pathlib import Path

from contracts.base import Contract
from contracts.registry import CONTRACTS

LOCK = Path(__file__).with_name("contracts.lock")
Lock = dict[str, dict[str, str]]


class VersionNotBumpedError(Exception):
    """A contract's shape changed but its version did not; the message names the contracts."""


def shape(model: type[Contract]) -> str:
    """Fingerprint of what readers and writers rely on: key, columns with type and nullability, and rules."""
    columns = [
        [name, str(dtype), bool(model.to_schema().columns[name].nullable)]
        for name, dtype in model.polars_schema().items()
    ]
    rules = sorted([rule.name, rule.severity, list(rule.columns)] for rule in model.rules())
    told = json.dumps([model.about().key, columns, rules], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def current() -> Lock:
    """Version and shape of every contract as the code has them."""
    return {table: {"version": m.about().version, "shape": shape(m)} for table, m in CONTRACTS.items()}


def changed_without_a_bump(locked: Lock, now: Lock) -> list[str]:
    """Tables whose shape differs under the same version, or that vanished."""
    same = [t for t in locked if t in now and locked[t]["version"] == now[t]["version"]]
    return [t for t in same if locked[t]["shape"] != now[t]["shape"]] + [t for t in locked if t not in now]


def read() -> Lock:
    """The lock as committed; empty when there is none yet."""
    found: Lock = json.loads(LOCK.read_text(encoding="utf-8")) if LOCK.exists() else {}
    return found


def write() -> None:
    """Write the lock.

    Raises:
        VersionNotBumpedError: a shape changed under the same version.
    """
    now = current()
    if stale := changed_without_a_bump(read(), now):
        raise VersionNotBumpedError(f"raise the version of {', '.join(stale)} in contracts/, then lock again")
    LOCK.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        write()
    except VersionNotBumpedError as error:
        sys.exit(str(error))
