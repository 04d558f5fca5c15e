"""The main flow: plan, curate each batch, link, gate, publish, report; the recipe of `flows.direct`, bound to Prefect.

Tasks are batches, pass paths and small records, and retry input/output errors only: wrong data stays wrong.
"""

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task, exponential_backoff

from contracts.verdicts import Verdict
from flows.direct import Order, Outcome, Stages, plan_run, run
from flows.events import limits, tell
from flows.pool import in_window, worker_pool
from flows.settings import Settings
from flows.watch import WATCH, Lines
from tasks import curate as curating
from tasks import gate, link, publish, report
from tasks.plan import Plan
from tasks.publish import Published
from tasks.records import BatchRecord
from tasks.replay import Wanted

SETTINGS = Settings()
P = ParamSpec("P")
R = TypeVar("R")


async def is_io_error(task: "Task[Any, Any]", run: TaskRun, state: "State[Any]") -> bool:
    """Whether a task failed for a reason that may pass: a disk or a network, not the data."""
    try:
        await state.aresult()
    except OSError:
        return True
    except BaseException:
        return False
    return False


def make_runner() -> "TaskRunner[Any]":
    """Where the tasks of a run are carried out: on a Dask cluster when its address is set, else in threads."""
    if SETTINGS.dask_address:
        from prefect_dask import DaskTaskRunner

        runner: TaskRunner[Any] = DaskTaskRunner(address=SETTINGS.dask_address)
        return runner
    return ThreadPoolTaskRunner(max_workers=SETTINGS.workers)


def bind(function: Callable[P, R], name: str) -> "Task[P, R]":
    """Make a Prefect task of a plain function, which stays unaware of it."""
    configured = task(
        name=name.split()[0],
        task_run_name=name,
        tags=["qingliu"],
        cache_policy=NO_CACHE,
        retries=SETTINGS.retries,
        retry_delay_seconds=exponential_backoff(backoff_factor=1),
        retry_jitter_factor=0.5,
        retry_condition_fn=is_io_error,
        result_serializer="json",
        persist_result=False,
    )
    return configured(function)


class PrefectStages(Stages):
    """Every stage as a task run, with progress and the quality table as artifacts."""

    def plan(self, order: Order) -> Plan:
        # Prefect walks through the arguments of a task; an order is no business of its.
        return bind(lambda: plan_run(order), "plan")()

    def batches(self, plan: Plan, workers: int) -> Iterator[BatchRecord]:
        progress = _Progress(plan)
        for record in self._records(plan, workers):
            progress.add(record)
            yield record

    def link(self, plan: Plan) -> dict[str, int]:
        return bind(link.link, "link")(plan.run_dir, plan.lake)

    def gate(self, plan: Plan) -> Verdict:
        return bind(gate.judge, "gate")(plan.run_dir, plan.lake)

    def publish(self, plan: Plan, verdict: Verdict) -> Published:
        return bind(lambda: publish.publish(plan.lake, plan.run_dir, verdict), "publish")()

    def report(self, plan: Plan, release: int) -> Path:
        return bind(report.write_summary, "report")(plan.lake, release)

    def report_failed(self, plan: Plan, verdict: Verdict) -> Path:
        return bind(lambda: report.write_failed(plan.lake, plan.run_dir, verdict), "report")()

    def _records(self, plan: Plan, workers: int) -> Iterator[BatchRecord]:
        numbers = [batch.number for batch in plan.batches]
        name = "curate_batch {number:06d}"
        remote = bool(SETTINGS.dask_address)
        if remote or len(numbers) == 1 or workers == 1:
            curate_batch = bind(curating.curate_batch, name)
            yield from in_window(lambda number: _submit(curate_batch, plan.run_dir, number), numbers, workers)
            return
        with worker_pool(plan, workers) as pool:
            # The task waits in a thread while a process that never imports Prefect works: Prefect's own process
            # runner took ten times as long for the same forty short tasks.
            def in_process(run_dir: Path, number: int) -> BatchRecord:
                return pool.submit(curating.curate_batch, run_dir, number).result()

            curate_batch = bind(in_process, name)
            yield from in_window(lambda number: _submit(curate_batch, plan.run_dir, number), numbers, workers)


