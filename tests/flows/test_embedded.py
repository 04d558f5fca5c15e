"""Prefect's server inside a run ends with it, however the run ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from flows.processes import wait_for
from tests.conftest import ROOT
from tests.flows.killing import running, started_by, write_scrapes

CHILD = "import time; from flows.embedded import end_with_parent; end_with_parent(); print(flush=True); time.sleep(100)"
PARENT = (
    "import subprocess, sys\n"
    "child = subprocess.Popen([sys.executable, '-c', sys.argv[1]], stdin=subprocess.PIPE, start_new_session=True)\n"
    "child.wait()"
)


def test_what_watches_its_parent_ends_when_that_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, CHILD], stdout=subprocess.PIPE, cwd=ROOT)
    with parent:
        assert parent.stdout
        assert parent.stdout.readline()
        children = started_by(parent.pid)
        parent.kill()
    assert len(children) == 1
    assert wait_for(lambda: not running(children), 30)


@pytest.mark.slow
def test_killed_run_leaves_no_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    command = [sys.executable, "-c", "from flows.cli import main; main()", "run", write_scrapes(tmp_path / "in", 1)]
    killed = subprocess.Popen([*command, "--lake", tmp_path / "lake"], cwd=ROOT)
    assert wait_for((tmp_path / "lake").exists, 300)
    served = started_by(killed.pid)
    killed.kill()
    killed.wait()
    assert served
    assert wait_for(lambda: not running(served), 60)


@pytest.mark.slow
def test_server_that_does_not_come_up_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.embedded import start_embedded

    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", f"sqlite+aiosqlite:///{tmp_path}/no/folder/x.db")
    with pytest.raises(ConnectionError, match="did not start"):
        start_embedded()
