"""The workers of a run: processes here or a Dask cluster, and a window on their results that keeps memory flat."""

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_WORKERS_COME = 60  # seconds until a cluster without a worker is given up
# Up to which size glibc keeps the blocks that it is given back, and how much of them: when each block of 8 MB was
# returned at once a tenth of the time went into page faults; left to guess, workers grow by an eighth. One arena, of
# glibc and of Polars each: what one thread gave back another one takes, a tenth less memory and 1 % less time. One
# thread of OpenBLAS: others spin for a while after each product. What is given back to Polars it keeps for good: purged
# by and by, a batch of 12.5 MB touched 100,000 pages anew, a tenth of its time. Polars' threads get a stack as large as
# that of any other: whole batches run there (`_inside_polars`).
_FRUGAL = {
    "MALLOC_MMAP_THRESHOLD_": "33000000",
    "MALLOC_TRIM_THRESHOLD_": "100000000",
    "MALLOC_ARENA_MAX": "1",
    "_RJEM_MALLOC_CONF": "narenas:1,dirty_decay_ms:-1",
    "OPENBLAS_NUM_THREADS": "1",
    "RUST_MIN_STACK": "8388608",
}


class Pending(Protocol[T_co]):
    """What every engine's future can do."""

    def result(self) -> T_co:
        """Wait for it and take what it brought."""


class Pool(Protocol):
    """Whoever carries batches out."""

    def submit(self, function: Callable[..., T], /, *args: object) -> Pending[T]:
        """Carry it out there; the arguments go by value."""

    def under_way(self) -> int:
        """How many batches may be given to it at a time: enough that nobody in it waits for work."""


@contextmanager
def pool_of(workers: int, dask: str | None) -> Iterator[Pool]:
    """Processes of this machine, or the threads of a Dask cluster: neither ever imports Prefect.

    Args:
        workers: processes, where there is no cluster.
        dask: address of the scheduler of a cluster; its workers must see the run's folder and the inputs.

    Raises:
        OSError: the cluster is not there, or has no worker.
    """
    if dask is None:
        with worker_pool(workers) as processes:
            yield _Processes(processes, workers)
        return
    from distributed import Client

    with Client(dask, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=_WORKERS_COME)
        yield _Cluster(client)


class _Processes:
    def __init__(self, processes: ProcessPoolExecutor, workers: int) -> None:
        self._processes = processes
        self._workers = workers

    def submit(self, function: Callable[..., T], /, *args: object) -> Pending[T]:
        return self._processes.submit(_inside_polars, function, *args)

    def under_way(self) -> int:
        return 3 * self._workers


class _Cluster:
    def __init__(self, client: "Client") -> None:
        self._client = client

    def submit(self, function: Callable[..., T], /, *args: object) -> Pending[T]:
        pending: Pending[T] = self._client.submit(function, *args, pure=False)
        return pending

    def under_way(self) -> int:
        # asked anew each time: workers come and go
        threads: dict[str, int] = self._client.nthreads()
        return 2 * max(1, sum(threads.values()))


def start_workers() -> None:
    """Start the process that the workers of this one are forked from: it makes what they need while others work.

    It has Polars compute nothing: a worker could inherit a lock that one of Polars' threads holds.
    """
    for name, value in _FRUGAL.items():
        os.environ.setdefault(name, value)
    multiprocessing.set_forkserver_preload(["tasks.ready"])
    forkserver.ensure_running()


def worker_pool(workers: int) -> ProcessPoolExecutor:
    """Processes that share the cores: in threads of one process they would wait for the interpreter and each other."""
    start_workers()
    threads = max(1, (os.cpu_count() or 1) // workers)
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("forkserver"), initializer=_set_up, initargs=(threads,)
    )
    with _nameless_main():
        for _ in range(workers):  # each starts a process, since none has had the time to be idle
            pool.submit(os.getpid)
    return pool


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Hide the main module: every process that is started meanwhile would import it, and Prefect with it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _set_up(threads: int) -> None:
    os.environ.setdefault("POLARS_MAX_THREADS", str(threads))
    _end_with_parent()


def _inside_polars(function: Callable[..., T], *args: object) -> T:
    """Call it on the only thread of Polars, where calls of Polars wait for no other one: 60 CPU ms a batch less.

    Nothing beside it may ask Polars meanwhile: it would wait for this to end.
    """
    import polars as pl

    if pl.thread_pool_size() > 1:
        return function(*args)
    done: Future[T] = Future()

    def call(column: pl.Series) -> pl.Series:
        # Polars would make an error of its own of some, without what they say of files
        try:
            done.set_result(function(*args))
        except BaseException as error:
            done.set_exception(error)
        return column

    # two expressions: one alone would be computed by the thread that asks for it
    told = pl.col("told")
    pl.DataFrame({"told": [0]}).select(told.map_batches(call, return_dtype=pl.Int64), beside=told + 1)
    return done.result(timeout=0)


def _end_with_parent() -> None:
    """Of a run that is killed nobody tells the processes it started: they would wait for work, and hold memory."""

    def watch() -> None:
        if (parent := multiprocessing.parent_process()) is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def in_window(
    submit: Callable[[int], Pending[T_co]], numbers: Sequence[int], most: Callable[[], int]
) -> Iterator[T_co]:
    """Results in order, with at most so many batches under way: memory stays flat however many there are."""
    waiting: deque[Pending[T_co]] = deque()
    for number in numbers:
        if len(waiting) >= most():
            yield waiting.popleft().result()
        waiting.append(submit(number))
    while waiting:
        yield waiting.popleft().result()
