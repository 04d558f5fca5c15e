"""Runs one program in a fresh process and measures it: time, CPU-seconds and memory of all its processes together."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.clock import cpu_of, family

PAGE = os.sysconf("SC_PAGE_SIZE")
BETWEEN_LOOKS = 0.02


class MeasureError(RuntimeError):
    """A measured program failed; the message ends with what it said."""


@dataclass(frozen=True)
class Measured:
    """One run of one program.

    `wall` and `cpu` are the seconds of its work as it tells them (imports left out), `whole` and `whole_cpu` those of
    the process from start to end, `peak` the most bytes its processes held at once; `stages` shares out `wall`,
    `cpu_stages` `cpu`.
    """

    wall: float
    cpu: float
    whole: float
    whole_cpu: float
    peak: int
    stages: dict[str, float] = field(default_factory=dict)
    cpu_stages: dict[str, float] = field(default_factory=dict)


def measure(command: Sequence[str], environment: dict[str, str] | None = None, python: Path | None = None) -> Measured:
    """Run a Python program (`-m module arguments`, or a script) to its end, with this interpreter or another.

    Raises:
        MeasureError: it ended with an error.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        [python or sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | (environment or {}),
    )
    peak = Peak(process.pid)
    out, err = process.communicate()
    whole, used = time.perf_counter() - start, peak.stop()
    if process.returncode:
        raise MeasureError(f"{' '.join(command)} ended with {process.returncode}: {err[-2000:]}")
    said = json.loads(out.splitlines()[-1]) if out.rstrip().endswith("}") else {}
    cpu = said.get("cpu", said.get("cpu_s", used.cpu))  # the second as the peers' scripts tell it
    return Measured(
        wall=said.get("wall", said.get("wall_s", whole)),
        cpu=cpu,
        whole=whole,
        whole_cpu=max(used.cpu, cpu),
        peak=used.bytes,
        stages=said.get("stages", said.get("seconds", {})),
        cpu_stages=said.get("cpu_stages", {}),
    )


@dataclass
class Used:
    """What a family of processes took so far: the most resident bytes at once, and CPU-seconds as last seen."""

    bytes: int = 0
    cpu: float = 0.0


class Peak:
    """Looks at a process and its children every 20 ms until it is stopped."""

    def __init__(self, pid: int) -> None:
        self._pid, self._used, self._done = pid, Used(), threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._done.wait(BETWEEN_LOOKS):
            processes = list(family(self._pid))
            self._used.bytes = max(self._used.bytes, _held(processes))
            self._used.cpu = max(self._used.cpu, sum(map(cpu_of, processes)))

    def stop(self) -> Used:
        self._done.set()
        self._thread.join()
        return self._used


def _held(processes: list[int]) -> int:
    """Bytes that processes hold together: what each has of its own, and once the files that all of them map."""
    own, mapped = 0, 0
    for pid in processes:
        try:
            _, resident, shared, *_ = map(int, Path(f"/proc/{pid}/statm").read_text().split())
        except (OSError, ValueError):
            continue
        own, mapped = own + resident - shared, max(mapped, shared)
    return (own + mapped) * PAGE
