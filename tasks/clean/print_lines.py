"""What the joiner knows of each print line: its measures, what it says, what is beside it, its document's habits."""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean import column_breaks, indents, line_ends, line_kinds, runs, widths, widths_anew, wrap_width
from tasks.clean.first_units import first_units
from tasks.content import bounds, encode, lengths

Flags = npt.NDArray[np.bool_]
INDENT = indents.LEAST
# After these the text goes on with another article, or came from another page.
TURNS = ("continuation_marker", "collection_index")

# A document's print lines are as wide as so many of it.
_USUAL = 0.75
# Wider than headings are; lines that a bracket may run through.
_HEADING, _BRACKET = 28, 4
_SEEN_BEFORE = (
    "width",
    "give",
    "ends",
    "pauses",
    "goes_on",
    "outline",
    "heads",
    "prose",
    "justified",
    "wrap_width",
    "named",
    "label",
    "bullet",
    "quoted",
    "above_text",
    "closed",
    "names",
)


def describe(lines: pl.DataFrame) -> pl.DataFrame:
    """Measure the kept lines.

    Args:
        lines: The lines frame with row, justified, flat and starts_paragraph.

    Returns:
        The kept rows with their measures and flags; those of the line before beside them, in columns `p_`.
    """
    turn = lines["removed"].is_in(TURNS).fill_null(value=False)
    turns = turn.arg_true()
    before = pl.Series([None], dtype=pl.Float32).new_from_index(0, len(lines))
    before = before.scatter(turns, widths.width(lines["text"][turns])).shift(1)
    # A marker may have stood at the head of this very print line, which then is wider than its text.
    marker = pl.when((pl.col("gap") == 0) & (pl.col("doc") == pl.col("doc").shift(1))).then(pl.lit(before))
    indexed = (lines["removed"] == "collection_index").fill_null(value=False).cum_sum()
    # a flattened text has one width throughout
    columns = ((lines["removed"] == "continuation_marker") & ~lines["flat"]).fill_null(value=False).cum_sum()
    told = lines.with_columns(turned=turn.cum_sum(), indexed=indexed, columns=columns, marker=marker)
    kept = told.filter(pl.col("removed").is_null())
    frame = _with_columns(line_kinds.tell(_measured(kept)))
    frame = frame.with_columns(grid=wrap_width.on_grid(frame)).with_columns(
        width=pl.when("grid").then(pl.col("width") + pl.col("ascii") / 2).otherwise("width")
    )
    frame = widths_anew.measure(frame).with_columns(unit=pl.when("grid").then("cell").otherwise("unit"))
    headed = pl.col("width") + pl.col("marker")
    fits = (headed <= pl.col("wrap_width") + 1.5).fill_null(value=False)
    frame = frame.with_columns(width=pl.when(fits).then(headed).otherwise("width"))
    core = pl.when("squeezes").then("least").otherwise(pl.col("width") - pl.col("hang"))
    frame = frame.with_columns(core=core)
    # A line far wider than the columns it stands between was not wrapped: a headline, or a page's title.
    wrap = pl.col("wrap_width")
    column = pl.max_horizontal(wrap, runs.above(wrap), runs.below(wrap))
    # the same of the first line of a block without a mark, though another headline may be as wide
    size = pl.min_horizontal("core", "least")
    alone = pl.col("tops") & (runs.below(pl.col("gap")) == 0) & (size > runs.below(wrap) + 1.6)
    # the width of a few lines may be told too small, where first lines are set in
    usual = pl.col("prose") & (size <= wrap.quantile(_USUAL).over("doc") + 1.6)
    outside = ~pl.col("flat") & ((size > column + 1.6) & ~usual | alone.fill_null(value=False))
    frame = _beside(frame.with_columns(wrap_width=pl.when(~outside).then("wrap_width")))
    return _habits(frame)


