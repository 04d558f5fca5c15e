"""Signatures and candidate pairs of texts by two other libraries; a script for the peers' venv.

`python linking_peers.py datasketch|rensa TEXTS.jsonl` prints CPU seconds of both and how many pairs there are.
"""

import json
import re
import sys
import time
from pathlib import Path

SHINGLE, BANDS, ROWS = 3, 32, 3
NO_CONTENT = re.compile(r"\W+")


def shingles(text: str) -> list[str]:
    """Those of its letters and digits, each once."""
    bare = NO_CONTENT.sub("", text)
    return list({bare[at : at + SHINGLE] for at in range(len(bare) - SHINGLE + 1)})


def by_datasketch(texts: list[str]) -> tuple[float, int]:
    """When the signatures were there, and the number of pairs."""
    from datasketch import MinHash, MinHashLSH

    signed = []
    for text in texts:
        one = MinHash(num_perm=BANDS * ROWS)
        one.update_batch([shingle.encode() for shingle in shingles(text)])
        signed.append(one)
    then, index, pairs = time.process_time(), MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS)), 0
    for number, one in enumerate(signed):
        pairs += len(index.query(one))
        index.insert(number, one)
    return then, pairs


def by_rensa(texts: list[str]) -> tuple[float, int]:
    """Likewise."""
    from rensa import RMinHash, RMinHashLSH

    signed = []
    for text in texts:
        one = RMinHash(num_perm=BANDS * ROWS, seed=1)
        one.update(shingles(text))
        signed.append(one)
    then, index, pairs = time.process_time(), RMinHashLSH(threshold=0.3, num_perm=BANDS * ROWS, num_bands=BANDS), 0
    for number, one in enumerate(signed):
        pairs += len(index.query(one))
        index.insert(number, one)
    return then, pairs


if __name__ == "__main__":
    given = [json.loads(line)["text"] for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()]
    program = {"datasketch": by_datasketch, "rensa": by_rensa}[sys.argv[1]]
    program(given[:10])
    start = time.process_time()
    middle, n_pairs = program(given)
    print(json.dumps({"sign": middle - start, "pair": time.process_time() - middle, "pairs": n_pairs}))
