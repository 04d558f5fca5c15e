"""Infer the width at which each line's column was wrapped, from the unfinished lines around it."""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean import widths

REACH = 12
SAME = 0.55
NARROWEST, WIDEST = 6.0, 60.0
INDENT = 2.0
_FAR = 20
_MOSTLY = 0.6
_FEWEST, _FEW, _SONG = 2, 8, 3
# Share of first lines that may stand within a paragraph; what a voter of another column counts less.
_INSIDE, _PARTED = 0.2, 12.0
# Share of a text in lines wider than any column; lines of headlines that stand together.
_WHOLE, _STACK = 0.6, 6
# A row of a flattened text that is so many times as wide as its print lines.
_SEVERAL_LINES = 1.7

# Lines that tell of verse, how seldom one ends a sentence there, how few are of one width.
_VERSES, _SELDOM, _UNEVEN = 8, 0.05, 0.6

ASKED = ("doc", "text", "width", "hang", "flat", "votes", "ends", "pauses", "column")

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Docs = npt.NDArray[np.uint32]
Near = list[Flags]


def infer(lines: pl.DataFrame) -> pl.DataFrame:
    """Infer the wrap width at every line.

    Only a line that ends in mid-sentence says how wide its column is, so only those vote: a line's width is the best
    supported one near by, and null where lines disagree (text that was never wrapped).

    Args:
        lines: Kept lines with doc, text, gap, width, hang, flat, and votes (the line ends in no mark, and is no
            heading).

    Returns:
        wrap_width f32 in Han widths; squeezes bool, one value in each document: marks may be set narrower; least f32,
        the width without what hangs over the edge, marks squeezed if they may be.
    """
    width = lines["width"].to_numpy()
    vote = lines["votes"].to_numpy() & (width >= NARROWEST) & (width <= WIDEST)
    vote &= ~(_of_paragraphs(lines, vote) | _of_verse(lines, vote))
    vote &= ~_without_prose(lines, vote)
    # one vote is none: most documents that were never wrapped are left at that
    rows = np.flatnonzero((np.bincount(lines["doc"].to_numpy(), vote) >= _FEWEST)[lines["doc"].to_numpy()])
    wrap, squeezes, least = np.full_like(width, np.nan), np.zeros_like(vote), width - lines["hang"].to_numpy()
    wrap[rows], squeezes[rows], least[rows] = inferred(lines.select(*ASKED)[rows], vote[rows])
    return pl.DataFrame({"wrap_width": pl.Series(wrap).fill_nan(None), "squeezes": squeezes, "least": least})


def _of_paragraphs(lines: pl.DataFrame, vote: Flags) -> Flags:
    """Tell documents whose lines are paragraphs: most text is in lines wider than columns, few lines stand together."""
    doc, width = lines["doc"].to_numpy(), lines["width"].to_numpy()
    close = np.append((lines["gap"].to_numpy()[1:] == 0) & (doc[1:] == doc[:-1]), False)[: len(doc)]
    wide = np.bincount(doc, np.where(width > WIDEST, width, 0.0)) >= _WHOLE * np.bincount(doc, width)
    alone: Flags = (wide & (np.bincount(doc, vote & close) < _STACK))[doc]
    return alone


def _without_prose(lines: pl.DataFrame, vote: Flags) -> Flags:
    """Tell documents with few votes, and no mark in any line of those: names, headings, rows of a list.

    And those in which no sentence ends, nor most lines hold a clause: a song, a roll of names.
    """
    doc = lines["doc"].to_numpy()
    count = np.bincount(doc, vote)
    few = count <= _FEW
    rows = np.flatnonzero(vote & few[doc])
    marked = lines["text"][rows].str.contains("[，。；：]").to_numpy()
    found: Flags = few & (np.bincount(doc[rows], marked, len(few)) == 0)
    # asked of few: most documents end some sentence at a line's end
    silent = (count > 0) & (np.bincount(doc, lines["ends"].to_numpy()) == 0) & (np.bincount(doc) >= _SONG)
    rows = np.flatnonzero(silent[doc])
    if len(rows):
        text = lines["text"][rows]
        silent &= np.bincount(doc[rows], text.str.contains("[。！？；]"), len(few)) == 0
        silent &= 2 * np.bincount(doc[rows], text.str.contains("，"), len(few)) < np.bincount(doc)
        found |= silent
    of_lines: Flags = found[doc]
    return of_lines


