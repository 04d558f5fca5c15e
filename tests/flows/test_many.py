"""Many runs start at once: each makes one release or none, says why, and nothing is lost or there twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.direct import Order, run
from flows.watch import Watch
from tasks.lake import open_lake, releases
from tasks.lake.lake import Lake
from tasks.lake.verify import verify
from tasks.lake.working import lake_folder
from tests.flows.conftest import ARTICLE
from tests.lake.s3 import BUCKET, served

QINGLIU = Path(sys.executable).with_name("qingliu")


def write(folder: Path, name: str) -> Path:
    """A file of its own and one that all have."""
    folder.mkdir()
    (folder / f"{name}.txt").write_text(ARTICLE.replace("清河", f"{name}乡"), encoding="utf-8")
    (folder / "common.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def start(inputs: Path, lake: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    command = [QINGLIU, "run", inputs, "--lake", lake, "--direct"]
    env = {**os.environ, "QINGLIU_WORKERS": "1", "POLARS_MAX_THREADS": "1", **environment}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def check(runs: list[tuple[Path, "subprocess.Popen[str]"]]) -> dict[Path, int]:
    """Codes by input; whoever published nothing says so in one line that tells what to do."""
    codes = {}
    for folder, one in runs:
        _, err = one.communicate()
        codes[folder] = one.returncode
        assert one.returncode in (0, 75), err
        last = err.strip().splitlines()[-1]
        assert one.returncode == 0 or (last.startswith("qingliu: ") and "Next: run again" in last), err
        assert "Traceback" not in err
    return codes


def contents(lake: Lake) -> list[str]:
    documents = lake.scan("documents").collect()
    assert documents["document_id"].is_unique().all()
    assert lake.scan("sentences").collect()["sentence_id"].is_unique().all()
    return sorted(documents["file_name"])


def copies(lake: Lake) -> set[tuple[object, ...]]:
    return set(lake.scan("duplicates").select("article_id", "cluster", "representative").collect().iter_rows())


@pytest.mark.slow
def test_twenty_runs_at_once_make_a_release_each_or_none(tmp_path: Path) -> None:
    names = [f"n{number:02d}" for number in range(20)]
    runs = [(folder, start(folder, str(tmp_path / "lake"), {})) for folder in (write(tmp_path / n, n) for n in names)]
    codes = check(runs)
    lake = open_lake(tmp_path / "lake")
    landed = sorted(folder.name for folder, code in codes.items() if code == 0)
    print(f"{len(landed)} of 20 published, {len(names) - len(landed)} left with 75")  # noqa: T201 - a figure for `-s`
    assert releases.numbers(lake.root) == list(range(1, len(landed) + 1))
    assert contents(lake) == ["common.txt", *(f"{name}.txt" for name in landed)]
    for folder in codes.keys() - {tmp_path / name for name in landed}:
        assert check([(folder, start(folder, str(tmp_path / "lake"), {}))])[folder] == 0
    assert contents(lake) == ["common.txt", *(f"{name}.txt" for name in names)]
    assert verify(lake) == []
    assert lake.scan("sightings").collect().height == len(names) + 1
    # who was judged on an older lake than it was published to was judged again: no copy was overlooked
    both = [*(tmp_path / name / f"{name}.txt" for name in names), tmp_path / "n00" / "common.txt"]
    run(Order(tuple(map(str, both)), tmp_path / "at-once"), Watch())
    assert copies(lake) == copies(open_lake(tmp_path / "at-once"))


@pytest.mark.slow
def test_six_runs_on_six_machines_into_a_bucket_make_a_release_each_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"n{number:02d}" for number in range(6)]
    address = f"s3://{BUCKET}/many"
    with served() as store:
        for name, value in store.environment.items():
            monkeypatch.setenv(name, value)

        def machine(folder: Path) -> "subprocess.Popen[str]":
            return start(folder, address, {"QINGLIU_WORK": str(tmp_path / f"work-{folder.name}")})

        codes = check([(folder, machine(folder)) for folder in (write(tmp_path / n, n) for n in names)])
        lake = open_lake(lake_folder(address, tmp_path / "here"))
        landed = sorted(folder.name for folder, code in codes.items() if code == 0)
        print(f"{len(landed)} of 6 published, {len(names) - len(landed)} left with 75")  # noqa: T201 - a figure for `-s`
        assert releases.numbers(lake.root) == list(range(1, len(landed) + 1))
        assert contents(lake) == ["common.txt", *(f"{name}.txt" for name in landed)]
        for folder in codes.keys() - {tmp_path / name for name in landed}:
            assert check([(folder, machine(folder))])[folder] == 0
        assert contents(lake) == ["common.txt", *(f"{name}.txt" for name in names)]
        # whoever is the last to write brings the views up; a run over the same inputs does too
        assert check([(tmp_path / names[0], machine(tmp_path / names[0]))])[tmp_path / names[0]] == 0
        assert verify(lake) == []
