"""Takes the lines that their own shape proves to be a page's or a site's, whatever stands beside them."""

import polars as pl

from tasks.clean import furniture_rules, runs
from tasks.clean.figures import CHAPTER
from tasks.clean.furniture_lines import BODY, HEAD
from tasks.clean.gated import matching

# Lines of furniture one below the other; lines from either end of a flattened text.
_STACK, _EDGE = 9, 30
_SHALLOW, _LONGEST_SITE = 14, 80
# What is believed on a line that a sentence may run into.
_SURE = ["page_header", "editor_line", "page_footer", "page_number"]


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Name such lines, where they do not stand inside a sentence.

    Args:
        frame: the frame of `furniture_lines.describe`.

    Returns:
        The frame with `shape` set on them, which are no `body` then.
    """
    asked = _askable(frame)
    proven = _proven(asked.filter(pl.any_horizontal("fresh", "loose", "told")))
    sure = pl.col("proven").is_in(_SURE) | pl.col("row").is_in(asked.filter("fresh")["row"].implode())
    proven = proven.filter(sure)
    found = [proven]
    # Below furniture no sentence runs on. The shapes are asked once more: to compile them costs more than to match.
    near = pl.concat([proven.select(pl.col("row") + step) for step in range(1, _STACK)]).unique()
    left = asked.filter(~pl.col("fresh")).join(proven, on="row", how="anti", maintain_order="left")
    left = _proven(left.join(near, on="row", how="semi", maintain_order="left"))
    while not proven.is_empty():
        proven = left.filter(pl.col("row").is_in((proven["row"] + 1).implode()))
        found.append(proven)
    shapes = pl.concat(found)
    proofs = pl.Series([None], dtype=pl.String).new_from_index(0, len(frame)).scatter(shapes["row"], shapes["proven"])
    return _but_doubted(frame.with_columns(proofs.alias("proven")))


def _but_doubted(frame: pl.DataFrame) -> pl.DataFrame:
    """Believe a sentence about a site beside other furniture or outside the text, a label anywhere."""
    proven = pl.col("proven").is_not_null()
    inside = runs.above(pl.col("body")) & runs.below(pl.col("body"))
    beside = runs.above(proven) | runs.below(proven)
    sentence = pl.col("ends") & (pl.col("n") >= BODY) & (pl.col("proven") == "site_chrome_line")
    doubted = sentence & inside.fill_null(False) & ~beside.fill_null(False)
    # a flattened line of this length holds the text too
    long = pl.col("flat") & (pl.col("n") > _LONGEST_SITE) & pl.col("text").str.contains(" ", literal=True)
    believed = proven & ~(doubted | (sentence & long))
    return frame.with_columns(shape=pl.when(believed).then("proven"), body=pl.col("body") & ~believed)


def _askable(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the lines that can be furniture at all: row, text, fresh, and where only sure shapes count loose, told."""
    rank = pl.col("rank")
    edge = (rank < _EDGE) | (runs.to_go(pl.col("n").is_not_null()) <= _EDGE)
    # Inside a flattened text only a short piece is not a print line of it.
    open_to_doubt = ~pl.col("flat") | (pl.col("n") <= _SHALLOW) | edge
    # A full line of a column that the next one follows at once is a paragraph's first.
    runs_on = pl.col("full") & (runs.below(pl.col("gap")) == 0) & (rank >= HEAD)
    rows = frame.with_columns(runs_on=runs_on.fill_null(False)).filter(
        "alive", pl.col("n") <= furniture_rules.LONGEST, open_to_doubt
    )
    told = matching(rows["text"], rows["runs_on"], furniture_rules.one_of("editor_line"))
    rows = rows.with_columns(told=told).filter(~pl.col("runs_on") | pl.col("told"))
    fresh = pl.col("fresh") & ~pl.col("runs_on")
    return rows.select("row", "text", "loose", fresh=fresh, told=pl.col("told") & pl.col("closed"))


def _proven(asked: pl.DataFrame) -> pl.DataFrame:
    """Ask the shapes about lines; rows: row, proven."""
    found = asked.select("row", "text", proven=furniture_rules.proven(asked["text"])).drop_nulls()
    return found.filter(~pl.col("text").str.contains(f"^{CHAPTER}")).select("row", "proven")
