"""The recipe version: one short hash over everything that can change what a document becomes.

A document already published by the same version is skipped; a new version replaces it.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version as installed
from pathlib import Path

_PROJECT = Path(__file__).resolve().parent.parent
# Rooms whose code decides on text, then the data they decide with.
_CODE = ("tasks/read", "tasks/clean", "tasks/segment", "tasks/dedupe", "tasks/enrich", "tasks")
_DATA = ("seeds/lexicons", "seeds/sources")
# In `tasks` itself these only move bytes and count: a change to the report must not re-clean a lake.
_NO_TEXT = frozenset(
    {
        *("plan.py", "plan_file.py", "publish.py", "gate.py", "recipe.py", "export.py", "records.py"),
        *("rejected.py", "measures.py", "baseline.py", "expectations.py", "accept.py", "replay.py", "rejections.py"),
        *("resume.py", "decisions.py"),
        *("landing.py", "freshness.py", "inputs.py", "known.py", "resume.py"),
    }
)
_LIBRARIES = ("opencc", "polars", "resiliparse")


@cache
def version() -> str:
    """First 12 hex digits of sha256 over code, lexicons, cards and the libraries that shape the text.

    Same files and libraries give the same version on any machine: paths enter relative to the project.
    """
    digest = hashlib.sha256()
    for path in _ingredients():
        digest.update(path.relative_to(_PROJECT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for name in _LIBRARIES:
        digest.update(f"{name}=={installed(name)}\0".encode())
    return digest.hexdigest()[:12]


def _ingredients() -> Iterator[Path]:
    for room in _CODE:
        folder = _PROJECT / room
        files = folder.glob("*.py") if room == "tasks" else folder.rglob("*.py")
        yield from sorted(path for path in files if room != "tasks" or path.name not in _NO_TEXT)
    for shelf in _DATA:
        yield from sorted(path for path in (_PROJECT / shelf).rglob("*") if path.is_file() and path.name[0] != ".")
