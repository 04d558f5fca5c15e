"""Deployments, schedules, worker and automations on a real server: what is declared runs by itself."""

import shutil
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from flows.settings import PROJECT, Settings
from tests.conftest import Server
from tests.flows.conftest import ARTICLE, comes


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "inbox").mkdir()
    return Settings(lake=tmp_path / "lake", inbox=tmp_path / "inbox")


def runs_of(deployment: str) -> list[Any]:
    from prefect import get_client
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName

    chosen = DeploymentFilter(name=DeploymentFilterName(any_=[deployment]))
    with get_client(sync_client=True) as client:
        return client.read_flow_runs(deployment_filter=chosen)


def soon(settings: Settings) -> Any:
    """What is declared, with a landing zone that is looked at every few seconds."""
    from flows.declared import DECLARED, read_declared
    from tasks.cards import load_cards

    places = {"lake": str(settings.lake), "inbox": str(settings.inbox)}
    declared = read_declared(DECLARED, load_cards(settings.cards), places)
    changed = [
        one.model_copy(
            update={
                "schedule": one.schedule and one.schedule.model_copy(update={"interval_seconds": 5}),
                "parameters": {**one.parameters, "settle_seconds": 0},
            }
        )
        if one.name == "landing"
        else one
        for one in declared.deployments
    ]
    return declared.model_copy(update={"deployments": tuple(changed)})


def test_declared_runs_come_by_themselves_and_provisioning_twice_changes_nothing(
    prefect_server: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.provision import provision
    from flows.stack import WORKER, work
    from tasks.lake.lake import open_lake

    (settings.inbox / "a.txt").write_text(ARTICLE, encoding="utf-8")
    declared = soon(settings)
    assert "deployment landing: made" in provision(settings, declared)
    assert provision(settings, declared) == []
    monkeypatch.setenv("PREFECT_WORKER_QUERY_SECONDS", "1")
    worker = work(prefect_server.state)
    try:
        run = comes(lambda: [one for one in runs_of("landing") if one.state.name == "Completed"])[0]
    finally:
        worker.stop()
        (prefect_server.state / f"{WORKER}.json").unlink()
    assert run.auto_scheduled
    assert run.work_queue_name == "lake"
    release = open_lake(settings.lake).current()
    assert release is not None
    assert release.tables["articles"].rows == 1


def test_wrong_parameters_are_refused_before_anything_runs(prefect_server: Server, settings: Settings) -> None:
    from prefect import get_client
    from prefect.exceptions import PrefectHTTPStatusError

    from flows.provision import provision

    provision(settings)
    with get_client(sync_client=True) as client:
        there = client.read_deployment_by_name("qingliu-backfill/backfill")
        assert all("description" in one for one in there.parameter_openapi_schema["properties"].values())
        for wrong in ({"source": "nobody"}, {"since": "yesterday"}, {"until": None}):
            with pytest.raises(PrefectHTTPStatusError, match=r"409|422"):
                client.create_flow_run_from_deployment(
                    there.id, parameters={"since": "2020-01-01", "until": "2020-01-31", **wrong}
                )


def test_pool_that_somebody_deleted_comes_back_with_all_that_was_in_it(
    prefect_server: Server, settings: Settings
) -> None:
    from prefect import get_client

    from flows.provision import provision

    provision(settings)
    with get_client(sync_client=True) as client:
        client.delete_work_pool("qingliu")
        assert "work pool qingliu: made" in provision(settings)
        there = client.read_deployments()
    assert {(one.work_pool_name, one.work_queue_name) for one in there} == {("qingliu", "lake"), ("qingliu", "watch")}
    assert provision(settings) == []


def test_card_that_disappeared_takes_its_deployment_with_it(
    prefect_server: Server, settings: Settings, tmp_path: Path
) -> None:
    from flows.landing import land
    from flows.provision import provision

    provision(settings)
    fewer = settings.model_copy(update={"cards": Path(shutil.copytree(settings.cards, tmp_path / "cards"))})
    (fewer.cards / "seeds.toml").unlink()
    assert provision(fewer) == ["deployment nightly-seeds: no longer declared, removed"]
    # A run of it that waited meanwhile says so, rather than that there is nothing new.
    state = land(str(settings.inbox), str(settings.lake), source="gone", return_state=True)
    assert (state.name, state.is_failed()) == ("Refused", True)
    assert "no source card named 'gone'" in (state.message or "")


def test_second_run_of_a_schedule_is_not_started_beside_the_first(prefect_server: Server, settings: Settings) -> None:
    from prefect import get_client
    from prefect.states import Cancelled, Pending

    from flows.provision import provision

    provision(settings)
    with get_client(sync_client=True) as client:
        there = client.read_deployment_by_name("qingliu-compact/weekly-compact")
        runs = [client.create_flow_run_from_deployment(there.id) for _ in range(2)]
        for run in runs:
            client.set_flow_run_state(run.id, Pending())
        assert [client.read_flow_run(run.id).state.name for run in runs] == ["Pending", "Cancelled"]  # type: ignore[union-attr]
        client.set_flow_run_state(runs[0].id, Cancelled(), force=True)


def test_lake_that_is_being_written_is_a_state_of_its_own(prefect_server: Server, settings: Settings) -> None:
    from flows.landing import land
    from tasks import publish
    from tasks.lake.lake import open_lake

    (settings.inbox / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, open_lake(settings.lake, create=True).writer():
        patch.setattr(publish.publish, "__kwdefaults__", {"wait": 0.0})
        state = land(str(settings.inbox), str(settings.lake), settle_seconds=0, return_state=True)
    assert (state.name, state.is_failed()) == ("LakeBusy", True)
    assert open_lake(settings.lake).current() is None


def test_server_comes_back_where_its_worker_looks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import stack

    with socket.socket() as dying:
        dying.bind(("127.0.0.1", 0))
        dying.listen()
        port = dying.getsockname()[1]
        (tmp_path / "port").write_text(str(port), encoding="ascii")
        assert stack._port_of(tmp_path, port) != port
        monkeypatch.setattr(stack, "recorded", lambda state, name: object())
        threading.Timer(0.3, dying.close).start()
        assert stack._port_of(tmp_path, port) == port


def test_no_deployment_names_a_place_on_this_machine() -> None:
    files = [path for path in (PROJECT / "deployments").rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if str(PROJECT) in path.read_text(encoding="utf-8")] == []
