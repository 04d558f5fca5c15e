import os
import time
from datetime import date
from pathlib import Path

import pytest

from tasks.cards import SourceCard
from tasks.inputs import Found
from tasks.landing import Arrivals, day_of, take

CARDS = {
    "paper": SourceCard(name="paper", title="A paper", input=("paper_*",)),
    "default": SourceCard(name="default", title="Any"),
}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    for name in ("a.txt", "paper_1.txt", "paper/b.txt", "2020/03/05/c.txt", "d_20200306.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def taken(inbox: Path, *, later: float = 100, **wanted: object) -> list[str]:
    arrivals = Arrivals(**{"settle_seconds": 60, **wanted})  # type: ignore[arg-type]
    return [found.uri for found, _ in take([str(inbox)], CARDS, arrivals, time.time() + later).files]


def test_file_is_taken_once_it_lay_still(inbox: Path) -> None:
    assert taken(inbox, later=0) == []
    assert len(taken(inbox)) == 5


def test_old_time_of_a_copied_file_does_not_make_it_settled(inbox: Path) -> None:
    os.utime(inbox / "a.txt", (0, 0))
    assert taken(inbox, later=0) == []


def test_done_beside_a_file_takes_it_at_once_and_is_never_taken_itself(inbox: Path) -> None:
    (inbox / "a.txt.done").touch()
    assert taken(inbox, later=0) == ["a.txt"]
    assert "a.txt.done" not in taken(inbox)


def test_done_in_a_folder_takes_all_of_it_at_once(inbox: Path) -> None:
    (inbox / "paper" / ".done").touch()
    assert taken(inbox, later=0) == ["paper/b.txt"]


@pytest.mark.parametrize("name", ["e.txt.part", "e.txt.crdownload", "e.txt~", ".e.txt.swp"])
def test_file_that_is_still_being_copied_is_not_taken(inbox: Path, name: str) -> None:
    (inbox / name).write_text("half")
    assert name not in taken(inbox)


def test_folder_of_a_card_and_pattern_of_a_card_make_a_file_its_own(inbox: Path) -> None:
    assert taken(inbox, source="paper") == ["paper/b.txt", "paper_1.txt"]
    assert "paper/b.txt" in taken(inbox)


def test_days_choose_by_path(inbox: Path) -> None:
    assert taken(inbox, since=date(2020, 3, 5), until=date(2020, 3, 5)) == ["2020/03/05/c.txt"]
    assert taken(inbox, since=date(2020, 3, 5), until=date(2020, 3, 6)) == ["2020/03/05/c.txt", "d_20200306.txt"]


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("x/20200230.txt", date(2020, 1, 1)),  # no such day: the last change counts
        ("2019-01-01/2020-02-03.txt", date(2020, 2, 3)),
        ("120200305999.txt", date(2020, 1, 1)),  # a number, not a day
    ],
)
def test_day_of_a_file(uri: str, expected: date) -> None:
    # 16:30 in London on the last day of 2019 is half past midnight of the new year in Shanghai.
    changed = 1_577_809_800 * 10**9
    assert day_of(Found(uri, uri, uri, 1, (changed, changed, 1)), "Asia/Shanghai") == expected


def test_zone_that_is_empty_or_missing_holds_nothing(tmp_path: Path) -> None:
    assert taken(tmp_path) == []
    assert taken(tmp_path / "nowhere") == []


def test_link_to_nowhere_is_taken_for_the_reader_to_reject(inbox: Path) -> None:
    (inbox / "gone.txt").symlink_to("nothing")
    assert "gone.txt" in taken(inbox)
