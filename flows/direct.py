"""A run without Prefect: the recipe of stages, and each stage as the plain function it is.

`flows.curate` walks the same recipe with every stage bound to Prefect.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flows import said
from flows.pool import in_window, pool_of, start_workers
from flows.settings import Settings
from flows.watch import Watch
from tasks.accept import accept, check_acceptance
from tasks.cards import load_cards
from tasks.known import identify, known_files
from tasks.lake.derive import is_derived, roll_forward
from tasks.lake.lake import Lake, is_lake, open_lake
from tasks.lake.lock import WAIT_SECONDS, hold
from tasks.landing import Arrivals, take
from tasks.plan import Plan, check_source, make_plan
from tasks.plan_file import write_plan
from tasks.recipe import version
from tasks.records import BatchRecord

# Each stage imports what it needs when it runs: a run that finds nothing new ends before Pandera is loaded.
if TYPE_CHECKING:
    from contracts.verdicts import Verdict
    from tasks.publish import Published
    from tasks.replay import Wanted


@dataclass(frozen=True)
class Order:
    """What a run was asked for: inputs as typed, the absolute folder of the lake, and the card for all of them, if any.

    Instead of inputs it may `resume` the staged run, or `replay` rejections. `accept` names rules whose findings shall
    not fail it, `reason` says why. With `arrivals` the inputs are landing zones, of which it takes what is complete.
    `rehash` reads every file to know its content, instead of believing what the system says of it.
    """

    inputs: tuple[str, ...]
    lake: Path
    source: str | None = None
    settings: Settings = field(default_factory=Settings)
    accept: tuple[str, ...] = ()
    reason: str = ""
    resume: bool = False
    replay: "Wanted | None" = None
    arrivals: Arrivals | None = None
    rehash: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its named state, what it published, what it rejected and why, and the seconds each stage took.

    `state` is Completed, CompletedWithRejections, GateFailed or NothingNew.
    """

    state: str
    run_id: str
    n_files: int
    n_bytes: int
    n_skipped: int
    release: int | None = None
    rows: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    verdict: str = "pass"
    reasons: list[str] = field(default_factory=list)
    report: str | None = None
    first_file: str | None = None
    seconds: dict[str, float] = field(default_factory=dict)


class Stages:
    """The stages of the recipe, bare. A subclass may bind each to an engine, never change what it does."""

    def plan(self, order: Order) -> Plan:
        """Find the files, leave out what is published, cut batches."""
        return plan_run(order)

    def batches(self, plan: Plan, settings: Settings) -> Iterator[BatchRecord]:
        """Read, clean, segment, check and stage each batch; records come in batch order."""
        numbers = [batch.number for batch in plan.batches]
        alone = stays_here(numbers, settings)
        if not alone and settings.dask_address is None:
            start_workers()  # it imports what this process does, and both at once
        from tasks import curate

        if alone:
            yield from (curate.curate_batch(plan.run_dir, number) for number in numbers)
            return
        with pool_of(min(settings.workers, len(numbers)), settings.dask_address) as pool:
            yield from in_window(
                lambda number: pool.submit(curate.curate_batch, plan.run_dir, number), numbers, pool.under_way
            )

    def link(self, plan: Plan) -> dict[str, int]:
        """Find which articles go on in which, and which say the same, in the run and in the lake."""
        from tasks import link

        return link.link(plan.run_dir, plan.lake)

    def gate(self, plan: Plan) -> "Verdict":
        """Judge all staged batches together."""
        from tasks import gate

        return gate.judge(plan.run_dir, plan.lake)

    def publish(self, plan: Plan, verdict: "Verdict", again: "Callable[[], Verdict]") -> "Published":
        """Turn the staged batches into a release, at one commit point; on a newer lake than they were judged on, again.

        Args:
            plan: the run's.
            verdict: the gate's.
            again: links and judges them on the lake as it is now.
        """
        from tasks import publish

        return publish.publish(plan.lake, plan.run_dir, verdict, again=again)

    def report(self, plan: Plan, release: int) -> Path:
        """Write the page that sums the release up."""
        from tasks import report

        return report.write_summary(plan.lake, release)

    def report_failed(self, plan: Plan, verdict: "Verdict") -> Path:
        """Write the page about a run that is not published, for whoever has to judge it."""
        from tasks import report

        return report.write_failed(plan.lake, plan.run_dir, verdict)


def run(order: Order, watch: Watch, stages: Stages | None = None) -> Outcome:
    """The recipe: plan, curate every batch, link, gate, publish, report.

    Raises:
        tasks.plan.PlanError: nothing to read at an input, or no such card.
        tasks.cards.CardError: a source card is wrong.
        tasks.accept.AcceptError: what was to be accepted cannot be.
        tasks.lake.errors.LakeBusy: another run publishes, or the same run is under way.
    """
    check_acceptance(order.accept, order.reason)
    stages = stages or Stages()
    with watch.stage("plan"):
        plan = stages.plan(order)
        watch.planned(plan)
    if not plan.batches:
        return _outcome("NothingNew", plan, watch)
    with hold(plan.run_dir / ".lock"):
        write_plan(plan)
        return _carry_out(order, plan, watch, stages)


