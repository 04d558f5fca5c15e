"""What each stage of a run says it did, in a few words: for logs, for terminals, for the states in the UI."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contracts.verdicts import Verdict
    from tasks.plan import Plan
    from tasks.publish import Published
    from tasks.records import BatchRecord


def of_plan(plan: "Plan") -> str:
    """How much is to be done, and how much is done already."""
    batches = counted(len(plan.batches), "batch", "batches")
    size = f"{plan.n_bytes / 1e6:,.1f} MB" if plan.n_bytes > 100_000 else f"{plan.n_bytes / 1e3:,.1f} kB"
    waiting = f"; {counted(plan.waiting, 'file waits', 'files wait')} until complete" if plan.waiting else ""
    return f"{counted(plan.n_files, 'file')}, {size}, {batches}; {plan.skipped:,} already in the lake{waiting}"


def of_batch(record: "BatchRecord") -> str:
    """What came of a batch, and how long it took."""
    rows = record.rows
    found = f"{counted(rows.get('articles', 0), 'article')}, {counted(rows.get('rejections', 0), 'rejection')}"
    return f"{counted(record.n_files, 'file')}: {found}, in {sum(record.seconds.values()):.1f} s"


def of_links(rows: Mapping[str, int]) -> str:
    """How many links were found between articles."""
    return ", ".join(f"{number:,} {table}" for table, number in rows.items())


def of_verdict(verdict: "Verdict") -> str:
    """The verdict, and how many findings it rests on."""
    return f"{verdict.verdict}: {counted(len(verdict.reasons), 'finding')}"


def of_release(published: "Published") -> str:
    """What was published."""
    if published.release is None or published.nothing_new:
        return "nothing new"
    rows = published.rows
    added = ", ".join(counted(rows.get(f"{one}s", 0), one) for one in ("document", "article", "sentence"))
    return f"release {published.release}: {added}"


def counted(number: int, one: str, more: str = "") -> str:
    """A number and its noun."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"