def _of_verse(lines: pl.DataFrame, vote: Flags) -> Flags:
    """Tell documents that are set in lines without sentences, of many widths: verse, and lists of headlines."""
    doc = lines["doc"].to_numpy()
    count, closed = np.bincount(doc, vote), np.bincount(doc, lines["ends"].to_numpy())
    likely = (count >= _VERSES) & (closed <= _SELDOM * np.bincount(doc))
    found: Flags = likely[doc]
    rows = np.flatnonzero(found)
    if not len(rows):
        return found
    some = lines.select("doc", "text", "width", "flat")[rows].with_columns(vote=pl.Series(vote[rows]))
    halves = (pl.col("width") * 2).round().filter("vote")
    full = (halves - halves.mode().max()).abs()
    told = some.group_by("doc").agg(
        pl.col("text").str.contains("[。！？；]").mean().alias("said"),
        pl.col("flat").any(),
        even=((full <= 1) | ((full - 2 * INDENT).abs() <= 1)).mean(),
    )
    verse = told.filter(~pl.col("flat"), pl.col("said") <= _SELDOM, pl.col("even") < _UNEVEN)["doc"].to_numpy()
    found &= np.isin(doc, verse)
    return found


def inferred(lines: pl.DataFrame, vote: Flags) -> tuple[Floats, Flags, Floats]:
    """Infer width, squeezing and least width of lines that have the columns `ASKED`, from those that vote."""
    near, width = _same(lines["doc"].to_numpy()), lines["width"].to_numpy()
    best = _best_supported(near, width, vote, lines["column"].to_numpy())
    hung = width - lines["hang"].to_numpy()
    squeezes = _squeezes(lines["doc"], hung - best)
    core = _squeezed(lines, hung, squeezes)
    own = _same(lines["column"].to_numpy())
    best = np.where(_is_ghost(own, best, core, _goes_on(lines)), best + INDENT, best)
    best = _widest_of_flat(lines, best)
    fits = _count(near, best, width, vote, -INDENT - SAME, SAME + 0.5)
    over = _count(own, best, core, np.ones_like(vote), 1.6, np.inf)
    wrapped = np.where((fits >= _FEWEST) & (fits >= 0.8 * over), best, np.nan)
    return _filled(lines, wrapped), squeezes, core


def _squeezed(lines: pl.DataFrame, hung: Floats, squeezes: Flags) -> Floats:
    """A press can squeeze a line's marks to half their width; those at its end hang over the edge already."""
    rows = np.flatnonzero(squeezes)
    some = lines[rows].select(inside=(widths.marks(pl.col("text")) - pl.col("hang")).clip(0))
    least = hung.copy()
    least[rows] -= 0.5 * some["inside"].to_numpy()
    return least


def _best_supported(near: Near, width: Floats, vote: Flags, text: Docs) -> Floats:
    """Find for each line the voter near by whose width most voters share; not a number where nobody votes.

    A voter of another column, as `text` numbers them, counts less.
    """
    support = _count(near, width, width, vote, -SAME, SAME)
    best, best_score = np.full_like(width, np.nan), np.full_like(width, -np.inf)
    for k in _shifts(len(width)):
        here, there = _overlap(k)
        # A line may not stand in a column narrower than itself, unless a mark hangs over the edge.
        score = support[there] - 0.25 * abs(k)
        score -= 2.0 * np.maximum(0, width[here] - width[there] - 1.0)
        np.subtract(score, _PARTED, out=score, where=text[here] != text[there])
        better = vote[there] & near[abs(k)] & (score > best_score[here])
        np.copyto(best[here], width[there], where=better)
        np.copyto(best_score[here], score, where=better)
    return best


def _squeezes(doc: pl.Series, over: Floats) -> Flags:
    """Tell documents whose press squeezes marks rather than let a line run over: lines are too wide by any amount.

    Where it does not, the lines too wide are those of paragraphs whose first lines were taken for full: by the indent.
    """
    by_indent = np.abs(over - INDENT) < SAME
    by_any = ((over >= 0.8) & (over <= 4.5)) & ~by_indent
    counts = pl.DataFrame({"doc": doc, "any": by_any, "indent": by_indent}).select(
        (pl.col("any").sum() > 0.5 * pl.col("indent").sum() + 0.04 * pl.len()).over("doc")
    )
    return counts.to_series().to_numpy()


def _goes_on(lines: pl.DataFrame) -> Flags:
    """Tell the lines above which no sentence ends: they open no paragraph."""
    same = (pl.col("doc") == pl.col("doc").shift(1)).fill_null(value=False)
    on = same & ~pl.col("ends").shift(1, fill_value=True) & ~pl.col("pauses").shift(1, fill_value=True)
    return lines.select(on).to_series().to_numpy()


