"""Near-duplicates: signatures and pairs beside other libraries, and 1,000 articles more in a lake of a million.

python -m tests.benchmarks.linking    (TEXTS=5000, KNOWN=1_000_000, REPEATS=3; PEERS=1: datasketch and rensa beside us)
"""

import base64
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl

from tasks.dedupe.anew import Known, tell_anew
from tasks.dedupe.duplicates import SIGNED, candidates
from tasks.dedupe.shelves import matching
from tasks.dedupe.signatures import BINS, signatures
from tests.benchmarks import peers
from tests.benchmarks.articles import read_articles

COPIES = 0.1  # of the texts: another one with one character in fifty lost
FRESH, FILES = 1_000, 4


def main() -> int:
    ask = os.environ.get
    texts = made(int(ask("TEXTS", "5000")))
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    repeats = int(ask("REPEATS", "3"))
    print(f"{len(texts)} texts, {megabytes:.1f} MB, median of {repeats}, load {os.getloadavg()[0]:.1f}")
    print(f"{'':<12} {'sign CPU s':>11} {'MB/CPU s':>9} {'pair CPU s':>11} {'pairs':>9}")
    with tempfile.TemporaryDirectory(prefix="qingliu-linking-") as name:
        folder = Path(name)
        show("qingliu", [ours(texts) for _ in range(repeats)], megabytes)
        if peers.asked_for(ask("PEERS")):
            records = peers.as_records(((str(at), text) for at, text in enumerate(texts)), folder / "texts.jsonl")
            for program in ("datasketch", "rensa"):
                show(program, [theirs(program, records) for _ in range(repeats)], megabytes)
        n = int(ask("KNOWN", "1_000_000"))
        lake(folder, n, made(FRESH * 2))
        added = [add(folder, made(FRESH * 2)) for _ in range(repeats)]
    wall, cpu = (median(one[which] for one in added) for which in (0, 1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"{FRESH} articles more in a lake of {n:,}: {cpu:.1f} CPU s, {wall:.1f} s; {added[0][2]} of them have copies")
    print(f"peak {peak:.0f} MB")
    return 0


def made(n: int, seed: int = 0) -> list[str]:
    """Texts of sampled paragraphs; of every ten the last is the one before it, damaged."""
    rng, found = random.Random(seed), list[str]()
    paragraphs = [text for article in read_articles().values() for text in article.paragraphs]
    while len(found) < n:
        # numbers that no other has keep texts of the same paragraphs apart
        found.append("\n".join(f"{rng.randrange(10**6)}号：{text}" for text in rng.sample(paragraphs, 12)))
        if rng.random() < COPIES / (1 - COPIES):
            found.append("".join(char for char in found[-1] if char in "\n0123456789" or rng.random() > 0.02))
    return found[:n]


def ours(texts: list[str]) -> dict[str, float]:
    """CPU seconds of our own signatures and candidate pairs."""
    start = time.process_time()
    signed = signatures(pl.Series(texts))
    middle = time.process_time()
    pairs = candidates(signed.unique("fingerprint", maintain_order=True))
    return {"sign": middle - start, "pair": time.process_time() - middle, "pairs": len(pairs)}


def theirs(program: str, records: Path) -> dict[str, float]:
    """The same of another library, in a process of its own."""
    script = Path(__file__).with_name("linking_peers.py")
    command = [str(peers.python_of("datatrove")), str(script), program, str(records)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(told)
    return found


def show(program: str, runs: list[dict[str, float]], megabytes: float) -> None:
    sign, pair = (median(run[part] for run in runs) for part in ("sign", "pair"))
    print(f"{program:<12} {sign:>11.2f} {megabytes / sign:>9.2f} {pair:>11.2f} {runs[0]['pairs']:>9.0f}", flush=True)


def signed(texts: list[str], name: str) -> pl.DataFrame:
    """Articles with their signatures, as the search for copies takes them."""
    ids = [f"{name}{number:07}" for number in range(len(texts))]
    return signatures(pl.Series(texts)).select(
        pl.Series("article_id", ids),
        pl.Series("document_id", ids),
        *(pl.col(column) for column in ("fingerprint", "numbers", "n_content", "bands")),
        residual_noise=pl.lit(0.0),
        published_on=pl.lit(None, pl.Date),
    )


def lake(folder: Path, n: int, texts: list[str]) -> None:
    """Write `n` signatures as a lake's data files: every other text of `texts`, and made-up ones of none."""
    rng = np.random.default_rng(0)
    real = signed(texts[::2], "k").with_columns(gone=pl.lit(value=False))
    for number in range(FILES):
        size = n // FILES - (len(real) if number == 0 else 0)
        words = rng.integers(0, 2**16, (size, BINS), dtype=np.uint16)
        keys = base64.b64encode(words.tobytes()).decode()
        width = len(keys) // max(size, 1)
        prints = rng.integers(0, 2**63, (2, size)).tolist()
        made_up = pl.DataFrame(
            {
                "article_id": [f"m{number}-{at}" for at in range(size)],
                "document_id": [f"m{number}-{at}" for at in range(size)],
                "fingerprint": [f"{one:064x}" for one in prints[0]],
                "numbers": [f"{one:064x}" for one in prints[1]],
                "n_content": pl.Series([800] * size, dtype=pl.Int32),
                "bands": [keys[at : at + width] for at in range(0, len(keys), width)],
                "residual_noise": [0.0] * size,
                "published_on": pl.Series([None] * size, dtype=pl.Date),
                "gone": [False] * size,
            }
        )
        whole = pl.concat([real, made_up]) if number == 0 else made_up
        whole.write_parquet(folder / f"signatures-{number}.parquet")


def add(folder: Path, texts: list[str]) -> tuple[float, float, int]:
    """Wall and CPU seconds of telling what the other half of `texts` changes, and how many of them have copies."""
    fresh, there = signed(texts[1::2], "f"), signed(texts[::2], "k")
    said = dict(zip([*fresh["article_id"], *there["article_id"]], texts[1::2] + texts[::2], strict=True))
    files = sorted(folder.glob("signatures-*.parquet"))

    def near(wanted: pl.DataFrame) -> pl.DataFrame:
        return pl.concat(matching(pl.read_parquet(file), wanted) for file in files)

    def read(ids: pl.Series) -> Iterator[pl.DataFrame]:
        # a made-up signature that shares a band by chance has no text: it is given one like no other
        yield pl.DataFrame({"article_id": ids, "text": [said.get(one, one * 20) for one in ids]})

    empty = pl.DataFrame(schema=SIGNED | {"gone": pl.Boolean()})
    n = sum(pl.scan_parquet(file).select(pl.len()).collect().item() for file in files)
    known = Known(n, empty, near, lambda _: empty, lambda ids: ids.clear())
    start, cpu = time.perf_counter(), time.process_time()
    rows, _ = tell_anew(fresh, known, read)
    took = time.perf_counter() - start, time.process_time() - cpu
    return *took, rows.filter(pl.col("article_id").str.starts_with("f")).height


if __name__ == "__main__":
    sys.exit(main())
