"""What a measured program tells of itself: seconds and CPU-seconds of its work, imports left out, as one JSON line."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Seconds:
    """Wall and CPU seconds by stage; a stage inside another one counts for itself only."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self._inner = [(0.0, 0.0)]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start, cpu = time.perf_counter(), time.process_time()
        self._inner.append((0.0, 0.0))
        try:
            yield
        finally:
            took, spent = time.perf_counter() - start, time.process_time() - cpu
            (inner, inner_cpu), (around, around_cpu) = self._inner.pop(), self._inner.pop()
            self._inner.append((around + took, around_cpu + spent))
            self.wall[name] = self.wall.get(name, 0.0) + took - inner
            self.cpu[name] = self.cpu.get(name, 0.0) + spent - inner_cpu


@contextmanager
def told() -> Iterator[Seconds]:
    """Measure the block and print what it took."""
    seconds, start, cpu = Seconds(), time.perf_counter(), cpu_seconds()
    yield seconds
    wall, cpu = time.perf_counter() - start, cpu_seconds() - cpu
    print(json.dumps({"wall": wall, "cpu": cpu, "stages": seconds.wall, "cpu_stages": seconds.cpu}))


def cpu_seconds() -> float:
    """User and system seconds of this process and of all that it started, ended or at work."""
    return sum(map(cpu_of, family(os.getpid())))


def family(pid: int) -> Iterator[int]:
    """A process, its children that are at work, and theirs."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def cpu_of(pid: int) -> float:
    """User and system seconds of a process and of its ended children."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
