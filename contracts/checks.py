"""Expressions that rules are made of, each costing milliseconds on half a million rows.

Character scans are the dear ones: a cheap sign first (a byte, a literal), the regex only on what shows it.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from contracts import ids, scans

# U+FDD0..U+FDEF are the noncharacters that tasks/clean/marks.py takes its marks from
MARKS = [chr(code) for code in range(0xFDD0, 0xFDF0)]
CONTROL = r"[\x00-\x1f\x7f-\x{9f}]"
# soft hyphen, zero-width, direction and line separators, word joiners, byte order mark
INVISIBLE = [chr(c) for c in (0xAD, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2065), 0xFEFF)]


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
    return ~pl.col(column).str.contains_any(MARKS)


def no_control(column: str) -> pl.Expr:
    """No control character, tab or line break."""
    return ~scans.seldom(column, CONTROL, scans.controls)


def no_invisible(column: str) -> pl.Expr:
    """No zero-width, direction or soft-hyphen character."""
    return ~pl.col(column).str.contains_any(INVISIBLE)


def free_of(column: str, pattern: str, signs: Sequence[str]) -> pl.Expr:
    """No match of `pattern`, tried only on rows holding one of the literals `signs`, one of which every match holds."""

    def scan(values: pl.Series) -> pl.Series:
        signed = pl.Series(np.zeros(len(values), dtype=bool))
        for sign in signs:
            signed = signed | values.str.contains(sign, literal=True).fill_null(False)
        found = values.filter(signed).str.contains(pattern)
        return (~signed).scatter(signed.arg_true(), ~found)

    return pl.col(column).map_batches(scan, return_dtype=pl.Boolean, is_elementwise=True)


def free_outside(column: str, pattern: str, sign: str, excused: str) -> pl.Expr:
    """No match of `pattern` but in what matches `excused`, tried only on rows holding the literal `sign` of a match."""

    def scan(values: pl.Series) -> pl.Series:
        signed = values.str.contains(sign, literal=True).fill_null(False)
        found = values.filter(signed).str.replace_all(excused, "").str.contains(pattern)
        return (~signed).scatter(signed.arg_true(), ~found)

    return pl.col(column).map_batches(scan, return_dtype=pl.Boolean, is_elementwise=True)
