"""What runs by itself, as `deployments/prefect.yaml` declares it: typed, and with the cards and places filled in."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from flows.settings import PROJECT
from tasks.cards import SourceCard

M = TypeVar("M", bound=BaseModel)
DECLARED = PROJECT / "deployments" / "prefect.yaml"
AUTOMATIONS = PROJECT / "deployments" / "automations.yaml"


class DeclarationError(ValueError):
    """A file of `deployments/` cannot be used: says which file, which key, and what is wrong with it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Schedule(_Strict):
    """When: a cron line in a time zone, or an interval; `card` lets the source card's own schedule go first."""

    cron: str | None = None
    timezone: str = "Asia/Shanghai"
    interval_seconds: int | None = Field(default=None, ge=1)
    card: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.cron is None) == (self.interval_seconds is None):
            raise ValueError("give either `cron` or `interval_seconds`")
        return self


class Concurrency(_Strict):
    """How many runs of a deployment may go on, and what becomes of one more."""

    limit: int = Field(ge=1)
    collision_strategy: Literal["ENQUEUE", "CANCEL_NEW"] = "ENQUEUE"


class Deployment(_Strict):
    """One deployment of a flow, which is named by module and function."""

    name: str
    flow: str
    description: str
    queue: str
    tags: tuple[str, ...] = ()
    parameters: dict[str, Any] = {}
    schedule: Schedule | None = None
    concurrency: Concurrency | None = None
    for_each: Literal["card"] | None = None


class Queue(_Strict):
    """A queue of the work pool."""

    concurrency_limit: int | None = None
    description: str = ""


class Pool(_Strict):
    """The work pool and its queues."""

    name: str
    type: str
    queues: dict[str, Queue]


class Declared(_Strict):
    """Everything of `prefect.yaml`."""

    work_pool: Pool
    variables: dict[str, Any] = {}
    deployments: tuple[Deployment, ...]

    @model_validator(mode="after")
    def _queues_exist(self) -> Self:
        for one in self.deployments:
            if one.queue not in self.work_pool.queues:
                raise ValueError(f"deployment {one.name}: the pool has no queue {one.queue!r}")
        return self


class DeclaredAutomation(_Strict):
    """One automation; `trigger` and `actions` are Prefect's own, `notify` calls the webhook beside them."""

    name: str
    description: str
    trigger: dict[str, Any]
    actions: tuple[dict[str, Any], ...] = ()
    notify: bool = False


class DeclaredAutomations(_Strict):
    """The file: the automations, and the text their webhook is sent (Jinja, filled in by Prefect)."""

    payload: str
    automations: tuple[DeclaredAutomation, ...]


def read_declared(path: Path, cards: Mapping[str, SourceCard], places: Mapping[str, str]) -> Declared:
    """Read the declaration, with one deployment for each card where it says so, and the places filled in.

    Raises:
        DeclarationError: no YAML, an unknown key, a wrong value.
    """
    declared = parse(path, Declared)
    deployments = [made for one in declared.deployments for made in _expanded(one, cards, places)]
    return declared.model_copy(update={"deployments": tuple(deployments)})


def parse(path: Path, model: type[M]) -> M:
    """Read a YAML file into a model, or say which key is wrong."""
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise DeclarationError(f"{path}: not YAML: {error}") from error
    except ValidationError as error:
        lines = (f"{path}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise DeclarationError("\n".join(lines)) from None


def _expanded(one: Deployment, cards: Mapping[str, SourceCard], places: Mapping[str, str]) -> Iterator[Deployment]:
    if one.for_each is None:
        yield one.model_copy(update={"parameters": _filled(one.parameters, places)})
        return
    for card in cards.values():
        names = {**places, "card": card.name}
        yield one.model_copy(
            update={
                "name": _filled(one.name, names),
                "description": f"{card.title}. {one.description}",
                "parameters": _filled(one.parameters, names),
                "tags": (*one.tags, f"source:{card.name}"),
                "schedule": _schedule_of(card, one.schedule),
                "for_each": None,
            }
        )


def _schedule_of(card: SourceCard, schedule: Schedule | None) -> Schedule | None:
    if schedule is None or not schedule.card or card.schedule is None:
        return schedule
    return Schedule(cron=card.schedule, timezone=card.timezone)


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, text in names.items():
            value = value.replace(f"{{{name}}}", text)
        return value
    if isinstance(value, list):
        return [_filled(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _filled(one, names) for key, one in value.items()}
    return value