def stays_here(numbers: Sequence[int], settings: Settings) -> bool:
    """Whether the batches are curated in this process: other processes or machines would bring nothing."""
    return settings.dask_address is None and (len(numbers) == 1 or settings.workers == 1)


def _carry_out(order: Order, plan: Plan, watch: Watch, stages: Stages) -> Outcome:
    from tasks.report import rejected_by_reason

    with watch.stage("curate"):
        for record in stages.batches(plan, order.settings):
            watch.batch(record)
    with watch.stage("link"):
        watch.found(said.of_links(stages.link(plan)))
    with watch.stage("gate"):
        verdict = _accepted(order, stages.gate(plan))
        watch.found(said.of_verdict(verdict))
        rejected = rejected_by_reason(plan.run_dir)
    if verdict.verdict == "fail":
        with watch.stage("report"):
            page = stages.report_failed(plan, verdict)
        return _outcome("GateFailed", plan, watch, verdict, rejected, page=page)
    with watch.stage("publish"):
        published = stages.publish(plan, verdict, lambda: _judged_again(order, plan))
        watch.found(said.of_release(published))
    if published.release is None or published.nothing_new:
        return _outcome("NothingNew", plan, watch, verdict, rejected)
    with watch.stage("report"):
        page = stages.report(plan, published.release)
    state = "CompletedWithRejections" if rejected else "Completed"
    return _outcome(state, plan, watch, verdict, rejected, published, page)


def _judged_again(order: Order, plan: Plan) -> "Verdict":
    bare = Stages()
    bare.link(plan)
    return _accepted(order, bare.gate(plan))


def _accepted(order: Order, verdict: "Verdict") -> "Verdict":
    return accept(verdict, order.accept, order.reason) if order.accept else verdict


def plan_run(order: Order, *, look: bool = False) -> Plan:
    """Make the plan of an order on the lake as it stands.

    Args:
        order: what was asked for.
        look: no lake is made and none is brought up to date.
    """
    recipe = version()
    creates = not (look or order.resume or order.replay)
    lake = None if look and not is_lake(order.lake) else open_lake(order.lake, create=creates)
    if lake and not look:
        catch_up(lake)
    if lake and order.resume:
        from tasks.resume import staged_run

        return staged_run(order.lake, recipe)
    if lake and order.replay is not None:
        from tasks.replay import replay

        settings = order.settings
        found = replay(lake, order.replay, settings.cards, recipe, batch_bytes=settings.batch_bytes, look=look)
        return found.plan
    release = lake.current() if lake else None
    taken = None
    if order.arrivals is not None:
        cards = load_cards(order.settings.cards)
        check_source(cards, order.arrivals.source)
        taken = take(order.inputs, cards, order.arrivals, time.time())
    made = make_plan(
        order.inputs,
        order.lake,
        order.settings.cards,
        recipe_version=recipe,
        parent=release.number if release else None,
        known=partial(known_files, lake, release, recipe) if lake else None,
        source=order.source,
        taken=taken.files if taken else None,
        identify=partial(identify, lake.root, rehash=order.rehash, keep=not look) if lake else None,
        batch_bytes=order.settings.batch_bytes,
        workers=order.settings.workers,
    )
    return replace(made, waiting=taken.waiting) if taken else made


def catch_up(lake: Lake) -> None:
    """Bring what is derived from the newest release up to it, if a killed run left it behind.

    Raises:
        tasks.lake.errors.LakeBusy: another run is publishing.
    """
    release = lake.current()
    if release and not is_derived(lake.root, release.number):
        with lake.writer(wait=WAIT_SECONDS):
            roll_forward(lake)


def _outcome(
    state: str,
    plan: Plan,
    watch: Watch,
    verdict: "Verdict | None" = None,
    rejected: dict[str, int] | None = None,
    published: "Published | None" = None,
    page: Path | None = None,
) -> Outcome:
    return Outcome(
        state=state,
        run_id=plan.run_id,
        n_files=plan.n_files,
        n_bytes=plan.n_bytes,
        n_skipped=plan.skipped,
        release=published.release if published else None,
        rows=published.rows if published else {},
        rejected=rejected or {},
        verdict=verdict.verdict if verdict else "pass",
        reasons=list(verdict.reasons) if verdict else [],
        report=os.fspath(page) if page else None,
        # what a replay unpacked is gone when the run is
        first_file=next(
            (os.fspath(one.path) for batch in plan.batches for one in batch.files if not plan.replay), None
        ),
        seconds=dict(watch.seconds),
    )
