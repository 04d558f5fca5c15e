"""The commands on a lake in a bucket: the same answers as on a disk, credentials in none of them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.blocks.system import Secret

from tasks.lake.working import lake_folder
from tests.conftest import Server
from tests.flows.conftest import Command, write_three
from tests.lake.s3 import BUCKET, KEY, SECRET, Fault, Store, served, use

LAKE = f"s3://{BUCKET}/lakes/one"


@pytest.fixture(scope="module")
def server() -> Iterator[Store]:
    with served() as store:
        yield store


@pytest.fixture
def store(server: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    use(server, monkeypatch)
    monkeypatch.setenv("QINGLIU_WORK", str(tmp_path / "work"))
    yield server
    server.faults.clear()


QUERY = "SELECT kind, title, text FROM v_articles JOIN paragraphs USING (article_id) ORDER BY ALL"
Words = tuple[str | Path, ...]
SHORT: tuple[Words, ...] = (("status",), ("sql", QUERY))
ALL: tuple[Words, ...] = (
    *SHORT,
    ("releases",),
    ("rejections",),
    ("replay", "--direct"),
    ("diff", "1", "1"),
    ("export", "--out", "out"),
    ("report",),
    ("verify", "--raw"),
    ("compact",),
    ("bounds",),
    ("contracts", "diff", "1"),
    ("forget", "--document", "0" * 64, "--reason", "test"),
    ("rollback", "1"),
    ("unhold",),
    ("doctor",),
    ("vacuum", "--keep-releases", "1", "--keep-days", "0"),
)
SAME = {"sql", "diff", "compact", "rollback", "unhold", "bounds"}


@pytest.mark.parametrize("commands", [SHORT, pytest.param(ALL, marks=pytest.mark.slow)], ids=["short", "all"])
def test_commands_answer_of_a_bucket_as_of_a_disk(
    store: Store, qingliu: Command, scrapes: Path, tmp_path: Path, commands: tuple[Words, ...]
) -> None:
    heard = ""
    lake = f"{LAKE}-{len(commands)}"
    for words in (("run", scrapes, "--direct"), ("run", scrapes, "--direct"), *commands):
        here = qingliu(*words, "--lake", lake)
        exported = (tmp_path / "out" / "articles.jsonl").read_bytes() if words[0] == "export" else b""
        there = qingliu(*words, "--lake", "local")
        heard += here.out + here.err
        assert here.code == there.code, (words, here, there)
        if words[0] in SAME:
            assert here.out == there.out
        if exported:
            assert exported == (tmp_path / "out" / "articles.jsonl").read_bytes()
        plans = [path.read_text() for path in (tmp_path / "work").rglob("plan.json")]
        assert plans or words[0] == "vacuum"
        assert not any(secret in text for text in (heard, *plans) for secret in (KEY, SECRET))
    assert lake in heard


def test_a_store_that_is_away_is_told_with_75_and_wrong_credentials_with_2(
    store: Store, qingliu: Command, scrapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    store.faults.append(Fault("slow down", times=10**9))
    away = qingliu("run", scrapes, "--direct", "--lake", f"s3://{BUCKET}/away")
    assert away.code == 75
    assert away.err.endswith("Next: run again; the last release is untouched\n")
    assert "503" in away.err
    store.faults.clear()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDANOTHER")
    wrong = qingliu("status", "--lake", f"s3://{BUCKET}/away")
    assert wrong.code == 2
    assert "AWS_ACCESS_KEY_ID" in wrong.err
    assert "AKIDANOTHER" not in wrong.err
    (found,) = [one for one in json.loads(qingliu("doctor", "--lake", LAKE, "--json").out) if one["area"] == "lake"]
    assert found["level"] == "wrong"
    assert "refuses the credentials" in found["what"]


@pytest.mark.slow
def test_a_flow_takes_credentials_from_a_block(
    store: Store, prefect_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.curate import curate

    name = "qinghe-bucket"
    Secret(value={"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}).save(name, overwrite=True)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDANOTHER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    monkeypatch.setenv("QINGLIU_S3_BLOCK", name)
    address = f"s3://{BUCKET}/lakes/of-a-flow"
    state = curate([str(write_three(tmp_path / "in"))], address, return_state=True)
    assert state.name == "Completed"
    assert store.requests
    root = lake_folder(address, tmp_path / "work")
    written = [path.read_bytes() for path in root.rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in data for data in written)
    shutil.rmtree(root)
