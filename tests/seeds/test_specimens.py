"""The specimens in seeds are what their script makes, and their references hold together."""

import gzip
import json
from pathlib import Path

import pytest

from tests.benchmarks.articles import read_articles, sentence_ends
from tests.benchmarks.noise import PROFILES, corpus
from tests.seeds.make_specimens import SEEDS, SPECIMENS, make, stem

REFERENCES = sorted((SEEDS / "references").glob("*.json"))


def test_specimens_on_disk_are_what_the_script_makes() -> None:
    made = {name: _content(specimen.data) for name, specimen in make().items()}
    on_disk = {path.name: _content(path.read_bytes()) for path in (SEEDS / "scrapes").iterdir()}
    assert on_disk == made


def _content(data: bytes) -> bytes:
    # the compressed form depends on the zlib at hand, what it holds does not
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def test_every_textual_specimen_has_a_reference() -> None:
    assert {path.stem for path in REFERENCES} == {stem(name) for name in SPECIMENS} - {"empty", "junk"}


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.stem)
def test_reference_is_well_formed(path: Path) -> None:
    for article in json.loads(path.read_text(encoding="utf-8"))["articles"]:
        assert article["paragraphs"]
        assert len(article["sentence_ends"]) == len(article["roles"]) == len(article["paragraphs"])
        for text, ends in zip(article["paragraphs"], article["sentence_ends"], strict=True):
            assert text == text.strip()
            assert ends == sorted(set(ends))
            assert ends[-1] == len(text)


SENTENCES = [
    ("one", "天晴了。", [4]),
    ("run of marks", "真的？！好。", [4, 6]),
    ("quote after a colon", "他说：“走吧。”大家都走了。", [8, 14]),
    ("quote before a speech verb", "“走吧。”他说。", [8]),
    ("mark deep inside a quote", "他说“（真的吗？）不信”就走了。", [16]),
    ("semicolon", "一是快；二是稳。", [8]),
    ("no mark at the end", "一、总体要求", [6]),
]


@pytest.mark.parametrize(("label", "text", "ends"), SENTENCES, ids=[label for label, _, _ in SENTENCES])
def test_sentence_ends_of_references_follow_the_house_rule(label: str, text: str, ends: list[int]) -> None:
    assert sentence_ends(text) == ends


def test_corpus_is_seeded_and_reaches_the_size_asked_for() -> None:
    articles = list(read_articles().values())
    files = list(corpus(articles, 60_000, seed=3))
    assert files == list(corpus(articles, 60_000, seed=3))
    assert sum(len(data) for _, data in files) >= 60_000
    assert {name.split("_", 1)[1].removesuffix(".txt") for name, _ in files} == set(PROFILES)
