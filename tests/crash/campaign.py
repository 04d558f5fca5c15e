"""Kill and fault campaigns: writers die at random moments while readers loop; prints what was seen. See `make crash`.

python -m tests.crash.campaign [--kills 300] [--faults 100] [--seed 1] [--minutes 20]
"""

import argparse
import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tasks.lake import open_lake, releases
from tasks.lake.verify import verify
from tests.crash.faults import draw
from tests.crash.readers import Golden, Reader, golden, seen
from tests.crash.story import STEPS

KILLS, FAULTS, MINUTES = 300, 100, 20.0
HOWS = ("catalogue", "tree", "delta")
# seconds after which a teller that says nothing is one that hangs
_PATIENCE = 120.0


@dataclass
class Tally:
    kills: int = 0
    landed: int = 0
    faults: int = 0
    struck: int = 0
    said: Counter[str] = field(default_factory=Counter)
    reads: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HOWS, 0))
    wrong: list[str] = field(default_factory=list)
    lakes: int = 0

    def tell(self) -> str:
        reads = ", ".join(f"{how} {count}" for how, count in self.reads.items())
        return (
            f"kills {self.kills} ({self.landed} while writing), faults {self.faults} ({self.struck} struck: "
            f"{', '.join(f'{error} {count}' for error, count in self.said.most_common())}), "
            f"lakes {self.lakes}, reads {reads}, wrong reads or states {len(self.wrong)}"
        )


class Nursery:
    """A process that forks tellers of the story for one lake, one at a time; see `tests.crash.story`."""

    def __init__(self, root: Path, environment: Mapping[str, str] | None = None, patience: float = _PATIENCE) -> None:
        command = [sys.executable, "-m", "tests.crash.story", str(root)]
        env = {**os.environ, **(environment or {})}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)
        self._heard = b""
        self._patience = patience
        self.teller = 0

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, *_: object) -> None:
        # between tellers it has nothing to lose
        self._process.kill()
        self._process.communicate()

    def tell(self, order: str, kill_after: float | None = None) -> dict[str, Any]:
        """Let a teller go, killed when it takes longer than `kill_after` seconds; what it said of its end."""
        self._process.stdin.write(f"{order}\n".encode())
        self._process.stdin.flush()
        told: dict[str, Any] = {}
        while "pid" not in told:
            told |= self._answer(self._patience)
        self.teller = told["pid"]
        until = time.monotonic() + (self._patience if kill_after is None else kill_after)
        while "code" not in told:
            answer = self._answer(max(until - time.monotonic(), 0))
            if not answer:
                os.kill(told["pid"], signal.SIGKILL)
                told["killed"] = True
                until = time.monotonic() + self._patience
            told |= answer
        return told

    def _answer(self, seconds: float) -> dict[str, Any]:
        """The next answer; empty when there is none in time."""
        out = self._process.stdout.fileno()
        while b"\n" not in self._heard:
            if not select.select([out], [], [], seconds)[0]:
                return {}
            if not (heard := os.read(out, 65536)):
                raise RuntimeError(f"the nursery left with {self._process.wait()}")
            self._heard += heard
        line, self._heard = self._heard.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer


def kill_lake(root: Path, want: Golden, kills: int, chance: random.Random, tally: Tally) -> None:
    """Tell one story with tellers killed up to `kills` times, readers on, then undisturbed; compare the end."""
    readers = looping([Reader(root, want, how) for how in HOWS])
    with Nursery(root) as nursery:
        for _ in range(kills):
            if len(releases.numbers(root)) == len(STEPS):
                break
            tally.landed += "killed" in nursery.tell("tell", kill_after=chance.uniform(0, 1.5))
            tally.kills += 1
            whole(root, want, tally)
        finish(root, want, readers, nursery, tally)


