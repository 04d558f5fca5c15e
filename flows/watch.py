"""What a person sees while a run goes on: a bar by bytes on a terminal, one line a stage elsewhere, or nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import TYPE_CHECKING

from flows import said

if TYPE_CHECKING:
    from tasks.plan import Plan
    from tasks.records import BatchRecord


class Watch:
    """Told of every step of a run, and silent about it; the base of those that speak. Keeps the seconds per stage."""

    silent = True

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage of the recipe and say that it runs."""
        start = perf_counter()
        self.begin(name)
        try:
            yield
        finally:
            self.seconds[name] = round(perf_counter() - start, 3)
            self.end(name)

    def begin(self, name: str) -> None:
        """A stage starts."""

    def end(self, name: str) -> None:
        """A stage is over, or has failed."""

    def planned(self, plan: "Plan") -> None:
        """The plan is known: how many files and bytes there are."""

    def batch(self, record: "BatchRecord") -> None:
        """One more batch is staged."""

    def found(self, what: str) -> None:
        """What came of the stage, in words."""


class Lines(Watch):
    """One line a stage on standard error, for logs and pipes."""

    silent = False

    def __init__(self) -> None:
        super().__init__()
        self._said = ""
        self._batches = self._articles = 0

    def planned(self, plan: "Plan") -> None:
        self._said = said.of_plan(plan)

    def batch(self, record: "BatchRecord") -> None:
        self._batches += 1
        self._articles += record.rows.get("articles", 0)
        batches = said.counted(self._batches, "batch", "batches")
        self._said = f"{batches}, {said.counted(self._articles, 'article')}"

    def found(self, what: str) -> None:
        self._said = what

    def end(self, name: str) -> None:
        self.say(f"{name:<8} {self.seconds[name]:7.2f} s  {self._said}".rstrip())
        self._said = ""

    def say(self, line: str) -> None:
        """Put one line where it belongs."""
        sys.stderr.write(f"{line}\n")


class Bar(Watch):
    """A live bar by bytes, with counts of documents and articles, on standard error."""

    silent = False

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

        super().__init__()
        self._counts = {"documents": 0, "articles": 0, "rejections": 0}
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<8}"),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[counts]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("plan", total=None, counts="")

    def begin(self, name: str) -> None:
        self._bar.start()
        self._bar.update(self._task, description=name)

    def end(self, name: str) -> None:
        self._bar.stop()

    def planned(self, plan: "Plan") -> None:
        self._bar.update(self._task, total=plan.n_bytes, completed=0)

    def batch(self, record: "BatchRecord") -> None:
        for table in self._counts:
            self._counts[table] += record.rows.get(table, 0)
        counts = "  ".join(f"{count:,} {table}" for table, count in self._counts.items())
        self._bar.update(self._task, advance=record.n_bytes, counts=counts)


# A flow's parameters must be plain data, so the one who watches travels beside them.
WATCH: ContextVar[Watch] = ContextVar("qingliu_watch")
