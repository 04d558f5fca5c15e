"""What is noticed by itself, on a real server: each automation calls the webhook, once, with what one needs to know."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from flows.declared import AUTOMATIONS
from flows.processes import wait_for
from flows.settings import Settings
from tests.conftest import Server
from tests.flows.conftest import ARTICLE, comes


@dataclass
class Webhook:
    """A webhook on loopback: its address, and what it was sent."""

    url: str
    told: list[dict[str, Any]] = field(default_factory=list)

    def about(self, automation: str, thing: str) -> list[dict[str, Any]]:
        return [one for one in self.told if (one["automation"], one["about"]) == (f"qingliu: {automation}", thing)]


@pytest.fixture(scope="module")
def webhook() -> Iterator[Webhook]:
    told: list[dict[str, Any]] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Webhook(f"http://127.0.0.1:{server.server_port}/", told)
        server.shutdown()


@dataclass(frozen=True)
class Zombie:
    """A run that is said to go on, of which nobody will hear again."""

    id: str


@pytest.fixture(scope="module")
def zombie(prefect_server: Server) -> Zombie:
    from prefect import flow, get_client
    from prefect.states import Running

    @flow
    def lost() -> None:
        return

    with get_client(sync_client=True) as client:
        return Zombie(f"prefect.flow-run.{client.create_flow_run(lost, name='lost', state=Running()).id}")


@pytest.fixture(scope="module")
def watched(
    prefect_server: Server, webhook: Webhook, zombie: Zombie, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Webhook]:
    """The automations as declared, but that the zombie's silence is noticed soon, and nobody else's."""
    from prefect import get_client

    from flows.automations import provision_automations

    text = AUTOMATIONS.read_text(encoding="utf-8")
    hasty = text.replace("within: 90", "within: 10", 1).replace("prefect.flow-run.*", zombie.id, 1)
    path = tmp_path_factory.mktemp("automations") / "automations.yaml"
    path.write_text(hasty, encoding="utf-8")
    settings = Settings(webhook=webhook.url)
    with get_client(sync_client=True) as client:
        provision_automations(client, settings, path)
        # A server learns of an automation a moment after it has stored it.
        comes(lambda: emit("qingliu.lake.damaged", "qingliu.lake.early") and heard(webhook, 5))
        emit("prefect.flow-run.heartbeat", zombie.id)
        yield webhook
        provision_automations(client, Settings())


def heard(webhook: Webhook, seconds: float) -> bool:
    return wait_for(lambda: bool(webhook.told), seconds)


def emit(event: str, thing: str) -> str:
    from prefect.events import emit_event

    emit_event(event, resource={"prefect.resource.id": thing})
    return thing


def land(lake: Path, inbox: Path) -> Any:
    from flows.landing import land

    return land(str(inbox), str(lake), settle_seconds=0, return_state=True)


def of_lake(lake: Path) -> str:
    return f"qingliu.lake{str(lake).replace('/', '.')}"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path / "inbox"


def once(webhook: Webhook, *wanted: tuple[str, str]) -> list[dict[str, Any]]:
    """What was told of each pair of automation and thing: one call, also when all that was sent before has come."""
    comes(lambda: all(webhook.about(*one) for one in wanted))
    last = emit("qingliu.lake.damaged", f"qingliu.lake.{uuid4()}")
    comes(lambda: webhook.about("lake is damaged", last))
    told = [webhook.about(*one) for one in wanted]
    assert [len(calls) for calls in told] == [1] * len(wanted)
    return [calls[0] for calls in told]


def test_run_that_fails_its_gate_is_told_once(watched: Webhook, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from contracts.verdicts import Reason, Verdict
    from tasks import gate

    found = Reason("title_is_not_blank", "articles", "fail", "at most 1 %", "9 of 10 rows")
    monkeypatch.setattr(gate, "judge", lambda run_dir, lake: Verdict("fail", (found,)))
    state = land(inbox.parent / "lake", inbox)
    assert state.name == "GateFailed", state
    run = f"prefect.flow-run.{state.state_details.flow_run_id}"
    (told,) = once(watched, ("gate failed", run))
    assert told["event"] == "prefect.flow-run.GateFailed"
    assert told["flow_run"] == "land every source from inbox"
    assert "articles: title_is_not_blank: expected at most 1 %, found 9 of 10 rows" in told["message"]
    assert str(state.state_details.flow_run_id) in told["page"]
    assert datetime.fromisoformat(told["at"]).tzinfo is not None


def test_too_many_rejections_a_stale_source_and_a_full_disk_are_told_once(
    watched: Webhook, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.variables import Variable

    from flows import monitor as watching

    cards = tmp_path / "cards"
    cards.mkdir()
    (cards / "default.toml").write_text('name = "default"\ntitle = "Any"\ninput = "*"\nfreshness_days = 2\n')
    monkeypatch.setenv("QINGLIU_CARDS", str(cards))
    (inbox / "empty.txt").touch()
    lake = tmp_path / "lake"
    assert land(lake, inbox).name == "CompletedWithRejections"

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(UTC) + timedelta(days=3)

    monkeypatch.setattr(watching, "datetime", Later)
    Variable.set("qingliu_limits", {"rejection_rate": 0.2, "disk_free_gb": 10**9}, overwrite=True)
    try:
        # Looked at twice, told once: a day's worth of looking does not call a person 24 times.
        states = [watching.monitor(str(lake), return_state=True) for _ in range(2)]
    finally:
        Variable.set("qingliu_limits", {"rejection_rate": 0.2, "disk_free_gb": 5}, overwrite=True)
    assert [state.name for state in states] == ["Stale", "Stale"]
    where = of_lake(lake)
    breached, stale, low = once(
        watched, ("rejection rate breached", where), ("source is stale", f"{where}.default"), ("disk is low", where)
    )
    assert breached["message"] == "50% of the run was rejected, where 20% is allowed: {'empty': 1}"
    assert breached["facts"]["rejected"] == {"empty": 1}
    assert breached["flow_run"] == "land every source from inbox"
    assert stale["message"] == "default brought nothing for 3.0 days; its card allows 2"
    assert low["facts"]["wanted_gb"] == 10**9


def test_run_whose_process_is_gone_is_called_crashed_and_told_once(watched: Webhook, zombie: Zombie) -> None:
    from prefect import get_client

    with get_client(sync_client=True) as client:
        run = zombie.id.rpartition(".")[2]
        comes(lambda: client.read_flow_run(run).state.name == "Crashed")  # type: ignore[arg-type, union-attr]
    (told,) = once(watched, ("zombie runs", zombie.id))
    assert told["flow_run"] == "lost"
    assert "process is gone" in told["message"]


def test_provisioning_automations_twice_changes_nothing(watched: Webhook) -> None:
    from prefect import get_client

    from flows.automations import provision_automations

    settings = Settings(webhook=watched.url)
    with get_client(sync_client=True) as client:
        assert provision_automations(client, settings) == ["automation qingliu: zombie runs: changed"]
        before = {one.name: one for one in client.read_automations()}
        assert provision_automations(client, settings) == []
        assert {one.name: one for one in client.read_automations()} == before
        assert provision_automations(client, Settings(webhook="http://127.0.0.1:9/")) == ["webhook: set"]
