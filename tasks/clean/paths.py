"""Tells the paths through a site on top of a page (`首页 > 要闻 > 正文`), and the lines that they lead to."""

import polars as pl

from tasks.clean import runs
from tasks.clean.gated import ask
from tasks.clean.taking import flagged

PATH, TOP = "[>＞»›]", 12
_SHORTEST, _LONGEST = 7, 60


def tell(frame: pl.DataFrame) -> pl.DataFrame:
    """Add two flags a line.

    Args:
        frame: doc, text, n, rank, shape, in source order.

    Returns:
        The frame with `path`: it is a path; and `led_to`: the path right above ends with it, so it is the headline
        where it is no section's name.
    """
    chrome = frame.select(on_top=(pl.col("shape") == "site_chrome_line") & (pl.col("rank") < TOP))["on_top"]
    path = ask(frame["text"], chrome.fill_null(value=False), lambda some: some.str.contains(PATH))
    frame = frame.with_columns(path=path, led_to=pl.lit(value=False))
    if not path.any():
        return frame
    below = frame.select(runs.above(pl.col("path"), False) & pl.col("n").is_between(_SHORTEST, _LONGEST))
    rows = below.to_series().arg_true()
    pairs = pl.DataFrame({"path": frame["text"][rows - 1], "text": frame["text"][rows]})
    ends = pairs.select(ends=pl.col("path").str.ends_with(pl.col("text")))["ends"]
    return frame.with_columns(led_to=flagged(frame, rows.filter(ends)))
