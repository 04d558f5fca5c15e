"""What the driver of a run holds in memory while batches come and go: they do nothing here, so only it is seen.

python -m tests.benchmarks.driver [--batches 10000] [--how direct|prefect] [--dask tcp://...]
"""

import argparse
import os
import tempfile
import time
from importlib import import_module
from pathlib import Path

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from flows.settings import Settings
from tasks import curate
from tasks.plan import Batch, Plan
from tasks.records import BatchRecord, PlannedFile

WORKERS = 2
TABLES = ("documents", "articles", "paragraphs", "sentences", "spans", "anomalies", "sightings", "rejections")


def idle(run_dir: Path, number: int) -> BatchRecord:
    """A batch that takes no time, in the process that would curate it."""
    return BatchRecord(number, dict.fromkeys(TABLES, number), 16_000_000, 100, "pass", {"read": 0.1, "curate": 0.2})


def plan_of(folder: Path, batches: int) -> Plan:
    """A plan of batches of a few files each."""
    files = tuple(
        tuple(PlannedFile(Path(f"/in/{batch}/{file}.txt"), "s", f"{batch}/{file}.txt", 4_000_000) for file in range(4))
        for batch in range(batches)
    )
    cut = tuple(Batch(number, some, ("0" * 64,) * len(some)) for number, some in enumerate(files, 1))
    return Plan("r", folder, folder, folder, "recipe", cut, 0)


def megabytes() -> float:
    """Memory of this process, by the system."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def watch(plan: Plan, how: str, settings: Settings) -> None:
    """Let all batches go by, and tell of the memory after a tenth of them, at the half and at the end."""
    from flows.direct import Stages

    stages = Stages()
    if how.startswith("prefect"):
        from flows.curate import PrefectStages

        stages = PrefectStages()
    start, cpu, n = time.perf_counter(), time.process_time(), len(plan.batches)
    for done, _ in enumerate(stages.batches(plan, settings), 1):
        if done in {n // 10, n // 2, n}:
            took = f"{time.perf_counter() - start:7.1f} s, {time.process_time() - cpu:6.1f} of its CPU"
            print(f"{how:<16} {done:>6} batches {megabytes():7.1f} MB {took}", flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--batches", type=int, default=10_000)
    asked.add_argument("--how", choices=("direct", "prefect"), default="direct")
    asked.add_argument("--dask", default="")
    chosen = asked.parse_args()
    # by its name, as others can import it: workers do not know this process's main module
    curate.curate_batch = import_module("tests.benchmarks.driver").idle
    if chosen.dask:
        os.environ["QINGLIU_DASK_ADDRESS"] = chosen.dask
    with tempfile.TemporaryDirectory(prefix="driver-") as name:
        plan = plan_of(Path(name), chosen.batches)
        settings = Settings(workers=WORKERS)
        how = chosen.how + " on dask" * bool(chosen.dask)
        if chosen.how == "direct":
            watch(plan, how, settings)
            return
        from prefect import flow

        from flows.curate import make_runner

        flow(name="driver", task_runner=make_runner())(lambda: watch(plan, how, settings))()


if __name__ == "__main__":
    main()
