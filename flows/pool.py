"""The workers of a run: threads or processes, and a window on their results that keeps memory flat."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Protocol, TypeVar

from tasks.plan import Plan

T_co = TypeVar("T_co", covariant=True)


class Pending(Protocol[T_co]):
    """What every engine's future can do."""

    def result(self) -> T_co:
        """Wait for it and take what it brought."""


def worker_pool(plan: Plan, workers: int) -> Executor:
    """Processes that share the cores; threads where each has one batch, which is done before processes have started.

    Fresh ones: a forked process could inherit a lock that Polars' threads hold.
    """
    if len(plan.batches) <= workers:
        return ThreadPoolExecutor(workers)
    os.environ.setdefault("POLARS_MAX_THREADS", str(max(1, (os.cpu_count() or 1) // workers)))
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Of a run that is killed nobody tells the processes it started: they would wait for work, and hold memory."""

    def watch() -> None:
        if (parent := multiprocessing.parent_process()) is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def in_window(submit: Callable[[int], Pending[T_co]], numbers: Sequence[int], workers: int) -> Iterator[T_co]:
    """Results in order, with at most three batches a worker under way: memory stays flat however many there are."""
    waiting: deque[Pending[T_co]] = deque()
    for number in numbers:
        if len(waiting) >= 3 * workers:
            yield waiting.popleft().result()
        waiting.append(submit(number))
    while waiting:
        yield waiting.popleft().result()
