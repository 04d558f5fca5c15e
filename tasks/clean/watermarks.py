"""Marks that a site prints on each page of a text, found in paragraphs that were run into one line with them.

Where indents part the paragraphs, the same few words behind or inside several of them, never alone, are such a mark.
"""

import polars as pl

from tasks.clean import line_cuts, line_odds, runs, widths
from tasks.clean.patterns import narrow

_SHORTEST, _LONGEST, _AGAIN = 4, 24, 3
_STEP = "running_title"
_ABLE = narrow(r"\p{Han}{4}|^(?:www\.|https?:)")
_MARKS = "[，。；：！？、“”《》（）]"
# Behind the ends of several lines, and alone: 公文汇，办公文档之家.
_BEHIND = rf" ([^ 。；：！？（）]{{{_SHORTEST},{_LONGEST}}})$"
_CLOSED, _ODDS = r"[。！？；：”]$", 0.0


def cut(frame: pl.DataFrame) -> pl.DataFrame:
    """Give each such mark a row of its own, taken out as a running title.

    Args:
        frame: the lines frame, with `starts_paragraph` true of lines that were cut at indents.

    Returns:
        The frame, `line` renumbered; what follows a mark may go on with its paragraph (`starts_paragraph` null).
    """
    parted = frame.select("doc", "text", "removed", "starts_paragraph").with_row_index("row")
    parted = parted.filter("starts_paragraph", pl.col("removed").is_null(), pl.col("text").str.contains(" "))
    if parted.is_empty():
        return frame
    unit, n = pl.col("unit"), pl.col("unit").str.len_chars()
    units = parted.select("doc", "row", unit=pl.col("text").str.split(" ")).explode("unit").filter(unit != "")
    told = units.with_columns(first=runs.rank("row") == 0, alone=pl.len().over("row") == 1)
    short = told.filter(n.is_between(_SHORTEST, _LONGEST))
    # laws in one collection count their articles alike
    short = short.filter(unit.str.contains(_ABLE), ~unit.str.contains(f"{_MARKS}|{widths.OUTLINE}"))
    again = short.group_by("doc", "unit").agg(n=pl.len(), alone=(pl.col("first") | pl.col("alone")).any())
    again = again.filter(pl.col("n") >= _AGAIN, ~pl.col("alone"))
    if again.is_empty():
        return frame
    told = told.join(again.select("doc", "unit", mark=pl.lit(value=True)), on=["doc", "unit"], how="left")
    told = told.with_columns(mark=pl.col("mark").fill_null(value=False)).sort("row", maintain_order=True)
    told = told.filter(pl.col("mark").any().over("row"))
    turns = pl.col("mark") | runs.above(pl.col("mark"), True, "row")
    step = pl.when(pl.col("mark").first()).then(pl.lit(_STEP)).otherwise(pl.lit(None, pl.String))
    pieces = (
        told.with_columns(piece=turns.cum_sum())
        .group_by("row", "piece", maintain_order=True)
        .agg(unit.str.join(" "), taken=step)
    )
    cuts = pieces.group_by("row", maintain_order=True).agg(pl.col("taken"), pieces="unit")
    return line_cuts.inside(frame, cuts)


def behind(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut off what stands, word for word, behind the ends of several lines, and is a site's by its characters.

    Args:
        lines: the lines frame, with `flat` bool.
    """
    rows = lines.select("doc", "text", "removed", "flat").with_row_index("row")
    # most lines end in a sentence
    rows = rows.filter(
        pl.col("removed").is_null(), ~pl.col("flat").fill_null(value=False), ~pl.col("text").str.ends_with("。")
    )
    rows = rows.filter(pl.col("text").str.contains(" ", literal=True))
    mark, text = pl.col("mark"), pl.col("text")
    parts = rows.select("row", "doc", "text", mark=text.str.tail(_LONGEST + 1).str.extract(_BEHIND)).drop_nulls("mark")
    parts = parts.filter(pl.len().over("doc", "mark") > 1)
    left = text.str.len_chars() - mark.str.len_chars() - 1
    parts = parts.with_columns(over=text.str.head(left)).filter(left >= _SHORTEST)
    parts = parts.filter(mark.str.contains(_ABLE))
    closed = pl.col("over").str.contains(_CLOSED).sum().over("doc", "mark") >= 1
    if parts.is_empty() or (parts := parts.filter(closed)).is_empty():
        return lines
    alone = lines.select("doc", mark="text").join(parts.select("doc", "mark").unique(), on=["doc", "mark"])
    n = pl.concat([parts.select("doc", "mark"), alone]).group_by("doc", "mark").len()
    marks = n.filter(pl.col("len") >= _AGAIN)
    marks = marks.filter(pl.Series(line_odds.odds(marks["mark"]) > _ODDS, dtype=pl.Boolean))
    parts = parts.join(marks, on=["doc", "mark"], how="semi", maintain_order="left")
    if parts.is_empty():
        return lines
    alone = lines.with_row_index("row").join(marks, left_on=["doc", "text"], right_on=["doc", "mark"], how="semi")
    done = lines.with_columns(removed=pl.Series(lines["removed"]).scatter(alone["row"], _STEP))
    taken = pl.concat_list(pl.lit(None, pl.String), pl.lit(_STEP))
    return line_cuts.inside(done, parts.select("row", pieces=pl.concat_list("over", "mark"), taken=taken))
