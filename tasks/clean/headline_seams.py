"""Tells, below a line that may be a headline, whether its words run on: print breaks a line anywhere, a headline ends.

Measured on 1,200 headlines of a newscast over their texts, and on 2,400 print lines of these that hold no mark: no
known run of characters, or a rare one, stands over the seam of 88 % of the headlines and of 13 % of the print lines.
"""

import numpy as np
import polars as pl

from tasks.clean import phrases, print_pieces, runs, text_nodes, widths
from tasks.clean.arrays import Flags, Lines, above, below

# Log-odds of known runs over the seam; how many of a text's paragraphs may stand below a blank line.
_KNOWN, _FEW = 1.0, 0.6
# Where most do, and hardly a sentence goes on below one, a blank line speaks for a headline, or for a heading.
_MOST, _HARDLY, _SELDOM = 0.7, 0.05, 0.1
# Of a line's width; what it has more, and a text's first line less, than a full one.
_SHORTEST, _WIDER, _NARROWER = 6.0, 0.8, 2.6


def close_wraps(headlines: pl.Series, full: pl.Series) -> pl.Series:
    """Close the spaces of headlines that stand where a print line is full and a known run of characters goes on.

    Args:
        headlines: texts that were run into one line, their line ends now spaces; those between units stay.
        full: the width of a print line of each.
    """
    frame = pl.DataFrame({"unit": headlines.str.split(" "), "full": full}).with_row_index("row")
    units = frame.explode("unit").filter(pl.col("unit") != "")
    if units.is_empty():
        return headlines
    units = units.with_columns(widths.width(units["unit"]))
    behind = print_pieces.ends_full_line("row").shift(1, fill_value=False) & (runs.rank("row") > 0)
    rows = units.select(behind=behind)["behind"].arg_true().to_numpy()
    if not len(rows):
        return headlines
    ends = phrases.ends([*units["unit"][rows - 1], *units["unit"][rows]])
    at = np.arange(len(rows))
    known = rows[phrases.over_the_seam(ends, at, at + len(rows)) > 0]
    glue = np.full(len(units), " ", dtype=object)
    glue[known] = ""
    joined = units.with_columns(unit=pl.Series(glue, dtype=pl.String) + pl.col("unit"))
    whole = joined.group_by("row", maintain_order=True).agg(pl.col("unit").str.join("").str.strip_chars())
    return headlines.clone().scatter(whole["row"], whole["unit"])


def ends_headline(of: Lines, texts: pl.Series) -> Flags:
    """Tell the lines below one that heads its document or stands under a blank line, if that tells it from paragraphs.

    Args:
        of: what `print_lines.describe` told of the kept lines.
        texts: their texts.
    """
    heads = of.tops & ~of.outline & ~of.label & ~of.goes_on & (of.width >= _SHORTEST)
    heads &= of.first | of.p_ends & (of.gap > 0)
    # below a headline a line is full, but for its indent
    parted = (of.gap > 0) & (of.gap_at_start >= _MOST) & (of.width >= of.wrap_width - _NARROWER)
    numbered = above(of.heads & of.p_ends & (of.gap > 0), fill=False) & parted & (of.gap_inside <= _SELDOM)
    parted &= of.gap_inside <= _HARDLY
    close = (of.gap == 0) & (above(of.first, fill=False) | (of.gap_at_start <= _FEW))
    # the second line of a headline may run on in other words
    over = below(of.prose, fill=False) & (of.doc == below(of.doc, np.nan))
    text = of.prose | (of.width >= of.wrap_width - np.where(of.flat, _NARROWER, 1.0)) & over
    found: Flags = above(heads, fill=False) & (close | parted) | numbered
    found &= text & ~of.first & ~np.isnan(of.wrap_width)
    rows = np.flatnonzero(found)
    if not len(rows):
        return found
    around = np.union1d(rows, rows - 1)
    ends = phrases.ends(texts[around].to_list())
    odds = phrases.over_the_seam(ends, np.searchsorted(around, rows - 1), np.searchsorted(around, rows))
    # a text may open without a headline: there more has to speak for one
    upper, lower = texts[rows - 1], texts[rows]
    told = ~of.first[rows - 1] | ((of.width - of.wrap_width)[rows - 1] > _WIDER)
    told |= (parted | numbered)[rows] | upper.str.contains(" ", literal=True).to_numpy()
    told |= text_nodes.says_again(upper, lower)
    # in a flattened text nothing else can
    told |= of.flat[rows] & (odds <= 0) & ~upper.str.contains("[，。；：！？、]").to_numpy()
    found[rows] = told & (odds <= _KNOWN)
    return found
