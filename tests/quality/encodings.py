"""Scores our encoding detection on labelled files and on strings cut at random from real text, in six encodings."""

import io
import json
import random
from collections.abc import Iterator
from pathlib import Path

import opencc
import zstandard

from tasks.read.encoding import decode
from tasks.read.errors import UnreadableError

SEED = 20200205
STRINGS = 6000
CODECS = ("utf-8", "gb18030", "gbk", "big5", "utf-16-le", "utf-16-be")
# The codec whose text counts as right: the superset that real files of that label need.
SUPERSET = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}


def score_encodings(shared: Path) -> dict[str, float]:
    """Return shares of 1: `files` (labelled files decoded or refused as they should be) and `strings`.

    Args:
        shared: the folder of real data, with `data/encodings` and `data/bench_100mb.jsonl.zst`.
    """
    files = [right for _, right in label_results(shared / "data" / "encodings")]
    strings = [
        _decodes_to(data, data.decode(SUPERSET.get(codec, codec)))
        for codec, data in random_strings(shared / "data" / "bench_100mb.jsonl.zst")
    ]
    return {"files": sum(files) / len(files), "strings": sum(strings) / len(strings)}


def label_results(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield (file, whether it came out right) for every file of the manifest."""
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        data = (folder / entry["file"]).read_bytes()
        codec = SUPERSET.get(entry["label"], entry["label"])
        yield entry["file"], _decodes_to(data, data.decode(codec) if entry["decodes"] else None)


def random_strings(corpus: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (codec, bytes) of strings of 8-300 characters, at least half Han, cut at random; the codecs take turns."""
    with corpus.open("rb") as file:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8")
        texts = [json.loads(line)["text"] for line in lines]
    to_traditional = opencc.OpenCC("s2t")
    chance = random.Random(SEED)
    made = 0
    while made < STRINGS:
        text, length = chance.choice(texts), chance.randint(8, 300)
        start = chance.randrange(max(1, len(text) - length + 1))
        piece, codec = text[start : start + length], CODECS[made % len(CODECS)]
        if codec == "big5":
            piece = to_traditional.convert(piece)
        piece = piece.encode(codec, "ignore").decode(codec)
        if len(piece) >= 8 and 2 * sum("\u4e00" <= char <= "\u9fff" for char in piece) >= len(piece):
            made += 1
            yield codec, piece.encode(codec)


def _decodes_to(data: bytes, expected: str | None) -> bool:
    try:
        return decode(data).text == expected
    except UnreadableError:
        return expected is None
