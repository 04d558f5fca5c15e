"""Ten kills and ten faults while readers loop: no wrong read, nothing lost or twice. `make crash` runs hundreds."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash.campaign import Tally, fault_lake, kill_lake
from tests.crash.readers import Golden, golden

Campaign = Callable[[Path, Golden, int, random.Random, Tally], None]


@pytest.fixture(scope="module")
def want(tmp_path_factory: pytest.TempPathFactory) -> Golden:
    return golden(tmp_path_factory.mktemp("golden") / "lake")


@pytest.mark.parametrize(("campaign", "blows"), [(kill_lake, 10), (fault_lake, 5)])
def test_writers_that_die_leave_whole_releases_and_reruns_converge(
    root: Path, want: Golden, campaign: Campaign, blows: int
) -> None:
    tally = Tally()
    campaign(root, want, blows, random.Random(3), tally)  # noqa: S311 - drawing lots, not keys
    assert tally.wrong == []
    assert min(tally.reads.values()) > 0
    assert tally.landed + tally.struck > 0
