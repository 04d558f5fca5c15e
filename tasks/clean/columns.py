"""Tell where the lines of two or more columns alternate, as `pdftotext` leaves them: no line continues the one before.

Such lines are flagged and kept as printed, never joined: a paragraph mixed from two stories would be silent damage.
"""

import polars as pl

from tasks.clean import runs
from tasks.clean.print_lines import INDENT

# A typesetter puts no first line after an unfinished full one, nor a full one after a short last one. Measured on 60
# pages and 32 other texts: at most 0.08 of the pairs of neighbours where columns are in order, else 0.19 and more.
_MANY = 0.14
_DISTANCES = range(2, 9)
_STRETCH = 160
_FEWEST = 15
_MOST = 0.4
_AT_ODDS = 8
_BROKEN = 0.15


def interleaved(kept: pl.DataFrame) -> pl.Series:
    """Flag the lines of stretches where columns alternate.

    Args:
        kept: The lines that `print_lines.describe` describes.

    Returns:
        `mixed` bool: in this stretch a line contradicts its neighbour about as often as any line near by.
    """
    wrap, width = pl.col("wrap_width"), pl.col("width")
    opens = pl.col("indents") & (pl.col("deep") >= INDENT)
    full = (pl.col("votes") & ~opens & ((width - wrap).abs() <= 0.8)).fill_null(value=False)
    first = (pl.col("votes") & (opens | ((width - wrap + INDENT).abs() <= 0.8))).fill_null(value=False)
    last = (pl.col("ends") & (width < wrap - INDENT - 0.2)).fill_null(value=False)
    # below a blank line any first line may stand after a last one
    frame = kept.select("doc", full=full, first=first, last=last & ~(runs.below(pl.col("gap"), 0) > 0))
    broken = pl.col("full") & pl.col("first").shift(-1)
    wrong = broken | (pl.col("last") & pl.col("full").shift(-1))
    # Few documents have any neighbours at odds: the rest is not looked at closer. Paragraphs set without an indent
    # are at odds after their last lines only.
    suspect = frame.with_row_index("row").filter(
        wrong.sum().over("doc") >= _AT_ODDS, broken.sum().over("doc") >= _BROKEN * wrong.sum().over("doc")
    )
    near = suspect.select(_contradictions(1))["rate"]
    far = suspect.select(pl.mean_horizontal(*[_contradictions(k).alias(f"rate_{k}") for k in _DISTANCES]))
    here = ((near >= _MANY) & (near >= 0.55 * far.to_series())).fill_null(value=False)
    # A page's ends, where the longest column stands alone, are of one piece with the rest.
    whole = pl.col("here").mean().over("doc") >= _MOST
    found = suspect.select("row", "doc", here=here).filter(pl.col("here") | whole)["row"]
    return pl.int_range(len(kept), dtype=pl.UInt32, eager=True).is_in(found.implode()).alias("mixed")


def _contradictions(distance: int) -> pl.Expr:
    """Share of the pairs of lines at a distance, around each line, that no typesetter sets one after the other."""
    later = {name: pl.col(name).shift(-distance).over("doc").fill_null(value=False) for name in ("full", "first")}
    told = (pl.col("full") | pl.col("last")) & (later["full"] | later["first"])
    wrong = (pl.col("full") & later["first"]) | (pl.col("last") & later["full"])

    def around(flag: pl.Expr) -> pl.Expr:
        return flag.cast(pl.Int32).rolling_sum(_STRETCH, min_samples=1, center=True).over("doc")

    return pl.when(around(told) >= _FEWEST).then(around(wrong) / around(told)).alias("rate")
