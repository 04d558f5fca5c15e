"""Watches what is published: whether every source is as fresh as its card asks, and whether the disk has room."""

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.credentials import take_credentials
from flows.events import limits, tell
from flows.places import lake_at
from flows.settings import Settings
from flows.states import refusing
from tasks.cards import load_cards
from tasks.freshness import Freshness, free_bytes, freshness
from tasks.lake.lake import is_lake, open_lake


@flow(name="qingliu-monitor", flow_run_name="watch {lake}", result_serializer="json", persist_result=False)
@refusing
def monitor(lake: str) -> "State[Any]":
    """Look at freshness and disk; what is wrong is sent as an event, which automations act on.

    Args:
        lake: Root of the lake.
    """
    take_credentials()
    root, now = lake_at(lake), datetime.now(UTC)
    wrong = _disk(root)
    found = freshness(open_lake(root), load_cards(Settings().cards), now) if is_lake(root) else []
    for one in found:
        if one.stale:
            message = f"{one.source} brought nothing for {one.days(now):.1f} days; its card allows {one.allowed_days}"
            tell("qingliu.source.stale", root, {"message": message, "source": one.source}, about=one.source)
            wrong.append(message)
    create_table_artifact(
        key="qingliu-freshness", table=[_row(one, now) for one in found], description="Sources whose card asks for it"
    )
    if wrong:
        return Completed(name="Stale", message="; ".join(wrong))
    return Completed(message=f"{len(found)} sources watched, {free_bytes(root) / 1e9:.0f} GB free")


def _disk(root: Path) -> list[str]:
    free, wanted = free_bytes(root) / 1e9, limits().disk_free_gb
    if free >= wanted:
        return []
    message = f"{free:.1f} GB free where {wanted:g} are wanted; `qingliu vacuum` or a larger disk helps"
    tell("qingliu.disk.low", root, {"message": message, "free_gb": round(free, 1), "wanted_gb": wanted})
    return [message]


def _row(one: Freshness, now: datetime) -> dict[str, Any]:
    days = one.days(now)
    return {
        "source": one.source,
        "last": one.last.isoformat(timespec="minutes") if one.last else "never",
        "days ago": None if days is None else round(days, 1),
        "allowed": one.allowed_days,
        "state": "stale" if one.stale else "waiting for its first file" if one.last is None else "fresh",
    }
