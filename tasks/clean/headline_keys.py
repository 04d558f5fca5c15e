"""What copies of a headline share, whatever their marks, and what an entry of a table of contents shares with it."""

import polars as pl

from tasks.clean.figures import ORDINAL
from tasks.clean.patterns import HAN

# 在……会议上讲话 and ……会议上的讲话 are one headline.
_REST = f"[^0-9A-Za-z{HAN}]+|[在的]"
# An entry in a table of contents, and the page that it sends to.
ENTRY, _TO_PAGE = (
    f"^(?:[0-9]{{1,2}}[.．、]|[（(][0-9]{{1,2}}[）)]|{ORDINAL}{{1,3}}、)[ \u3000]*",
    r"[ .…·]+[0-9]{1,4}$",
)


def key(text: pl.Expr) -> pl.Expr:
    """Return what two copies of a headline share: letters and digits alone."""
    return text.str.replace_all(_REST, "").str.to_lowercase()


def entry_key(text: pl.Expr) -> pl.Expr:
    """Return what an entry of a table of contents shares with the headline below that it names."""
    return key(text.str.replace(ENTRY, "").str.replace(_TO_PAGE, ""))
