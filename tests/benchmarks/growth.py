"""How time grows with the size of a hostile text: every case of `adversarial.py` at n and 2n characters.

python -m tests.benchmarks.growth [WORD ...] [--size 1000000]    (WORD: a part of a case's name)
"""

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.pool import Pool
from operator import attrgetter
from pathlib import Path

from tests.benchmarks.adversarial import CASES

LIMIT = 2.6  # t(2n) / t(n)
PATIENCE = 300  # wall seconds for one case, all sizes
MEMORY = 12_000_000_000  # bytes of addresses: a case that squares them ends before the machine does
TOLD = 0.4  # CPU seconds above the fixed cost, below which a ratio says more of the clock than of the text
SMALL = 100  # the fixed cost is what a text of n / SMALL characters takes


@dataclass(frozen=True)
class Took:
    """CPU seconds of one text, read to linked, the stages they went to, and why files were refused, if any."""

    cpu: float
    stages: dict[str, float]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Growth:
    """One case: its fixed cost, and what n and 2n characters took; no figures if it did not end in time."""

    name: str
    fixed: float = 0.0
    once: Took | None = None
    twice: Took | None = None
    failed: str = f"did not end in {PATIENCE} s"

    @property
    def ratio(self) -> float:
        """How many times more 2n took than n, the fixed cost taken off both."""
        if not self.once or not self.twice:
            return float("inf")
        if self.twice.cpu - self.fixed < TOLD:
            return 2.0
        return (self.twice.cpu - self.fixed) / max(self.once.cpu - self.fixed, TOLD / 3)

    def shown(self) -> str:
        """The row of the table."""
        if not self.once or not self.twice:
            return f"{self.name:<45} {self.failed}"
        dearest = max(self.twice.stages, key=self.twice.stages.__getitem__)
        why = f"rejected: {', '.join(self.twice.reasons)}" if self.twice.reasons else dearest
        return f"{self.name:<45} {self.once.cpu:7.2f} {self.twice.cpu:7.2f} {self.ratio:6.2f}  {why}"


def main(asked: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--size", type=int, default=1_000_000)
    chosen = parser.parse_args(asked)
    names = [name for name in CASES if not chosen.words or any(word in name for word in chosen.words)]
    print(f"{'case':<45} {'n':>7} {'2n':>7} {'x':>6}  dearest stage; CPU s, n = {chosen.size:,} characters", flush=True)
    found = []
    pool = _worker()
    for name in names:
        try:
            growth = pool.apply_async(measured, (name, chosen.size)).get(PATIENCE)
        except multiprocessing.TimeoutError:
            growth = Growth(name)
            pool.terminate()
            pool = _worker()
        found.append(growth)
        print(growth.shown(), flush=True)
    pool.terminate()
    beyond = [growth.name for growth in found if growth.ratio >= LIMIT]
    print(f"{len(found)} cases, {len(beyond)} beyond {LIMIT}: {', '.join(beyond) or 'none'}")
    return 1 if beyond else 0


def _worker() -> Pool:
    """One process that is ours to end, with one Polars thread: CPU seconds are those of the work."""
    return multiprocessing.get_context("spawn").Pool(1, _bound)


def _bound() -> None:
    os.environ["POLARS_MAX_THREADS"] = "1"  # Polars is not imported yet
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def measured(name: str, n: int, tries: int = 3) -> Growth:
    """Measure one case at n / SMALL, n and 2n characters, again where its growth is beyond the limit."""
    try:
        took(name, n // SMALL)  # meets what is compiled or loaded once
        growth = _best(name, n, None)
        while growth.ratio >= LIMIT and (tries := tries - 1):
            growth = _best(name, n, growth)
    except BaseException as error:  # Polars' panics are no Exception, and would end the worker without a word
        return Growth(name, failed=f"{type(error).__name__}: {error}"[:120])
    return growth


def _best(name: str, n: int, before: Growth | None) -> Growth:
    """Take a text of each size; of two measurements the one that was disturbed less counts."""
    fixed, once, twice = (took(name, size) for size in (n // SMALL, n, 2 * n))
    if not (before and before.once and before.twice):
        return Growth(name, fixed.cpu, once, twice)
    by_cpu = attrgetter("cpu")
    return Growth(
        name,
        min(fixed.cpu, before.fixed),
        min(once, before.once, key=by_cpu),
        min(twice, before.twice, key=by_cpu),
    )


def took(name: str, n: int) -> Took:
    """Take `n` characters of a case through plan, batches and links in this process."""
    import polars as pl

    from flows.direct import Order, Stages, plan_run
    from flows.settings import Settings
    from tasks.plan_file import write_plan

    case, stages = CASES[name], Stages()
    with tempfile.TemporaryDirectory(prefix="qingliu-growth-") as folder:
        path = Path(folder) / f"case{case.suffix}"
        path.write_bytes(case.data(n))
        start = time.process_time()
        plan = plan_run(Order((str(path),), Path(folder) / "lake"))
        write_plan(plan)
        records = list(stages.batches(plan, Settings(workers=1)))
        seconds = {stage: took for record in records for stage, took in record.seconds.items()}
        before = time.process_time()
        stages.link(plan)
        seconds["link"] = time.process_time() - before
        cpu = time.process_time() - start
        rejected = [pl.read_parquet(one) for one in sorted(plan.run_dir.glob("batch-*/rejections.parquet"))]
        reasons = {reason for frame in rejected for reason in frame["reason"]}
    return Took(cpu, seconds, tuple(sorted(reasons)))


if __name__ == "__main__":
    sys.exit(main())
