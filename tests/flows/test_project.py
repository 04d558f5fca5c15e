"""The project itself: its lock, its deployment, the commands its README names."""

import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_lock_names_no_host_and_pins_by_hash() -> None:
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", LOCK)
    pins = re.findall(r"^\S+==\S+.*(?:\n +.*)*", LOCK, re.MULTILINE)
    assert len(pins) > 50
    assert all("--hash=sha256:" in pin for pin in pins)


def test_pandas_is_no_dependency() -> None:
    assert not re.search(r"^pandas==", LOCK, re.MULTILINE)


def test_every_dependency_has_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [line for line in project["dependencies"] if "<" not in line] == []


def test_every_deployment_names_a_flow_that_is_there() -> None:
    declared = yaml.safe_load((ROOT / "deployments" / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    places = [deployment["flow"].rpartition(".") for deployment in declared]
    assert [place for place in places if not hasattr(importlib.import_module(place[0]), place[2])] == []


def test_every_schedule_by_the_clock_names_its_zone() -> None:
    declared = yaml.safe_load((ROOT / "deployments" / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    schedules = [deployment.get("schedule", {}) for deployment in declared]
    assert {schedule["timezone"] for schedule in schedules if "cron" in schedule} == {"Asia/Shanghai"}


def test_make_targets_are_all_explained() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    explained = re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE)
    assert sorted(phony.split()) == sorted(explained)


@pytest.mark.slow
def test_fresh_resolve_of_the_declared_bounds_installs_and_imports(tmp_path: Path) -> None:
    """What a user of the package gets, who has no lock: today's newest versions within the bounds."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        pytest.skip("needs uv")
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, tmp_path / "env"], check=True)
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, ROOT], check=True)
    seeds = subprocess.run(
        [python, "-c", "import flows.curate, flows.settings as s; print(s.SEEDS)"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    ).stdout.strip()
    assert Path(seeds).is_relative_to(tmp_path)
    run = subprocess.run(
        [tmp_path / "env" / "bin" / "qingliu", "run", "--lake", tmp_path / "lake", "--direct"],
        check=False,
        cwd=tmp_path,
    )
    assert run.returncode == 0


def test_readme_names_every_command_and_setting() -> None:
    from flows.cli import app
    from flows.settings import Settings

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [one.callback.__name__ for one in app.registered_commands if one.callback]
    assert [name for name in commands if f"`qingliu {name} " not in readme and f"`qingliu {name}`" not in readme] == []
    assert [name for name in Settings.model_fields if f"`QINGLIU_{name.upper()}`" not in readme] == []


def test_card_in_the_readme_is_a_card() -> None:
    from tasks.cards import SourceCard

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (card,) = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    SourceCard.model_validate(tomllib.loads(card))
