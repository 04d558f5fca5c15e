"""Join print lines to paragraphs: a line ends where the next word no longer fits, or where its paragraph ends.

Every reading of two lines has a cost (1 a hint, 3 evidence, 8 near certainty); the cheapest reading of the text wins.
"""

import numpy as np
import polars as pl

from tasks.clean import chain, columns, print_lines, runs

_PROSE = 20.0
_SURE = 30.0
# A paragraph's last line is full by chance once in ten.
_FULL_BY_CHANCE = 2.0


def join(lines: pl.DataFrame) -> pl.DataFrame:
    """Mark the lines that continue the paragraph of the kept line before them.

    Args:
        lines: The lines frame with justified, flat and starts_paragraph.

    Returns:
        The same rows with joins bool, joiner str, wrap_width f32 (null where text is not wrapped), block u32 (number
        of the run of lines between blank lines), mixed bool (columns alternate here, so nothing is joined).
    """
    frame = lines.with_row_index("row").with_columns(block=runs.so_far(pl.col("gap") > 0).cast(pl.UInt32))
    described = print_lines.describe(frame)
    mixed = columns.interleaved(described)
    kept = _priced(described)
    steps = chain.Steps(*(kept[name].to_numpy().astype(np.float64) for name in chain.Steps._fields))
    starts = pl.Series(chain.starts(steps, kept["first"].to_numpy()), dtype=pl.Boolean)
    decided = kept.select("row", "wrap_width", mixed, joins=~starts & ~mixed, joiner=_joiner())
    return (
        frame.join(decided, on="row", how="left", maintain_order="left")
        .with_columns(pl.col("joins", "mixed").fill_null(value=False), pl.col("joiner").fill_null(""))
        .drop("row")
    )


def _joiner() -> pl.Expr:
    """A space where a wrap parted Latin words; on a grid it parts letters."""
    latin = pl.col("text").str.contains("^[A-Za-z]") & pl.col("before").str.contains("[A-Za-z]$") & ~pl.col("grid")
    return pl.when(latin).then(pl.lit(" ")).otherwise(pl.lit(""))


def _priced(kept: pl.DataFrame) -> pl.DataFrame:
    """Price the four readings of each line after its predecessor."""
    wrap, ghost = pl.col("wrap_width"), pl.col("ghost")
    # A piece of a flattened text may hold two print lines, where the wrap fell beside a digit.
    extra = pl.when("flat").then(((pl.col("width") - 1.6) / wrap).floor().clip(0)).otherwise(0.0) * wrap
    over = pl.col("core") - extra - wrap + ghost - 0.5
    overfull = pl.when("justified").then(0.0).otherwise((over * 2.0).clip(0, 4)).fill_null(0.0)
    room_more = _room(wrap + extra.shift(1))
    room_start = _room(wrap + extra.shift(1) - ghost)
    wrapped = wrap.is_not_null() & pl.col("p_wrap_width").is_not_null()
    start = _break() + overfull
    # Only a heading ends in no mark, and it seldom has more than one line.
    broken = pl.when(~_finished() & ~pl.col("p_prose") & ~pl.col("p_goes_on")).then(2.5).otherwise(0.0)
    more = pl.when(_heading_goes_on()).then(-9.0).when("p_ends").then(1.5).when("p_pauses").then(0.5).otherwise(0.0)
    told = pl.when(pl.col("starts_paragraph") | pl.col("turns")).then(-_SURE)
    sure = told.when(~pl.col("starts_paragraph")).then(_SURE).otherwise(0.0).fill_null(0.0)

    def breaks(start: pl.Expr, room: pl.Expr) -> pl.Expr:
        by_print = start + pl.when(room > 0).then(0.0).otherwise(_FULL_BY_CHANCE)
        return pl.when(wrapped).then(by_print).otherwise(_break_of_unwrapped()) + sure

    def joins(room: pl.Expr) -> pl.Expr:
        return pl.when(wrapped).then(more + room).otherwise(0.0)

    priced = kept.with_columns(
        start_after_start=breaks(start, room_start),
        start_after_more=breaks(start + broken, room_more),
        more_after_start=joins(room_start),
        more_after_more=joins(room_more),
    )
    return priced.with_columns(pl.col(name).fill_null(0.0).fill_nan(0.0) for name in chain.Steps._fields)


