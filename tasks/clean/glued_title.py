"""In a flattened text a space before a digit says nothing: it ends a print line, or stands beside any number.

Where the words before it are the name of a document, and a sentence ended before them, it ended a line.
"""

import polars as pl

from tasks.clean.document_names import DOCUMENT_NAMES

GLUED = rf"^((?:\p{{Han}}|[“”《》、（）：·0-9 ]){{6,48}}(?:{DOCUMENT_NAMES})(?:（[^（）]{{1,16}}）)?) (\d.*)$"
SENTENCE_END = r"[。！？…；：][”’」』）》]*$"


def part(lines: pl.DataFrame) -> pl.DataFrame:
    """Split such rows in two.

    Args:
        lines: the lines frame with `flat` and `starts_paragraph`.

    Returns:
        The frame, `line` renumbered; both pieces start a paragraph.
    """
    if not lines["flat"].any():
        return lines
    fresh = pl.col("text").shift(1).str.contains(SENTENCE_END) | (pl.col("doc") != pl.col("doc").shift(1))
    short = pl.when(pl.col("flat") & (pl.col("text").str.len_chars() < 120)).then("text")
    named = pl.when(short.str.contains(f"(?:{DOCUMENT_NAMES})[^。]{{0,20}} \\d")).then(short)
    glued = (fresh.fill_null(value=True) & named.str.contains(GLUED)).fill_null(value=False)
    if not lines.select(glued.any()).item():
        return lines
    pieces = pl.concat_list(pl.col("text").str.extract(GLUED, 1), pl.col("text").str.extract(GLUED, 2))
    return (
        lines.with_columns(glued=glued)
        .with_columns(text=pl.when("glued").then(pieces).otherwise(pl.concat_list("text")))
        .explode("text")
        .with_columns(
            line=pl.int_range(pl.len(), dtype=pl.UInt32).over("doc"),
            starts_paragraph=pl.when("glued").then(True).otherwise("starts_paragraph"),
        )
        .drop("glued")
    )
