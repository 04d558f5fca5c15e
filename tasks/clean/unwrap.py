"""Join print lines to paragraphs: a line ends where the next word no longer fits, or where its paragraph ends.

Every reading of two lines has a cost (1 a hint, 3 evidence, 8 near certainty); the cheapest reading of the text wins.
"""

import numpy as np
import polars as pl

from tasks.clean import chain, columns, headline_seams, indents, print_lines, runs, text_nodes
from tasks.clean.arrays import Flags, Lines, above, arrays, below
from tasks.clean.gated import matching

Prices = chain.Costs
_PROSE = 20.0
_SURE, _HEADLINE, _LONGER = 30.0, 45.0, 1.5
# A paragraph's last line is full by chance once in ten.
_FULL_BY_CHANCE = 2.0
# What a line leaves empty that a word would have filled.
_ROOM = 4.0
# How much of the text in a page's long blocks must be in such that end as paragraphs do.
_WHOLE_BLOCKS, _NO_LINE = 0.7, 50.0


def join(lines: pl.DataFrame) -> pl.DataFrame:
    """Mark the lines that continue the paragraph of the kept line before them.

    Args:
        lines: The lines frame with justified, flat and starts_paragraph; page, where some are lines of one.

    Returns:
        The same rows with joins bool, joiner str, wrap_width f32 (null where text is not wrapped), block u32 (number
        of the run of lines between blank lines), mixed bool (columns alternate here, so nothing is joined).
    """
    frame = lines.with_row_index("row").with_columns(block=runs.so_far(pl.col("gap") > 0).cast(pl.UInt32))
    kept = print_lines.describe(frame)
    mixed = columns.interleaved(kept)
    of = arrays(kept, told_to_join=~pl.col("starts_paragraph").fill_null(value=True))
    if "page" in kept.columns and of.page.any():
        of.starts_paragraph |= _of_whole_blocks(of)
    # a line of a form is whole
    labelled = above(of.label, fill=False) & ~of.first
    of.node = text_nodes.go_on(of, kept["text"]) & ~labelled | text_nodes.of_one_sentence(of, kept["text"])
    of.lists = matching(kept["text"], kept["p_heads"] & kept["pauses"], "：$").to_numpy()
    of.headed = headline_seams.ends_headline(of, kept["text"])
    joins = ~chain.starts(_priced(of), of.first) & ~mixed
    decided = kept.select("row", "wrap_width", joins=joins, mixed=mixed, joiner=_joiner(kept))
    return (
        frame.join(decided, on="row", how="left", maintain_order="left")
        .with_columns(pl.col("joins", "mixed").fill_null(value=False), pl.col("joiner").fill_null(""))
        .drop("row")
    )


def _joiner(kept: pl.DataFrame) -> pl.Series:
    """A space where a wrap parted Latin words; on a grid it parts letters."""
    latin = kept["text"].str.contains("^[A-Za-z]") & ~kept["grid"]
    parted = matching(kept["before"], latin, "[A-Za-z]$")
    return pl.select(pl.when(parted).then(pl.lit(" ")).otherwise(pl.lit(""))).to_series()


def _of_whole_blocks(of: Lines) -> Flags:
    """On a page whose blocks are paragraphs, as most of its text ends like some, each begins one, marks or not."""
    doc = of.doc.astype(np.int64)
    closes = below(of.gap > 0, fill=True) | below(of.first, fill=True)
    long, longest = (np.where(of.page & closes & (of.width >= least), of.width, 0.0) for least in (_PROSE, _NO_LINE))
    # what is wider than any print line tells more than headings do, where most of the text is of that kind
    size = np.where((2 * np.bincount(doc, longest) >= np.bincount(doc, long))[doc], longest, long)
    whole = np.bincount(doc, size * (of.ends | of.pauses)) >= _WHOLE_BLOCKS * np.bincount(doc, size)
    found: Flags = of.page & (of.gap > 0) & ~of.flows & ~of.p_goes_on & whole[doc]
    return found


