"""A fixed story of a lake (adds, replacements, compaction), told step by step; run as a program it tells it to its end.

python -m tests.crash.story LAKE [--fault SYSCALL NUMBER ERRNO]
"""

import sys
from collections.abc import Callable
from pathlib import Path

from tasks.lake import open_lake, releases
from tasks.lake.maintain import compact
from tasks.lake.status import catch_up
from tasks.publish import publish
from tests.crash.faults import inject
from tests.lake.staged import PASS, Doc, stage

TABLES = ("documents", "sightings", "articles", "paragraphs", "sentences", "spans")


def _add(names: str, recipe: str = "one") -> Callable[[Path], None]:
    def step(root: Path) -> None:
        docs = [Doc(name, _MONTHS[ord(name) % 3], f"source{ord(name) % 2}") for name in names]
        publish(root, stage(root, docs, recipe=recipe), PASS)

    return step


def _compact(root: Path) -> None:
    compact(open_lake(root))


_MONTHS = ("2020-02", "2021-03", "unknown")
# one release each
STEPS: tuple[Callable[[Path], None], ...] = (
    _add("abcd"),
    _add("efgh"),
    _add("bcf", "two"),
    _add("ij"),
    _compact,
    _add("ak", "two"),
    _add("lmnop"),
    _add("elo", "two"),
    _compact,
)


def tell(root: Path) -> None:
    """Go on from wherever the lake is to the end of the story."""
    done = (releases.numbers(root) or [0])[-1]
    for step in STEPS[done:]:
        step(root)
    if root.exists():
        catch_up(open_lake(root))


if __name__ == "__main__":
    print("ready", flush=True)
    if "--fault" in sys.argv:
        inject(*sys.argv[sys.argv.index("--fault") + 1 :][:3])
    tell(Path(sys.argv[1]))
