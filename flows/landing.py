"""What runs by itself: the recipe over a landing zone, and over some of its days again. Each has a form of its own."""

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from flows.curate import SETTINGS, carry_out, make_runner
from flows.direct import Order
from flows.maintain import LakeRoot
from flows.states import refusing
from tasks.cards import load_cards
from tasks.landing import Arrivals

Folder = Annotated[
    str, Field(description="The landing zone: a folder, with a folder for each source where it is known.")
]
# The names are those of the moment of deployment; provisioning again brings new cards into the form.
Card = Annotated[
    str | None,
    Field(
        description="Only the files of this source card.",
        json_schema_extra={"enum": [None, *load_cards(SETTINGS.cards)]},
    ),
]
Settle = Annotated[
    float, Field(ge=0, description="Seconds a file must have lain still, unless a file <name>.done says it is whole.")
]


@flow(
    name="qingliu-land",
    flow_run_name="land {source} of {folder}",
    task_runner=make_runner(),
    result_serializer="json",
    persist_result=False,
)
@refusing
def land(folder: Folder, lake: LakeRoot, source: Card = None, settle_seconds: Settle = 60) -> "State[Any]":
    """Take what has landed and is complete into the next release of a lake."""
    arrivals = Arrivals(settle_seconds=settle_seconds, source=source)
    return carry_out(Order((folder,), Path(lake).absolute(), None, SETTINGS, arrivals=arrivals))


@flow(
    name="qingliu-backfill",
    flow_run_name="backfill {source} {since} to {until}",
    task_runner=make_runner(),
    result_serializer="json",
    persist_result=False,
)
@refusing
def backfill(
    folder: Folder,
    lake: LakeRoot,
    since: Annotated[date, Field(description="First day (by the path of a file, else by its last change).")],
    until: Annotated[date, Field(description="Last day, inclusive.")],
    source: Card = None,
) -> "State[Any]":
    """Clean what landed between two days: what an outage left out, or what a new recipe is to make anew."""
    arrivals = Arrivals(settle_seconds=0, source=source, since=since, until=until)
    return carry_out(Order((folder,), Path(lake).absolute(), None, SETTINGS, arrivals=arrivals))
