"""The corpora that are measured: those made from the specimens' articles, and the shared ones if there."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import zstandard

from tests.benchmarks import shapes
from tests.benchmarks.articles import read_articles
from tests.benchmarks.noise import corpus

MEGABYTE = 1_000_000
SHARED = Path(os.environ.get("QINGLIU_SHARED", Path(__file__).resolve().parents[3] / "shared"))


@dataclass(frozen=True)
class Corpus:
    """Something to run on: a folder of text files or one file of JSON lines, `n_bytes` in all."""

    name: str
    path: Path
    n_bytes: int
    n_files: int


def prepare(names: list[str], size: int, folder: Path) -> Iterator[Corpus]:
    """Lay the wanted corpora out below `folder`; one that is not there is left out, and that is said.

    Args:
        names: of those that are made (`MADE`), or the stem of a file of JSON lines in the shared data.
        size: megabytes of what is made.
        folder: an empty folder for them.

    Raises:
        ValueError: no such corpus.
    """
    for name in names:
        if name in MADE:
            yield MADE[name](folder / f"{name}_{size}mb", size * MEGABYTE)
            continue
        packed = SHARED / "data" / f"{name}.jsonl.zst"
        if packed.is_file():
            yield unpacked(packed, folder / f"{name}.jsonl")
        elif SHARED.is_dir():
            raise ValueError(
                f"no corpus {name!r}: give {', '.join(MADE)}, or the stem of a .jsonl.zst of the shared data"
            )
        else:
            print(f"{name}: left out, there is no shared material (QINGLIU_SHARED)")


def noisy(folder: Path, n_bytes: int) -> Corpus:
    """Write the seeded noisy corpus, many files of a few kilobytes, all profiles of noise in turn."""
    folder.mkdir(parents=True)
    made = n_files = 0
    for file_name, data in corpus(list(read_articles().values()), n_bytes):
        (folder / file_name).write_bytes(data)
        made, n_files = made + len(data), n_files + 1
    return Corpus("noisy", folder, made, n_files)


def records(folder: Path, n_bytes: int, name: str) -> Corpus:
    """Write one file of JSON lines: `clean` articles of usual size, or `tiny` documents of some 200 bytes."""
    folder.mkdir(parents=True)
    path = folder / f"{name}.jsonl"
    made = {"clean": shapes.clean, "tiny": shapes.tiny}[name]
    with path.open("wb") as file:
        file.writelines(made(list(read_articles().values()), n_bytes))
    return Corpus(name, path, path.stat().st_size, 1)


def giant(folder: Path, n_bytes: int, *, flat: bool = False) -> Corpus:
    """Write one text file, with its line breaks or without any."""
    folder.mkdir(parents=True)
    path = folder / "giant.txt"
    path.write_bytes(shapes.giant(list(read_articles().values()), n_bytes, flat=flat))
    return Corpus("giant_flat" if flat else "giant", folder, path.stat().st_size, 1)


def unpacked(packed: Path, path: Path) -> Corpus:
    """Decompress a file of JSON lines: unpacking is no part of what is measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with packed.open("rb") as source, path.open("wb") as target:
        zstandard.ZstdDecompressor().copy_stream(source, target)
    return Corpus(packed.name.partition(".")[0], path, path.stat().st_size, 1)


MADE: dict[str, Callable[[Path, int], Corpus]] = {
    "noisy": noisy,
    "clean": partial(records, name="clean"),
    "tiny": partial(records, name="tiny"),
    "giant": giant,
    "giant_flat": partial(giant, flat=True),
}
