"""The yardstick: the least an honest program does, on one thread: read the corpus, convert it, write it as Parquet.

Run as a program in a process of its own: `python -m tests.benchmarks.yardstick CORPUS OUT`.
"""

import os

os.environ["POLARS_MAX_THREADS"] = "1"  # before polars is imported: its pool is made then

# isort: split

import sys
from pathlib import Path

import opencc
import polars as pl

from tests.benchmarks.clock import told

CHUNK = 1_500_000
SEAM = "\n\ue000\n"


def main(corpus: Path, out: Path) -> None:
    with told() as seconds:
        with seconds.stage("read"):
            texts = read(corpus)
        with seconds.stage("convert"):
            converted = convert(texts)
        with seconds.stage("write"):
            pl.DataFrame({"text": converted}).write_parquet(out, compression="zstd", compression_level=3)


def read(corpus: Path) -> list[str]:
    """The texts of a folder of UTF-8 files, or of the records of a file of JSON lines."""
    if corpus.is_dir():
        return [path.read_text(encoding="utf-8") for path in sorted(corpus.iterdir())]
    return pl.read_ndjson(corpus)["text"].to_list()


def convert(texts: list[str]) -> list[str]:
    """OpenCC on every text, joined in chunks of some 1.5 million characters: a call a text would cost more."""
    converter = opencc.OpenCC("t2s")
    out: list[str] = []
    chunk: list[str] = []
    filled = 0
    for text in texts:
        chunk.append(text)
        filled += len(text)
        if filled > CHUNK:
            out += converter.convert(SEAM.join(chunk)).split(SEAM)
            chunk, filled = [], 0
    if chunk:
        out += converter.convert(SEAM.join(chunk)).split(SEAM)
    return out


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
