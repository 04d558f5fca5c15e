"""The same files on one process and on a Dask cluster of two worker processes: the same rows, and how long each took.

python -m tests.benchmarks.cluster [--batches 12] [--kilobytes 2500]       (needs the extra `dask`)
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows import stack
from flows.database import sqlite
from flows.processes import wait_for
from tests.benchmarks.orchestration import write_corpus
from tests.flows.killing import CONTENT

RUN = "from flows.cli import main; main()"


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """A scheduler and its workers, each a process with one thread; the address of the scheduler."""
    log = folder / "scheduler.log"
    part = [sys.executable, "-m"]
    started = []
    try:
        with log.open("wb") as said, (folder / "workers.log").open("wb") as of_workers:
            command = [*part, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
            started.append(subprocess.Popen(command, stderr=said, stdout=said))
            assert wait_for(lambda: "Scheduler at:" in log.read_text(encoding="utf-8"), 180), log.read_text()
            (address,) = re.findall(r"Scheduler at:\s+(tcp://\S+)", log.read_text(encoding="utf-8"))
            command = [*part, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
            started += [subprocess.Popen(command, stdout=of_workers, stderr=of_workers) for _ in range(workers)]
        yield address
    finally:
        for one in reversed(started):
            one.kill()
            one.wait()


def hashes(lake: Path) -> dict[str, str]:
    """One hash a table: of every row, in order."""
    import polars as pl

    from tasks.lake.lake import open_lake

    found = {}
    for table in CONTENT:
        rows = open_lake(lake).scan(table).collect().sort(pl.all())
        found[table] = f"{rows.height:>9,} rows {hashlib.sha256(rows.write_ndjson().encode()).hexdigest()[:16]}"
    return found


def timed(inputs: Path, lake: Path, env: dict[str, str], *options: str) -> float:
    """Seconds by the clock of one run."""
    command = [sys.executable, "-c", RUN, "run", str(inputs), "--lake", str(lake), "--json", *options]
    start = time.perf_counter()
    told = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True).stdout
    assert json.loads(told)["release"] == 1
    return time.perf_counter() - start


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--batches", type=int, default=12)
    asked.add_argument("--kilobytes", type=int, default=2500)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="cluster-") as name:
        folder, state = Path(name), Path(name, "stack")
        (state / "prefect").mkdir(parents=True)
        write_corpus(folder / "in", chosen.batches, chosen.kilobytes)
        stack.serve(state, 4970, sqlite(state, "for the bench"))
        try:
            env = {**stack.client_env(state), "QINGLIU_BATCH_BYTES": "1", "PREFECT_LOGGING_LEVEL": "WARNING"}
            one = timed(folder / "in", folder / "one", {**env, "QINGLIU_WORKERS": "1"})
            print(f"one process       {one:7.1f} s", flush=True)
            # One process a core: each worker keeps to its own, as the processes of a run without a cluster do.
            with cluster(folder) as address:
                two = timed(folder / "in", folder / "two", env, "--dask", address)
            print(f"two Dask workers  {two:7.1f} s, {one / two:.2f} times as fast", flush=True)
        finally:
            stack.down(state)
        alone, together = hashes(folder / "one"), hashes(folder / "two")
    for table, told in alone.items():
        print(f"{table:<11} {told} {'the same' if together[table] == told else f'DIFFERS: {together[table]}'}")
    return int(alone != together)


if __name__ == "__main__":
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    sys.exit(main())
