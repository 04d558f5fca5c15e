"""What Prefect costs over --direct: one batch against many, both ways, each run in a fresh process.

python -m tests.benchmarks.orchestration [--batches 100] [--kilobytes 40]
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flows import stack
from flows.database import sqlite


@dataclass(frozen=True)
class Cost:
    """Seconds of one run: processor time of it and of all it started, by the clock, and the server's processor time."""

    cpu: float
    wall: float
    server: float


def write_corpus(folder: Path, files: int, kilobytes: int) -> None:
    """Files of news-like paragraphs drawn by lot, no two alike."""
    chance = random.Random(1)
    for number in range(files):
        words = (chance.choices([chr(0x4E00 + one) for one in range(3000)], k=75) for _ in range(kilobytes * 4))
        text = "\n\n".join(f"本报讯 3月5日，{''.join(one)}。" for one in words)
        (folder / f"{number:04d}.txt").write_text(f"清河县第{number}次工作会议\n\n{text}\n", encoding="utf-8")


def cost(folder: Path, inputs: Path, env: dict[str, str], server: int, *options: str) -> Cost:
    code = "from flows.cli import main; main()"
    lake = tempfile.mkdtemp(dir=folder) + "/lake"
    before, start = cpu_of(server), time.perf_counter()
    command = [sys.executable, "-c", code, "run", str(inputs), "--lake", lake, "--json", *options]
    child = subprocess.Popen(command, env=env, stdout=subprocess.PIPE)
    told = child.stdout.read() if child.stdout else b""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    assert json.loads(told)["release"] == 1
    return Cost(used.ru_utime + used.ru_stime, wall, cpu_of(server) - before)


def cpu_of(pid: int) -> float:
    """Seconds of processor time that a process has used so far."""
    told = subprocess.run(["ps", "-o", "cputime=", "-p", str(pid)], capture_output=True, text=True, check=True).stdout
    days, _, clock = told.strip().rpartition("-")
    parts = [int(days or 0), *(float(one) for one in clock.split(":"))]
    return float(((parts[0] * 24 + parts[-3]) * 60 + parts[-2]) * 60 + parts[-1])


def more(told: dict[tuple[str, str], Cost], batches: int, of: Callable[[Cost], float]) -> float:
    """Milliseconds that one batch more costs through Prefect than without."""
    grown = {how: of(told[how, "many"]) - of(told[how, "one"]) for how in ("direct", "Prefect")}
    return 1000 * (grown["Prefect"] - grown["direct"]) / (batches - 1)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--batches", type=int, default=100)
    asked.add_argument("--kilobytes", type=int, default=40)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="orchestration-") as name:
        folder, state = Path(name), Path(name, "stack")
        for part in ("one", "many", "stack/prefect"):
            (folder / part).mkdir(parents=True)
        write_corpus(folder / "one", 1, chosen.kilobytes)
        write_corpus(folder / "many", chosen.batches, chosen.kilobytes)
        server = stack.serve(state, 4950, sqlite(state, "for the bench"))
        try:
            env = {**stack.client_env(state), "QINGLIU_BATCH_BYTES": "1", "PREFECT_LOGGING_LEVEL": "WARNING"}
            told = {}
            for size in ("one", "many"):
                for how in ("direct", "Prefect"):
                    options = ["--direct"] if how == "direct" else []
                    one = told[how, size] = cost(folder, folder / size, env, server.pid, *options)
                    print(f"{how:<8} {size:<5} CPU {one.cpu:6.1f} s  wall {one.wall:6.1f} s  ", end="")
                    print(f"server's CPU {one.server:5.1f} s", flush=True)
        finally:
            stack.down(state)
    each = more(told, chosen.batches, lambda one: one.cpu)
    idle = told["direct", "many"].server / told["direct", "many"].wall
    served = more(told, chosen.batches, lambda one: one.server - idle * one.wall)
    start = told["Prefect", "one"].cpu - told["direct", "one"].cpu
    print(f"start-up {start:.1f} s of CPU; a batch {each:.0f} ms, and {served:.0f} ms of the server's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
