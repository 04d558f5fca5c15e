"""The long campaign of `make crash`: 300 kills while writing and 100 faults that struck, with three readers looping."""

import random
from pathlib import Path

import pytest

from tests.crash.campaign import Tally, fault_lake, kill_lake
from tests.crash.readers import golden

KILLS, FAULTS = 300, 100


@pytest.mark.slow
def test_hundreds_of_kills_and_faults_show_no_wrong_read(tmp_path: Path) -> None:
    want, chance, tally = golden(tmp_path / "golden"), random.Random(1), Tally()
    while tally.landed < KILLS:
        kill_lake(tmp_path / f"kill{tally.lakes}", want, KILLS - tally.landed, chance, tally)
    while tally.struck < FAULTS:
        fault_lake(tmp_path / f"fault{tally.lakes}", want, FAULTS - tally.struck, chance, tally)
    print(tally.tell())
    assert tally.wrong == []
    assert min(tally.reads.values()) > 0
