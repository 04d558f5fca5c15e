"""Takes what is printed on every page besides its number: running titles, watermarks, the headline with each picture.

A line that comes again and again is one where it interrupts sentences, stands at even distances in a column, or beside
page numbers.
"""

import numpy as np
import polars as pl

from tasks.clean import runs, widths
from tasks.clean.codepoints import Flags
from tasks.clean.gated import matching
from tasks.clean.page_numbers import at_even_distances
from tasks.clean.patterns import HAN, matches, narrow
from tasks.clean.taking import OUTLINE, PROSE, free, take
from tasks.content import Counts

_LETTER = f"[A-Za-z{HAN}\u00c0-\u1fff\u3040-\u30ff\uac00-\ud7a3]"
_LONGEST, _LABEL = 60, 20
_PAGE = ("page_number", "page_header")
# A text in pages has its headline with the number of the page, and links to the others.
_OF_PAGES = "[ \u3000]*(?:[（(][0-9]{1,2}[）)]|第 ?[0-9]{1,2} ?页|[_-][0-9]{1,2})$"
# Lines from the top of a file among which its headline stands.
_TOP = 12
_PAGER = "[上下]一?页|第[0-9]+页"
# Of a headline that stands with each picture; how long it is where it stands with one alone.
_SHORTEST_COPY, _LONG_COPY, _PARAGRAPH = 10, 20, 28


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Name such lines.

    Args:
        frame: row, doc, text, n (characters), gap, alive, ends, closed, full, marked, wrapped, flat, body,
            shape.

    Returns:
        The frame with `shape` set on them; a headline that runs on over the pages is kept where it stands first.
    """
    left = frame.select("row", "doc", "text", "n", "wrapped", able=free("ends") & (pl.col("n") <= _LONGEST))
    some = left.filter("able").filter(pl.col("text").str.contains(_LETTER))
    some = some.filter(~pl.col("text").str.contains(PROSE), ~pl.col("text").str.contains(OUTLINE))
    some = some.with_columns(same=_same(pl.col("text"))).filter(pl.len().over("doc", "same") >= 2)
    titles = np.union1d(_headline_beside_numbers(frame), _with_pictures(frame))
    if not some.is_empty():
        titles = np.union1d(titles, _running(frame, some))
    return take(frame, pl.Series(titles), "running_title")


def _running(frame: pl.DataFrame, some: pl.DataFrame) -> Counts:
    """Of lines that come again (row, doc, text, wrapped, same) tell the running titles."""
    page = frame["shape"].is_in(_PAGE).fill_null(value=False).to_numpy()
    rows, doc = some["row"].to_numpy(), frame["doc"].to_numpy()
    before = _texts_above(frame, rows, page)
    key = ["doc", "same"]
    apart, within = _inside(frame, rows, before)
    some = some.with_columns(
        apart=pl.Series(apart),
        within=pl.Series(apart | within),
        beside=pl.Series(_beside(page, doc)[rows]),
        above=frame["text"][before.clip(0)],
        lines=pl.col("row").diff().over(key),
        # a line that fills its column is the column's own, unless it stands between blank lines
        fills=frame.select(pl.col("full") & ~((pl.col("gap") > 0) & (runs.below(pl.col("gap")) > 0))).to_series()[rows],
        # a form repeats its words, a table its rows
        title=pl.col("text").str.contains(rf"[{HAN}]{{2}}.*[{HAN}]{{2}}")
        & ~pl.col("text").str.contains(r"[：<>\\]|^（.*）$"),
    )
    count = pl.len().over(key)
    mostly = {name: pl.col(name).sum().over(key) * 2 >= count for name in ("apart", "within", "beside")}
    paged = mostly["beside"] | (pl.col("wrapped") & at_even_distances(*key))
    each = (pl.col("within") & pl.col("beside")).all().over(key)
    # where a passage comes again, so does the line above each of its lines
    other = pl.col("above").n_unique().over(key) * 4 > count * 3
    narrow = ~pl.col("fills") | pl.col("beside")
    likely = pl.col("title") & narrow & other & (each | ((count >= 3) & (mostly["within"] | paged)))
    taken = some.filter(((count >= 3) & mostly["apart"]) | likely)
    first = some.filter(pl.int_range(pl.len()).over(key) == 0)
    rows = first["row"].to_numpy()
    heads = rows[_are_headlines(frame, rows)]
    return np.setdiff1d(taken["row"].to_numpy(), heads)


def _headline_beside_numbers(frame: pl.DataFrame) -> Counts:
    """Find the headline, on one line or several, once more beside the number of a page or links to other pages."""
    page = frame["shape"].is_in(_PAGE).fill_null(value=False).to_numpy().copy()
    pager = (frame["shape"] == "site_chrome_line").fill_null(value=False)
    page |= matching(frame["text"], pager, _PAGER).to_numpy()
    if not page.any():
        return np.zeros(0, dtype=np.int64)
    able = frame.select(able=free("ends", "flat") & (pl.col("n") <= _LONGEST))["able"].to_numpy()
    lines = frame.select("row", "doc", "text", "rank")
    asked = lines[np.flatnonzero(able & _beside(page, frame["doc"].to_numpy()))]
    asked = asked.filter(pl.col("text").str.contains(f"[{HAN}]{{5}}") & (pl.col("rank") > 0))
    asked = asked.filter(~pl.col("text").str.contains(f"{PROSE}|{OUTLINE}"))
    if asked.is_empty():
        return np.zeros(0, dtype=np.int64)
    tops = lines.filter(pl.Series(able) & (pl.col("rank") < _TOP)).join(
        asked.select("doc").unique(), on="doc", how="semi"
    )
    after = [runs.below(pl.col("text")), runs.below(runs.below(pl.col("text")))]
    tops = tops.with_columns(one=pl.col("text") + after[0], two=pl.col("text") + after[0] + after[1])
    forms = [tops.select("doc", head="row", same=_same(pl.col(name))) for name in ("text", "one", "two")]
    found = asked.with_columns(same=_same(pl.col("text"))).join(pl.concat(forms).drop_nulls(), on=["doc", "same"])
    rows: Counts = found.filter(pl.col("row") > pl.col("head") + 1)["row"].unique().to_numpy()
    return rows


def _with_pictures(frame: pl.DataFrame) -> Counts:
    """Find copies of a document's first line alone between paragraphs: portals print it with each picture."""
    text, body, gap = pl.col("text"), pl.col("body"), pl.col("gap")
    # a song has its refrain between shorter lines
    prose = body & (pl.col("n") >= _PARAGRAPH)
    plain = free("body", "ends", "flat", "wrapped") & pl.col("n").is_between(_SHORTEST_COPY, _LONGEST)
    alone = plain & (gap > 0) & (runs.below(gap) > 0) & runs.above(prose) & runs.below(prose)
    copies = frame.select("row", "doc", "text", "n", alone=alone.fill_null(value=False)).filter("alone")
    if copies.is_empty():
        return np.zeros(0, dtype=np.int64)
    some = frame.filter(pl.col("doc").is_in(copies["doc"].unique().implode()))
    tops = some.filter(plain, runs.so_far(body) == 0).group_by("doc", maintain_order=True).agg(text.first())
    found = copies.join(tops, on=["doc", "text"], how="semi", maintain_order="left")
    found = found.filter((pl.len().over("doc") > 1) | (pl.col("n") >= _LONG_COPY))
    rows: Counts = found["row"].to_numpy()
    return rows


