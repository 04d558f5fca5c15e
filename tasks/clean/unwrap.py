"""Join print lines to paragraphs: a line ends where the next word no longer fits, or where its paragraph ends.

Every reading of two lines has a cost (1 a hint, 3 evidence, 8 near certainty); the cheapest reading of the text wins.
"""

import numpy as np
import polars as pl

from tasks.clean import chain, widths, wrap_width

_INDENT = 2.0
_PROSE = 20.0


def join(lines: pl.DataFrame) -> pl.DataFrame:
    """Mark the lines that continue the paragraph of the kept line before them.

    Args:
        lines: The lines frame with justified, flat and starts_paragraph.

    Returns:
        The same rows with joins bool, joiner str, wrap_width f32 (null where text is not wrapped), block u32 (number
        of the run of lines between blank lines).
    """
    frame = lines.with_row_index("row").with_columns(block=(pl.col("gap") > 0).cum_sum().over("doc").cast(pl.UInt32))
    kept = _measured(frame.filter(pl.col("removed").is_null()))
    if kept.is_empty():
        return frame.drop("row").with_columns(
            joins=pl.lit(False), joiner=pl.lit(""), wrap_width=pl.lit(None, pl.Float32)
        )
    kept = kept.with_columns(grid=wrap_width.on_grid(kept)).with_columns(
        width=pl.when("grid").then(pl.col("width") + pl.col("ascii") / 2).otherwise("width"),
        unit=pl.when("grid").then("cell").otherwise("unit"),
    )
    kept = kept.with_columns(wrap_width.infer(kept)).with_columns(p_width=pl.col("width").shift(1))
    kept = _habits(kept)
    kept = _costs(kept)
    steps = chain.Steps(*(kept[name].to_numpy().astype(np.float64) for name in chain.Steps._fields))
    first = kept["first"].to_numpy()
    latin = (
        ~kept["grid"] & kept["text"].str.contains("^[A-Za-z]") & kept["before"].fill_null("").str.contains("[A-Za-z]$")
    )
    decided = kept.select(
        "row",
        "wrap_width",
        joins=pl.Series(~chain.starts(steps, first)),
        joiner=pl.when(latin).then(pl.lit(" ")).otherwise(pl.lit("")),
    )
    return (
        frame.join(decided, on="row", how="left", maintain_order="left")
        .with_columns(pl.col("joins").fill_null(value=False), pl.col("joiner").fill_null(""))
        .drop("row")
    )


def _measured(kept: pl.DataFrame) -> pl.DataFrame:
    """Measure each line and read its two ends; what the line before is like stands beside it, in columns `p_`."""
    text = pl.col("text")
    frame = kept.with_columns(
        width=widths.width(text),
        give=widths.give(text),
        ascii=text.str.count_matches("[!-~]").cast(pl.Float32),
        unit=widths.first_unit(text),
        cell=widths.first_cell(text),
        hang=widths.hanging(text),
        ends=text.str.contains(widths.ENDS_SENTENCE),
        pauses=text.str.contains(widths.ENDS_CLAUSE),
        goes_on=text.str.contains(widths.ENDS_OPEN) | _opened(text),
        outline=text.str.contains(widths.OUTLINE),
        dateline=text.str.contains(widths.DATELINE),
        prose=text.str.contains(widths.HAS_STOP),
        flows=text.str.contains("^[，。；：、！？”’）》〉】〕]"),
    )
    frame = frame.with_columns(
        votes=~text.str.contains(f"[{widths.CLOSERS}{widths.OPENERS}]$")
        & ~(pl.col("outline") & ~pl.col("prose"))
        & ~pl.col("justified")
    )
    before = ["width", "give", "hang", "ends", "pauses", "goes_on", "outline", "prose", "justified"]
    return frame.with_columns(
        first=(pl.col("doc") != pl.col("doc").shift(1)).fill_null(value=True),
        before=text.shift(1),
        alone=(pl.col("row") - pl.col("row").shift(1) == 1).fill_null(value=False),
        **{f"p_{name}": pl.col(name).shift(1) for name in before},
    )


def _opened(text: pl.Expr) -> pl.Expr:
    """A bracket or title mark is open at the end of the line."""
    return text.str.contains("[（《〈〔][^）》〉〕]*$")


def _habits(kept: pl.DataFrame) -> pl.DataFrame:
    """Learn from each document's plain cases how it sets paragraphs: by an indent (seen or stripped) or blank lines."""
    wrap = pl.col("wrap_width")
    short = pl.col("p_width") + pl.col("unit") <= pl.col("wrap_width") - 3.5
    plain_start = short & pl.col("p_ends") | (pl.col("outline") & (pl.col("p_ends") | pl.col("p_pauses")))
    plain_more = ~pl.col("p_ends") & ~pl.col("p_pauses") & (pl.col("p_width") >= pl.col("wrap_width") - 1.0)
    full_line = pl.col("votes") & pl.col("wrap_width").is_not_null()
    gap = pl.col("gap") > 0
    usual = pl.col("indent").median()
    return (
        kept.with_columns(
            ghosts=(full_line & plain_start & (pl.col("width") - wrap + _INDENT).abs().le(0.8)).sum().over("doc"),
            flush=(full_line & plain_start & (pl.col("width") - wrap).abs().le(0.8)).sum().over("doc"),
            p_gap=((plain_start & gap).sum() + 0.5).over("doc") / (plain_start.sum() + 1.0).over("doc"),
            m_gap=((plain_more & gap).sum() + 0.1).over("doc") / (plain_more.sum() + 1.0).over("doc"),
            deep=(pl.col("indent") - usual.over("doc")).clip(-8, 8),
        )
        .with_columns(
            indents=((pl.col("deep") >= 2) & plain_start).sum().over("doc")
            > ((pl.col("deep") >= 2) & plain_more).sum().over("doc") + 1,
        )
        .with_columns(
            ghost=pl.when(~pl.col("indents") & (pl.col("ghosts") >= pl.col("flush"))).then(_INDENT).otherwise(0.0),
            width=pl.when("indents").then(pl.col("width") + pl.col("deep").clip(0, 8) / 2).otherwise("width"),
        )
        .with_columns(p_width=pl.col("width").shift(1))
    )


