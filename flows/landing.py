"""What runs by itself: the recipe over a landing zone, and over some of its days again. Each has a form of its own."""

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from pydantic import Field

from flows.curate import SETTINGS, carry_out, make_runner
from flows.direct import Order
from flows.places import lake_at
from flows.states import refusing
from tasks.cards import load_cards
from tasks.landing import Arrivals

# The names are those of the moment of deployment; provisioning again brings new cards into the form.
Card = Annotated[str | None, Field(json_schema_extra={"enum": [None, *load_cards(SETTINGS.cards)]})]
# Prefect's server knows no `format: date`, and would let any text wait in the queue until its run fails.
Day = Annotated[date, Field(json_schema_extra={"pattern": r"^\d{4}-\d{2}-\d{2}$"})]


def _name() -> str:
    """What a run is called: what it does, of which source, over which days."""
    given = flow_run.parameters
    whose = given.get("source") or "every source"
    if "since" in given:
        return f"backfill {whose}, {given['since']} to {given['until']}"
    return f"land {whose} from {Path(given['folder']).name}"


@flow(
    name="qingliu-land",
    flow_run_name=_name,
    task_runner=make_runner(),
    result_serializer="json",
    persist_result=False,
)
@refusing
def land(
    folder: str, lake: str, source: Card = None, settle_seconds: Annotated[float, Field(ge=0)] = 60
) -> "State[Any]":
    """Take what has landed and is complete into the next release of a lake.

    Args:
        folder: The landing zone; a folder in it that bears the name of a source card holds the files of that source.
        lake: Root of the lake.
        source: Only the files of this source card.
        settle_seconds: Seconds a file must have lain still, unless a file `<name>.done` says that it is whole.
    """
    arrivals = Arrivals(settle_seconds=settle_seconds, source=source)
    return carry_out(Order((folder,), lake_at(lake).absolute(), None, SETTINGS, arrivals=arrivals))


@flow(
    name="qingliu-backfill",
    flow_run_name=_name,
    task_runner=make_runner(),
    result_serializer="json",
    persist_result=False,
)
@refusing
def backfill(folder: str, lake: str, since: Day, until: Day, source: Card = None) -> "State[Any]":
    """Clean what landed between two days: what an outage left out, or what a new recipe is to make anew.

    Args:
        folder: The landing zone.
        lake: Root of the lake.
        since: First day. A file is of the day its path spells (2020-03-05, 20200305), else of its last change.
        until: Last day, inclusive.
        source: Only the files of this source card.
    """
    arrivals = Arrivals(settle_seconds=0, source=source, since=since, until=until)
    return carry_out(Order((folder,), lake_at(lake).absolute(), None, SETTINGS, arrivals=arrivals))
