"""What a run leaves in the UI to be read: live progress, its quality, and the sections of its page."""

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import cast
from uuid import UUID

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)

from flows import said
from flows.direct import Outcome
from tasks import report
from tasks.plan import Plan
from tasks.records import BatchRecord

_EVERY_SECONDS = 5


def show(outcome: Outcome, message: str, stories: Mapping[str, str]) -> None:
    """Leave the quality of a run, the sections of its page, and a link to the page.

    Args:
        outcome: how the run ended.
        message: the same in a sentence.
        stories: `tasks.report.stories`, where a page was written.
    """
    quality = report.markdown(asdict(outcome))
    create_markdown_artifact(key="qingliu-quality", markdown=quality, description=report.cell(message))
    for name, text in stories.items():
        create_markdown_artifact(key=f"qingliu-{name}", markdown=text, description=text.splitlines()[0].lstrip("# "))
    if outcome.report:
        # A browser opens it where the lake is: a server must not hand out files of its machine.
        create_link_artifact(
            key="qingliu-report",
            link=Path(outcome.report).as_uri(),
            link_text=Path(outcome.report).name,
            description="The page about it, in the lake's folder `reports`",
        )


class Progress:
    """Live progress in the UI, by bytes; told every few seconds, for each telling costs as much as a task run."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._bytes = self._batches = self._articles = 0
        self._told = monotonic()
        self._id = cast(
            UUID, create_progress_artifact(progress=0.0, key="qingliu-progress", description=self._described())
        )

    def add(self, record: BatchRecord) -> None:
        """One more batch is staged."""
        self._bytes += record.n_bytes
        self._batches += 1
        self._articles += record.rows.get("articles", 0)
        if self._batches == len(self._plan.batches) or monotonic() - self._told >= _EVERY_SECONDS:
            self._told = monotonic()
            done = min(100.0, 100 * self._bytes / max(1, self._plan.n_bytes))
            update_progress_artifact(self._id, progress=done, description=self._described())

    def _described(self) -> str:
        plan = self._plan
        batches = said.counted(len(plan.batches), "batch", "batches")
        return f"{self._batches:,} of {batches}; {said.counted(self._articles, 'article')}"
