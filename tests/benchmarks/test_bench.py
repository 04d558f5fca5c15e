"""The bench can measure what it names, and its noisy corpus is the same in every run."""

from pathlib import Path

import polars as pl
import pytest

from tests.benchmarks import steps, yardstick
from tests.benchmarks.clock import Seconds
from tests.benchmarks.corpora import noisy, prepare
from tests.benchmarks.measure import MeasureError, measure


def test_every_timed_step_still_exists() -> None:
    assert [name for module, name in steps.FUNCTIONS if not hasattr(module, name)] == []


def test_noisy_corpus_made_twice_is_the_same(tmp_path: Path) -> None:
    first, second = (noisy(tmp_path / name, 60_000) for name in ("a", "b"))
    assert first.n_bytes == second.n_bytes >= 60_000
    contents = [{path.name: path.read_bytes() for path in one.path.iterdir()} for one in (first, second)]
    assert contents[0] == contents[1]


def test_yardstick_converts_every_text_and_keeps_their_number(tmp_path: Path) -> None:
    records = tmp_path / "corpus.jsonl"
    texts = ["臺灣", "", "一\n二", "漢字"] * 3
    pl.DataFrame({"text": texts}).write_ndjson(records)
    assert yardstick.convert(yardstick.read(records)) == ["台湾", "", "一\n二", "汉字"] * 3


def test_a_stage_counts_for_itself_only() -> None:
    seconds = Seconds()
    with seconds.stage("outer"), seconds.stage("inner"):
        sum(range(300_000))
    assert seconds.cpu["outer"] < seconds.cpu["inner"]


def test_program_that_fails_is_no_measurement() -> None:
    with pytest.raises(MeasureError, match="ended with 3"):
        measure(["-c", "raise SystemExit(3)"])


def test_unknown_corpus_is_an_error(shared: Path, tmp_path: Path) -> None:
    assert shared
    with pytest.raises(ValueError, match="no corpus 'nope'"):
        list(prepare(["nope"], 1, tmp_path))
