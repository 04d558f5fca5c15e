"""The first line of a continued text shares its print line with the marker split off before it: it is a full one."""

import polars as pl


def widen(lines: pl.DataFrame) -> pl.DataFrame:
    """Set `justified` (the line is full width) on the line behind a marker such as （上接第一版）."""
    marker = (pl.col("removed") == "continuation_marker") & pl.col("text").str.contains("接", literal=True)
    behind = (marker & (pl.col("doc") == pl.col("doc").shift(-1))).shift(1).fill_null(value=False) & (
        pl.col("gap") == 0
    )
    return lines.with_columns(justified=pl.col("justified") | behind)
