"""Expressions that rules are made of, each costing milliseconds on half a million rows.

Character scans are the dear ones: a cheap sign first (a byte, a literal), the regex only on what shows it.
"""

from collections.abc import Sequence

import polars as pl

from contracts import ids, scans
from contracts.vocabulary import COMMA_IN_HAN, GLOSS, SPACE_IN_HAN

# U+FDD0..U+FDEF are the noncharacters that tasks/clean/marks.py takes its marks from
MARKS = r"[\x{fdd0}-\x{fdef}]"
CONTROL = r"[\x00-\x1f\x7f-\x{9f}]"
# soft hyphen, zero-width, direction and line separators, word joiners, byte order mark
INVISIBLE = r"[\x{ad}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2064}\x{feff}]"


def one_of(column: str, values: Sequence[str]) -> pl.Expr:
    """The column holds one of `values`."""
    return pl.col(column).is_in(list(values))


def matches(column: str, pattern: str) -> pl.Expr:
    """The whole value matches `pattern`."""
    return pl.col(column).str.contains(f"^(?:{pattern})$")


def not_blank(column: str) -> pl.Expr:
    """The text has something besides white space."""
    return pl.col(column).str.strip_chars() != ""


def unique(column: str) -> pl.Expr:
    """No other row has this value."""
    return pl.col(column).map_batches(scans.unique, return_dtype=pl.Boolean, is_elementwise=False)


def numbered_in(column: str, parent: str | pl.Expr, letter: str, width: int = 4) -> pl.Expr:
    """The id is `<parent>-<letter><ordinal, zero-padded to width>`."""
    return pl.col(column) == ids.numbered(parent, letter, "ordinal", width)


def in_document(column: str) -> pl.Expr:
    """The id begins with the first 20 characters of its document's."""
    return pl.col(column).str.starts_with(pl.col("document_id").str.head(20))


def length_is(count: str, text: str) -> pl.Expr:
    """`count` is the number of characters of `text`."""
    return pl.col(count) == pl.col(text).str.len_chars()


def no_marks(column: str) -> pl.Expr:
    """No noncharacter is left of the marks that steps put around what they remove."""
    return ~scans.seldom(column, MARKS, scans.noncharacters)


def no_control(column: str) -> pl.Expr:
    """No control character, tab or line break."""
    return ~scans.seldom(column, CONTROL, scans.controls)


def no_invisible(column: str) -> pl.Expr:
    """No zero-width, direction or soft-hyphen character."""
    return ~scans.seldom(column, INVISIBLE, scans.invisibles)


def no_gloss(column: str) -> pl.Expr:
    """No pinyin in brackets behind a Han character."""
    return ~scans.seldom(column, GLOSS, scans.bracketed_latin)


def no_half_width_mark(column: str) -> pl.Expr:
    """No half-width mark between Han characters."""
    return ~scans.seldom(column, COMMA_IN_HAN, scans.lone_marks)


def no_space(column: str, excused: str) -> pl.Expr:
    """No space between Han characters but in what matches `excused`."""
    return ~scans.seldom(column, SPACE_IN_HAN, scans.lone_spaces, excused)
