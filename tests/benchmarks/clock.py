"""What a measured program tells of itself: seconds and CPU-seconds of its work, imports left out, as one JSON line."""

import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


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
    """User and system seconds of this process and of its ended children."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