def _costs(kept: pl.DataFrame) -> pl.DataFrame:
    """Price the four readings of each line after its predecessor."""
    wrap, ghost = pl.col("wrap_width"), pl.col("ghost")
    # A piece of a flattened text may hold two print lines, where the wrap fell beside a digit.
    whole = pl.when("flat").then(((pl.col("width") - 1.6) / wrap).floor().clip(0)).otherwise(0.0) * wrap
    p_whole = whole.shift(1)
    over = pl.col("width") - pl.col("hang") - whole - wrap + ghost - 0.5
    start_fits = pl.when(wrap.is_null() | pl.col("justified")).then(0.0).otherwise((over * 2.0).clip(0, 4))
    after_more = _room(wrap + p_whole)
    after_start = _room(wrap + p_whole - ghost)
    ends = pl.col("p_ends")
    stop = (
        pl.when(ends)
        .then(0.0)
        .when("p_pauses")
        .then(1.0)
        .when("p_goes_on")
        .then(9.0)
        .when(pl.col("p_prose"))
        .then(6.0)
        .otherwise(2.5)
    )
    opens = (
        pl.when("flows")
        .then(8.0)
        .when(pl.col("dateline") & ~pl.col("p_goes_on"))
        .then(-4.0)
        .when(pl.col("outline") & (ends | pl.col("p_pauses")))
        .then(-5.0)
        .when(pl.col("outline") & ~pl.col("p_goes_on"))
        .then(-1.0)
        .otherwise(0.0)
    )
    gap = (
        pl.when(pl.col("gap") > 0)
        .then(-(pl.col("p_gap") / pl.col("m_gap")).log())
        .otherwise(-((1 - pl.col("p_gap")).clip(0.02) / (1 - pl.col("m_gap")).clip(0.02)).log())
    )
    gap = pl.when("alone").then(gap.clip(-2.5, 2.5)).otherwise(0.0)
    seen = pl.when("indents").then(pl.when(pl.col("deep") >= 2).then(-5.0).otherwise(3.0)).otherwise(0.0)
    told = (
        pl.when("starts_paragraph")
        .then(-30.0)
        .when(~pl.col("starts_paragraph"))
        .then(30.0)
        .otherwise(0.0)
        .fill_null(0.0)
    )
    known = wrap.is_not_null() & (pl.col("p_wrap").is_not_null())
    full_by_chance = 2.0
    start = stop + opens + gap + seen + told
    more = pl.when(ends).then(1.5).when("p_pauses").then(0.5).otherwise(0.0)
    # Without a wrap width a line is a paragraph, unless the blank line stands in mid-sentence.
    cut = (
        ~ends
        & ~pl.col("p_pauses")
        & pl.col("p_prose")
        & (pl.col("p_width") >= _PROSE)
        & (pl.col("prose") | pl.col("ends"))
        & ~pl.col("outline")
        & ~pl.col("dateline")
    ) | (pl.col("p_goes_on") & (pl.col("p_width") >= _PROSE) & ~pl.col("outline"))
    bare = pl.when(cut | pl.col("flows")).then(8.0).otherwise(-8.0) + told
    return (
        kept.with_columns(p_wrap=wrap.shift(1))
        .with_columns(
            start_after_start=pl.when(known)
            .then(start + start_fits + pl.when(after_start > 0).then(0.0).otherwise(full_by_chance))
            .otherwise(bare),
            start_after_more=pl.when(known)
            .then(start + start_fits + pl.when(after_more > 0).then(0.0).otherwise(full_by_chance))
            .otherwise(bare),
            more_after_start=pl.when(known).then(more + after_start).otherwise(0.0),
            more_after_more=pl.when(known).then(more + after_more).otherwise(0.0),
        )
        .with_columns(pl.col(name).fill_null(0.0).fill_nan(0.0) for name in chain.Steps._fields)
    )


def _room(capacity: pl.Expr) -> pl.Expr:
    """Price a join by the room the line before left: the next word would have fitted."""
    room = capacity - pl.col("p_width") - pl.col("unit")
    room = pl.when(room > 0).then((room - pl.col("p_give")).clip(0)).otherwise(room)
    return pl.when("p_justified").then(0.0).when(room < -0.3).then(0.0).otherwise((2.0 + room * 3.0).clip(0, 9))
