"""The campaign of `make crash` on a lake in a bucket: kills at writes, stores and networks that fail, readers on."""

from pathlib import Path

import pytest

from tests.crash.bucket import FAULTS, KILLS, MINUTES, campaign


@pytest.mark.slow
def test_kills_and_faults_on_a_bucket_show_no_wrong_read(tmp_path: Path) -> None:
    tally = campaign(tmp_path, KILLS, FAULTS, seed=1, minutes=MINUTES)
    assert tally.wrong == []
    assert min(tally.reads.values()) > 0
    assert tally.landed >= KILLS, f"time was up: {tally.tell()}"
    assert tally.struck >= FAULTS, f"time was up: {tally.tell()}"
