"""Close letter-spaced lines: a justified line whose characters stand apart (`常 务 副 市 长`) is a full print line."""

import numpy as np
import polars as pl

from tasks.clean.codepoints import Flags, han_of_patterns
from tasks.clean.document_names import PROCEEDINGS
from tasks.clean.gated import matching, put, where
from tasks.clean.patterns import HAN
from tasks.content import bounds, encode, lengths

_MARKS = r"[\p{P}\p{S}]*"
# Digits keep together and marks cling to a character: `2016年`, `，咱` and `“` are pieces of one letter as well.
_LETTER = rf"(?:^| ){_MARKS}[0-9A-Za-z]*[{HAN}]{_MARKS}(?: |$)"
_OTHER = rf"(?:^| )(?:[0-9A-Za-z]|[\p{{P}}\p{{S}}]){_MARKS}[0-9A-Za-z]*{_MARKS}(?: |$)"
# A line of one word: 讲  话, 开　幕　词. So many bytes at most.
_SPACE, _LONGEST_WORD = r"[ \x{3000}]+", 40
_WORD = rf"^[{HAN}](?:{_SPACE}[{HAN}]){{1,4}}$"
_KIND = f"^(?:{PROCEEDINGS}|目录|附件)$"
_FEWEST = 5
_LETTERS = 0.4
_MOSTLY = 0.5


def close(lines: pl.DataFrame) -> pl.DataFrame:
    """Take the letter spaces out of lines that are set wide.

    A line is set wide when most of its space-separated pieces are single characters and there are at least six. Names
    in a row (`张 三 李四`) and slogans of words are not. A line of one word (`讲 话`) is, and fills nothing.

    Args:
        lines: The lines frame (doc, text).

    Returns:
        The same rows; `text` closed where needed, `justified` bool added.
    """
    short = matching(lines["text"], lines["text"].str.len_bytes() <= _LONGEST_WORD, _WORD)
    lines = lines.with_columns(where(lines["text"], short, _closed_words))
    wide = lines["text"].str.count_matches("\u3000", literal=True) >= _FEWEST
    frame = lines.with_columns(where(lines["text"], wide, _narrowed)).with_row_index("row")
    # Doubled, every space can serve the piece on either side of it.
    pieces = pl.col("text").str.replace_all(" +", "  ")
    spaced = frame.select("row", "text").filter(pl.col("text").str.count_matches(" ", literal=True) >= _FEWEST)
    spaced = spaced.filter(pl.Series(_may_be_spaced(spaced["text"]), dtype=pl.Boolean))
    spaced = (
        spaced.with_columns(letters=pieces.str.count_matches(_LETTER), others=pieces.str.count_matches(_OTHER))
        .with_columns(n=pl.col("text").str.count_matches(" +") + 1)
        .filter(pl.col("n") > _FEWEST, pl.col("letters") > _LETTERS * pl.col("n"))
        .filter(pl.col("letters") + pl.col("others") > 0.7 * pl.col("n"))
        .select("row", closed=_closed())
    )
    if spaced.is_empty():
        return lines.with_columns(justified=pl.lit(False))
    rows, doc = spaced["row"].to_numpy(), lines["doc"].to_numpy()
    of_doc = np.bincount(doc)
    # where most lines are set wide, it is not to fill them: a scan, or a program that parts all characters
    most = (np.bincount(doc[rows], minlength=len(of_doc)) > _MOSTLY * of_doc) & (of_doc > _FEWEST)
    justified = np.zeros(len(lines), dtype=np.bool_)
    justified[rows] = ~most[doc[rows]]
    return lines.with_columns(put(lines["text"], spaced["row"], spaced["closed"]), justified=pl.Series(justified))


def _closed_words(texts: pl.Series) -> pl.Series:
    """Close lines of one word; of two letters only those that say what a text is, as others may be names."""
    closed = texts.str.replace_all(_SPACE, "")
    return texts.zip_with((closed.str.len_chars() == 2) & ~closed.str.contains(_KIND), closed)


def _narrowed(texts: pl.Series) -> pl.Series:
    """Give single wide spaces within a line the width of others; those of an indent stay."""
    # a character between two spaces ends one find and begins another
    for _ in range(2):
        texts = texts.str.replace_all(r"([^ \x{3000}])\x{3000}([^ \x{3000}])", "${1} ${2}")
    return texts


def _may_be_spaced(texts: pl.Series) -> Flags:
    """Tell which texts have enough pieces with one character of Han; no text that is set wide has fewer."""
    codes, edges = encode(texts), bounds(lengths(texts))
    if not len(codes):
        return np.zeros(len(texts), dtype=np.bool_)
    # a piece begins with the space before it; of many spaces each but the last is a piece by itself
    starts = np.union1d(edges[:-1], np.flatnonzero(codes == ord(" ")))
    han = np.add.reduceat(han_of_patterns()[codes], starts, dtype=np.int32)
    filled = (np.diff(starts, append=len(codes)) > 1) | (codes[starts] != ord(" "))
    text = np.searchsorted(edges, starts, side="right") - 1
    found: Flags = np.bincount(text, han == 1, len(texts)) > _LETTERS * np.bincount(text, filled, len(texts))
    return found


def _closed() -> pl.Expr:
    """Close the spaces; beside a Latin word one stays, which no mark of ours stands for in a text. G D P is a word."""
    kept = pl.col("text").str.replace_all(r"([A-Za-z]{2,}) +([A-Za-z])", "${1}\u2060${2}")
    kept = kept.str.replace_all(r"([A-Za-z]) +([A-Za-z]{2,})", "${1}\u2060${2}")
    return kept.str.replace_all(" ", "", literal=True).str.replace_all("\u2060", " ", literal=True)
