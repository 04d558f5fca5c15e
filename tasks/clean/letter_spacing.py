"""Close letter-spaced lines: a justified line whose characters stand apart (`常 务 副 市 长`) is a full print line."""

import polars as pl

from tasks.clean.patterns import HAN

_MARKS = r"[\p{P}\p{S}]*"
# Digits keep together and marks cling to a character: `2016年`, `，咱` and `“` are pieces of one letter as well.
_LETTER = rf"(?:^| ){_MARKS}[0-9A-Za-z]*[{HAN}]{_MARKS}(?: |$)"
_OTHER = rf"(?:^| ){_MARKS}[0-9A-Za-z]*{_MARKS}(?: |$)"
_FEWEST = 5


def close(lines: pl.DataFrame) -> pl.DataFrame:
    """Take the letter spaces out of lines that are set wide.

    A line is set wide when most of its space-separated pieces are single characters and there are at least six. Names
    padded for alignment (`张 三`) and slogans of words are not.

    Args:
        lines: The lines frame (text).

    Returns:
        The same rows; `text` closed where needed, `justified` bool added.
    """
    frame = lines.with_row_index("row")
    # Doubled, every space can serve the piece on either side of it.
    pieces = pl.col("text").str.replace_all(" +", "  ")
    spaced = (
        frame.filter(pl.col("text").str.count_matches(" ", literal=True) >= _FEWEST)
        .select("row", "text", letters=pieces.str.count_matches(_LETTER), others=pieces.str.count_matches(_OTHER))
        .with_columns(n=pl.col("text").str.count_matches(" +") + 1)
        .filter(pl.col("n") > _FEWEST, pl.col("letters") > 0.4 * pl.col("n"))
        .filter(pl.col("letters") + pl.col("others") > 0.7 * pl.col("n"))
        .select("row", closed=_closed())
    )
    joined = frame.join(spaced, on="row", how="left", maintain_order="left")
    return joined.select(
        *[pl.coalesce("closed", "text").alias("text") if name == "text" else name for name in lines.columns],
        pl.col("closed").is_not_null().alias("justified"),
    )


def _closed() -> pl.Expr:
    """Close the spaces; between Latin letters one stays, which no mark of ours stands for in a text."""
    kept = pl.col("text").str.replace_all(r"([A-Za-z]) +([A-Za-z])", "${1}\u2060${2}")
    return kept.str.replace_all(" ", "", literal=True).str.replace_all("\u2060", " ", literal=True)
