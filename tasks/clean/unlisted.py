"""Lines of a site's or a paper's own in wordings that no list has: told by their characters, and by where they stand.

What says much for itself is taken anywhere between sentences, what says less beside other furniture or outside the
text.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks.clean import furniture_rules, line_odds, runs
from tasks.clean.gated import matching
from tasks.clean.patterns import matches

Docs = NDArray[np.uint32]

# Log-odds that are believed. Of 70,000 lines and pieces of lines of texts 0, 2, 9 and 26 have as much, of 41,000
# sentences none. The only line above a text has to say more: it may be its headline.
_ALONE, _SURE, _OUTSIDE, _LIKELY = 4.5, 3.0, 2.0, 1.0
_SHORTEST, _LONGEST, _SHALLOW = 3, 120, 14
_BESIDE = ["site_chrome_line", "related_label", "nav_word", "meta_bar", "page_footer", "page_header", "editor_line"]
_BAR = "20[0-9]{2}|时间|日期|来源"
# a telephone or a postcode may be a notice's own; a row of a table; a dateline, and below it who reports
_OF_TEXT = r"^[^：:]+[：:][0-9（）()转、 —-]{5,}$|^\|.*\|$|[0-9] ?日[讯电]$"


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take such lines.

    Args:
        frame: doc, text, n, alive, ends, fresh, loose, flat, wrapped, led_to, body, shape, in source order.

    Returns:
        The frame with `shape` set on such lines, which are no `body` then.
    """
    text, n = frame["text"], frame["n"]
    # what fills a column in mid-sentence is its line
    open_to_doubt = frame["fresh"] | frame["loose"]
    able = frame["alive"] & frame["shape"].is_null() & n.is_between(_SHORTEST, _LONGEST) & open_to_doubt
    rows = _hinting(text, able & ~frame["body"], "unlisted")
    rows = rows.filter(~matches(text[rows], _OF_TEXT))
    # 云江日报罗坪6月26, and 日讯 on the next line
    next_text, same = (
        text.shift(-1, fill_value="")[rows],
        (frame["doc"].shift(-1) == frame["doc"]).fill_null(False)[rows],
    )
    rows = rows.filter(~(same & next_text.str.starts_with("日") & text[rows].str.contains("[0-9]$")))
    known = frame["shape"].is_in(_BESIDE).fill_null(value=False)
    # where nothing else speaks of a site, no sentence is its own
    of_site = frame["doc"].is_in(frame["doc"].filter(known).append(frame["doc"][rows]).unique().implode())
    sentences = able & frame["body"] & frame["ends"] & frame["fresh"] & of_site
    rows = pl.concat([rows, _hinting(text, sentences, "unlisted_sentence")]).sort()
    if rows.is_empty():
        return frame
    odds = np.full(len(frame), -np.inf, dtype=np.float32)
    odds[rows] = line_odds.odds(text[rows])
    again = _on_each_page(frame, rows, odds)
    # a piece of a flattened text that is not short may be a print line of it, one below an open sentence its end
    doubted = (frame["flat"] & (n > _SHALLOW) | ~frame["fresh"]).to_numpy() & ~again
    odds[doubted & (odds < _ALONE)] = -np.inf
    # right above a bar stands a headline
    headed = frame.select(runs.below(pl.col("shape") == "meta_bar", False)).to_series().to_numpy()
    odds[headed & (odds < _SURE)] = -np.inf
    odds[frame["led_to"].to_numpy()] = -np.inf
    if odds.max() < _LIKELY:
        return frame
    told = frame.select("doc", "shape", "body", likely=pl.Series(odds >= _LIKELY))
    body = pl.col("body") & ~pl.col("likely")
    before, after = told.select(before=runs.so_far(body) == 0, after=runs.to_go(body) == 0).to_numpy().T
    outside = before | after
    sure = (odds >= _SURE) & (outside | ~frame["body"].to_numpy())
    # above a text a line of a column may be a piece of its headline
    sure |= (odds >= _OUTSIDE) & (after | (before & ~frame["wrapped"].to_numpy()))
    backed = _backed(frame["doc"].to_numpy(), odds >= _LIKELY, known.to_numpy() | sure | again)
    taken = pl.Series(not_alone(frame, backed, odds >= _ALONE))
    named = pl.when(matching(text, taken, _BAR)).then(pl.lit("meta_bar")).otherwise(pl.lit("unlisted_line"))
    return frame.with_columns(shape=pl.when(taken).then(named).otherwise("shape"), body=frame["body"] & ~taken)


def _hinting(text: pl.Series, able: pl.Series, words: str) -> pl.Series:
    """List the rows in which one of the words is that most lines of sites hold one of."""
    rows = able.arg_true()
    return rows.filter(text[rows].str.contains(furniture_rules.one_of(words)))


def _on_each_page(frame: pl.DataFrame, rows: pl.Series, odds: line_odds.Odds) -> line_odds.Flags:
    """Tell the likely lines that a document has several times, but for their numbers: they stand on each page."""
    likely = rows.filter(pl.Series(odds[rows] >= _LIKELY))
    asked = frame[likely].select("doc", pl.col("text").str.replace_all("[0-9]+", "0"))
    told = np.zeros(len(frame), dtype=np.bool_)
    told[likely] = asked.is_duplicated().to_numpy()
    return told


def _backed(doc: Docs, likely: line_odds.Flags, known: line_odds.Flags) -> line_odds.Flags:
    """Tell the likely lines that are known, or stand in a row of such lines, of which one is known."""
    linked = known | likely
    opens = np.r_[True, (doc[1:] != doc[:-1]) | ~linked[1:] | ~linked[:-1]]
    stack = np.cumsum(opens) - 1
    backed: line_odds.Flags = np.bincount(stack, known)[stack] > 0
    return likely & backed


def not_alone(frame: pl.DataFrame, taken: line_odds.Flags, sure: line_odds.Flags) -> line_odds.Flags:
    """Leave out what would be the only headline of the first text of a document."""
    doc, body = frame["doc"].to_numpy(), frame["body"].to_numpy()
    asked = np.flatnonzero(taken & ~sure & ~body)
    left = np.flatnonzero((frame["alive"] & frame["shape"].is_null() & (frame["n"] > 1)).to_numpy() & ~taken)
    if not len(asked) or not len(left):
        return taken
    at = np.searchsorted(left, asked)
    below, above = left[np.minimum(at, len(left) - 1)], left[np.maximum(at - 1, 0)]
    first = (at == 0) | (doc[above] != doc[asked])
    heads = first & (at < len(left)) & (doc[below] == doc[asked]) & body[below]
    kept = taken.copy()
    kept[asked[heads]] = False
    return kept