def _same(text: pl.Expr) -> pl.Expr:
    """Spell alike what pages of one text have above them: numbers of pages aside, all numbers one."""
    return text.str.replace(_OF_PAGES, "").str.replace_all("[0-9]+", "0").str.replace_all("[ \u3000]+", "")


def _texts_above(frame: pl.DataFrame, rows: Counts, page: Flags) -> Counts:
    """Find the last line above each that is text: neither a page number nor a line that comes again; -1 for none."""
    furniture = page | ~_flags(frame["alive"])
    furniture[rows] = True
    above: Counts = np.maximum.accumulate(np.where(furniture, -1, np.arange(len(frame))))[rows]
    return above


def _inside(frame: pl.DataFrame, rows: Counts, above: Counts) -> tuple[Flags, Flags]:
    """Tell the lines in mid-sentence that stand apart, and those below a text that fills its column without an end."""
    doc, full, closed = frame["doc"].to_numpy(), *(_flags(frame[name]) for name in ("full", "closed"))
    apart = frame.select((pl.col("gap") > 0) & (runs.below(pl.col("gap")) > 0) | (pl.col("flat") & (pl.col("n") <= 12)))
    over: Flags = (above >= 0) & (doc[above] == doc[rows])
    # a heading, or a cell of a table, may end in no mark: what is interrupted is a sentence
    likely = ~closed[rows] & _flags(apart.to_series())[rows] & over & ~_flags(frame["ends"])[above]
    sentence = _flags(frame["flat"] | frame["full"] | (frame["n"] > _LABEL))[above]
    asked = np.flatnonzero(likely & ~sentence)
    sentence[asked] = matches(frame["text"][above[asked]], PROSE).to_numpy()
    return likely & sentence, over & full[above]


def _are_headlines(frame: pl.DataFrame, first: Counts) -> Flags:
    """Tell which of these lines have no text above, and text right below: a headline can run on over the pages."""
    doc = frame["doc"].to_numpy()
    body = _flags(frame["body"]) & _flags(frame["alive"])
    passed = runs.count(body, np.append(True, doc[1:] != doc[:-1]))
    text = _flags(frame["marked"]) | _flags(frame["ends"]) | _flags(frame["full"])
    below = np.minimum(first + 1, len(frame) - 1)
    opens = matches(frame["text"][below], narrow(f"{OUTLINE}|{widths.DAY_OF_LAW}")).to_numpy()
    found: Flags = (passed[first] == 0) & (text[below] | opens) & (doc[below] == doc[first])
    return found


def _flags(values: pl.Series) -> Flags:
    return values.fill_null(value=False).to_numpy()


def _beside(page: Flags, doc: Counts) -> Flags:
    """Tell the lines right above or below a page number or header."""
    same = doc[1:] == doc[:-1]
    beside = np.zeros_like(page)
    beside[1:] |= page[:-1] & same
    beside[:-1] |= page[1:] & same
    return beside
