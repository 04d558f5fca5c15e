"""Locks what every contract says to its version: `contracts.lock` holds both, and a test compares.

`python -m contracts.lock` writes it; that is refused where a contract changed by more than its version says.
"""

import json
import sys
from pathlib import Path

from contracts.base import Contract, Rule, Tolerance, declared
from contracts.evolution import Entry, Lock, too_small_a_bump
from contracts.fingerprint import fingerprint
from contracts.registry import CONTRACTS, pyarrow_schema
from contracts.relations import RELATIONS
from contracts.relations import VERSION as RELATIONS_VERSION

LOCK = Path(__file__).with_name("contracts.lock")
RELATIONS_ENTRY = "relations"  # they belong to no table and share a version
# as a release names them
_TYPES = {"date32[day]": "date", "timestamp[us, tz=UTC]": "timestamp", "list<item: string>": "list<string>"}


class VersionNotBumpedError(Exception):
    """A contract changed by more than its version; the message names the contracts."""


def current() -> Lock:
    """Every contract as the code has it, and the relations between them."""
    tables = {table: _entry(model) for table, model in CONTRACTS.items()}
    rules = {
        r.name: f"{r.table}, takes its {r.level}, {_tolerance(Tolerance())}, {fingerprint(r.find)}" for r in RELATIONS
    }
    return {**tables, RELATIONS_ENTRY: Entry(version=RELATIONS_VERSION, key="", columns={}, rules=rules)}


def read(path: Path = LOCK) -> Lock:
    """A lock as it was written; empty when there is none yet."""
    found: Lock = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def write() -> None:
    """Write the lock.

    Raises:
        VersionNotBumpedError: a contract changed by more than its version says.
    """
    now = current()
    if wrong := too_small_a_bump(read(LOCK), now):
        raise VersionNotBumpedError(f"contracts/: {'; '.join(wrong)}; then lock again")
    LOCK.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _entry(model: type[Contract]) -> Entry:
    about = model.about()
    bodies = {
        one.method.__name__: f"{'null passes, ' if one.null_passes else ''}{fingerprint(one.method)}"
        for one in declared(model)
    }
    return Entry(
        version=about.version,
        key=about.key,
        columns={
            field.name: _TYPES.get(str(field.type), str(field.type)) + (" or null" if field.nullable else "")
            for field in pyarrow_schema(about.table)
        },
        rules={rule.name: _rule(rule, bodies[rule.name]) for rule in model.rules() if rule.name in bodies},
    )


def _rule(rule: Rule, body: str) -> str:
    waivable = ", waivable" if rule.waivable and rule.rejects else ""
    return f"{rule.severity}, {_tolerance(rule.tolerance)}{waivable}, {body}"


def _tolerance(tolerance: Tolerance) -> str:
    return f"warn above {tolerance.warn:g}, fail above {tolerance.fail:g}"


if __name__ == "__main__":
    try:
        write()
    except VersionNotBumpedError as error:
        sys.exit(str(error))
