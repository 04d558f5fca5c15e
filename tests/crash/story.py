"""A fixed story of a lake (adds, replacements, compaction), told step by step, and a nursery of processes that tell it.

python -m tests.crash.story LAKE    reads `tell`, `step` or `fault CALL NUMBER ERROR`, and answers with lines of JSON
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

# imported here, so that every teller finds them loaded
import tasks.lake.catalog
import tasks.lake.delta  # noqa: F401
from tasks.lake import open_lake, releases
from tasks.lake.errors import LakeError
from tasks.lake.maintain import compact
from tasks.lake.status import catch_up
from tasks.publish import publish
from tests.crash.faults import SIZE, Fault
from tests.lake.staged import PASS, Doc, stage

TABLES = ("documents", "sightings", "articles", "paragraphs", "sentences", "spans")


# makes ready for one release, and gives back what cuts it
Step = Callable[[Path], Callable[[], object]]


def _add(names: str, recipe: str = "one") -> Step:
    def step(root: Path) -> Callable[[], object]:
        docs = [Doc(name, _MONTHS[ord(name) % 3], f"source{ord(name) % 2}") for name in names]
        return partial(publish, root, stage(root, docs, recipe=recipe), PASS)

    return step


def _compact(root: Path) -> Callable[[], object]:
    return partial(compact, open_lake(root))


_MONTHS = ("2020-02", "2021-03", "unknown")
STEPS: tuple[Step, ...] = (
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
    for step in STEPS[_done(root) :]:
        step(root)()
    if root.exists():
        catch_up(open_lake(root))


def _done(root: Path) -> int:
    return (releases.numbers(root) or [0])[-1]


def _meet(root: Path, call: str, number: str, error: str) -> dict[str, object]:
    """Take the next step with a fault: how often it struck, and the error it ended in, which must be one of ours."""
    act = STEPS[_done(root)](root)
    fault = Fault(call, int(number), error)
    said = ""
    try:
        act()
    except (LakeError, MemoryError) as expected:
        said = f"{type(expected).__name__}: {expected}"
    return {"struck": int(bool(said)) if call == SIZE else fault.struck, "error": said}


def _take(root: Path) -> dict[str, object]:
    """Take the next step; the error it ended in, which must be one of ours, and its exit code."""
    try:
        STEPS[_done(root)](root)()
    except LakeError as expected:
        return {"error": f"{type(expected).__name__}: {expected}", "exit": expected.exit_code}
    return {"error": ""}


def nursery(root: Path) -> None:
    """Fork a teller for each line read: the imports are paid for once, and every teller is a process of its own.

    Answers twice: with the pid of the teller at once, and with how it ended when it has.
    """
    for line in sys.stdin:
        if teller := os.fork():
            _say({"pid": teller})
            _, status = os.waitpid(teller, 0)
            _say({"code": os.waitstatus_to_exitcode(status)})
            continue
        try:
            words = line.split()
            if words[0] == "fault":
                _say(_meet(root, *words[1:]))
            elif words[0] == "step":
                _say(_take(root))
            else:
                tell(root)
            os._exit(0)
        except BaseException as error:  # whatever it is, the campaign is told
            _say({"bug": f"{type(error).__name__}: {error}"})
            os._exit(1)


def _say(told: dict[str, object]) -> None:
    os.write(1, f"{json.dumps(told)}\n".encode())


if __name__ == "__main__":
    nursery(Path(sys.argv[1]))
