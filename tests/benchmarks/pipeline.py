"""The pipeline, read to staged and validated Parquet of all tables, in a process of its own; nothing is published.

`python -m tests.benchmarks.pipeline CORPUS LAKE` works as `qingliu run --direct` does, on all cores; with a third
argument `steps` it stays in one process and times every step.
"""

import os
import sys
from collections import Counter
from pathlib import Path

from flows.direct import Order, Stages, plan_run
from flows.pool import worker_pool
from flows.settings import Settings
from tasks.plan_file import write_plan
from tasks.records import BatchRecord
from tests.benchmarks import steps
from tests.benchmarks.clock import told


def main(corpus: Path, lake: Path, *, by_step: bool) -> None:
    if not by_step:
        import_in_workers()
    with told() as seconds:
        if by_step:
            steps.watch(seconds)
        order = Order((os.fspath(corpus),), lake)
        with seconds.stage("plan"):
            plan = plan_run(order)
            write_plan(plan)
        with seconds.stage("batches"):
            records = list(Stages().batches(plan, Settings(workers=1) if by_step else order.settings))
        if not by_step:
            seconds.wall |= shared_out(seconds.wall.pop("batches"), records)
    if any(record.verdict == "fail" for record in records):
        sys.exit("a batch failed its gate: its figures would say nothing")


def import_in_workers() -> None:
    """Have the process that workers are forked from do its imports now: start-up, as those of this process are."""
    with worker_pool(1) as pool:
        pool.submit(os.getpid).result()


def shared_out(waited: float, records: list[BatchRecord]) -> dict[str, float]:
    """Share the time that was waited for the batches out among their stages.

    Batches run beside each other, so their seconds are scaled to the time that passed; the rest is `pool`.
    """
    spent = Counter[str]()
    for record in records:
        spent.update(record.seconds)
    scale = min(1.0, waited / max(sum(spent.values()), 1e-9))
    return {stage: took * scale for stage, took in spent.items()} | {"pool": max(0.0, waited - sum(spent.values()))}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), by_step="steps" in sys.argv[3:])
