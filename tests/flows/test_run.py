import gzip
import json
import os
from pathlib import Path

import pytest

from tests.flows.conftest import ARTICLE, Command


def run_json(qingliu: Command, *words: str | Path) -> dict[str, object]:
    said = qingliu("run", *words, "--direct", "--json")
    assert said.code == 0, said.err
    outcome: dict[str, object] = json.loads(said.out)
    return outcome


def test_run_publishes_each_content_once(qingliu: Command, scrapes: Path) -> None:
    outcome = run_json(qingliu, scrapes)
    assert (outcome["state"], outcome["release"]) == ("Completed", 1)
    rows = outcome["rows"]
    assert isinstance(rows, dict)
    assert (rows["documents"], rows["sightings"], rows["articles"]) == (2, 3, 2)


def test_run_ends_with_rows_report_and_next_commands(qingliu: Command, scrapes: Path) -> None:
    said = qingliu("run", scrapes, "--direct")
    assert said.code == 0
    assert "articles" in said.out
    assert "reports/000001.html" in said.out
    assert [command in said.out for command in ("qingliu sql", "qingliu status", "qingliu explain")] == [True] * 3
    assert [line.split()[0] for line in said.err.splitlines()] == [
        "plan",
        "curate",
        "link",
        "gate",
        "publish",
        "report",
    ]


def test_second_run_publishes_nothing_new_and_says_so(qingliu: Command, scrapes: Path) -> None:
    run_json(qingliu, scrapes)
    assert run_json(qingliu, scrapes)["state"] == "NothingNew"
    assert "Nothing new" in qingliu("run", scrapes, "--direct").out
    assert [one["release"] for one in json.loads(qingliu("releases", "--json").out)] == [1]


def test_known_content_at_a_new_place_is_a_new_sighting_only(qingliu: Command, scrapes: Path) -> None:
    run_json(qingliu, scrapes)
    (scrapes / "again.txt").write_text(ARTICLE, encoding="utf-8")
    rows = run_json(qingliu, scrapes)["rows"]
    assert isinstance(rows, dict)
    assert (rows["documents"], rows["sightings"], rows["articles"]) == (0, 1, 0)
    assert run_json(qingliu, scrapes)["state"] == "NothingNew"


def test_bad_files_are_rejected_with_a_reason_and_stop_nobody(qingliu: Command, scrapes: Path) -> None:
    (scrapes / "empty.txt").touch()
    (scrapes / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (scrapes / "cut.txt.gz").write_bytes(gzip.compress(ARTICLE.encode() * 50)[:-20])
    (scrapes / "broken.txt").write_bytes(ARTICLE.encode("gb18030").replace(b"\xa1\xa3", b"\xff\xff\x81") * 3)
    (scrapes / "x.txt").mkdir()
    os.mkfifo(scrapes / "pipe.txt")
    (scrapes / "loop.txt").symlink_to("loop.txt")
    outcome = run_json(qingliu, scrapes)
    assert outcome["state"] == "CompletedWithRejections"
    rows = outcome["rows"]
    assert isinstance(rows, dict)
    assert (rows["documents"], rows["rejections"]) == (2, 7)
    found = qingliu("sql", "SELECT source_uri, reason FROM rejections", "--json")
    reasons = {row["source_uri"]: row["reason"] for row in json.loads(found.out)}
    assert reasons["empty.txt"] == "empty"
    assert reasons["binary.txt"] == "binary"
    assert reasons["cut.txt.gz"] == "truncated_gzip"
    assert reasons["broken.txt"] in {"undecodable", "binary"}
    assert reasons["x.txt"] == reasons["pipe.txt"] == "not_a_file"
    assert run_json(qingliu, scrapes)["state"] == "NothingNew"


def test_unreadable_file_is_rejected(qingliu: Command, scrapes: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (scrapes / "secret.txt").write_text(ARTICLE)
    (scrapes / "secret.txt").chmod(0)
    assert run_json(qingliu, scrapes)["rejected"] == {"unreadable": 1}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere"], "nothing found at nowhere"),
        (["*.pdf"], "nothing found at"),
        (["scrapes", "--source", "nobody"], "no source card named 'nobody'"),
        (["scrapes", "--unknown"], "No such option"),
        (["scrapes", "--lake", "full"], "not a lake"),
    ],
)
def test_wrong_usage_leaves_with_2(qingliu: Command, scrapes: Path, words: list[str], message: str) -> None:
    (scrapes.parent / "full").mkdir()
    (scrapes.parent / "full" / "thesis.doc").touch()
    said = qingliu("run", *words, "--direct")
    assert said.code == 2
    assert message in said.err


def test_plan_writes_nothing(qingliu: Command, scrapes: Path) -> None:
    said = qingliu("run", scrapes, "--plan", "--json")
    assert json.loads(said.out)["files"] == 3
    assert not (scrapes.parent / "lake").exists()


def test_batches_in_processes_give_the_same_rows(
    qingliu: Command, scrapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run_json(qingliu, scrapes, "--lake", "one")
    monkeypatch.setenv("QINGLIU_BATCH_BYTES", "1")
    monkeypatch.setenv("QINGLIU_WORKERS", "2")
    cut = run_json(qingliu, scrapes, "--lake", "two")
    assert whole["run_id"] == cut["run_id"]
    for table in ("documents", "articles", "paragraphs", "sentences", "spans"):
        query = f"SELECT * FROM {table} ORDER BY ALL"  # noqa: S608
        assert qingliu("sql", query, "--lake", "one").out == qingliu("sql", query, "--lake", "two").out


def test_run_that_is_under_way_is_not_joined(qingliu: Command, scrapes: Path) -> None:
    from tasks.lake.lock import hold

    run_id = json.loads(qingliu("run", scrapes, "--plan", "--json").out)["run_id"]
    with hold(scrapes.parent / "lake" / ".staging" / run_id / ".lock"):
        assert qingliu("run", scrapes, "--direct").code == 75


def test_known_files_are_not_read_again_unless_asked(
    qingliu: Command, scrapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tasks import plan

    for path in scrapes.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    run_json(qingliu, scrapes)
    read: list[str] = []
    real = plan.file_id
    monkeypatch.setattr(plan, "file_id", lambda found: (read.append(found.uri), real(found))[1])
    assert run_json(qingliu, scrapes)["state"] == "NothingNew"
    assert read == []
    assert run_json(qingliu, scrapes, "--rehash")["state"] == "NothingNew"
    assert sorted(read) == ["a.txt", "b.txt.gz", "twin.txt"]
    (scrapes / "a.txt").write_text(ARTICLE.replace("清河", "白水"), encoding="utf-8")
    read.clear()
    assert run_json(qingliu, scrapes)["release"] == 2
    assert read == ["a.txt"]


def test_server_that_is_down_is_told_at_once(qingliu: Command, scrapes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://somebody:secret@127.0.0.1:9/api")
    said = qingliu("run", scrapes)
    assert said.code == 75
    assert "http://127.0.0.1:9/api does not answer" in said.err
    assert not (scrapes.parent / "lake").exists()
