"""From texts to the lines frame that layout works on: one row a line that is not blank, in source order."""

import polars as pl

from tasks.clean import runs

SPACES = " \t\u3000"


def explode(texts: pl.Series) -> pl.DataFrame:
    """Cut each text at its newlines.

    Returns:
        doc u32 (index in `texts`), line u32 (running number in the document), text, gap i32 (blank lines before),
        indent i32 (leading spaces, an ideographic one counts 2), removed (null).
    """
    return (
        pl.LazyFrame({"text": texts})
        .with_row_index("doc")
        .with_columns(pl.col("text").str.split("\n"))
        .explode("text")
        .with_columns(
            raw=pl.col("text"),
            text=pl.col("text").str.strip_chars(SPACES),
            line=pl.int_range(pl.len(), dtype=pl.UInt32),
        )
        .filter(pl.col("text") != "")
        .with_columns(
            lead=pl.col("raw").str.len_chars() - pl.col("raw").str.strip_chars_start(SPACES).str.len_chars(),
            first=~(pl.col("doc") == pl.col("doc").shift(1)).fill_null(False),
            before=pl.col("line").shift(1, fill_value=0),
        )
        .with_columns(
            gap=pl.when("first").then(0).otherwise(pl.col("line") - pl.col("before") - 1).cast(pl.Int32),
            indent=pl.when(pl.col("lead") > 0)
            .then(pl.col("lead") + pl.col("raw").str.head(pl.col("lead")).str.count_matches("\u3000"))
            .otherwise(0)
            .cast(pl.Int32),
        )
        .select(
            "doc",
            runs.rank().cast(pl.UInt32).alias("line"),
            "text",
            "gap",
            "indent",
            pl.lit(None, pl.String).alias("removed"),
        )
        .collect()
    )
