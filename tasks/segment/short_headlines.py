"""Headlines of two or three characters: a text's first line (老井), and what kind of notice it is (讣告)."""

import polars as pl

from tasks.clean import runs
from tasks.clean.document_names import NOTICES
from tasks.clean.gated import ask

_SHORTEST, _LONGEST, _SENTENCE = 2, 3, 5
_HAN = "^[一-鿿]{2,3}$"
_NOTICE = f"^(?:{NOTICES})$"
# What stands over a text and names a part of it, or who speaks.
_PARTS = [
    "摘要",
    "目录",
    "前言",
    "序言",
    "引言",
    "导语",
    "导读",
    "提要",
    "正文",
    "附件",
    "按语",
    "编者按",
    "旁白",
    "记者",
]


def tell(blocks: pl.DataFrame) -> pl.Series:
    """Tell a document's first line over a sentence, and the name of a notice also below a finished text.

    Args:
        blocks: kept blocks with doc, text, length, ends, stops, credits, byline, addressed.
    """
    under = (pl.col("doc") == pl.col("doc").shift(-1)).fill_null(value=False)
    told = pl.col("addressed") | pl.col("stops") & (pl.col("length") >= _SENTENCE)
    short = pl.col("length").is_between(_SHORTEST, _LONGEST) & ~pl.col("ends") & ~pl.col("byline")
    first = (pl.col("doc") != pl.col("doc").shift(1)).fill_null(value=True)
    finished = runs.above(pl.col("ends") | pl.col("credits"), False)
    some = blocks.select(likely=short & under & told.shift(-1) & (first | finished), first=first)
    likely = some["likely"].fill_null(value=False)
    notices = ask(blocks["text"], likely, lambda texts: texts.str.contains(_NOTICE))
    names = ask(blocks["text"], likely & some["first"], lambda texts: texts.str.contains(_HAN) & ~texts.is_in(_PARTS))
    return notices | names
