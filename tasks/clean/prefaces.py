"""Takes what a site's editor says before a text (以下是小编整理的……，欢迎阅读。), keeps a paper's key words."""

import polars as pl

from tasks.clean.gated import matching
from tasks.clean.patterns import matches
from tasks.clean.taking import free, keep, take

_TOP, _LONGEST, _HEAD = 8, 400, 40
_EDITOR = "小编"
_PREFACE = (
    "(?:以下|下面|下边|今天|这里)?[^。！？]{0,12}小编[^。！？]{2,80}"
    "(?:参考|阅读|帮助|收藏|喜欢|借鉴|看看吧?|一起来看|学习|查阅|分享)[^。！？]{0,12}[。！~～]+$"
)
# What is alike in the lines of a paper's head: its abstract, and under it the words that it is found by.
_ABSTRACT, _KEY_WORDS = r"^[【\[]?(?:内容|论文|中文)?摘[ \x{3000}]*要[】\]]?[：: ]", r"^[【\[]?关键[词字][】\]]?[：: ]"
_LABELS = ["related_label", "site_chrome_line", "meta_bar"]


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Name such lines.

    Args:
        frame: row, doc, text, n (characters), rank (in the document), alive, shape.

    Returns:
        The frame with `shape` set on an editor's words, and without it on the key words under an abstract.
    """
    return _with_key_words(_without_prefaces(frame))


def _without_prefaces(frame: pl.DataFrame) -> pl.DataFrame:
    rows = frame.select(top=free() & (pl.col("rank") < _TOP) & (pl.col("n") <= _LONGEST))["top"].arg_true()
    rows = rows.filter(frame["text"][rows].str.contains(_EDITOR, literal=True))
    return take(frame, rows.filter(matches(frame["text"][rows], _PREFACE)), "site_chrome_line")


def _with_key_words(frame: pl.DataFrame) -> pl.DataFrame:
    labels = frame["shape"].is_in(_LABELS).fill_null(value=False)
    rows = matching(frame["text"], labels, _KEY_WORDS).arg_true()
    if rows.is_empty():
        return frame
    # an abstract may have several print lines
    here = (frame["doc"].is_in(frame["doc"][rows].unique().implode()) & (frame["rank"] < _HEAD)).arg_true()
    found = here.filter(frame["text"][here].str.contains(_ABSTRACT))
    above = pl.DataFrame({"doc": frame["doc"][found], "at": found}).unique("doc", keep="first")
    told = pl.DataFrame({"doc": frame["doc"][rows], "row": rows}).join(above, on="doc")
    return keep(frame, told.filter(pl.col("row").is_between(pl.col("at"), pl.col("at") + _HEAD))["row"])
