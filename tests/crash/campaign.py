"""Kill and fault campaigns: writers die at random moments while readers loop; prints what was seen. See `make crash`.

python -m tests.crash.campaign [--kills 300] [--faults 100] [--seed 1]
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from tasks.lake import releases
from tasks.lake.lake import Lake
from tasks.lake.verify import verify
from tests.crash.faults import CALLS, ERRORS
from tests.crash.readers import Golden, Reader, golden, seen
from tests.crash.story import STEPS

HOWS = ("catalogue", "tree", "delta")


@dataclass
class Tally:
    kills: int = 0
    landed: int = 0
    faults: int = 0
    struck: int = 0
    reads: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HOWS, 0))
    wrong: list[str] = field(default_factory=list)
    lakes: int = 0

    def tell(self) -> str:
        reads = ", ".join(f"{how} {count}" for how, count in self.reads.items())
        return (
            f"kills {self.kills} ({self.landed} while writing), faults {self.faults} ({self.struck} struck), "
            f"lakes {self.lakes}, reads {reads}, wrong reads or states {len(self.wrong)}"
        )


def kill_lake(root: Path, want: Golden, kills: int, chance: random.Random, tally: Tally) -> None:
    """Tell one story with writers killed up to `kills` times, readers on, then undisturbed; compare the end."""
    readers = _watch(root, want)
    for _ in range(kills):
        if len(releases.numbers(root)) == len(STEPS):
            break
        writer = _writer(root)
        try:
            writer.communicate(timeout=chance.uniform(0, 1.5))
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
            tally.landed += 1
        tally.kills += 1
        _whole(root, want, tally)
    _finish(root, want, readers, tally)


def fault_lake(root: Path, want: Golden, faults: int, chance: random.Random, tally: Tally) -> None:
    """Tell one story with writers of which one call fails, readers on, then undisturbed; compare the end."""
    readers = _watch(root, want)
    for _ in range(faults):
        if len(releases.numbers(root)) == len(STEPS):
            break
        call, error = chance.choice(sorted(CALLS)), chance.choice(ERRORS)
        writer = _writer(root, "--fault", call, str(int(chance.expovariate(1 / 40)) + 1), error)
        _, told = writer.communicate(timeout=120)
        tally.faults += 1
        tally.struck += writer.returncode != 0
        if writer.returncode not in (0, 1):
            tally.wrong.append(f"{call} {error}: writer ended with {writer.returncode}: {told[-300:]}")
        _whole(root, want, tally)
    _finish(root, want, readers, tally)


def _writer(root: Path, *more: str) -> "subprocess.Popen[str]":
    """Start a writer; back when it has imported what it needs and is about to write."""
    command = [sys.executable, "-m", "tests.crash.story", str(root), *more]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if writer.stdout is not None:
        writer.stdout.readline()
    return writer


def _watch(root: Path, want: Golden) -> list[tuple[Reader, threading.Thread]]:
    readers = [Reader(root, want, how) for how in HOWS]
    threads = [threading.Thread(target=reader.run, daemon=True) for reader in readers]
    for thread in threads:
        thread.start()
    return list(zip(readers, threads, strict=True))


def _whole(root: Path, want: Golden, tally: Tally) -> None:
    """Whatever happened, the newest release is there and is what it must be."""
    for number in releases.numbers(root)[-1:]:
        if seen(root, number) != want[number]:
            tally.wrong.append(f"release {number} is not what it must be")


def _finish(root: Path, want: Golden, readers: list[tuple[Reader, threading.Thread]], tally: Tally) -> None:
    writer = _writer(root)
    _, told = writer.communicate(timeout=300)
    if writer.returncode:
        tally.wrong.append(f"the undisturbed rerun failed: {told[-500:]}")
    for reader, thread in readers:
        reader.stop.set()
        thread.join()
        reader.once()
        tally.reads[reader.how] += reader.reads
        tally.wrong += reader.wrong
    if releases.numbers(root) != list(want):
        tally.wrong.append(f"releases {releases.numbers(root)} instead of {list(want)}")
    tally.wrong += [f"release {number} differs at the end" for number in want if seen(root, number) != want[number]]
    tally.wrong += [f"verify: {problem}" for problem in verify(Lake(root), contracts=False)]
    tally.lakes += 1


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--faults", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance, tally = random.Random(chosen.seed), Tally()
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        want = golden(Path(folder, "golden"))
        while tally.landed < chosen.kills:
            kill_lake(Path(folder, f"kill{tally.lakes}"), want, chosen.kills - tally.landed, chance, tally)
            print(tally.tell(), flush=True)
        while tally.struck < chosen.faults:
            fault_lake(Path(folder, f"fault{tally.lakes}"), want, chosen.faults - tally.struck, chance, tally)
            print(tally.tell(), flush=True)
    for line in tally.wrong:
        print("WRONG", line)
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