@flow(
    name="qingliu-curate",
    flow_run_name="curate into {lake}",
    task_runner=make_runner(),
    result_serializer="json",
    persist_result=False,
)
def curate(
    inputs: list[str],
    lake: str,
    source: str | None = None,
    accept: list[str] | None = None,
    reason: str = "",
    resume: bool = False,
    replay: Wanted | None = None,
    rehash: bool = False,
) -> "State[Any]":
    """Clean raw scrapes into the next release of a lake.

    Args:
        inputs: Files, folders or globs to read.
        lake: Root of the lake.
        source: Name of the source card that reads every file; by default the card whose pattern fits.
        accept: Rules whose findings shall not fail the run.
        reason: Why they are accepted; kept in the release.
        resume: Go on with the staged run instead of reading inputs.
        replay: Try again what was rejected instead of reading inputs.
        rehash: Read every file to know it, whatever its size and time say.
    """
    accepted = tuple(accept or ())
    where = Path(lake).absolute()
    order = Order(tuple(inputs), where, source, SETTINGS, accepted, reason, resume, replay, rehash=rehash)
    return carry_out(order)


def carry_out(order: Order) -> "State[Any]":
    """Walk the recipe inside a flow run: its log, its artifacts, its events, and the state it ends in."""
    outcome = run(order, WATCH.get(Logged()), PrefectStages())
    create_markdown_artifact(key="qingliu-quality", markdown=report.markdown(asdict(outcome)), description="Quality")
    _tell(order, outcome)
    state = Failed if outcome.state == "GateFailed" else Completed
    return state(name=outcome.state, message=_message(outcome), data=asdict(outcome))


class Logged(Lines):
    """One line a stage in the log of the run, where nobody watches a terminal."""

    silent = True

    def say(self, line: str) -> None:
        get_run_logger().info(line)


def _tell(order: Order, outcome: Outcome) -> None:
    """Events for automations: every release, and a run of which too much was rejected."""
    rejected, documents = sum(outcome.rejected.values()), outcome.rows.get("documents", 0)
    rate = rejected / max(1, rejected + documents)
    facts = {"run_id": outcome.run_id, "release": outcome.release, "rows": outcome.rows, "rejected": outcome.rejected}
    if outcome.release is not None:
        tell("qingliu.release.published", order.lake, facts | {"message": _message(outcome)})
    if rejected and rate > (allowed := limits().rejection_rate):
        message = f"{rate:.0%} of the run was rejected, where {allowed:.0%} is allowed: {outcome.rejected}"
        tell("qingliu.rejections.breached", order.lake, facts | {"message": message, "rate": round(rate, 4)})


class _Progress:
    """Live progress in the UI, by bytes."""

    def __init__(self, plan: Plan) -> None:
        self._total = max(1, plan.n_bytes)
        self._done = 0
        described = f"{plan.n_files} files, {plan.n_bytes:,} bytes"
        self._id = cast(UUID, create_progress_artifact(progress=0.0, key="qingliu-progress", description=described))

    def add(self, record: BatchRecord) -> None:
        self._done += record.n_bytes
        update_progress_artifact(self._id, progress=min(100.0, 100 * self._done / self._total))


def _submit(curate_batch: "Task[Any, Any]", run_dir: Path, number: int) -> "PrefectFuture[BatchRecord]":
    return curate_batch.submit(run_dir, number)


def _message(outcome: Outcome) -> str:
    if outcome.state == "GateFailed":
        return "; ".join(outcome.reasons) or "the gate failed; nothing was published"
    if outcome.release is None:
        return "nothing new to publish"
    articles, rejections = outcome.rows.get("articles", 0), sum(outcome.rejected.values())
    return f"release {outcome.release}: {articles} articles, {rejections} rejections"