def _priced(of: Lines) -> chain.Steps:
    """Price the four readings of each line after its predecessor."""
    # A piece of a flattened text may hold two print lines, where the wrap fell beside a digit.
    extra = np.where(of.flat, np.floor((of.width - 1.6) / of.wrap_width).clip(0), 0.0) * of.wrap_width
    over = of.core - extra - of.wrap_width + of.ghost - 0.5
    start = _break(of) + np.where(of.justified, 0.0, np.nan_to_num((over * 2.0).clip(0, 4)))
    capacity = of.wrap_width + above(extra, np.nan)
    room_more, room_start = _room(of, capacity), _room(of, capacity - of.ghost)
    # Only a heading ends in no mark, and it seldom has more than one line.
    broken = np.where(~of.p_ends & ~of.p_pauses & ~of.p_prose & ~of.p_goes_on, 2.5, 0.0)
    more = np.select([_heading_goes_on(of), of.p_ends, of.p_pauses], [-9.0, 1.5, 0.5], 0.0)
    sure = np.select([of.starts_paragraph | of.turns, of.told_to_join], [-_SURE, _SURE], 0.0)
    wrapped = ~np.isnan(of.wrap_width) & ~np.isnan(of.p_wrap_width)
    unwrapped = _break_of_unwrapped(of)

    def breaks(start: Prices, room: Prices) -> Prices:
        by_print = start + np.where(room > 0, 0.0, _FULL_BY_CHANCE)
        price: Prices = np.nan_to_num(np.where(wrapped, by_print, unwrapped) + sure)
        return price

    def joins(room: Prices) -> Prices:
        price: Prices = np.nan_to_num(np.where(wrapped, more + room, 0.0))
        return price

    return chain.Steps(
        breaks(start, room_start), breaks(start + broken, room_more), joins(room_start), joins(room_more)
    )


def _room(of: Lines, capacity: Prices) -> Prices:
    """Price a join by the room that the line before left: the next word would have fitted."""
    left = capacity - of.p_width - of.unit
    left = np.where(left > 0, (left - of.p_give).clip(0), left)
    price: Prices = np.where(of.p_justified | (left < -0.3), 0.0, (2.0 + left * 3.0).clip(0, 9))
    return price


def _break(of: Lines) -> Prices:
    """Price a paragraph start by how the line before ends, how this one begins, and what stands between them."""
    ended, more = of.p_ends | of.p_pauses, ~of.p_goes_on
    # a notice's name, then whom it is for
    addressed = of.p_named & of.pauses & (of.gap > 0)
    # 一、认清形势，增强责任感, and room for more on its line
    headed = of.p_heads & (of.p_width < of.wrap_width - _ROOM)
    stop = np.select(
        [of.inside, of.p_ends, of.p_pauses, of.p_goes_on, headed, of.p_prose, addressed, of.p_named & of.prose],
        [20.0, 0.0, 1.0, 9.0, 1.0, 6.0, -6.0, -2.0],
        2.5,
    )
    chapter = of.chapter & ~of.p_prose & (of.width < of.wrap_width - 2.0)
    # a heading, then its first clause
    clause = of.outline & ~of.p_prose & more & (of.p_outline | (of.gap > 0) | of.p_named)
    alone = (of.day | of.credit | of.signs | of.asks) & (of.p_ends | ~of.p_prose)
    # items of a list, lines of a form
    listed = of.bullet & more | of.label & of.p_label | of.p_bullet & of.outline & more
    opens = np.select(
        [
            of.flows,
            of.headed,
            listed | of.behind & of.p_ends,
            _headline(of) | _headline_over_indent(of),
            alone,
            of.dateline & (of.gap > 0) & more,
            (of.peg | of.dateline & of.p_above_text) & more,
            of.dateline & more,
            of.outline & ended,
            chapter,
            clause,
            of.outline & more,
            _may_be_headline(of),
        ],
        [8.0, -8.0, -16.0, -8.0, -8.0, -10.0, -6.0, -4.0, -5.0, -5.0, -5.0, -1.0, -2.0],
        0.0,
    )
    # at the edge, where first lines are set in; the more so below a full line
    edge = np.where((of.p_filled >= indents.SEVERAL) & (of.gap == 0), 8.0, 3.0)
    seen = np.where(of.indents, np.where(of.deep >= 2, -10.0, edge), 0.0)
    price: Prices = stop + opens + seen + _blank_line(of)
    return price


def _headline(of: Lines) -> Flags:
    """Words without a mark that leave room on their line, below a finished text and a blank line; or two such lines."""
    whole = ~of.prose & (of.width < of.wrap_width - 2.0) & ~of.ends & ~of.pauses
    next_too = below(whole & (of.gap == 0), fill=False) & (of.doc == below(of.doc, np.nan))
    found: Flags = (of.gap > 0) & of.p_ends & ~of.p_goes_on & (whole | ~of.prose & next_too)
    return found


