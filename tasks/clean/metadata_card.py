"""Finds the table of particulars above a government paper: 索引号, 发文机关, 成文日期, each with its value.

One key proves nothing, as a text may have its own `标题：`; several together do, with or without colons, the value
beside its key or on the next line.
"""

import polars as pl

from tasks.clean import furniture_rules
from tasks.clean.spaces import without_spaces
from tasks.clean.taking import take

_WITHIN = 80
_LONGEST = 110
_KEYS, _SURE = 3, 2
_NUMBER = "[〔\\[（(][0-9]{4}[〕\\]）)][0-9]{1,4}号$"
_BULLETS, _SHORT = "•·●▪◆", 6


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Name the lines of such tables.

    Args:
        frame: row, doc, text, n, rank, alive, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    sure, keys = (furniture_rules.words(name) for name in ("card_key", "card_word"))
    some = frame.filter("alive", pl.col("n") <= _LONGEST, pl.col("rank") < _WITHIN).select("row", "doc", "text")
    opens = pl.col("text").str.strip_chars_start(f"{_BULLETS} \t\u3000").str.head(1)
    # cheap first: most lines open like no key
    keyed = some.filter(opens.is_in(sorted({key[0] for key in (*sure, *keys)})))
    of_keys = f"^(?:{'|'.join([*sure, *keys])})"
    keyed = _bared(keyed).filter(pl.col("bare").str.contains(of_keys))
    keyed = keyed.filter(pl.len().over("doc") >= _KEYS).with_columns(
        key=pl.col("bare").str.extract(f"({of_keys})"), rest=pl.col("bare").str.replace(of_keys, "")
    )
    alone = pl.col("rest").str.contains("^[：:]?$")
    colon = pl.col("rest").str.starts_with("：") | pl.col("rest").str.starts_with(":")
    beside = colon | pl.col("text").str.contains("[ \t\u3000]")
    # an English word may begin a sentence
    latin = pl.col("key").str.contains("^[A-Za-z]")
    keyed = keyed.filter(pl.when(latin).then(colon).otherwise(alone | beside)).with_columns(alone=alone)
    if keyed.is_empty():
        return frame
    # the line below a key that stands alone is its value, unless it is the next key
    values = keyed.filter("alone").select("doc", row=pl.col("row") + 1).join(keyed, on="row", how="anti")
    values = _without_headline(values, keyed, some)
    lines = pl.concat([keyed, values], how="diagonal").sort("row")
    apart = (pl.col("row").diff() > 1) | (pl.col("doc") != pl.col("doc").shift(1))
    lines = lines.with_columns(block=apart.fill_null(value=True).cum_sum())
    known = pl.col("key").is_in(list(sure))
    tables = lines.group_by("block").agg(
        pl.col("row"), keys=pl.col("key").drop_nulls().n_unique(), sure=pl.col("key").filter(known).n_unique()
    )
    rows = tables.filter(pl.col("keys") >= _KEYS, pl.col("sure") >= _SURE)["row"].explode()
    return take(frame, rows, "meta_bar")


def _without_headline(values: pl.DataFrame, keyed: pl.DataFrame, some: pl.DataFrame) -> pl.DataFrame:
    """What stands below the last key, which may have no value, is the headline unless it has a figure or is short.

    `罗政发〔2020〕5号` is the number of the document under any key but its own.
    """
    last = keyed.group_by("doc").agg(last=pl.col("row").max() + 1, key=pl.col("key").last())
    told = values.join(last, on="doc").join(some.select("row", "text"), on="row", how="left").pipe(_bared)
    number = pl.col("bare").str.contains(_NUMBER) & ~pl.col("key").str.contains("号")
    valued = pl.col("bare").str.contains("[0-9]") & ~number | (pl.col("bare").str.len_chars() <= _SHORT)
    return told.filter((pl.col("row") != pl.col("last")) | valued.fill_null(value=True)).select("doc", "row")


def _bared(some: pl.DataFrame) -> pl.DataFrame:
    return some.with_columns(bare=without_spaces(some["text"]).str.strip_chars_start(_BULLETS))