def _room(capacity: pl.Expr) -> pl.Expr:
    """Price a join by the room that the line before left: the next word would have fitted."""
    left = capacity - pl.col("p_width") - pl.col("unit")
    left = pl.when(left > 0).then((left - pl.col("p_give")).clip(0)).otherwise(left)
    return pl.when(pl.col("p_justified") | (left < -0.3)).then(0.0).otherwise((2.0 + left * 3.0).clip(0, 9))


def _break() -> pl.Expr:
    """Price a paragraph start by how the line before ends, how this one begins, and what stands between them."""
    stop = (
        pl.when("inside")
        .then(20.0)
        .when("p_ends")
        .then(0.0)
        .when("p_pauses")
        .then(1.0)
        .when("p_goes_on")
        .then(9.0)
        .when("p_prose")
        .then(6.0)
        .when(pl.col("p_named") & pl.col("prose"))
        .then(-2.0)
    ).otherwise(2.5)
    heading = pl.col("p_outline") | (pl.col("gap") > 0)
    opens = (
        pl.when("flows").then(8.0)
        .when(_headline()).then(-8.0)
        .when(pl.any_horizontal("day", "credit", "signs") & (pl.col("p_ends") | ~pl.col("p_prose"))).then(-8.0)
        .when(pl.col("dateline") & ~pl.col("p_goes_on")).then(-4.0)
        .when(pl.col("outline") & _finished()).then(-5.0)
        .when(pl.col("chapter") & ~pl.col("p_prose") & (pl.col("width") < pl.col("wrap_width") - 2.0)).then(-5.0)
        # a heading, then its first clause
        .when(pl.col("outline") & ~pl.col("p_prose") & ~pl.col("p_goes_on") & heading).then(-5.0)
        .when(pl.col("outline") & ~pl.col("p_goes_on")).then(-1.0)
    ).otherwise(0.0)  # fmt: skip
    seen = pl.when("indents").then(pl.when(pl.col("deep") >= 2).then(-8.0).otherwise(3.0)).otherwise(0.0)
    return stop + opens + seen + _blank_line()


def _headline() -> pl.Expr:
    """Words without a mark that leave room on their line, below a finished text and a blank line; or two such lines."""
    short = ~pl.col("prose") & (pl.col("width") < pl.col("wrap_width") - 2.0)
    whole = short & ~pl.col("ends") & ~pl.col("pauses")
    two = ~pl.col("prose") & runs.below(whole & (pl.col("gap") == 0), False)
    return (pl.col("gap") > 0) & pl.col("p_ends") & ~pl.col("p_goes_on") & (whole | two)


def _finished() -> pl.Expr:
    """The line before ends in a mark that can end a paragraph."""
    return pl.col("p_ends") | pl.col("p_pauses")


def _blank_line() -> pl.Expr:
    """Price a blank line, or its absence, by how often the document puts one before a paragraph and inside one."""
    at_start, inside = pl.col("gap_at_start"), pl.col("gap_inside")
    blank = pl.col("gap") > 0
    likely = pl.when(blank).then(at_start / inside).otherwise((1 - at_start).clip(0.02) / (1 - inside).clip(0.02))
    return pl.when("alone").then((-likely.log()).clip(-2.5, 2.5)).otherwise(0.0)


def _heading_goes_on() -> pl.Expr:
    """An outline heading broken over two lines: neither holds a sentence, and the next line starts something else."""
    two = pl.col("p_outline") & ~pl.col("p_prose") & ~pl.col("p_ends") & (pl.col("gap") == 0) & ~pl.col("outline")
    rest = ~pl.col("prose") & ~pl.col("ends") & ~pl.col("pauses") & (pl.col("ends_block") | pl.col("n_outline"))
    long = pl.col("p_width") >= 0.6 * pl.col("wrap_width")
    return two & rest & long & (pl.col("width") < pl.col("wrap_width") - 3.0)


def _break_of_unwrapped() -> pl.Expr:
    """Where lines are not wrapped each is a paragraph, unless it is cut in mid-sentence."""
    fresh = pl.col("outline") | pl.col("dateline")
    open_end = ~pl.col("p_ends") & ~pl.col("p_pauses") & (pl.col("p_width") >= _PROSE)
    sentence = pl.col("p_prose") & (pl.col("prose") | pl.col("ends"))
    # An item of a list ends in a semicolon, and has a number: without one it is the rest of the item before.
    item = pl.col("p_outline") & pl.col("pauses")
    cut = open_end & ~fresh & (sentence & ~pl.col("p_heads") | item | pl.col("p_goes_on"))
    return pl.when(cut | pl.col("flows")).then(8.0).otherwise(-8.0)
