"""How fresh each source of a lake is, and whether its disk has room: facts for whoever watches."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from tasks.cards import SourceCard
from tasks.lake.lake import Lake


@dataclass(frozen=True)
class Freshness:
    """One source: when it last brought something new (None: never), in how many days it should have, and whether not.

    A source nobody has seen is not stale: a card may be written long before its first file.
    """

    source: str
    last: datetime | None
    allowed_days: int
    stale: bool

    def days(self, now: datetime) -> float | None:
        """Days since it last brought something."""
        return None if self.last is None else (now - self.last).total_seconds() / 86400


def freshness(lake: Lake, cards: Mapping[str, SourceCard], now: datetime) -> list[Freshness]:
    """Look at every source whose card says how fresh it should be.

    Args:
        lake: the lake.
        cards: source cards by name; those without `freshness_days` are not watched.
        now: the moment to compare with.
    """
    last = last_arrivals(lake)
    found = []
    for card in cards.values():
        if card.freshness_days is not None:
            when = last.get(card.name)
            late = when is not None and (now - when).total_seconds() > card.freshness_days * 86400
            found.append(Freshness(card.name, when, card.freshness_days, late))
    return found


def free_bytes(path: Path) -> int:
    """Room left on the disk of a path, or of the nearest folder above it that exists."""
    there = next(one for one in (path.absolute(), *path.absolute().parents) if one.exists())
    return shutil.disk_usage(os.fspath(there)).free


def last_arrivals(lake: Lake) -> dict[str, datetime]:
    """When the newest run finished that saw something of each source for the first time."""
    release = lake.current()
    if release is None or not {"sightings", "runs"} <= set(release.tables):
        return {}
    runs = lake.scan("runs", release).select("run_id", "finished_at").collect()
    seen = lake.scan("sightings", release).select("source", run_id="first_seen_run").unique().collect()
    newest = seen.join(runs, on="run_id").group_by("source").agg(pl.col("finished_at").max())
    return {source: when.replace(tzinfo=UTC) for source, when in newest.iter_rows()}
