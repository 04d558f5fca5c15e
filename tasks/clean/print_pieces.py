"""Tell the print lines of a text that was run into one line from spaces that stand in it at random."""

import polars as pl

from tasks.clean import widths

_MARKED, PARAGRAPH = "[，。；]", 15
# Of a print line's width: what no line holds; shares of lines of one width and of lines cut short by nothing.
TOO_WIDE, _FITS, _NEAR, _WHOLE = 2.6, 1.0, 0.6, 0.6
_FEWEST, _LEAST, _NEARLY_WIDEST = 3, 6, 0.8
# In characters: a space, and what a full line of a headline may lack.
_A_SPACE, _LACKS = 0.5, 1.6


def cut(long: pl.DataFrame) -> pl.DataFrame:
    """Part lines (source_row, cut) at the line ends that `space_cuts.cut` put in: source_row, piece, width."""
    pieces = (
        long.select("source_row", piece=pl.col("cut").str.split("\n"))
        .explode("piece")
        .with_columns(pl.col("piece").str.strip_chars())
        .filter(pl.col("piece") != "")
    )
    return pieces.with_columns(widths.width(pieces["piece"]))


def measured(pieces: pl.DataFrame) -> pl.DataFrame:
    """Tell print lines (unfinished pieces of one width) from spaces scattered at random.

    Returns:
        A row a line: source_row, n (unfinished pieces), full (their width), printed, scattered.
    """
    ended = pl.col("ended")
    told = pieces.with_columns(
        ended=pl.col("piece").str.contains(widths.ENDS_SENTENCE),
        unfinished=~pl.col("piece").str.contains(f"[{widths.CLOSERS}]$"),
        prose=pl.col("piece").str.contains(_MARKED) & (pl.col("width") >= PARAGRAPH),
    )
    # what stands below the last sentence is site text
    within = ended.cum_max(reverse=True).over("source_row") | ~ended.any().over("source_row")
    # so may be what stands above the first
    told = told.filter(within).with_columns(inside=pl.col("prose").cum_max().over("source_row"))
    whole, inside = _measures(pl.lit(value=True)), _measures(pl.col("inside"))
    return (
        told.group_by("source_row")
        .agg(
            **whole,
            **{f"{name}_inside": measure for name, measure in inside.items()},
            # Where spaces stand after sentences only, they are a habit of the writer's and no line ends.
            mostly=(~ended).sum() > ended.sum(),
        )
        .with_columns(printed=_are_printed(""), by_prose=_are_printed("_inside"))
        .with_columns(full=pl.when("printed").then("full").otherwise("full_inside"))
        .with_columns(pl.col("printed") | pl.col("by_prose"))
        .with_columns(scattered=~pl.col("printed") & pl.col("mostly"))
        .select("source_row", "n", "full", "printed", "scattered")
    )


def of_one_width(rows: pl.DataFrame) -> pl.Series:
    """Count the print lines of each row of `measured`, and of the rows of its document (`doc`) that are as wide.

    A row that was `parted` from others is a paragraph: it is counted by itself.
    """
    usual = pl.col("full").filter("printed").median().over("doc")
    alike = pl.col("printed") & ((pl.col("full") - usual).abs() <= _FITS) & pl.col("parted").is_null()
    total = (pl.col("n") * alike).sum().over("doc")
    return rows.select(pl.when(alike).then(total).otherwise("n").fill_null(0)).to_series()


def ends_full_line(over: str) -> pl.Expr:
    """Whether a print line is full where a unit ends, the first, second or third of its headline (width, full)."""
    left = (pl.col("width") + _A_SPACE).cum_sum().over(over) - _A_SPACE
    n = (left / pl.col("full")).round(0)
    return ((n >= 1) & ((left - n * pl.col("full")).abs() <= _LACKS * n)).fill_null(value=False)


def full_width(pieces: pl.DataFrame) -> pl.DataFrame:
    """Measure the print lines of paragraphs that lost their line ends, first lines narrower: source_row, full."""
    told = pieces.join(measured(pieces).filter("printed"), on="source_row")
    near = (pl.col("width") - pl.col("full")).abs() <= TOO_WIDE
    return told.filter(near).group_by("source_row").agg(full=pl.col("width").quantile(_NEARLY_WIDEST, "higher"))


def _measures(among: pl.Expr) -> dict[str, pl.Expr]:
    unfinished = pl.col("unfinished") & among
    full = pl.col("width").filter(unfinished & (pl.col("width") >= _LEAST))
    near = full.is_between(full.median() - TOO_WIDE, full.median() + TOO_WIDE)
    return {
        "n": full.len(),
        # print lines are cut short by their sentences alone
        "whole": full.len() >= _WHOLE * unfinished.sum(),
        "near": near.mean().fill_null(0.0),
        "full": full.median(),
    }


def _are_printed(name: str) -> pl.Expr:
    return (pl.col(f"near{name}") >= _NEAR) & (pl.col(f"n{name}") >= _FEWEST) & pl.col(f"whole{name}")
