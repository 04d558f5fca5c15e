"""The bars of the search for copies, on the shared material."""

from pathlib import Path

from tests.quality.duplicates import score_duplicates


def test_copies_are_found_and_nothing_else(shared: Path) -> None:
    score = score_duplicates(shared, copies=5)
    assert score["precision"] == 1.0
    assert score["recall"] >= 0.99
    assert score["merged_laws"] == 0
    assert score["merged_versions"] == 0
    assert [score[f"recall_{rate}"] >= bar for rate, bar in (("05", 1.0), ("10", 0.98), ("20", 0.5))] == [True] * 3
