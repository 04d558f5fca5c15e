"""A run that is killed: nothing of it stays behind, and the next one does over only what was not finished."""

import subprocess
import sys
from pathlib import Path

import pytest

from flows.direct import Order, run
from flows.processes import wait_for
from flows.settings import Settings
from flows.watch import Watch
from tasks import curate
from tests.flows.killing import finished, published, running, started_by, write_scrapes

CODE = (
    "import sys; from pathlib import Path; from flows.direct import Order, run; from flows.settings import Settings\n"
    "from flows.watch import Watch\n"
    "run(Order((sys.argv[1],), Path(sys.argv[2]), settings=Settings(workers=2, batch_bytes=1)), Watch())"
)


def test_killed_run_leaves_no_process_and_no_finished_batch_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scrapes, lake = write_scrapes(tmp_path / "in", 14), tmp_path / "lake"
    killed = subprocess.Popen([sys.executable, "-c", CODE, scrapes, lake])
    assert wait_for(lambda: len(finished(lake)) >= 3, 120)
    helpers = started_by(killed.pid)
    killed.kill()
    killed.wait()
    assert len(helpers) >= 2
    assert wait_for(lambda: not running(helpers), 60)
    kept = finished(lake)
    assert 3 <= len(kept) < 14

    done: list[int] = []
    real = curate._curated
    monkeypatch.setattr(
        curate, "_curated", lambda plan, batch, folder: (done.append(batch.number), real(plan, batch, folder))[1]
    )
    settings = Settings(workers=1, batch_bytes=1)
    assert run(Order((str(scrapes),), lake, settings=settings), Watch()).release == 1
    assert sorted(done) == [n for n in range(1, 15) if f"batch-{n:06d}" not in kept]
    run(Order((str(scrapes),), tmp_path / "whole", settings=Settings(workers=1)), Watch())
    assert published(lake) == published(tmp_path / "whole")
