"""What the rules of furniture know of each line: its length, how it ends, whether it is text, what runs into it."""

import polars as pl

from tasks.clean import runs
from tasks.clean.gated import matching

# Characters of a line that is text where it ends a sentence, of one that is text for its length, with a mark or none.
BODY, _LONG, _LONGEST_TITLE = 15, 60, 90
_TERMINAL, _CLOSING = list("。！？…；："), "”’）》」』"
# 2020 年 12 月 15 日, of which a signature is made, and （新华社云江12月15日电）, a credit
_DAY, _CREDIT = 16, 24
# A column: so many lines, of so many characters at most, so many of them broken off; a full line of it.
_MANY, _WRAPPED, _BROKEN, _FULL = 8, 45, 0.15, 0.9
# Lines from the top of a document: above any sentence, among the headlines of a flattened text.
HEAD, _HEADS = 4, 2
# Their shapes are whole enough to be believed in mid-sentence, on a line that the column did not fill.
_TELLING = 6
_NUMBERED = "^(?:[-—–] ?[0-9]|第 ?[0-9]+ ?页|[0-9]+ ?[/／] ?[0-9]+)"


def describe(lines: pl.DataFrame) -> pl.DataFrame:
    """Add what the rules ask about.

    Args:
        lines: row, doc, text, gap, flat, removed, in source order.

    Returns:
        The frame with, of each line, n (characters), rank (in its document), alive (kept so far), ends (closes a
        sentence), marked (has a mark inside), aside (stands in brackets), closed (the line above ends something), body
        (is running text); of its document width and wrapped (it is a column of print lines); full (fills the column),
        loose (does not), fresh (no sentence runs on into it); and shape, what a rule has named it: null.
    """
    frame = lines.with_columns(
        last=pl.col("text").str.tail(4).str.strip_chars_end(_CLOSING).str.tail(1),
        n=pl.col("text").str.len_chars().cast(pl.Int32),
        alive=pl.col("removed").is_null(),
        flat=pl.col("flat").fill_null(False),
        shape=pl.lit(None, pl.String),
        marked=pl.col("text").str.contains("[，。；、]"),
        rank=runs.rank(),
        aside=pl.col("text").str.starts_with("（") & pl.col("text").str.ends_with("）"),
    ).with_columns(
        ends=pl.col("last").is_in(["", *_TERMINAL]),
        signed=((pl.col("last") == "日") & (pl.col("n") <= _DAY)) | (pl.col("aside") & (pl.col("n") <= _CREDIT)),
    )
    frame = frame.join(_habits(frame), on="doc", how="left", maintain_order="left")
    width, wrapped = pl.col("width"), pl.col("wrapped")
    # 、 may stand in a headline of two decks
    named = ~pl.col("ends") & pl.col("n").is_between(_LONG, _LONGEST_TITLE, closed="right")
    commas = pl.lit(matching(frame["text"], frame.select(named)["ends"], "[，。；]"))
    frame = frame.with_columns(
        closed=runs.above(pl.col("ends") | pl.col("signed") | ~pl.col("alive"), True),
        filled=pl.col("n").is_between(_FULL * width, width / _FULL),
        # above the first line of prose there is no sentence that could run on
        opening=(pl.col("rank") < HEAD) | (runs.so_far(pl.col("marked") & (pl.col("n") >= BODY)) == 0),
        # a flattened text opens with headlines, and 、 may stand in those
        printed=pl.col("flat")
        & (pl.col("text").str.contains("[，。；：]") | (pl.col("marked") & (pl.col("rank") >= _HEADS))),
    )
    return frame.with_columns(
        body=pl.col("alive")
        & (
            pl.col("printed")
            | (pl.col("n") > pl.when(pl.col("marked") & (~named | commas)).then(_LONG).otherwise(_LONGEST_TITLE))
            | (pl.col("ends") & ((pl.col("n") >= BODY) | wrapped))
        ),
        fresh=pl.col("flat") | ~wrapped | (pl.col("gap") > 0) | pl.col("closed") | pl.col("opening"),
        full=wrapped & pl.col("filled") & ~pl.col("ends"),
        loose=wrapped
        & ((pl.col("n") >= _TELLING) | pl.col("text").str.contains(_NUMBERED))
        & ~pl.col("filled")
        & ~pl.col("ends"),
    )


def _habits(frame: pl.DataFrame) -> pl.DataFrame:
    """Tell documents of lines of one length that hold prose and yet do not end it: any word may stand alone there."""
    n, width = pl.col("n"), pl.col("n").quantile(0.9)
    return frame.group_by("doc", maintain_order=True).agg(
        width.alias("width"),
        wrapped=(pl.len() >= _MANY)
        & ((pl.col("marked") & ~pl.col("ends")).mean() >= _BROKEN)
        & ~pl.col("flat").any()
        & (width <= _WRAPPED)
        # one long paragraph among bars of a page is no column
        & (n.filter(n > _LONG).sum() * 2 <= n.sum()),
    )
