"""Where columns are interleaved, a line wider than its neighbours holds two of them: it is cut at the gutter."""

import polars as pl

from tasks.clean import runs

WIDER = 3


def part(lines: pl.DataFrame) -> pl.DataFrame:
    """Split lines of interleaved columns (`mixed`) that were printed side by side.

    Args:
        lines: the lines frame after `unwrap.join`.

    Returns:
        The frame, `line` renumbered; every piece starts a paragraph. `wide` bool: too wide for one column, and without
        a gutter to cut it at.
    """
    if not lines["mixed"].any():
        return lines.with_columns(wide=pl.lit(False))
    length = pl.col("text").str.len_chars()
    spaced = pl.col("text").str.contains(r"[^!-~] +[^!-~]|[^!-~] {2,}\S|\S {2,}[^!-~]")
    usual = length.filter(pl.col("mixed") & ~spaced).median().over("doc")
    lines = lines.with_columns(
        gutter=(pl.col("mixed") & spaced).fill_null(value=False),
        wide=(pl.col("mixed") & ~spaced & (length > usual + WIDER)).fill_null(value=False),
    )
    return (
        lines.with_columns(
            text=pl.when("gutter")
            .then(
                pl.col("text")
                .str.replace_all(r"([^!-~]) +", "${1}\n")
                .str.replace_all(r" +([^!-~])", "\n${1}")
                .str.split("\n")
            )
            .otherwise(pl.concat_list("text"))
        )
        .explode("text")
        .with_columns(pl.col("text").str.strip_chars())
        .filter(pl.col("text") != "")
        .with_columns(
            # rows of a page put in order do not stand in the order of the source, which `line` tells
            line=pl.when(pl.col("mixed").any().over("doc")).then(runs.rank()).otherwise("line").cast(pl.UInt32),
            joins=pl.col("joins") & ~pl.col("gutter"),
        )
        .drop("gutter")
    )
