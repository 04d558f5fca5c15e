import json
from pathlib import Path

import pytest

from flows.declared import AUTOMATIONS, DECLARED, DeclarationError, Declared, DeclaredAutomations, parse, read_declared
from flows.settings import SEEDS
from tasks.cards import SourceCard, load_cards
from tests.conftest import Server
from tests.flows.conftest import Command


def wrong(said: str) -> list[tuple[str, str]]:
    return [(one["area"], one["what"]) for one in json.loads(said) if one["level"] == "wrong"]


def test_doctor_tells_all_that_is_wrong_at_once(
    qingliu: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = tmp_path / "cards"
    cards.mkdir()
    (cards / "a.toml").write_text('name = "a"\ntitel = "A"\n')
    (cards / "b.toml").write_text("name = ")
    monkeypatch.setenv("QINGLIU_CARDS", str(cards))
    monkeypatch.setenv("QINGLIU_WORKER", "2")
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").touch()
    said = qingliu("doctor", "--lake", "full", "--json")
    assert said.code == 1
    assert [area for area, _ in wrong(said.out)] == ["settings", "cards", "cards", "cards", "lake", "server"]
    assert "did you mean `title`?" in said.out
    assert all(one["then"] for one in json.loads(said.out) if one["level"] == "wrong")


def test_doctor_is_content_with_a_sound_lake(qingliu: Command, scrapes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    qingliu("run", scrapes, "--direct")
    said = qingliu("doctor")
    assert (said.code, "release 1" in said.out) == (0, True), said.out


def test_care_of_a_lake(qingliu: Command, scrapes: Path) -> None:
    qingliu("run", scrapes, "--direct")
    assert qingliu("verify", "--raw").out.strip() == "nothing is wrong"
    assert qingliu("compact").code == 0
    assert "would be deleted" in qingliu("vacuum", "--dry-run").out
    (scrapes / "new.txt").write_text("白水县召开会议\n\n本报讯 3月7日，白水县召开会议。会议要求抓好春耕生产工作。\n")
    qingliu("run", scrapes, "--direct")
    newest = json.loads(qingliu("releases", "--json").out)[0]["release"]
    assert "shows release 1 again" in qingliu("rollback", "1").out
    for part in (scrapes.parent / "lake" / "data" / "articles").glob("*/*.parquet"):
        part.write_bytes(b"torn")
    assert qingliu("verify").code == 1
    assert newest > 1


def test_every_card_has_its_own_nightly_run() -> None:
    cards = load_cards(SEEDS / "sources")
    declared = read_declared(DECLARED, cards, {"lake": "/lake", "inbox": "/inbox"})
    nightly = {one.name: one for one in declared.deployments if one.name.startswith("nightly-")}
    assert set(nightly) == {f"nightly-{name}" for name in cards}
    for name, card in cards.items():
        one = nightly[f"nightly-{name}"]
        assert one.parameters == {"folder": "/inbox", "lake": "/lake", "source": name, "settle_seconds": 60}
        assert one.schedule is not None
        assert one.schedule.timezone == card.timezone
        assert one.schedule.cron == (card.schedule or "30 5 * * *")


def test_declarations_are_read_strictly(tmp_path: Path) -> None:
    parse(AUTOMATIONS, DeclaredAutomations)
    path = tmp_path / "x.yaml"
    path.write_text(DECLARED.read_text(encoding="utf-8").replace("queue: watch", "queue: nowhere"), encoding="utf-8")
    with pytest.raises(DeclarationError, match="the pool has no queue 'nowhere'"):
        parse(path, Declared)
    path.write_text(DECLARED.read_text(encoding="utf-8").replace("tags:", "tagz:", 1), encoding="utf-8")
    with pytest.raises(DeclarationError, match="tagz"):
        read_declared(path, {"default": SourceCard(name="default", title="Any")}, {})
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(DeclarationError, match="not YAML"):
        parse(path, Declared)


def test_doctor_tells_of_a_server_that_does_not_let_us_in(
    qingliu: Command, prefect_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", prefect_server.api)
    assert ("server", "fine") in [(one["area"], one["level"]) for one in json.loads(qingliu("doctor", "--json").out)]
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "qingliu:wrong")
    assert [area for area, _ in wrong(qingliu("doctor", "--json").out)] == ["server"]