def _with_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Number the stretches that may be set in columns of their own: each opens with the first text below a marker.

    Or where the lines become wider or narrower.
    """
    breaks = pl.Series(column_breaks.tell(frame))
    told = frame.select(pl.any_horizontal("prose", "ends", "pauses", "outline")).to_series() | breaks
    frame = frame.with_columns(columns=pl.col("columns") + breaks.cum_sum(), opens=told)
    below = pl.when("opens").then("columns").forward_fill().over("doc")
    return frame.with_columns(column=pl.struct("doc", columns=pl.coalesce(below, "columns")).rle_id()).drop("opens")


def _measured(kept: pl.DataFrame) -> pl.DataFrame:
    text = kept["text"]
    codes, edges = encode(text), bounds(lengths(text))
    ends = {name: pl.Series(values) for name, values in line_ends.ends(codes, edges).items()}
    return kept.with_columns(*first_units(codes, edges), *widths.measures(text), **ends)


def _beside(frame: pl.DataFrame) -> pl.DataFrame:
    same = (pl.col("doc") == pl.col("doc").shift(1)).fill_null(value=False)
    gap = pl.col("gap") > 0
    # A bracket that opened a few lines above and is shut here or a few lines below.
    last, first = pl.when("open_end").then(1).when("shut").then(-1), pl.when("shut").then(-1).when("open_end").then(1)
    above = last.when(~same).then(0).forward_fill(_BRACKET).shift(1) == 1
    below = first.when(~same.shift(-1, fill_value=False)).then(0).backward_fill(_BRACKET) == -1
    return frame.with_columns(
        first=~same,
        inside=(same & above & below).fill_null(value=False),
        before=pl.col("text").shift(1),
        alone=(pl.col("row") - pl.col("row").shift(1) == 1).fill_null(value=False),
        turns=same & (pl.col("turned") != pl.col("turned").shift(1)),
        ends_block=gap.shift(-1, fill_value=True) | ~same.shift(-1, fill_value=False),
        n_outline=runs.below(pl.col("outline"), True),
        **{f"p_{name}": pl.col(name).shift(1) for name in _SEEN_BEFORE},
    )


def _habits(frame: pl.DataFrame) -> pl.DataFrame:
    """Learn from each document's plain cases how it sets paragraphs: by an indent (seen or stripped) or blank lines."""
    doc, wrap, width, votes = (frame[name].to_numpy() for name in ("doc", "wrap_width", "width", "votes"))
    gap, n_lines = frame["gap"].to_numpy() > 0, np.bincount(doc)
    ends, pauses, prose = (frame[name].fill_null(value=False).to_numpy() for name in ("p_ends", "p_pauses", "p_prose"))
    # above a document's first line stands another document
    first = frame["first"].to_numpy()
    ends, finished = ends & ~first, (ends | pauses) & ~first
    before = np.where(first, np.nan, frame["p_width"].to_numpy())
    start = (before + frame["unit"].to_numpy() <= wrap - 3.5) & ends | (frame["outline"].to_numpy() & finished)
    # a headline may be as wide as the lines below it
    more = ~finished & (before >= wrap - 1.0) & ~np.append(np.False_, first[:-1])
    full = votes & ~np.isnan(wrap)
    deep = indents.deep(frame, doc, n_lines)
    filled = indents.filled(frame, doc)
    # wider than headings are, and without an end: its rest stands below
    broken = ~finished & (before >= _HEADING)
    mostly = indents.mostly(frame, doc, finished | ~prose | gap, ((filled >= indents.SEVERAL) | broken) & ~gap)
    deep = np.where(mostly[doc], frame["indent"].to_numpy().astype(np.float64), deep)
    indented = deep >= 2

    def count(of: Flags) -> npt.NDArray[np.float64]:
        return np.bincount(doc, of, len(n_lines)).astype(np.float64)

    def share(of: Flags, least: float) -> npt.NDArray[np.float64]:
        return (count(of & gap) + least) / (count(of) + 1.0)

    ghosts = count(full & start & (np.abs(width - wrap + INDENT) <= 0.8))
    flush = count(full & start & (np.abs(width - wrap) <= 0.8))
    n_indented = count(indented)
    some = (n_indented >= 1) & ((n_indented <= 0.7 * n_lines) | mostly)
    set_by = (count(indented & (finished | ~prose | first)) >= 0.8 * n_indented) & some
    ghost = np.where(~set_by & (ghosts >= flush), INDENT, 0.0)
    set_in = np.flatnonzero(set_by[doc] & indented)
    wider = width.astype(np.float64)
    if len(set_in):
        em = np.where(frame["grid"].to_numpy()[set_in], 1.0, 2.0)
        taken = indents.taken(doc, wrap - width, full & indented)[doc[set_in]]
        wider[set_in] += np.where(np.isnan(taken), deep[set_in] / em, taken)
    return frame.with_columns(
        deep=deep,
        gap_at_start=share(start, 0.5)[doc],
        gap_inside=share(more, 0.1)[doc],
        indents=set_by[doc],
        p_filled=filled,
        ghost=ghost[doc],
        width=wider,
    ).with_columns(p_width=pl.col("width").shift(1))
