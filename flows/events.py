"""Events of ours, for automations and the feed in the UI; sent beside the run, which never fails for them."""

from pathlib import Path
from typing import Any

from prefect.events import emit_event
from prefect.variables import Variable
from pydantic import BaseModel, ConfigDict, Field

from tasks.lake.working import name_of


class Limits(BaseModel):
    """What may be changed in the UI, in the variable `qingliu_limits`, without deploying anything."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    rejection_rate: float = Field(default=0.2, ge=0, le=1, description="Share of a run's documents and files.")
    disk_free_gb: float = Field(default=5, ge=0, description="Room the lake's disk must have.")


def limits() -> Limits:
    """The limits as they are set now."""
    return Limits.model_validate(Variable.get("qingliu_limits", default={}) or {})


def tell(event: str, lake: Path, facts: dict[str, Any], *, about: str = "") -> None:
    """Send one event about a lake, or about something in it.

    Args:
        event: `qingliu.<thing>.<what happened>`.
        lake: the lake.
        facts: numbers and words for whoever reads it; `message` is what a person should see.
        about: the thing, where it is not the lake itself.
    """
    address = name_of(lake).replace("s3:/", "")
    where = f"qingliu.lake{address.replace('/', '.')}"
    resource = {
        "prefect.resource.id": f"{where}.{about}" if about else where,
        "prefect.resource.name": about or address.rpartition("/")[2],
    }
    emit_event(event, resource=resource, payload=facts)
