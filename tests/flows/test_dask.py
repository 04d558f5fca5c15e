"""The batches of a run on a Dask cluster of separate processes: the same rows as in one process, whoever dies."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.direct import Order, run
from flows.processes import wait_for
from flows.settings import Settings
from flows.stack import client_env
from flows.watch import Watch
from tests.conftest import ROOT, Server
from tests.flows.conftest import Command
from tests.flows.killing import finished, published, write_scrapes

BATCHES = 20


@dataclass(frozen=True)
class Cluster:
    """A scheduler, two workers, and the Python with which they and the driver run."""

    python: Path
    address: str
    workers: tuple["subprocess.Popen[bytes]", ...]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        pytest.skip("needs uv")
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, tmp_path / "env"], check=True)
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, f"{ROOT}[dask]"], check=True)
    log = tmp_path / "scheduler.log"
    with log.open("wb") as said:
        command = [python, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
        scheduler = subprocess.Popen([*command, "--no-dashboard"], stderr=said, cwd=tmp_path)
    assert wait_for(lambda: "Scheduler at:" in log.read_text(encoding="utf-8"), 120)
    (address,) = re.findall(r"Scheduler at:\s+(tcp://\S+)", log.read_text(encoding="utf-8"))
    command = [python, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    with (tmp_path / "workers.log").open("wb") as said:
        workers = tuple(subprocess.Popen(command, stdout=said, stderr=said, cwd=tmp_path) for _ in range(2))
    try:
        yield Cluster(python, address, workers)
    finally:
        for one in (*workers, scheduler):
            one.kill()
            one.wait()


@pytest.mark.slow
def test_cluster_gives_the_same_rows_as_one_process_also_when_a_worker_dies(
    prefect_server: Server, cluster: Cluster, tmp_path: Path
) -> None:
    scrapes = write_scrapes(tmp_path / "in", BATCHES)
    whole = run(Order((str(scrapes),), tmp_path / "one", settings=Settings(workers=1)), Watch())
    command = [
        cluster.python.with_name("qingliu"),
        "run",
        scrapes,
        "--lake",
        "two",
        "--dask",
        cluster.address,
        "--json",
    ]
    env = {**client_env(prefect_server.state), "QINGLIU_BATCH_BYTES": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE) as driver:
        assert wait_for(lambda: len(finished(tmp_path / "two")) >= 5, 300)
        cluster.workers[0].kill()
        told = json.loads(driver.communicate()[0])
    assert (told["state"], told["release"]) == (whole.state, 1)
    assert published(tmp_path / "two") == published(tmp_path / "one")


def test_dask_without_its_extra_says_what_to_install(qingliu: Command, scrapes: Path) -> None:
    said = qingliu("run", scrapes, "--dask", "tcp://127.0.0.1:9")
    assert (said.code, "qingliu[dask]" in said.err) == (2, True)
