"""What is furniture only beside a bar of a site: a bare number, a name under its empty label.

And the name of the site above `当前位置：`, where the headline stands below; and a text that a page holds twice.
"""

import numpy as np
import polars as pl

from tasks.clean.arrays import Flags
from tasks.clean.furniture_context import OUTLINE
from tasks.clean.gated import matching
from tasks.clean.patterns import HAN, narrow
from tasks.content import Counts, expand

_BARS = ["meta_bar", "editor_line"]
_NUMBER, _LONGEST_NUMBER = "^[0-9]+$", 9
_LABEL, _LONGEST_LABEL = narrow("(?:编辑|责编|记者|作者|校对|审核|摄影|通讯员)[：:]$"), 12
_NAME, _LONGEST_NAME = narrow(rf"^[{HAN}]{{2,4}}(?:[ 、][{HAN}]{{2,4}})?$"), 9
_NAMES, _FEWEST_TWICE, _PARAGRAPH = "^[^_，。]{2,40}(?:_[^_，。]{1,40}){2,}$", 4, 40
_PLACE, _TOP, _LONGEST_SITE, _HEADLINE = "位置", 12, 24, 6
_MENU = ["nav_word", "unlisted_line", "site_chrome_line"]


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take such lines.

    Args:
        frame: row, doc, text, n, rank, alive, ends, marked, wrapped, flat, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    frame = _taken(frame, "page_title", _said_before(frame))
    shape = frame["shape"]
    if shape.null_count() == len(shape):
        return frame
    free = frame["alive"] & shape.is_null() & ~frame["ends"] & ~frame["marked"] & ~frame["wrapped"] & ~frame["flat"]
    for name, found in (
        ("page_title", _page_names(frame, free)),
        ("meta_bar", _numbers(frame, free)),
        ("editor_line", _names(frame, free)),
        ("site_chrome_line", _above_places(frame, free)),
    ):
        frame = _taken(frame, name, found)
    return frame


def _taken(frame: pl.DataFrame, name: str, found: pl.Series) -> pl.DataFrame:
    if not found.any():
        return frame
    return frame.with_columns(shape=pl.when(found).then(pl.lit(name)).otherwise("shape"), body=pl.col("body") & ~found)


def _said_before(frame: pl.DataFrame) -> pl.Series:
    """The first half of a document whose second half is the same, with a paragraph in it."""
    none = pl.Series([False]).new_from_index(0, len(frame))
    doc, text = frame["doc"].to_numpy(), frame["text"]
    first = np.flatnonzero(np.append(True, doc[1:] != doc[:-1])[: len(doc)])
    size = np.diff(np.append(first, len(doc)))
    able = (size >= _FEWEST_TWICE) & (size % 2 == 0)
    first, half = first[able], size[able] // 2
    # most halves differ in their first line
    alike = _same(text, first, first + half)
    first, half = first[alike], half[alike]
    rows, of = expand(first, half), np.repeat(np.arange(len(first)), half)
    other = np.bincount(of, ~_same(text, rows, rows + half[of]), minlength=len(first)) > 0
    long = np.bincount(of, frame["n"].to_numpy()[rows] >= _PARAGRAPH, minlength=len(first)) > 0
    return none.scatter(rows[(long & ~other)[of]], values=True) & frame["alive"]


def _same(text: pl.Series, some: Counts, others: Counts) -> Flags:
    """Tell which of some lines are the same as others."""
    found: Flags = (text[some] == text[others]).fill_null(value=False).to_numpy()
    return found


def _page_names(frame: pl.DataFrame, free: pl.Series) -> pl.Series:
    """A page's first line of names parted by `_`, where a headline stands below it, right above a bar."""
    named = matching(frame["text"], free & (frame["rank"] == 0) & (frame["n"] >= _HEADLINE), _NAMES)
    if not named.any():
        return named
    bar = (frame["shape"] == "meta_bar").fill_null(value=False)
    head = free & (frame["n"] >= _HEADLINE) & bar.shift(-1, fill_value=False) & (frame["rank"].is_between(1, _TOP))
    return named & frame["doc"].is_in(frame["doc"].filter(head).unique().implode())


def _numbers(frame: pl.DataFrame, free: pl.Series) -> pl.Series:
    """A count that stands alone under a bar."""
    doc, bar = frame["doc"], (frame["shape"] == "meta_bar").fill_null(value=False).shift(1, fill_value=False)
    under = free & bar & (frame["n"] <= _LONGEST_NUMBER)
    return matching(frame["text"], under & (doc == doc.shift(1)).fill_null(value=False), _NUMBER)


def _names(frame: pl.DataFrame, free: pl.Series) -> pl.Series:
    """A name in the line below a label that has none."""
    label = (frame["n"] <= _LONGEST_LABEL) & frame["shape"].is_not_null()
    label = matching(frame["text"], label & frame["shape"].is_in(_BARS).fill_null(value=False), _LABEL)
    if not label.any():
        return label
    under = label.shift(1, fill_value=False) & (frame["doc"] == frame["doc"].shift(1)).fill_null(value=False)
    return matching(frame["text"], free & under & (frame["n"] <= _LONGEST_NAME), _NAME)


def _above_places(frame: pl.DataFrame, free: pl.Series) -> pl.Series:
    """Short lines above the place on the site, where a line below it may be the headline."""
    none = pl.Series([False]).new_from_index(0, len(frame))
    on_top = (frame["rank"] < _TOP) & frame["shape"].is_not_null()
    place = matching(frame["text"], on_top & frame["shape"].is_in(_MENU).fill_null(value=False), _PLACE)
    if not place.any():
        return none
    top = frame.select("row", "doc", "text", "n", "rank", "body", free=free, place=place).filter(
        pl.col("doc").is_in(frame["doc"].filter(place).unique().implode())
    )
    row, text = pl.col("row"), pl.col("text")
    top = top.with_columns(
        at=row.filter("place").min().over("doc"), first=row.filter("body").min().over("doc").fill_null(len(frame))
    )
    head = pl.col("free") & (pl.col("n") >= _HEADLINE) & (row > pl.col("at")) & (row < pl.col("first"))
    headed = (head & text.str.contains(f"[{HAN}]{{4}}") & ~text.str.contains(OUTLINE)).any().over("doc")
    above = pl.col("free") & (row < pl.col("at")) & (pl.col("n") <= _LONGEST_SITE) & (row < pl.col("first"))
    return none.scatter(top.filter(above & headed)["row"], values=True)
