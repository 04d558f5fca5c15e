"""Gives each character the code point a keyboard would: radicals, compatibility, small, vertical, wide forms.

By table, never NFKC, which also rewrites ①, ㎡, ℃, … and every full-width mark. One character becomes one character.
"""

from functools import cache

import polars as pl

from tasks.clean.gated import where
from tasks.lexicons import pairs


def clean(text: pl.Expr) -> pl.Expr:
    """Return the text with the characters of `seeds/lexicons/compat.tsv` mapped."""
    return text.map_batches(lambda values: where(values, values.str.contains(_any()), _change), return_dtype=pl.String)


def count(text: pl.Expr) -> pl.Expr:
    """Count the characters `clean` maps, on the text before it (int32)."""
    return text.str.count_matches(_any()).cast(pl.Int32)


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Clean column `text` and add `n_compat_mapped`, in one scan."""
    frame = frame.with_columns(count(pl.col("text")).alias("n_compat_mapped"))
    return frame.with_columns(where(frame["text"], frame["n_compat_mapped"] > 0, _change))


@cache
def _any() -> str:
    return "[" + "".join(f"\\x{{{ord(char):x}}}" for char in pairs("compat")) + "]"


def _change(values: pl.Series) -> pl.Series:
    return values.str.replace_many(pairs("compat"))
