"""Kills what carries a scheduled run, at five moments of it, and looks how it comes to its end all the same.

python -m tests.flows.campaign [run] [worker] [server] [machine] [MOMENT ...]    (all of a kind, unless some are named)
"""

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from flows import stack
from flows.database import sqlite
from flows.direct import Order, run
from flows.processes import wait_for
from flows.settings import Settings
from flows.watch import Watch
from tasks.lake.releases import numbers
from tests.flows.killing import finished, parents, published, running, started_by, write_scrapes

BATCHES = 24
AT_MOST = 300
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


def _batches(at_least: int) -> Callable[[Path], bool]:
    return lambda lake: len(finished(lake)) >= at_least


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "planned": lambda lake: any(lake.glob(".staging/*/plan.json")),
    "first batch": _batches(1),
    "half the batches": _batches(BATCHES // 2),
    "all batches": _batches(BATCHES),
    "release committed": lambda lake: bool(numbers(lake)),
}


@dataclass(frozen=True)
class Story:
    """What was killed and when, how the run under way ended, what the next one did, and whether all is there."""

    target: str
    moment: str
    finished: int
    state: str
    again: str
    redone: int
    is_whole: bool

    def tell(self) -> str:
        return (
            f"{self.target:<8} at {self.moment:<18} {self.finished:>2} of {BATCHES} batches finished; "
            f"that run: {self.state}; run again: {self.again}; done twice: {self.redone}; "
            f"{'same files as undisturbed' if self.is_whole else 'DIFFERS'}"
        )


@dataclass
class Counter:
    """Counts, as long as a lake is staged to, how often a finished batch was finished again."""

    lake: Path
    seen: dict[str, set[int]] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.stop.wait(0.02):
            for name, moment in finished(self.lake).items():
                self.seen.setdefault(name, set()).add(moment)

    def redone(self) -> int:
        return sum(len(moments) - 1 for moments in self.seen.values())


class Campaign:
    """One stack in a folder of its own, and the lake that an undisturbed run makes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.state = folder, folder / "stack"
        (self.state / "prefect").mkdir(parents=True, exist_ok=True)
        self.inbox = write_scrapes(folder / "inbox", BATCHES)
        os.environ.update(QINGLIU_BATCH_BYTES="1", QINGLIU_WORKERS="2", QINGLIU_INBOX=str(self.inbox))
        os.environ["PREFECT_WORKER_QUERY_SECONDS"] = "1"
        run(Order((str(self.inbox),), folder / "whole", settings=Settings()), Watch())
        self.whole = published(folder / "whole")
        self.serve()
        os.environ.update({name: stack.client_env(self.state)[name] for name in ("PREFECT_API_URL", "PREFECT_HOME")})
        self.provision()

    def serve(self) -> None:
        self.server = stack.serve(self.state, 4900, sqlite(self.state, "for the campaign"))

    def provision(self) -> None:
        """Only what is started by hand here: no schedule shall interfere."""
        from flows.declared import DECLARED, read_declared
        from flows.provision import provision
        from tasks.cards import load_cards

        settings = Settings()
        declared = read_declared(DECLARED, load_cards(settings.cards), {"lake": "", "inbox": str(self.inbox)})
        by_hand = tuple(one for one in declared.deployments if one.name == "backfill")
        provision(settings, declared.model_copy(update={"deployments": by_hand}))

    def tell(self, target: str, moment: str) -> Story:
        lake = self.folder / f"{target}-{moment.replace(' ', '-')}"
        counter = Counter(lake)
        threading.Thread(target=counter.run, daemon=True).start()
        worker = stack.work(self.state)
        first = self.start(lake)
        assert wait_for(lambda: MOMENTS[moment](lake), AT_MOST), f"{moment}: it never came to that"
        done = len(finished(lake)) or BATCHES * bool(numbers(lake))
        carried = started_by(worker.pid)
        self.kill(target, worker.pid, carried)
        if target == "server":
            self.serve()
        if target in ("worker", "machine"):
            worker = stack.work(self.state)
        state = self.ended(first)
        assert wait_for(lambda: not running(carried) or target == "server", AT_MOST), "its processes outlived it"
        again = "not needed" if state == "Completed" else self.ended(self.start(lake))
        counter.stop.set()
        is_whole = bool(numbers(lake)) and published(lake) == self.whole
        return Story(target, moment, done, state, again, counter.redone(), is_whole)

    def kill(self, target: str, worker: int, carried: set[int]) -> None:
        if target == "server":
            os.killpg(self.server.pid, signal.SIGKILL)
            wait_for(lambda: not self.server.is_alive(), 30)
            return
        if target in ("worker", "machine"):
            os.kill(worker, signal.SIGKILL)
            # As long as it is seen to be there, no other one is started.
            wait_for(lambda: not running({worker}), 30)
        if target == "machine":
            for pid in running(carried):
                os.kill(pid, signal.SIGKILL)
        if target == "run":
            (of_run,) = (one for one, of in parents().items() if of == worker)
            os.kill(of_run, signal.SIGKILL)

    def start(self, lake: Path) -> Any:
        from prefect import get_client

        parameters = {"folder": str(self.inbox), "lake": str(lake), "since": "2000-01-01", "until": "2100-01-01"}
        with get_client(sync_client=True) as client:
            there = client.read_deployment_by_name("qingliu-backfill/backfill")
            return client.create_flow_run_from_deployment(there.id, parameters=parameters).id

    def ended(self, run: Any) -> str:
        """The name of the state in which a run ends."""
        from prefect import get_client

        deadline = time.monotonic() + AT_MOST
        while time.monotonic() < deadline:
            with get_client(sync_client=True) as client:
                state = client.read_flow_run(run).state
            if state is not None and state.type.value in ENDED:
                return state.name or state.type.value
            time.sleep(0.5)
        return f"still {state.name if state else 'nowhere'} after {AT_MOST} s"


def main(chosen: list[str]) -> int:
    targets = [one for one in chosen if one not in MOMENTS] or ["run", "worker", "server", "machine"]
    moments = [one for one in chosen if one in MOMENTS] or list(MOMENTS)
    stories = []
    with tempfile.TemporaryDirectory(prefix="campaign-") as folder:
        try:
            campaign = Campaign(Path(folder))
            for target in targets:
                for moment in moments:
                    stories.append(campaign.tell(target, moment))
                    print(stories[-1].tell(), flush=True)
        finally:
            stack.down(Path(folder, "stack"))
    wrong = [one for one in stories if not one.is_whole or one.redone]
    print(f"{len(stories)} kills, {len(wrong)} went wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
