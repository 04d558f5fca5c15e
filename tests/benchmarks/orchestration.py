"""What Prefect costs over --direct: one batch against many, both ways, each run in a fresh process.

python -m tests.benchmarks.orchestration [--batches 100] [--kilobytes 4000] [--rounds 3] [--embedded]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np

from flows import stack
from flows.database import sqlite
from flows.processes import Process

# What orchestrates is the run's own process; the batches have processes of their own, which know no Prefect.
RUN = """
import atexit, os, resource
from flows.cli import main
from tests.benchmarks.clock import cpu_seconds
tell = os.dup(2)
def told():
    used = resource.getrusage(resource.RUSAGE_SELF)
    os.write(tell, f"OWN {used.ru_utime + used.ru_stime} {cpu_seconds()}".encode())
atexit.register(told)
main()
"""


@dataclass(frozen=True)
class Cost:
    """Seconds of one run: processor time of its own process and of all it started, by the clock, the server's CPU.

    `curate` are those by the clock in which batches went by, which is where tasks are many.
    """

    own: float
    batches: float
    wall: float
    server: float
    curate: float

    def tell(self) -> str:
        """One line."""
        of_run = f"CPU {self.own + self.batches:7.1f} s, of which its own process {self.own:6.1f}"
        return f"wall {self.wall:7.1f} s, batches {self.curate:6.1f}  {of_run}  server's CPU {self.server:6.1f} s"


def write_corpus(folder: Path, files: int, kilobytes: int) -> None:
    """Files of news-like paragraphs drawn by lot, no two alike."""
    folder.mkdir(parents=True)
    chance = np.random.default_rng(1)
    for number in range(files):
        words = chance.integers(0x4E00, 0x4E00 + 3000, (kilobytes * 4, 75), dtype=np.uint32)
        text = "\n\n".join(f"本报讯 3月5日，{one.tobytes().decode('utf-32-le')}。" for one in words)
        (folder / f"{number:04d}.txt").write_text(f"清河县第{number}次工作会议\n\n{text}\n", encoding="utf-8")


def cost(folder: Path, inputs: Path, env: dict[str, str], server: Process | None, *options: str) -> Cost:
    """Run it once, into a lake of its own."""
    lake = tempfile.mkdtemp(dir=folder) + "/lake"
    before, start = cpu_of(server), time.perf_counter()
    command = [sys.executable, "-c", RUN, "run", str(inputs), "--lake", lake, "--json", *options]
    child = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    told, said = child.stdout.read() if child.stdout else b"", child.stderr.read() if child.stderr else b""
    child.wait()
    wall = time.perf_counter() - start
    outcome = json.loads(told)
    assert outcome["release"] == 1, said
    own, family = map(float, said.rpartition(b"OWN ")[2].split())
    return Cost(own, family - own, wall, cpu_of(server) - before, outcome["seconds"]["curate"])


def median(costs: list[Cost]) -> Cost:
    """Of each figure by itself."""
    return Cost(*np.median([astuple(one) for one in costs], axis=0).tolist())


def cpu_of(server: Process | None) -> float:
    """Seconds of processor time that a process has used so far, by the system's clock ticks."""
    with suppress(AttributeError, FileNotFoundError):
        stat = Path(f"/proc/{server.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()  # type: ignore[union-attr]
        return sum(int(one) for one in stat[11:13]) / os.sysconf("SC_CLK_TCK")
    return 0.0


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--batches", type=int, default=100)
    asked.add_argument("--kilobytes", type=int, default=4000)
    asked.add_argument("--rounds", type=int, default=1, help="both ways in alternation, this often; medians are told")
    asked.add_argument("--embedded", action="store_true", help="also what Prefect's embedded server takes to start")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="orchestration-") as name:
        folder, state = Path(name), Path(name, "stack")
        (state / "prefect").mkdir(parents=True)
        write_corpus(folder / "one", 1, chosen.kilobytes)
        write_corpus(folder / "many", chosen.batches, chosen.kilobytes)
        server = stack.serve(state, 4950, sqlite(state, "for the bench"))
        env = {**stack.client_env(state), "QINGLIU_BATCH_BYTES": "1", "PREFECT_LOGGING_LEVEL": "WARNING"}
        ways = {"direct": ["--direct"], "Prefect": []}
        runs: dict[tuple[str, str], list[Cost]] = {(how, size): [] for how in ways for size in ("one", "many")}
        try:
            for size in ("one", "many"):
                for how, options in list(ways.items()) * chosen.rounds:
                    runs[how, size].append(cost(folder, folder / size, env, server, *options))
                    print(f"{how:<8} {size:<5} {runs[how, size][-1].tell()}", flush=True)
        finally:
            stack.down(state)
        if chosen.embedded:
            del env["PREFECT_API_URL"]
            env["PREFECT_SERVER_EPHEMERAL_ENABLED"] = "true"
            for when in ("first", "again"):
                print(f"embedded {when:<5} {cost(folder, folder / 'one', env, None).tell()}", flush=True)
    print(compared({which: median(costs) for which, costs in runs.items()}, chosen.batches))
    return 0


def compared(told: dict[tuple[str, str], Cost], batches: int) -> str:
    """What is added to the run's own process and to the server: at the start, and by each batch."""
    added = {size: told["Prefect", size].own - told["direct", size].own for size in ("one", "many")}
    idle = told["direct", "many"].server / told["direct", "many"].wall
    served = {size: told["Prefect", size].server - idle * told["Prefect", size].wall for size in ("one", "many")}
    whole = told["direct", "many"].own + told["direct", "many"].batches
    own, asked = (1000 * (one["many"] - one["one"]) / (batches - 1) for one in (added, served))
    batched = told["Prefect", "many"].curate / told["direct", "many"].curate
    grown = {how: told[how, "many"].wall - told[how, "one"].wall for how in ("direct", "Prefect")}
    return (
        f"start-up: {added['one']:.1f} s of CPU, and {served['one']:.1f} of the server's\n"
        f"each batch of {whole / batches:.2f} s: {own:.0f} ms of CPU, and {asked:.0f} of the server's; "
        f"together {(own + asked) / 10 * batches / whole:.1f} % of --direct\n"
        f"by the clock, start-up apart: {grown['Prefect'] / grown['direct']:.3f} of --direct; its batches {batched:.3f}"
    )


if __name__ == "__main__":
    sys.exit(main())
