"""What a person waits for: five scrapes through a cold process, and how long each command takes to start.

python -m tests.benchmarks.cold    (PEERS=1: the same scrapes through the peers; REPEATS=5)
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks import peers
from tests.benchmarks.corpora import SHARED

SEEDS = Path(__file__).parents[2] / "seeds" / "scrapes"
QINGLIU = ("-c", "from flows.cli import main; main()")


def main() -> int:
    scrapes = SHARED / "scrapes" if SHARED.is_dir() else SEEDS
    files = sorted(scrapes.glob("*.txt"))
    repeats = int(os.environ.get("REPEATS", "5"))
    with tempfile.TemporaryDirectory(prefix="qingliu-cold-") as name:
        folder = Path(name)
        found: dict[str, list[tuple[float, float]]] = {}
        for number in range(repeats):
            for program, command in commands(files, folder, str(number)).items():
                found.setdefault(program, []).append(timed(command))
    print(
        f"{len(files)} scrapes, median of {repeats}, load {os.getloadavg()[0]:.1f}\n{'':<24} {'wall s':>8} {'CPU s':>8}"
    )
    for program, runs in found.items():
        wall, cpu = (median(one[which] for one in runs) for which in (0, 1))
        print(f"{program:<24} {wall:>8.2f} {cpu:>8.2f}")
    return 0


def commands(files: Sequence[Path], folder: Path, number: str) -> dict[str, list[str]]:
    """What is started, each in a process of its own, its output in a place of its own."""
    ours = [sys.executable, *QINGLIU]
    told = {
        "python": [sys.executable, "-c", "pass"],
        "import flows.cli": [sys.executable, "-c", "import flows.cli"],
        "qingliu --help": [*ours, "--help"],
        "qingliu explain": [*ours, "explain", str(files[0])],
        "qingliu preview": [*ours, "preview", str(files[0])],
        "qingliu run --direct": [*ours, "run", *map(str, files), "--lake", str(folder / f"lake{number}"), "--direct"],
    }
    beside = peers.asked_for(os.environ.get("PEERS"))
    texts = ((path.name, path.read_text(encoding="utf-8")) for path in files)
    records = peers.as_records(texts, folder / "scrapes.jsonl") if beside else folder
    return told | {name: peer.command(records, folder / f"{name}{number}") for name, peer in beside.items()}


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Run a command to its end; wall and CPU seconds of it and all that it waited for.

    Raises:
        subprocess.CalledProcessError: it ended with an error.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return wall, used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
