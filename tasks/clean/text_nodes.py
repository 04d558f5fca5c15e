"""Lines that are pieces of a paragraph, as where each text node of a page became a line: links and bold words part it.

No width tells here. What does: the piece above has no end, and known runs of characters go over the seam.
"""

from itertools import pairwise

import numpy as np
import polars as pl

from tasks.clean import phrases
from tasks.clean.arrays import Flags, Lines, above, below
from tasks.clean.figures import NUMERAL
from tasks.clean.gated import matching
from tasks.clean.patterns import narrow

_SPEAKER = narrow(r"^[\p{Han}]{2,8}(?:（[^（）]{1,12}）)?[：:]")
# 第五条本市行政区域内: its article, and no heading.
_CLAUSE = rf"^第{NUMERAL}{{1,8}}条.{{8}}"
_WIDEST, _MOST = 16.0, 4
_OPENING, _AGAIN = 40, 3
# A text of one sentence a line: lines below another and blank lines, lines at all, their width, the share of such.
_FEWEST, _LINES, _LEAST_WIDTH, _SINGLE = 3, 8, 20.0, 0.95
_SET_IN, _LONGEST_BLOCK, _FEW_ITEMS = 2, 6, 0.1
# Log-odds of one seam; of both seams of a piece; mean of all seams below a piece of prose.
_SURE, _BOTH, _BELOW_PROSE = 5.0, 3.0, 2.0


def go_on(of: Lines, texts: pl.Series) -> Flags:
    """Tell the lines that go on in the middle of a sentence of the line above.

    Args:
        of: what `print_lines.describe` told of the kept lines.
        texts: their texts.
    """
    special = of.outline | of.dateline | of.label | of.bullet | of.peg | of.starts_paragraph | of.turns
    open_end = ~of.ends & ~of.pauses
    piece = open_end & ~of.prose & ~special & (of.width <= _WIDEST)
    text = (of.prose | of.ends) & ~special
    unwrapped = np.isnan(of.wrap_width)
    seam = above(open_end & unwrapped & ~of.first, fill=False) & unwrapped & ~of.first & (of.gap == 0) & (piece | text)
    likely = seam & ~matching(texts, pl.Series(seam), _SPEAKER).to_numpy()
    whole = seam & ~above(of.prose, fill=False)
    # what ends in a bracket may be whole
    seam = likely & ~matching(texts.shift(1), pl.Series(whole), "[）》”】]$").to_numpy()
    reaches = seam & text
    for _ in range(_MOST):
        reaches |= seam & piece & below(reaches, fill=False)
    found: Flags = (
        unwrapped & ~of.first & (of.gap == 0) & above(of.open_end & unwrapped, fill=False) & of.shut & ~of.outline
    )
    rows = np.flatnonzero(reaches)
    if not len(rows):
        return found
    around = np.union1d(rows, rows - 1)
    ends = phrases.ends(texts[around].to_list())
    odds = np.zeros(len(texts))
    odds[rows] = phrases.over_the_seam(ends, np.searchsorted(around, rows - 1), np.searchsorted(around, rows))
    both = piece & (odds >= _BOTH) & (below(odds, 0.0) >= _BOTH) & below(reaches, fill=False)
    alone = np.flatnonzero(reaches & (odds >= _SURE))
    whole[alone] &= says_again(texts[alone - 1], texts[alone])
    # below a short heading a paragraph begins, whatever its words
    headed = above(of.outline & ~of.prose, fill=False) & text
    found[alone] |= ~whole[alone] & ~headed[alone]
    found |= both | above(both, fill=False)
    clause = matching(texts, pl.Series(below(reaches, fill=False) & of.outline), _CLAUSE)
    starts = np.flatnonzero(reaches & above((of.prose & ~of.heads) | clause.to_numpy(), fill=False))
    # from each such line to the text that its pieces reach
    ended = np.flatnonzero(reaches & text)
    last = ended[np.searchsorted(ended, starts)]
    sums = np.concatenate([[0.0], np.cumsum(odds)])
    told = (sums[last + 1] - sums[starts]) >= _BELOW_PROSE * (last + 1 - starts)
    change = np.zeros(len(texts) + 1, dtype=np.int64)
    np.add.at(change, starts[told], 1)
    np.add.at(change, last[told] + 1, -1)
    found |= reaches & (np.cumsum(change)[:-1] > 0)
    return found


def of_one_sentence(of: Lines, texts: pl.Series) -> Flags:
    """Tell the lines that go on in their block, where each line of a text holds one sentence and blocks are paragraphs.

    Args:
        of: what `print_lines.describe` told of the kept lines.
        texts: their texts.
    """
    doc = of.doc.astype(np.int64)
    whole = of.ends & of.prose & np.isnan(of.wrap_width)
    more: Flags = whole & above(whole, fill=False) & ~of.first & (of.gap == 0) & ~of.outline & ~of.dateline
    more &= ~of.starts_paragraph & ~of.turns & (of.indent < _SET_IN)
    parts = np.bincount(doc, (of.gap > 0) & ~of.first)
    held = (np.bincount(doc, more) >= _FEWEST) & (parts >= _FEWEST) & (np.bincount(doc) <= _LONGEST_BLOCK * parts)
    # articles and items of a law are paragraphs, whatever stands between them
    held &= np.bincount(doc, of.outline) <= _FEW_ITEMS * np.bincount(doc)
    # in a text of paragraphs hardly any stands below another without a blank line, where there are blank lines
    held &= np.bincount(doc, of.width * more) >= _LEAST_WIDTH * np.bincount(doc, more)
    rows = np.flatnonzero(whole & held[doc])
    if not len(rows):
        return np.zeros(len(texts), dtype=np.bool_)
    single = texts[rows].str.count_matches("[。！？]").to_numpy() == 1
    n_single, n = np.bincount(doc[rows], single, len(held)), np.bincount(doc[rows], minlength=len(held))
    more &= (held & (n >= _LINES) & (n_single >= _SINGLE * n))[doc]
    return more


def says_again(uppers: pl.Series, lowers: pl.Series) -> Flags:
    """Tell where a text begins with words of the line above, as it does below its headline."""
    pairs = zip(uppers.to_list(), lowers.str.head(_OPENING).to_list(), strict=True)
    return np.array(
        [sum(a + b in lower for a, b in pairwise(upper)) >= _AGAIN for upper, lower in pairs], dtype=np.bool_
    )
