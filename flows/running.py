"""`qingliu run`: takes an order, walks the recipe through Prefect or directly, and shows how it ended."""

import json
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.direct import Order, Outcome, plan_run
from flows.direct import run as run_direct
from flows.places import typed
from flows.quiet import quiet_exit
from flows.server import out_of_reach
from flows.settings import SEEDS, Settings
from flows.watch import WATCH, Bar, Lines, Watch
from tasks.accept import check_acceptance
from tasks.cards import load_cards
from tasks.plan import Plan, PlanError, check_order

if TYPE_CHECKING:
    from rich.console import Console


def run(order: Order, lake: Path, *, plan: bool, direct: bool, as_json: bool) -> int:
    """Carry out `qingliu run` or `qingliu replay` and return its exit code: 0, or 1 when the gate failed.

    Args:
        order: what was asked for.
        lake: root of the lake as it was typed, for the commands to try next.
        plan: only say what would be done.
        direct: without Prefect.
        as_json: print one JSON object.

    Raises:
        tasks.plan.PlanError: nothing matches an input, or no such card; told before Prefect is started.
        tasks.accept.AcceptError: what was to be accepted cannot be.
    """
    check_acceptance(order.accept, order.reason)
    if plan:
        _show_plan(plan_run(order, look=True), as_json=as_json)
        return 0
    watch = _watch(as_json=as_json)
    outcome = run_direct(order, watch) if direct else _run_flow(order, watch)
    _show(outcome, lake, as_json=as_json)
    return 1 if outcome.state == "GateFailed" else 0


def order_of(inputs: list[str], lake: Path, source: str | None, **more: Any) -> Order:
    """An order with the settings of the environment; the specimens are read when nothing is named."""
    return Order(tuple(inputs or [os.fspath(SEEDS / "scrapes")]), lake.absolute(), source, Settings(), **more)


def use_dask(address: str) -> None:
    """Have a run curate its batches on a Dask cluster.

    Raises:
        tasks.plan.PlanError: the extra that this needs is not installed.
    """
    if find_spec("distributed") is None:
        raise PlanError("--dask needs the extra `dask`: pip install 'qingliu[dask]', here and on the workers")
    # Settings are read later; the flow reads them when it is imported.
    os.environ["QINGLIU_DASK_ADDRESS"] = address


def _watch(*, as_json: bool) -> Watch:
    if as_json:
        return Watch()
    return Bar() if sys.stderr.isatty() else Lines()


def _run_flow(order: Order, watch: Watch) -> Outcome:
    """Run the Prefect flow in this process, on the server at PREFECT_API_URL or on an embedded one."""
    if not order.resume and order.replay is None:
        # a typing error should not wait for it
        check_order(order.inputs, load_cards(order.settings.cards), order.source)
    if (api := os.environ.get("PREFECT_API_URL")) and (why := out_of_reach(api)):
        # before Prefect is imported: that takes a while
        raise ConnectionError(f"{why}; `make up` starts a server, --direct does without")
    quiet_exit()
    from flows.curate import curate

    WATCH.set(watch)
    with _server(watch):
        state = curate(
            list(order.inputs),
            typed(order.lake),
            order.source,
            list(order.accept),
            order.reason,
            order.resume,
            order.replay,
            order.rehash,
            return_state=True,
        )
    told: Any = state.result(raise_on_failure=False)
    if isinstance(told, BaseException):
        raise told
    return Outcome(**told)


@contextmanager
def _server(watch: Watch) -> Iterator[None]:
    """The server that the environment or a profile of Prefect names; one of our own where none does."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.embedded import start_embedded

    if PREFECT_API_URL.value():
        yield
        return
    if not watch.silent:
        sys.stderr.write("starting Prefect's embedded server (set PREFECT_API_URL to use yours, or --direct) ...\n")
    with temporary_settings({PREFECT_API_URL: start_embedded()}):
        yield


def _show_plan(plan: Plan, *, as_json: bool) -> None:
    facts = {
        "run_id": plan.run_id,
        "files": plan.n_files,
        "bytes": plan.n_bytes,
        "batches": len(plan.batches),
        "skipped": plan.skipped,
        "sources": sorted({file.source for batch in plan.batches for file in batch.files}),
    }
    if as_json:
        print(json.dumps(facts))  # noqa: T201 - what was asked for
        return
    console = _console()
    console.print(
        f"{plan.n_files} files, {plan.n_bytes / 1e6:.1f} MB, in {len(plan.batches)} batches; "
        f"{plan.skipped} already published by this recipe"
    )
    for batch in plan.batches:
        console.print(f"  batch {batch.number}: {len(batch.files)} files, {batch.n_bytes / 1e6:.2f} MB", style="dim")


def _show(outcome: Outcome, lake: Path, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(outcome), ensure_ascii=False))  # noqa: T201 - what was asked for
        return
    console = _console()
    if outcome.state == "NothingNew":
        files = outcome.n_skipped or outcome.n_files
        console.print(f"Nothing new: {files} files are already in the lake." if files else "Nothing to do.")
        _held(console, lake)
    if outcome.state == "GateFailed":
        console.print("[bold red]The gate failed; nothing was published.[/] What it would have been stays staged:")
        console.print(f"  {lake / '.staging' / outcome.run_id}", markup=False, soft_wrap=True)
        at = _at(lake)
        console.print(
            f"  qingliu run{at} --resume --accept RULE --reason '...'", style="cyan", markup=False, soft_wrap=True
        )
    for reason in outcome.reasons:
        console.print(f"  {reason}", style="yellow", markup=False)
    if outcome.rows:
        console.print(_table(f"Release {outcome.release}", "table", outcome.rows))
    if outcome.rejected:
        console.print(_table("Rejected", "reason", outcome.rejected))
    if outcome.report:
        console.print(f"Report: {outcome.report}", markup=False, soft_wrap=True)
    _next_steps(console, lake, outcome.first_file)


def _held(console: "Console", lake: Path) -> None:
    """What a rollback withdrew is no news either, but not in the lake: say so, and how it comes again."""
    from tasks.lake import open_lake
    from tasks.lake.maintain import held

    if n := held(open_lake(lake)).height:
        console.print(
            f"A rollback holds {n} contents back: qingliu unhold{_at(lake)} lets them come again.", style="yellow"
        )


def _table(title: str, name: str, rows: dict[str, int]) -> object:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column(name)
    table.add_column("rows", justify="right")
    for key, count in rows.items():
        table.add_row(Text(key), f"{count:,}")
    return table


def _at(lake: Path) -> str:
    return f" --lake {shlex.quote(typed(lake))}" if os.fspath(lake) != "lake" else ""


def _next_steps(console: "Console", lake: Path, file: str | None) -> None:
    at = _at(lake)
    # As it was called: `make run` works without the environment being active.
    name = "qingliu" if shutil.which("qingliu") else os.path.relpath(sys.argv[0])
    console.print("\nTry next:")
    for command in (
        f'{name} sql{at} "SELECT kind, title, published_on FROM articles LIMIT 10"',  # noqa: S608 - shown, not run
        f"{name} status{at}",
        f"{name} explain {shlex.quote(min(os.path.relpath(file), file, key=len)) if file else 'FILE'}",
    ):
        console.print(f"  {command}", style="cyan", markup=False, highlight=False, soft_wrap=True)


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False)
