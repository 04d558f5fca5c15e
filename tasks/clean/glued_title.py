"""In a flattened text a space before a digit says nothing: it ends a print line, or stands beside any number.

Where the words before it are the name of a document, and a sentence ended before them, it ended a line.
"""

import numpy as np
import polars as pl

from tasks.clean import runs
from tasks.clean.document_names import DOCUMENT_NAMES
from tasks.clean.patterns import narrow

GLUED = narrow(rf"^([\p{{Han}}“”《》、（）：·0-9 ]{{6,48}}(?:{DOCUMENT_NAMES})(?:（[^（）]{{1,16}}）)?) (\d.*)$")
SENTENCE_END = r"[。！？…；：][”’」』）》]*$"


def part(lines: pl.DataFrame) -> pl.DataFrame:
    """Split such rows in two.

    Args:
        lines: the lines frame with `flat` and `starts_paragraph`.

    Returns:
        The frame, `line` renumbered; both pieces start a paragraph.
    """
    glued = _glued(lines)
    if glued.is_empty():
        return lines
    rows = glued["row"].to_numpy().astype(np.int64)
    source = np.sort(np.concatenate([np.arange(len(lines)), rows]))
    places = np.flatnonzero(np.isin(source, rows))
    texts = source.copy()
    texts[places] = len(lines) + np.arange(len(places))
    pieces = glued.select(
        pl.concat_list(pl.col("text").str.extract(GLUED, piece) for piece in (1, 2)).explode()
    ).to_series()
    return lines[source].with_columns(
        pl.concat([lines["text"], pieces]).gather(texts).alias("text"),
        line=runs.rank().cast(pl.UInt32),
        starts_paragraph=pl.when(pl.Series(np.isin(source, rows))).then(True).otherwise("starts_paragraph"),
    )


def _glued(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that hold a name and the line after it (row, text), where a sentence ended before them."""
    short = lines.select("doc", "text", "flat").with_row_index("row")
    short = short.filter(pl.col("flat") & (pl.col("text").str.len_chars() < 120))
    asked = short.filter(pl.col("text").str.contains(f"(?:{DOCUMENT_NAMES})[^。]{{0,20}} [0-9]"))
    asked = asked.filter(pl.col("text").str.contains(GLUED))
    above = lines.select(doc_above="doc", text_above="text")[(asked["row"].cast(pl.Int64) - 1).clip(0)]
    fresh = (
        (pl.col("row") == 0) | (pl.col("doc") != pl.col("doc_above")) | pl.col("text_above").str.contains(SENTENCE_END)
    )
    return asked.hstack(above).filter(fresh).select("row", "text")
