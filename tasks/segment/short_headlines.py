"""Headlines of two or three characters: a text's first line (老井), and what kind of notice it is (讣告)."""

import polars as pl

from tasks.clean import runs
from tasks.clean.document_names import NOTICES, OPENINGS, PROCEEDINGS
from tasks.clean.gated import ask

_SHORTEST, _LONGEST, _SENTENCE = 2, 3, 5
_HAN = "^[一-鿿]{2,3}$"
_NOTICE = f"^(?:{NOTICES})$"
# Under the name of a meeting, what was said or decided there.
_KIND = f"^(?:{PROCEEDINGS})$"
# What stands over a text and names a part of it, or who speaks.
_PARTS = f"^(?:{OPENINGS}|目录|正文|附件|旁白|记者)$"


def tell(blocks: pl.DataFrame) -> pl.Series:
    """Tell a document's first line over a sentence, a notice's name below a finished text, a kind below a headline.

    Args:
        blocks: kept blocks with doc, text, length, ends, stops, credits, byline, addressed, head.
    """
    under = (pl.col("doc") == pl.col("doc").shift(-1)).fill_null(value=False)
    told = pl.col("addressed") | pl.col("stops") & (pl.col("length") >= _SENTENCE)
    short = pl.col("length").is_between(_SHORTEST, _LONGEST) & ~pl.col("ends") & ~pl.col("byline")
    first = (pl.col("doc") != pl.col("doc").shift(1)).fill_null(value=True)
    finished = runs.above(pl.col("ends") | pl.col("credits"), False)
    some = blocks.select(likely=short & under & told.shift(-1) & (first | finished), first=first)
    likely = some["likely"].fill_null(value=False)
    likely_kind = blocks.select(asked=short & under & runs.above(pl.col("head"), False))["asked"].fill_null(value=False)
    notices = ask(blocks["text"], likely, lambda texts: texts.str.contains(_NOTICE))
    names = ask(
        blocks["text"], likely & some["first"], lambda texts: texts.str.contains(_HAN) & ~texts.str.contains(_PARTS)
    )
    kinds = ask(blocks["text"], likely_kind, lambda texts: texts.str.contains(_KIND))
    return notices | names | kinds
