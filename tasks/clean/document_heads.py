"""Takes what stands about the name of a document: the masthead of its office, its number, the day in figures."""

import polars as pl

from tasks.clean import runs
from tasks.clean.figures import BARE_DAY
from tasks.clean.gated import matching
from tasks.clean.patterns import HAN, matches, narrow
from tasks.clean.taking import free, take

_NUMBER = rf"^[{HAN}]{{1,12}}[〔\[（(][0-9]{{4}}[〕\]）)]第?[0-9]{{1,4}}号(?:签发人：[{HAN}]{{2,4}})?$"
_LONGEST_ISSUER, _TOP = 40, 12
_SHORTEST, _LONGEST, _COPY = 8, 30, 10
_DAY_AND_HOUSE = narrow(
    # no speaker's day has a naught before its figures
    rf"^{BARE_DAY}$|^[0-9]{{4}}年(?:0[0-9]月[0-9]{{2}}|1[0-2]月0[0-9])日 +[\p{{Han}}]{{2,10}}$"
    rf"|^{BARE_DAY}(?: +[0-9:]{{4,8}})? +[\p{{Han}}]{{2,10}}$"
)
# As machines write a day: who writes a diary or a letter leaves the noughts out.
_DAY_OF_MACHINE = rf"^{BARE_DAY}$|^[0-9]{{4}}年(?:0[1-9]月[0-3][0-9]|1[0-2]月0[1-9])日$"
_HEADLINE = (6, 70)


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take such lines.

    Args:
        frame: row, doc, text, n, rank, alive, ends, marked, closed, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    return _numbers_and_days(_mastheads(frame))


def _mastheads(frame: pl.DataFrame) -> pl.DataFrame:
    """The name of an office over the number of its document: `罗坪县人民政府文件`, `罗政发〔2020〕5号`."""
    text = pl.col("text")
    some = frame.select(*("row", "text", "n", "rank", "alive"), next=runs.below(text))
    some = some.filter("alive", pl.col("rank") < _TOP, pl.col("n") <= _LONGEST_ISSUER).drop_nulls("next")
    red = some.filter(text.str.ends_with("文件") | text.str.ends_with("文 件"))
    red = red.filter(pl.col("next").str.replace_all(" ", "").str.contains(_NUMBER))
    return take(take(frame, red["row"], "page_header"), red["row"] + 1, "meta_bar")


def _numbers_and_days(frame: pl.DataFrame) -> pl.DataFrame:
    """A day in figures under a headline or on top of a text, and the number of a document above its name."""
    text = frame["text"]
    short = frame.select(short=free("ends") & pl.col("n").is_between(_SHORTEST, _LONGEST))["short"].arg_true()
    here = text[short]
    rows = short.filter(here.str.ends_with("号") | here.str.starts_with("20") | here.str.starts_with("19"))
    here = text[rows]
    day, number = matches(here, _DAY_AND_HOUSE), matches(here.str.replace_all(" ", ""), _NUMBER)
    opens = matching(here, frame["rank"][rows] == 0, _DAY_OF_MACHINE)
    told = day | number | opens
    rows, day, number, opens = rows.filter(told), day.filter(told), number.filter(told), opens.filter(told)
    if rows.is_empty():
        return frame
    over, under, then, rest = (_near(frame, rows, step) for step in (-1, 1, 2, 3))
    closed = frame["closed"][rows] | ~over["free"] | over["text"].str.ends_with("）")
    # a headline may be set over two lines, or three
    named = under["head"] & ~under["prose"] & (then["prose"] | then["head"] & (rest["prose"] | rest["head"]))
    heads = over["text"].str.head(_COPY)
    copied = ~under["prose"] & (heads == under["text"].str.head(_COPY)) & (heads.str.len_chars() == _COPY)
    # or more of a page's own stands between it and the text
    own = over["head"] & under["taken"]
    taken = (
        (day & (over["head"] & under["prose"] | own | copied)) | (number & closed & named) | (opens & under["prose"])
    )
    return take(frame, rows.filter(taken), "meta_bar")


def _near(frame: pl.DataFrame, rows: pl.Series, step: int) -> pl.DataFrame:
    """Look at the lines so many lines below: text, free (no furniture), taken, head (can be a headline), prose."""
    at = rows.cast(pl.Int64) + step
    there = frame.select("doc", "text", "n", "ends", "marked", "alive", "shape")[at.clip(0, len(frame) - 1)]
    same = (there["doc"] == frame["doc"][rows]) & (at >= 0) & (at < len(frame))
    text = pl.col("text")
    head = ~pl.col("ends") & pl.col("n").is_between(*_HEADLINE) & text.str.contains(f"[{HAN}]{{3}}")
    return there.with_columns(free=pl.lit(same) & free()).select(
        "text",
        "free",
        taken=pl.lit(same) & pl.col("alive") & pl.col("shape").is_not_null(),
        head=pl.col("free") & head & ~text.str.contains("[。；]"),
        prose=pl.lit(same) & (pl.col("marked") | pl.col("ends")),
    )