def fault_lake(root: Path, want: Golden, faults: int, chance: random.Random, tally: Tally) -> None:
    """Tell one story by tellers of a step that meet one fault each, readers on, then undisturbed; compare the end."""
    readers = looping([Reader(root, want, how) for how in HOWS])
    with Nursery(root) as nursery:
        for _ in range(faults):
            if len(releases.numbers(root)) == len(STEPS):
                break
            fault = " ".join(map(str, draw(chance)))
            told = nursery.tell(f"fault {fault}")
            tally.faults += 1
            tally.struck += told.get("struck", 0)
            tally.said.update([told.get("error", "").partition(":")[0] or "went on"] if told.get("struck") else [])
            if told["code"] or "bug" in told:
                tally.wrong.append(f"after {fault} the writer ended so: {told}")
            whole(root, want, tally)
        finish(root, want, readers, nursery, tally)


def looping(readers: Sequence[Reader]) -> list[tuple[Reader, threading.Thread]]:
    """Let readers read again and again, each on a thread of its own."""
    threads = [threading.Thread(target=reader.run, daemon=True) for reader in readers]
    for thread in threads:
        thread.start()
    return list(zip(readers, threads, strict=True))


def whole(root: Path, want: Golden, tally: Tally) -> None:
    """Whatever happened, the newest release is there and is what it must be."""
    for number in releases.numbers(root)[-1:]:
        if seen(root, number) != want[number]:
            tally.wrong.append(f"release {number} is not what it must be")


def finish(
    root: Path, want: Golden, readers: list[tuple[Reader, threading.Thread]], nursery: Nursery, tally: Tally
) -> None:
    """Tell the rest undisturbed: readers saw nothing wrong, and each release is what it must be."""
    told = nursery.tell("tell")
    if told["code"] or "bug" in told:
        tally.wrong.append(f"the undisturbed rerun failed: {told}")
    for reader, thread in readers:
        reader.stop.set()
        thread.join()
        reader.once()
        tally.reads[reader.how] += reader.reads
        tally.wrong += reader.wrong
    if releases.numbers(root) != list(want):
        tally.wrong.append(f"releases {releases.numbers(root)} instead of {list(want)}")
    tally.wrong += [f"release {number} differs at the end" for number in want if seen(root, number) != want[number]]
    tally.wrong += [f"verify: {problem}" for problem in verify(open_lake(root), contracts=False)]
    tally.lakes += 1


def campaign(folder: Path, kills: int, faults: int, *, seed: int, minutes: float) -> Tally:
    """Go from lake to lake until enough tellers were killed while writing and enough faults struck, or time is up."""
    chance, tally, until = random.Random(seed), Tally(), time.monotonic() + minutes * 60
    want = golden(folder / "golden")
    while tally.landed < kills and time.monotonic() < until:
        kill_lake(folder / f"lake{tally.lakes}", want, kills - tally.landed, chance, tally)
        print(tally.tell(), flush=True)
    while tally.struck < faults and time.monotonic() < until:
        fault_lake(folder / f"lake{tally.lakes}", want, 2 * faults, chance, tally)
        print(tally.tell(), flush=True)
    return tally


def run(campaign: Callable[..., Tally], about: str, *, kills: int, faults: int, minutes: float) -> int:
    """Run a campaign as the command line asks for it, and print what went wrong; 0 where it was enough and all well."""
    options = argparse.ArgumentParser(description=about)
    options.add_argument("--kills", type=int, default=kills)
    options.add_argument("--faults", type=int, default=faults)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--minutes", type=float, default=minutes)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        tally = campaign(Path(folder), chosen.kills, chosen.faults, seed=chosen.seed, minutes=chosen.minutes)
    for line, count in Counter(tally.wrong).most_common():
        print(f"WRONG {count} times: {line}")
    enough = tally.landed >= chosen.kills and tally.struck >= chosen.faults
    print("enough" if enough else "time was up before there was enough")
    return 0 if enough and not tally.wrong else 1


if __name__ == "__main__":
    sys.exit(run(campaign, __doc__ or "", kills=KILLS, faults=FAULTS, minutes=MINUTES))
