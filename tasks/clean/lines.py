"""From texts to the lines frame that layout works on: one row a line that is not blank, in source order."""

import numpy as np
import numpy.typing as npt
import polars as pl

SPACES = " \t\u3000"
# A text of so many lines, nearly all below a blank one, many broken in mid-sentence: the blank lines are its spacing.
_FEWEST, _NEARLY_ALL, MANY = 12, 0.9, 0.25
BROKEN = r"[，,。；;、][^。！？!?；;：:.…”’」』）)》】]*[^，,。！？!?；;：:.…”’」』）)》】]$"


def explode(texts: pl.Series) -> pl.DataFrame:
    """Cut each text at its newlines.

    Returns:
        doc u32 (index in `texts`), line u32 (running number in the document), text, gap i32 (blank lines before),
        indent i32 (leading spaces, an ideographic one counts 2), removed (null).
    """
    pieces = texts.str.split("\n")
    doc = np.repeat(np.arange(len(texts), dtype=np.uint32), pieces.list.len().to_numpy())
    raw = pieces.explode()
    text = raw.str.strip_chars(SPACES)
    kept = (text != "").arg_true()
    rows = kept.to_numpy().astype(np.int64)
    doc, raw, text = doc[rows], raw[kept], text[kept]
    first = np.append(True, doc[1:] != doc[:-1])[: len(rows)]
    starts = np.flatnonzero(first)
    rank = np.arange(len(rows)) - np.repeat(starts, np.diff(starts, append=len(rows)))
    gap = np.where(first, 0, np.diff(rows, prepend=0) - 1)
    gap -= _spacing(doc, gap, text)
    return pl.DataFrame(
        {
            "doc": doc,
            "line": rank.astype(np.uint32),
            "text": text,
            "gap": gap.astype(np.int32),
            "indent": _indents(raw, text),
            "removed": pl.Series([None], dtype=pl.String).new_from_index(0, len(rows)),
        }
    )


def _spacing(doc: npt.NDArray[np.uint32], gap: npt.NDArray[np.int64], text: pl.Series) -> npt.NDArray[np.int64]:
    """Tell the blank lines that are there between any two print lines, as some readers of PDF and Word leave them."""
    apart = gap > 0
    n = np.bincount(doc)
    likely = (n >= _FEWEST) & (np.bincount(doc, apart) >= _NEARLY_ALL * (n - 1))
    rows = np.flatnonzero(likely[doc])
    if not len(rows):
        return np.zeros(len(gap), dtype=np.int64)
    broken = text[rows].str.contains(BROKEN).to_numpy()
    spaced = np.bincount(doc[rows], broken, len(n)) >= MANY * np.maximum(n, 1)
    return (apart & (likely & spaced)[doc]).astype(np.int64)


def _indents(raw: pl.Series, text: pl.Series) -> npt.NDArray[np.int32]:
    """Measure the spaces before each line; few lines have any on either side."""
    indents = np.zeros(len(raw), dtype=np.int32)
    rows = (raw.str.len_bytes() != text.str.len_bytes()).arg_true()
    some = raw[rows]
    lead = some.str.len_chars() - some.str.strip_chars_start(SPACES).str.len_chars()
    wide = some.to_frame("raw").select(pl.col("raw").str.head(lead).str.count_matches("\u3000", literal=True))
    indents[rows.to_numpy()] = lead + wide.to_series()
    return indents