def _headline_over_indent(of: Lines) -> Flags:
    """Words without a mark behind a finished sentence, not set in, and the next line is: no paragraph ends so."""
    plain = ~of.prose & ~of.ends & ~of.pauses & ~of.goes_on & (of.deep < print_lines.INDENT)
    over = below(of.deep >= print_lines.INDENT, fill=False) & (of.doc == below(of.doc, np.nan))
    found: Flags = of.indents & of.p_ends & ~of.p_pauses & plain & over
    return found


def _may_be_headline(of: Lines) -> Flags:
    """Two lines without a mark, as full as they may be, below a finished text and a blank line."""
    plain = ~of.prose & ~of.ends & ~of.pauses
    next_too = below(plain & (of.gap == 0), fill=False) & (of.doc == below(of.doc, np.nan))
    found: Flags = (of.gap > 0) & of.p_ends & ~of.p_goes_on & plain & next_too
    return found


def _blank_line(of: Lines) -> Prices:
    """Price a blank line, or its absence, by how often the document puts one before a paragraph and inside one."""
    at_start, inside = of.gap_at_start, of.gap_inside
    likely = np.where(of.gap > 0, at_start / inside, (1 - at_start).clip(0.02) / (1 - inside).clip(0.02))
    return np.where(of.alone, (-np.log(likely)).clip(-2.5, 2.5), 0.0)


def _heading_goes_on(of: Lines) -> Flags:
    """An outline heading broken over two lines: neither holds a sentence, and the next line starts something else."""
    two = of.p_outline & ~of.p_prose & ~of.p_ends & (of.gap == 0) & ~of.outline
    rest = ~of.prose & ~of.ends & ~of.pauses & (of.ends_block | of.n_outline)
    found: Flags = two & rest & (of.p_width >= 0.6 * of.wrap_width) & (of.width < of.wrap_width - 3.0)
    return found


def _break_of_unwrapped(of: Lines) -> Prices:
    """Where lines are not wrapped each is a paragraph, unless it is cut in mid-sentence."""
    open_end = ~of.p_ends & ~of.p_pauses & (of.p_width >= _PROSE)
    sentence = of.p_prose & (of.prose | of.ends)
    # An item of a list ends in a semicolon, and has a number: without one it is the rest of the item before. Below a
    # heading what ends in a colon opens the list.
    item = of.p_outline & of.pauses & ~of.lists
    apart = of.p_bullet & (of.gap > 0)
    # The line above is set in, as first lines are here, and this one is not.
    deep, over = of.deep >= print_lines.INDENT, above(of.deep, 0.0) >= print_lines.INDENT
    set_in = (
        of.indents
        & ~deep
        & over
        & ((of.gap == 0) | (of.gap_inside >= 0.5))
        & ~of.p_ends
        & ~of.p_pauses
        & (of.p_width >= _PROSE / 2)
        # a headline that is set in over a text that is not
        & ~(above(of.first, fill=False) & ~of.p_prose & (of.width >= _LONGER * of.p_width))
    )
    # at the edge below a full line, where what opens a paragraph is set in
    enough = np.where(of.p_ends | of.p_pauses, indents.SEVERAL, indents.SEVERAL - 1)
    runs_on = of.indents & ~deep & (of.gap == 0) & (of.p_filled >= enough)
    runs_on &= of.prose | of.ends | of.pauses
    # a text's first line, a blank line below it: a headline, whatever marks it has
    opens = above(of.first, fill=False) & (of.gap > 0) & (of.p_width <= _HEADLINE) & ~of.p_goes_on
    # set in as the line over it is, below a blank line: the rest of a sentence would not be
    alike = ((of.gap > 0) | ~of.alone) & (of.indent >= print_lines.INDENT) & (above(of.indent, 0) == of.indent)
    cut = (
        open_end
        & ~alike
        & ~of.outline
        & ~of.dateline
        & ~apart
        & ~of.p_quoted
        & ~of.p_closed
        & ~(of.names & of.p_names)
        & ~opens
        & (sentence & ~of.p_heads | item | of.p_goes_on)
    )
    return np.where(cut | ((set_in | runs_on) & ~of.outline & ~of.dateline) | of.flows | of.node, 8.0, -8.0)
