"""Replay: what was rejected goes through the current recipe and contracts once more, from the raw store."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from contracts.withdraw import EXCLUDED
from tasks.decisions import FILE, Decision, load_decisions
from tasks.lake.lake import Lake
from tasks.plan import BATCH_BYTES, Plan, cut, name_run
from tasks.publish import REPLAYED
from tasks.rejections import Again, files_of, files_of_documents, read_rejections, unpack


@dataclass(frozen=True)
class Wanted:
    """Which rejections: those that one release recorded, or for one rule or reason code; all unless said.

    What a person has excluded is not tried again unless its rule is named. `decided` wants, instead of rejections, the
    documents that people have decided about, also published ones.
    """

    release: int | None = None
    rule: str | None = None
    decided: bool = False


@dataclass(frozen=True)
class Replay:
    """The plan of a replay (no batches when there is nothing to try again), and documents without a raw file."""

    plan: Plan
    without_raw: int


def replay(
    lake: Lake, wanted: Wanted, cards: Path, recipe: str, *, batch_bytes: int = BATCH_BYTES, look: bool = False
) -> Replay:
    """Plan a run over the raw files of what was rejected.

    What passes is published, what fails again stays in `rejections` with its count; a document that comes out as it is
    published is left alone.

    Args:
        lake: the lake.
        wanted: which rejections.
        cards: folder of source cards.
        recipe: the current recipe's version.
        batch_bytes: bytes at which a batch is closed.
        look: only say what would be read; nothing is unpacked.

    Raises:
        CorruptData: a raw file is damaged.
        DecisionError: the file of decisions cannot be used.
    """
    current = lake.current()
    again = _wanted(lake, wanted, load_decisions(cards.parent / FILE))
    run_id = name_run(recipe, current.number if current else None, again.files, "replay")
    run_dir = lake.root / ".staging" / run_id
    files = again.files
    if not look:
        shutil.rmtree(run_dir / REPLAYED, ignore_errors=True)
        files = tuple((unpack(lake, file, file_id, run_dir / REPLAYED), file_id) for file, file_id in files)
    batches = cut(files, batch_bytes)
    return Replay(Plan(run_id, run_dir, lake.root, cards, recipe, batches, 0, replay=True), again.without_raw)


def _wanted(lake: Lake, wanted: Wanted, decisions: Sequence[Decision]) -> Again:
    rows = read_rejections(lake, wanted.release, wanted.rule)
    if not wanted.decided:
        return files_of(lake, rows if wanted.rule else rows.filter(pl.col("reason") != EXCLUDED))
    ids = sorted({one.document for one in decisions})
    rejected = files_of(lake, rows.filter(pl.col("document_id").is_in(ids)))
    published = files_of_documents(lake, ids)
    files = tuple(dict.fromkeys((*rejected.files, *published.files)))
    return Again(files, rejected.without_raw + published.without_raw)
