"""The long campaign of `make crash`: 300 kills while writing and 100 faults that struck, with three readers looping."""

from pathlib import Path

import pytest

from tests.crash.campaign import FAULTS, KILLS, MINUTES, campaign


@pytest.mark.slow
def test_hundreds_of_kills_and_faults_show_no_wrong_read(tmp_path: Path) -> None:
    tally = campaign(tmp_path, KILLS, FAULTS, seed=1, minutes=MINUTES)
    assert tally.wrong == []
    assert min(tally.reads.values()) > 0
    assert tally.landed >= KILLS, f"time was up: {tally.tell()}"
    assert tally.struck >= FAULTS, f"time was up: {tally.tell()}"
