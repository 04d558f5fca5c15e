"""The main flow: plan, curate each batch, link, gate, publish, report; the recipe of `flows.direct`, bound to Prefect.

Tasks are batches, pass paths and small records, and retry input/output errors only: wrong data stays wrong.
"""

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.context import FlowRunContext
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task, exponential_backoff

from contracts.verdicts import Verdict
from flows import said
from flows.artifacts import Progress, show
from flows.credentials import take_credentials
from flows.direct import Order, Outcome, Stages, plan_run, run, stays_here
from flows.events import limits, tell
from flows.places import lake_at
from flows.pool import in_window, pool_of
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
    """Where the tasks of a run wait for whoever carries their batch out: threads."""
    if SETTINGS.dask_address:
        return ThreadPoolTaskRunner()  # as many as batches are given to the cluster
    # one task more than processes: it waits for one, so that none idles while Prefect closes the task before
    return ThreadPoolTaskRunner(max_workers=SETTINGS.workers + (SETTINGS.workers > 1))


def bind(function: Callable[P, R], name: str, say: Callable[[R], str]) -> "Task[P, R]":
    """Make a Prefect task of a plain function, which stays unaware of it.

    Args:
        function: what is done.
        name: what its run is called.
        say: what the state of the run says of the result, and with it the log.
    """

    def told(*args: P.args, **kwargs: P.kwargs) -> "State[R]":
        value = function(*args, **kwargs)
        return Completed(message=say(value), data=value)

    configured = task(
        name=name.split()[0],
        task_run_name=name,
        cache_policy=NO_CACHE,
        retries=SETTINGS.retries,
        retry_delay_seconds=exponential_backoff(backoff_factor=1),
        retry_jitter_factor=0.5,
        retry_condition_fn=is_io_error,
        result_serializer="json",
        persist_result=False,
    )
    return cast("Task[P, R]", configured(wraps(function)(told)))


def do(function: Callable[[], R], name: str, say: Callable[[R], str]) -> R:
    """Run one stage as a task and return what came of it."""
    state: State[R] = bind(function, name, say)(return_state=True)
    return state.result()


class PrefectStages(Stages):
    """Every stage as a task run, with progress and the quality table as artifacts."""

    def __init__(self) -> None:
        self.stories: dict[str, str] = {}

    def plan(self, order: Order) -> Plan:
        # Prefect walks through the arguments of a task; an order is no business of its.
        return do(lambda: plan_run(order), "plan", said.of_plan)

    def batches(self, plan: Plan, settings: Settings) -> Iterator[BatchRecord]:
        progress = Progress(plan)
        for record in self._records(plan, settings):
            _forget_results()
            progress.add(record)
            yield record

    def link(self, plan: Plan) -> dict[str, int]:
        return do(lambda: link.link(plan.run_dir, plan.lake), "link", said.of_links)

    def gate(self, plan: Plan) -> Verdict:
        return do(lambda: gate.judge(plan.run_dir, plan.lake), "gate", said.of_verdict)

    def publish(self, plan: Plan, verdict: Verdict, again: Callable[[], Verdict]) -> Published:
        return do(lambda: publish.publish(plan.lake, plan.run_dir, verdict, again=again), "publish", said.of_release)

    def report(self, plan: Plan, release: int) -> Path:
        return do(lambda: report.write_summary(plan.lake, release, self._listen), "report", str)

    def report_failed(self, plan: Plan, verdict: Verdict) -> Path:
        return do(lambda: report.write_failed(plan.lake, plan.run_dir, verdict, self._listen), "report", str)

    def _listen(self, told: Mapping[str, Any]) -> None:
        self.stories = report.stories(told)

    def _records(self, plan: Plan, settings: Settings) -> Iterator[BatchRecord]:
        numbers = [batch.number for batch in plan.batches]
        name = "curate_batch {number:06d}"
        if stays_here(numbers, settings):
            curate_batch = bind(curating.curate_batch, name, said.of_batch)
            yield from in_window(lambda number: _submit(curate_batch, plan.run_dir, number), numbers, lambda: 3)
            return
        with pool_of(min(settings.workers, len(numbers)), settings.dask_address) as pool:
            # The task waits in a thread while a process that never imports Prefect works: Prefect's own runners took
            # ten times as long for the same forty short tasks, and on Dask each worker started a server of its own.
            def elsewhere(run_dir: Path, number: int) -> BatchRecord:
                return pool.submit(curating.curate_batch, run_dir, number).result()

            curate_batch = bind(elsewhere, name, said.of_batch)
            yield from in_window(lambda number: _submit(curate_batch, plan.run_dir, number), numbers, pool.under_way)


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
    where = lake_at(lake).absolute()
    order = Order(tuple(inputs), where, source, SETTINGS, accepted, reason, resume, replay, rehash=rehash)
    return carry_out(order)


def carry_out(order: Order) -> "State[Any]":
    """Walk the recipe inside a flow run: its log, its artifacts, its events, and the state it ends in."""
    take_credentials()
    stages = PrefectStages()
    outcome = run(order, WATCH.get(Logged()), stages)
    message = _message(outcome)
    show(outcome, message, stages.stories)
    _tell(order, outcome)
    state = Failed if outcome.state == "GateFailed" else Completed
    return state(name=outcome.state, message=message, data=asdict(outcome))


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


def _forget_results() -> None:
    """Prefect keeps a state for each result of a run, to draw who depends on whom: memory that grows by the batch."""
    if (context := FlowRunContext.get()) is not None:
        context.run_results.clear()


def _submit(curate_batch: "Task[Any, Any]", run_dir: Path, number: int) -> "PrefectFuture[BatchRecord]":
    return curate_batch.submit(run_dir, number)


def _message(outcome: Outcome) -> str:
    if outcome.state == "GateFailed":
        return "; ".join(outcome.reasons) or "the gate failed; nothing was published"
    if outcome.release is None:
        return f"nothing new to publish; {said.counted(outcome.n_skipped, 'file')} already in the lake"
    articles, rejections = outcome.rows.get("articles", 0), sum(outcome.rejected.values())
    return (
        f"release {outcome.release}: {said.counted(articles, 'article')}, {said.counted(rejections, 'rejection')} "
        f"from {said.counted(outcome.n_files, 'file')}"
    )
