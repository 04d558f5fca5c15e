"""The bench can measure what it names, and its noisy corpus is the same in every run."""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from flows.direct import Order, Stages, plan_run
from flows.settings import Settings
from tasks.plan_file import write_plan
from tests.benchmarks import cold, growth, linking, peers, scaling, steps, yardstick
from tests.benchmarks.adversarial import CASES
from tests.benchmarks.clock import Seconds
from tests.benchmarks.corpora import MADE, noisy, prepare
from tests.benchmarks.measure import MeasureError, measure


def test_every_timed_step_still_exists() -> None:
    assert [name for module, name in steps.FUNCTIONS if not hasattr(module, name)] == []


def test_noisy_corpus_made_twice_is_the_same(tmp_path: Path) -> None:
    first, second = (noisy(tmp_path / name, 60_000) for name in ("a", "b"))
    assert first.n_bytes == second.n_bytes >= 60_000
    contents = [{path.name: path.read_bytes() for path in one.path.iterdir()} for one in (first, second)]
    assert contents[0] == contents[1]


@pytest.mark.parametrize("name", ["clean", "tiny", "giant", "giant_flat"])
def test_made_corpus_is_the_same_again_and_as_large_as_asked(tmp_path: Path, name: str) -> None:
    first, second = (MADE[name](tmp_path / number, 20_000) for number in ("a", "b"))
    assert 20_000 <= first.n_bytes == second.n_bytes <= 40_000
    texts = yardstick.read(first.path)
    assert texts == yardstick.read(second.path)
    assert len(set(texts)) == len(texts) == (1 if name.startswith("giant") else len(texts))
    assert ("\n" in texts[0]) is (name in ("clean", "giant"))


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


def test_every_hostile_case_ends_in_rows_or_a_reason(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number, case in enumerate(CASES.values()):
        (tmp_path / "in" / f"{number}{case.suffix}").write_bytes(case.data(300))
    plan = plan_run(Order((str(tmp_path / "in"),), tmp_path / "lake"))
    write_plan(plan)
    assert [batch.number for batch in Stages().batches(plan, Settings(workers=1))] == [1]
    told = [pl.read_parquet(plan.run_dir / f"batch-000001/{table}.parquet") for table in ("sightings", "rejections")]
    uris = pl.concat([table["source_uri"] for table in told]).str.split("#").list.first()
    assert uris.n_unique() == len(CASES)


def test_growth_leaves_the_fixed_cost_out() -> None:
    once, twice = (growth.Took(cpu, {"curate": cpu}, ()) for cpu in (1.3, 2.3))
    assert growth.Growth("any", 0.3, once, twice).ratio == pytest.approx(2.0)
    assert growth.Growth("any").ratio == float("inf")


def test_scaling_is_drawn_with_every_size_and_program() -> None:
    figures = {"cpu": 1.0, "wall": 2.0, "peak_mb": 300.0}
    rows = [scaling.row(program, size, figures) for program in scaling.COLOURS for size in (10, 100)]
    drawn = scaling.drawn(rows)
    assert drawn.startswith("<svg")
    assert all(title in drawn for title in [*scaling.PANELS.values(), *scaling.COLOURS])


def test_peers_are_measured_only_when_asked_for() -> None:
    assert peers.asked_for(None) == {}
    assert set(peers.asked_for("1")) <= set(peers.PEERS)


def test_peer_gets_records_and_gives_texts_by_id(tmp_path: Path) -> None:
    texts = [("a", "一\n二"), ("b", "“三”")]
    records = peers.as_records(texts, tmp_path / "records.jsonl")
    assert pl.read_ndjson(records).rows() == texts
    (tmp_path / "out").mkdir()
    pl.read_ndjson(records).write_parquet(tmp_path / "out" / "part.parquet")
    assert peers.Peer("any.py", texts="*.parquet").made(tmp_path / "out") == dict(texts)


def test_cold_process_is_timed_and_a_failure_is_no_time() -> None:
    wall, cpu = cold.timed([sys.executable, "-c", "pass"])
    assert min(wall, cpu) > 0
    with pytest.raises(subprocess.CalledProcessError):
        cold.timed([sys.executable, "-c", "raise SystemExit(3)"])


def test_damaged_copies_are_paired_and_found_among_known_ones(tmp_path: Path) -> None:
    texts = linking.made(60)
    assert linking.ours(texts)["pairs"] >= 3
    linking.lake(tmp_path, 400, texts)
    assert linking.add(tmp_path, texts)[2] >= 2


def test_unknown_corpus_is_an_error(shared: Path, tmp_path: Path) -> None:
    assert shared
    with pytest.raises(ValueError, match="no corpus 'nope'"):
        list(prepare(["nope"], 1, tmp_path))
