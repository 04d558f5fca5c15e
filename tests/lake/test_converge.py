"""Whatever the order, the batches and the company, a lake comes to the same tables; and no flipped bit escapes."""

import random
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tasks.lake import open_lake, releases
from tasks.lake.maintain import compact
from tasks.lake.verify import verify
from tasks.publish import publish
from tests.lake.staged import PASS, Doc, stage

CONTENT = ("documents", "articles", "paragraphs", "sentences", "spans")
DOCS = [Doc(f"d{number}", ("2020-02", "2021-03", "unknown")[number % 3], f"s{number % 2}") for number in range(12)]


def files(root: Path) -> dict[str, list[str]]:
    return {name: [path.name for path in open_lake(root).files(name)] for name in CONTENT}


def build(root: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - drawing lots, not keys
    docs = chance.sample(DOCS, len(DOCS))
    while docs:
        size = chance.randint(1, 6)
        group, docs = docs[:size], docs[size:]
        publish(root, stage(root, group, batch_size=chance.randint(1, 4)), PASS)
    compact(open_lake(root))


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 21))])
def test_any_arrival_order_gives_the_files_of_one_full_build(tmp_path: Path, seed: int) -> None:
    publish(tmp_path / "whole", stage(tmp_path / "whole", DOCS), PASS)
    build(tmp_path / "pieces", seed)
    assert files(tmp_path / "pieces") == files(tmp_path / "whole")


def test_one_content_in_two_batches_is_published_once(root: Path) -> None:
    run = stage(root, [Doc("a"), Doc("b"), Doc("a", uri="mirror.txt")], batch_size=2)
    publish(root, run, PASS)
    lake = open_lake(root)
    assert lake.scan("documents").collect().height == 2
    assert lake.scan("sentences").collect()["sentence_id"].is_unique().all()
    assert sorted(lake.scan("sightings").collect()["source_uri"]) == ["a.txt", "b.txt", "mirror.txt"]


@pytest.mark.slow
def test_twenty_writers_at_once_lose_nothing(root: Path) -> None:
    publish(root, stage(root, [Doc("first")]), PASS)
    code = (
        "import sys; from pathlib import Path; from tasks.publish import publish; from tests.lake.staged import *\n"
        "root, name = Path(sys.argv[1]), sys.argv[2]\n"
        "print(publish(root, stage(root, [Doc(name), Doc('common')]), PASS, wait=300).release)"
    )
    command = [sys.executable, "-c", code, str(root)]
    writers = [subprocess.Popen([*command, f"n{number}"], stdout=subprocess.PIPE, text=True) for number in range(20)]
    told = [int(writer.communicate()[0]) for writer in writers]
    assert sorted(told) == list(range(2, 22)) == releases.numbers(root)[1:]
    documents = open_lake(root).scan("documents").collect()["document_id"]
    assert documents.len() == documents.n_unique() == 22


@pytest.mark.slow
def test_two_hundred_flipped_bits_are_all_found(root: Path) -> None:
    publish(root, stage(root, DOCS), PASS)
    lake = open_lake(root)
    release = lake.current()
    assert release is not None
    paths = sorted(root / file.path for file in release.data_files())
    chance = random.Random(1)  # noqa: S311 - drawing lots, not keys
    for _ in range(200):
        path = chance.choice(paths)
        path.chmod(0o644)
        data = bytearray(path.read_bytes())
        place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        data[place] ^= bit
        path.write_bytes(data)
        found = [problem.path for problem in verify(lake, contracts=False)]
        assert path.relative_to(root).as_posix() in found
        data[place] ^= bit
        path.write_bytes(data)
    assert verify(lake, contracts=False) == []


def test_empty_run_on_an_empty_lake_makes_no_release(root: Path) -> None:
    assert publish(root, stage(root, []), PASS).nothing_new
    assert pl.DataFrame(releases.numbers(root)).is_empty()
