"""What is quick to measure stays at or above its floors; the floors themselves only rise."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.quality.floors import FLOORS, breaches, lowered, read_floors
from tests.quality.sets import QUICK, specimens

CHANGELOG = ROOT / "CHANGELOG.md"


def test_specimens_stay_above_their_floors() -> None:
    assert breaches(specimens(), read_floors()) == []


@pytest.mark.parametrize("name", QUICK)
def test_set_stays_above_its_floors(name: str, shared: Path) -> None:
    assert breaches(QUICK[name](shared), read_floors()) == []


def test_no_floor_is_lower_than_in_the_last_commit() -> None:
    git = shutil.which("git")
    committed = git and subprocess.run(
        [git, "show", f"HEAD:{FLOORS.relative_to(ROOT).as_posix()}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if not committed or committed.returncode:
        pytest.skip("needs a git work tree with committed floors")
    assert lowered(read_floors(committed.stdout), read_floors(), CHANGELOG.read_text(encoding="utf-8")) == []


def test_figure_below_its_floor_or_gone_is_named() -> None:
    floors = {"pages": {"cer": 0.01, "artF1": 0.9, "kind": 1.0}, "not measured": {"cer": 0.0}}
    assert breaches({"pages": {"cer": 0.02, "artF1": 0.95}}, floors) == [
        "pages: cer is 0.02, pinned at 0.01",
        "pages: kind is pinned at 1.0 and no longer measured",
    ]


def test_lowered_floor_is_named_unless_the_changelog_owns_up() -> None:
    before = {"pages": {"cer": 0.01, "artF1": 0.9}}
    after = {"pages": {"cer": 0.02, "artF1": 0.95}}
    assert lowered(before, after, "") == ["floor pages cer"]
    assert lowered(before, after, "- floor pages cer: the pages were typeset again") == []
    assert lowered(before, {}, "") == ["floor pages cer", "floor pages artF1"]
