"""Brings a Prefect server to what `deployments/` declares: by name, and only where it differs.

Each deployment carries a fingerprint of its declaration as its version: the same one is left alone, with whatever
somebody changed about it in the UI; variables are theirs once they exist.
"""

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

import hashlib
import json
import os
from datetime import timedelta
from importlib import import_module
from typing import Any

from prefect import Flow, get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import (
    DeploymentScheduleCreate,
    VariableCreate,
    WorkPoolCreate,
)
from prefect.client.schemas.objects import ConcurrencyLimitStrategy, ConcurrencyOptions
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.exceptions import ObjectNotFound
from prefect.utilities.callables import parameter_schema
from prefect.workers.process import ProcessWorker

from flows.automations import provision_automations
from flows.declared import DECLARED, Declared, Deployment, Pool, read_declared
from flows.places import lake_at, typed
from flows.settings import PROJECT, Settings
from tasks.cards import load_cards

# What a run needs to know of its surroundings; the rest of the worker's environment comes to it anyway.
_ENV = {
    "DO_NOT_TRACK": "1",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "INFO",
    # A run that is killed is told by its silence: after three of these the automation calls it crashed.
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
}


def provision(settings: Settings, declared: Declared | None = None) -> list[str]:
    """Make what is missing and change what differs: pool and queues first, then variables, deployments, automations.

    Args:
        settings: where the lake, the landing zone and the cards are.
        declared: what to provide; `deployments/prefect.yaml` unless given.

    Returns:
        What was done, a line each; empty when the server was as declared.

    Raises:
        flows.declared.DeclarationError: a declaration is wrong; nothing is changed.
    """
    places = {"lake": typed(lake_at(settings.lake).absolute()), "inbox": os.fspath(settings.inbox.absolute())}
    wanted = declared or read_declared(DECLARED, load_cards(settings.cards), places)
    with get_client(sync_client=True) as client:
        done = _pool(client, wanted.work_pool)
        done += [line for name, value in wanted.variables.items() for line in _variable(client, name, value)]
        done += [line for one in wanted.deployments for line in _deployment(client, one, wanted.work_pool)]
        done += _leftovers(client, wanted)
        return done + provision_automations(client, settings)


def _pool(client: SyncPrefectClient, pool: Pool) -> list[str]:
    done = []
    try:
        client.read_work_pool(pool.name)
    except ObjectNotFound:
        template = ProcessWorker.get_default_base_job_template()
        client.create_work_pool(WorkPoolCreate(name=pool.name, type=pool.type, base_job_template=template))
        done.append(f"work pool {pool.name}: made")
    there = {queue.name: queue for queue in client.read_work_queues(work_pool_name=pool.name)}
    for name, queue in pool.queues.items():
        if name not in there:
            client.create_work_queue(
                name,
                description=queue.description,
                concurrency_limit=queue.concurrency_limit,
                work_pool_name=pool.name,
            )
            done.append(f"queue {name}: made")
        elif there[name].concurrency_limit != queue.concurrency_limit:
            client.update_work_queue(there[name].id, concurrency_limit=queue.concurrency_limit)
            done.append(f"queue {name}: limit {queue.concurrency_limit}")
    return done


def _variable(client: SyncPrefectClient, name: str, value: Any) -> list[str]:
    if client.read_variable_by_name(name) is not None:
        return []
    client.create_variable(VariableCreate(name=name, value=value, tags=["qingliu"]))
    return [f"variable {name}: made"]


def _deployment(client: SyncPrefectClient, one: Deployment, pool: Pool) -> list[str]:
    flow = _flow(one.flow)
    schema = parameter_schema(flow).model_dump_for_openapi()
    mark = _fingerprint(one, schema, pool)
    try:
        there = client.read_deployment_by_name(f"{flow.name}/{one.name}")
        # With its pool a deployment loses its place in it, and would wait for ever.
        if there.version == mark and there.work_pool_name == pool.name and there.work_queue_name == one.queue:
            return []
        what = "changed"
    except ObjectNotFound:
        what = "made"
    client.create_deployment(
        flow_id=client.create_flow(flow),
        name=one.name,
        version=mark,
        description=one.description,
        entrypoint=one.flow,
        tags=["qingliu", *one.tags],
        parameters=one.parameters,
        parameter_openapi_schema=schema,
        enforce_parameter_schema=True,
        schedules=_schedules(one),
        concurrency_limit=one.concurrency.limit if one.concurrency else None,
        concurrency_options=_collision(one),
        work_pool_name=pool.name,
        work_queue_name=one.queue,
        job_variables={"env": _ENV, "working_dir": os.fspath(PROJECT)},
        pull_steps=[],
        paused=False,
    )
    return [f"deployment {one.name}: {what}"]


def _flow(name: str) -> "Flow[Any, Any]":
    module, _, function = name.rpartition(".")
    found: Flow[Any, Any] = getattr(import_module(module), function)
    return found


def _fingerprint(one: Deployment, schema: dict[str, Any], pool: Pool) -> str:
    told = json.dumps([one.model_dump(mode="json"), schema, pool.name, _ENV, os.fspath(PROJECT)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _schedules(one: Deployment) -> list[DeploymentScheduleCreate]:
    if one.schedule is None:
        return []
    if one.schedule.cron is not None:
        cron = CronSchedule(cron=one.schedule.cron, timezone=one.schedule.timezone, day_or=True)
        return [DeploymentScheduleCreate(schedule=cron, slug="declared")]
    every = IntervalSchedule(interval=timedelta(seconds=one.schedule.interval_seconds or 0))
    return [DeploymentScheduleCreate(schedule=every, slug="declared")]


def _collision(one: Deployment) -> ConcurrencyOptions | None:
    if one.concurrency is None:
        return None
    return ConcurrencyOptions(collision_strategy=ConcurrencyLimitStrategy(one.concurrency.collision_strategy))


def _leftovers(client: SyncPrefectClient, wanted: Declared) -> list[str]:
    """Deployments of ours that are declared no longer: a card that disappeared must not be asked for every night."""
    names = {one.name for one in wanted.deployments}
    done = []
    for there in client.read_deployments():
        if "qingliu" in there.tags and there.work_pool_name == wanted.work_pool.name and there.name not in names:
            client.delete_deployment(there.id)
            done.append(f"deployment {there.name}: no longer declared, removed")
    return done
