"""The Prefect flow on a real server: states, task runs, artifacts, retries."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.flows.conftest import Command

pytestmark = pytest.mark.usefixtures("prefect_server")


def run_flow(scrapes: Path, **options: Any) -> Any:
    from flows.curate import curate

    return curate([str(scrapes)], str(scrapes.parent / "lake"), return_state=True, **options)


def task_names(state: Any) -> list[str]:
    from prefect import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
    from prefect.client.schemas.sorting import TaskRunSort

    with get_client(sync_client=True) as client:
        runs = client.read_task_runs(
            flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[state.state_details.flow_run_id])),
            sort=TaskRunSort.EXPECTED_START_TIME_ASC,
        )
    return [run.name for run in runs]


def artifact(key: str) -> Any:
    from prefect.artifacts import Artifact

    return Artifact.get(key)


def test_flow_completes_and_leaves_its_story(scrapes: Path) -> None:
    state = run_flow(scrapes)
    assert (state.name, state.is_completed()) == ("Completed", True)
    assert state.result()["rows"]["articles"] == 2
    assert task_names(state) == ["plan", "curate_batch 000001", "link", "gate", "publish", "report"]
    assert "| articles | 2 |" in artifact("qingliu-quality").data
    assert artifact("qingliu-progress").data == 100.0
    assert artifact("qingliu-progress").description == "1 of 1 batch; 2 articles"
    told = {name: artifact(f"qingliu-{name}").data for name in ("cleaning", "rejections", "before-after", "lineage")}
    assert [text.startswith("## ") for text in told.values()] == [True] * 4
    assert "Nothing was rejected." in told["rejections"]
    assert "twin.txt" in told["lineage"] or "a.txt" in told["lineage"]
    assert artifact("qingliu-report").data.endswith("/reports/000001.html)")


def test_flow_with_a_bad_file_completes_with_rejections(scrapes: Path) -> None:
    (scrapes / "empty.txt").touch()
    state = run_flow(scrapes)
    assert (state.name, state.is_completed()) == ("CompletedWithRejections", True)


def test_flow_over_known_files_has_nothing_new(scrapes: Path) -> None:
    run_flow(scrapes)
    state = run_flow(scrapes)
    assert state.name == "NothingNew"
    assert task_names(state) == ["plan"]


def test_gate_that_fails_publishes_nothing(scrapes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from contracts.verdicts import Verdict
    from tasks import gate

    monkeypatch.setattr(gate, "judge", lambda run_dir, lake: Verdict("fail", ()))
    state = run_flow(scrapes)
    assert (state.name, state.is_failed()) == ("GateFailed", True)
    assert not list((scrapes.parent / "lake" / "releases").iterdir())


def test_input_output_error_is_retried_and_other_errors_are_not(scrapes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import curate as flow
    from tasks import gate

    calls: list[str] = []

    def fail_once(run_dir: Path, lake: Path) -> None:
        calls.append("gate")
        raise OSError("a disk that hiccups") if len(calls) == 1 else KeyError("a bug")

    monkeypatch.setattr(gate, "judge", fail_once)
    monkeypatch.setattr(flow, "exponential_backoff", lambda backoff_factor: 0)
    state = run_flow(scrapes)
    assert state.is_failed()
    assert len(calls) == 2


def test_command_line_runs_the_flow(qingliu: Command, scrapes: Path) -> None:
    said = qingliu("run", scrapes, "--json")
    assert said.code == 0
    assert json.loads(said.out)["state"] == "Completed"


def test_failed_gate_leaves_the_command_line_with_1(
    qingliu: Command, scrapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contracts.verdicts import Verdict
    from tasks import gate

    monkeypatch.setattr(gate, "judge", lambda run_dir, lake: Verdict("fail", ()))
    assert qingliu("run", scrapes).code == 1
    assert qingliu("run", scrapes, "--direct").code == 1
