"""Gives each character the code point a keyboard would: radicals, compatibility, small, vertical, wide forms.

By table, never NFKC, which also rewrites ①, ㎡, ℃, … and every full-width mark. One character becomes one character.
"""

import numpy as np
import polars as pl

from tasks.clean.gated import COMPAT, needing, put
from tasks.content import Codes, bounds, count_per_run, decode, encode, lengths
from tasks.lexicons import pairs
from tasks.once import once


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Map the characters of `seeds/lexicons/compat.tsv` in column `text`; add `n_compat_mapped` (int32)."""
    texts, counts = frame["text"], np.zeros(len(frame), dtype=np.int32)
    rows = needing(frame, COMPAT).arg_true()
    if len(rows):
        some = texts[rows]
        codes, sizes = encode(some), lengths(some)
        mapped = _table()[codes]
        counts[rows.to_numpy()] = count_per_run(mapped != codes, bounds(sizes))
        texts = put(texts, rows, decode(mapped, sizes))
    return frame.with_columns(texts, n_compat_mapped=pl.Series(counts))


@once
def chars() -> str:
    """Return the characters this step maps."""
    return "".join(pairs("compat"))


@once
def _table() -> Codes:
    """What each code point becomes."""
    table = np.arange(0x110000, dtype=np.uint32)
    stands = np.frombuffer("".join(pairs("compat").values()).encode("utf-32-le"), dtype=np.uint32)
    table[np.frombuffer(chars().encode("utf-32-le"), dtype=np.uint32)] = stands
    return table