def _is_ghost(near: Near, best: Floats, core: Floats, goes_on: Flags) -> Flags:
    """Tell where the best width is that of first lines: paragraphs of two lines show those more often than full ones.

    Then some line on either side, finished or not, is wider by the indent; at the border to a wider column only on
    one, and lines within a paragraph are as wide as the best.
    """
    every = np.ones_like(best, np.bool_)
    low, high = INDENT - SAME, INDENT + SAME
    before = _count(near, best, core, every, low, high, range(-_FAR, 0))
    after = _count(near, best, core, every, low, high, range(1, _FAR + 1))
    far = range(-_FAR, _FAR + 1)
    own = _count(near, best, core, every, -SAME, SAME, far)
    inside = _count(near, best, core, goes_on, -SAME, SAME, far)
    sided = (before >= 1) & (after >= 1)
    sided |= (before + after >= _FEWEST) & (own > _FEWEST) & (inside <= _INSIDE * own)
    return sided & (before + after >= 0.1 * own)


def _widest_of_flat(lines: pl.DataFrame, best: Floats) -> Floats:
    """A flattened text has one width throughout: first lines are narrower by the indent, or by a character more.

    A row of it that is much wider holds several print lines, cut where a digit stands.
    """
    if not lines["flat"].any():
        return best
    usual = pl.col("best").filter("flat").median().over("doc")
    frame = lines.select("doc", "flat", best=pl.Series(best).fill_nan(None))
    frame = frame.with_columns(
        best=pl.when(pl.col("flat") & (pl.col("best") >= _SEVERAL_LINES * usual)).then(usual).otherwise("best")
    )
    widest = pl.col("best").filter("flat").quantile(0.9).over("doc")
    ghost = pl.col("flat") & (widest - pl.col("best")).is_between(INDENT - SAME, INDENT + 1 + SAME)
    return frame.select(pl.when(ghost).then(widest).otherwise("best").fill_null(np.nan)).to_series().to_numpy()


def _filled(lines: pl.DataFrame, width: Floats) -> Floats:
    """Carry the width over lines that say nothing, where the document is wrapped for the most part."""
    near = pl.col("wrap_width")
    frame = lines.select("doc", "column", "votes", wrap_width=pl.Series(width, dtype=pl.Float32).fill_nan(None))
    mostly = near.is_not_null().filter("votes").mean().over("doc") >= _MOSTLY
    # what stands beyond a marker that parts texts may be set otherwise
    own = near.forward_fill().over("column").fill_null(near.backward_fill().over("column"))
    filled = own.fill_null(near.forward_fill().over("doc")).fill_null(near.backward_fill().over("doc"))
    return frame.select(pl.when(mostly).then(filled).otherwise(near).fill_null(np.nan)).to_series().to_numpy()


def on_grid(lines: pl.DataFrame) -> pl.Series:
    """Tell documents whose Latin letters and digits are set as wide as Han: with those widths more full lines agree.

    Args:
        lines: Kept lines with doc, text, width (ASCII counted half), hang, ascii (characters), votes.

    Returns:
        `grid` bool, one value in each document.
    """
    plain = lines.with_columns(votes=pl.col("votes") & (pl.col("ascii") == 0))
    column = pl.col("wrap_width")
    telling = pl.col("votes") & (pl.col("ascii") >= 2) & column.is_not_null()

    def agrees(width: pl.Expr) -> pl.Expr:
        apart = pl.min_horizontal((width - column).abs(), (width - column + INDENT).abs())
        return (telling & (apart <= SAME)).sum().over("doc")

    wide = pl.col("width") + pl.col("ascii") / 2
    judged = lines.hstack(infer(plain)).select(grid=agrees(wide) > agrees(pl.col("width")))
    return judged["grid"]


def _shifts(n: int) -> range:
    reach = min(REACH, n - 1)
    return range(-reach, reach + 1)


def _overlap(k: int) -> tuple[slice, slice]:
    """Slices that lay each row beside the one `k` rows on."""
    if k >= 0:
        return slice(0, -k or None), slice(k, None)
    return slice(-k, None), slice(0, k)


def _same(doc: Docs) -> Near:
    """Tell for each distance, from 0 on, which rows have one of their own document that far on."""
    return [doc[distance:] == doc[: max(len(doc) - distance, 0)] for distance in range(max(_FAR, REACH) + 1)]


def _count(
    near: Near, at: Floats, width: Floats, vote: Flags, low: float, high: float, shifts: range | None = None
) -> Floats:
    """Count the voting lines near each line that are wider than `at` by `low` to `high`."""
    total = np.zeros(len(at), dtype=np.uint8)
    for k in _shifts(len(at)) if shifts is None else shifts:
        if abs(k) >= len(at):
            continue
        here, there = _overlap(k)
        difference = width[there] - at[here]
        total[here] += (difference >= low) & (difference <= high) & vote[there] & near[abs(k)]
    return total.astype(np.float32)
