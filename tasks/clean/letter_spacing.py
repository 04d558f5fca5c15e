"""Close letter-spaced lines: a justified line whose characters stand apart (`常 务 副 市 长`) is a full print line."""

import polars as pl


def close(lines: pl.DataFrame) -> pl.DataFrame:
    """Take the letter spaces out of lines that are set wide.

    A line is set wide when most of its space-separated pieces are single characters (marks may cling to them) and there
    are at least six. Names padded for alignment (`张 三`) and slogans of words are not.

    Args:
        lines: The lines frame (text).

    Returns:
        The same rows; `text` closed where needed, `justified` bool added.
    """
    pieces = pl.col("text").str.split(" ").list.eval(pl.element().filter(pl.element() != ""))
    # A mark clings to its character: `，咱`, `“ 身` and `2016年` are pieces of one letter as well.
    letters = pieces.list.eval(pl.element().str.replace_all(r"[\p{P}\p{S}]", "").str.replace_all(r"[0-9A-Za-z]+", ""))
    singles = letters.list.eval(pl.element().str.len_chars() <= 1).list.mean()
    han = letters.list.eval(pl.element().str.len_chars() == 1).list.mean()
    many = pl.col("text").str.count_matches(" ") >= 5
    frame = lines.with_columns(
        justified=pl.when(many)
        .then((pieces.list.len() >= 6) & (singles > 0.7) & (han > 0.4))
        .otherwise(False)
        .fill_null(False)
    )
    closed = (
        pl.col("text")
        .str.replace_all(r"([A-Za-z]) +([A-Za-z])", "${1}\u2060${2}")
        .str.replace_all(" ", "")
        .str.replace_all("\u2060", " ")
    )
    return frame.with_columns(text=pl.when("justified").then(closed).otherwise("text"))
