"""The campaign of kills, each kind in a process of its own; `python -m tests.flows.campaign` shows what it sees."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.slow
@pytest.mark.parametrize("target", ["run", "worker", "server", "machine"])
def test_scheduled_run_comes_to_its_end_whatever_is_killed(target: str) -> None:
    done = subprocess.run([sys.executable, "-m", "tests.flows.campaign", target], cwd=ROOT, check=False)
    assert done.returncode == 0
