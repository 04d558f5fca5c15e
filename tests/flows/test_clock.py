"""Clocks that jump: schedules over a change of summer time, a landing zone whose machine is set back."""

import asyncio
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.declared import DECLARED, read_declared
from tasks.cards import SourceCard
from tasks.landing import Arrivals, take


def nightly(card: SourceCard, start: datetime, days: int) -> list[datetime]:
    """When the server would start the nightly run of a card, in the card's time."""
    from prefect.server.schemas.schedules import CronSchedule

    from flows.provision import _schedules

    declared = read_declared(DECLARED, {card.name: card}, {"lake": "/lake", "inbox": "/inbox"})
    (one,) = (one for one in declared.deployments if one.name == f"nightly-{card.name}")
    (made,) = _schedules(one)
    schedule = CronSchedule.model_validate(made.schedule.model_dump())
    return [when.astimezone(ZoneInfo(card.timezone)) for when in asyncio.run(schedule.get_dates(days, start=start))]


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Berlin", datetime(2026, 3, 27, 12, tzinfo=UTC)),  # the clock leaps from two to three on the 29th
        ("Europe/Berlin", datetime(2026, 10, 23, 12, tzinfo=UTC)),  # and falls back from three to two on the 25th
        ("Asia/Shanghai", datetime(2026, 12, 30, 12, tzinfo=UTC)),
    ],
)
def test_nightly_run_comes_once_a_day_at_its_hour_when_clocks_change(zone: str, start: datetime) -> None:
    card = SourceCard(name="paper", title="A paper", timezone=zone, schedule="30 5 * * *")
    runs = nightly(card, start, 5)
    assert [(run.hour, run.minute) for run in runs] == [(5, 30)] * 5
    assert len({run.date() for run in runs}) == 5


@pytest.mark.parametrize("start", [datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 23, 12, tzinfo=UTC)])
def test_hour_that_is_left_out_or_comes_twice_makes_no_day_twice(start: datetime) -> None:
    card = SourceCard(name="paper", title="A paper", timezone="Europe/Berlin", schedule="30 2 * * *")
    runs = nightly(card, start, 4)
    assert len({run.date() for run in runs}) == 4


def test_file_from_before_its_clock_was_set_back_waits_and_is_taken_once_it_is_old_enough(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲")
    changed = os.stat(tmp_path / "a.txt").st_ctime  # noqa: PTH116 - of the inode
    cards = {"default": SourceCard(name="default", title="Any")}

    def taken(now: float) -> tuple[int, int]:
        found = take([str(tmp_path)], cards, Arrivals(settle_seconds=60), now)
        return len(found.files), found.waiting

    assert [taken(changed - 3600), taken(changed + 59), taken(changed + 61)] == [(0, 1), (0, 1), (1, 0)]
    assert taken(time.time() + 3600) == (1, 0)
