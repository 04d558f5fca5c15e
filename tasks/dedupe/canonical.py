"""The canonical text that articles are compared by: content characters alone, one character for every variant of it.

Marks, spaces, script, width and case differ between two copies of one text; its letters and numbers do not.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean.variants import variant_classes
from tasks.content import Codes, Counts, bounds, content_table, encode, expand, lengths
from tasks.once import once

# mark-up that a scraper left in a text says nothing of what the text says
_MARKUP = r"(?s)<!--.{0,2000}?-->|</?[A-Za-z][^<>]{0,300}>|&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8})[;；]"
# it takes longer to compile than most batches, which hold none, take to search for what it begins with
_MARKUP_SIGN = r"<!--|</?[A-Za-z]|&[#A-Za-z][0-9A-Za-z]"
# lines at the edge of a text that do not end as a sentence does
_LINE = r"[^\n]*[^。！？!?；;：:，,、…”’」』\n][”’」』]*"
_HEAD, _TAIL = rf"^((?:{_LINE}\n+)+)", rf"((?:\n+{_LINE})+)\s*$"
_LOOK = 160


@dataclass(frozen=True)
class Folded:
    """Folded texts, end to end.

    Attributes:
        codes: their content characters, as code points of variant classes.
        starts: n + 1 offsets, in characters, where each text starts and the last one ends.
    """

    codes: Codes
    starts: Counts

    @property
    def lengths(self) -> Counts:
        """Content characters of each text."""
        return np.diff(self.starts)


@dataclass(frozen=True)
class Canonical(Folded):
    """Canonical texts, end to end.

    Attributes:
        head, tail: content characters of the lines at each edge that are no sentences (bylines, credits, leftovers of a
            page).
    """

    head: Counts
    tail: Counts

    def gather(self, rows: npt.NDArray[np.int64]) -> "Canonical":
        """Some of the texts."""
        n = self.lengths[rows]
        codes = self.codes[expand(self.starts[rows], n)]
        return Canonical(codes=codes, starts=bounds(n), head=self.head[rows], tail=self.tail[rows])


def canonical(texts: pl.Series) -> Canonical:
    """Fold texts (a paragraph a line) to what they are compared by."""
    texts = _without_markup(texts.fill_null(""))
    codes, starts = _folded(texts)
    return Canonical(
        codes=codes,
        starts=starts,
        head=_content_of(texts.str.head(_LOOK).str.extract(_HEAD, 1)),
        tail=_content_of(texts.str.tail(_LOOK).str.extract(_TAIL, 1)),
    )


def folded(texts: pl.Series) -> Folded:
    """Fold texts (a paragraph a line; no nulls), and look no further."""
    return Folded(*_folded(_without_markup(texts)))


def _folded(texts: pl.Series) -> tuple[Codes, Counts]:
    codes = np.take(_folds(), encode(texts), mode="clip")
    content = np.flatnonzero(codes)
    return codes[content], np.searchsorted(content, bounds(lengths(texts)))


def _without_markup(texts: pl.Series) -> pl.Series:
    marked = texts.str.contains(_MARKUP_SIGN)
    if not marked.any():
        return texts
    stripped = texts.filter(marked).str.replace_all(_MARKUP, "")
    return texts.scatter(marked.arg_true(), stripped)


@once
def _folds() -> npt.NDArray[np.uint32]:
    """Variant classes of content, Latin, Greek and Cyrillic letters in lower case; zero for all that is none."""
    table = np.where(content_table(), variant_classes(), np.uint32(0))
    for code in (*range(0x41, 0x250), *range(0x370, 0x530)):
        lower = chr(table[code]).lower()
        table[code] = ord(lower) if len(lower) == 1 else table[code]
    table.flags.writeable = False
    return table


def _content_of(edges: pl.Series) -> Counts:
    return edges.str.count_matches(r"[\p{L}\p{N}]").fill_null(0).to_numpy().astype(np.int64)
