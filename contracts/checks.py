"""Expressions that rules are made of, each costing milliseconds on half a million rows.

Character scans are the dear ones: a cheap sign first (a byte, a literal), the regex only on what shows it.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

# U+FDD0..U+FDEF are the noncharacters that tasks/clean/marks.py takes its marks from
MARKS = [chr(code) for code in range(0xFDD0, 0xFDF0)]
CONTROL = r"[\x00-\x1f\x7f-\x{9f}]"
INVISIBLE = r"[\x{ad}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2064}]"


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
    """No other row has this value: by 64-bit hash first, exactly only where hashes collide (a tenth of the time)."""
    return pl.col(column).map_batches(_unique, return_dtype=pl.Boolean, is_elementwise=False)


def _unique(values: pl.Series) -> pl.Series:
    hashes = values.hash(seed=11)
    if hashes.n_unique() == len(hashes):
        return pl.repeat(True, len(values), dtype=pl.Boolean, eager=True)
    twice = hashes.is_duplicated()
    suspects = values.filter(twice)
    return (~twice).scatter(twice.arg_true(), ~suspects.is_duplicated())


def numbered_in(column: str, parent: str, letter: str, ordinal: str = "ordinal") -> pl.Expr:
    """The id is `<parent>-<letter><ordinal, zero-padded to four>`."""
    prefix = pl.concat_str(pl.col(parent), pl.lit(f"-{letter}"))
    value = pl.col(column)
    digits = pl.col(ordinal).cast(pl.String)
    width = pl.max_horizontal(digits.str.len_bytes(), pl.lit(4, pl.UInt32))
    return (
        value.str.starts_with(prefix)
        & value.str.ends_with(digits)
        & (value.str.len_bytes() == prefix.str.len_bytes() + width)
    )


def in_document(column: str) -> pl.Expr:
    """The id begins with the first 20 characters of its document's."""
    return pl.col(column).str.starts_with(pl.col("document_id").str.head(20))


def length_is(count: str, text: str) -> pl.Expr:
    """`count` is the number of characters of `text`."""
    return pl.col(count) == pl.col(text).str.len_chars()


def no_marks(column: str) -> pl.Expr:
    """No noncharacter is left of the marks that steps put around what they remove."""
    return ~_seldom(column, f"[{MARKS[0]}-{MARKS[-1]}]", _has_mark)


def no_control(column: str) -> pl.Expr:
    """No control character, tab or line break."""
    return ~_seldom(column, CONTROL, _has_control)


def no_invisible(column: str) -> pl.Expr:
    """No zero-width, direction or soft-hyphen character."""
    byte_order = pl.col(column).str.contains("\ufeff", literal=True)
    return ~(byte_order | _seldom(column, INVISIBLE, _has_invisible))


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


Bytes = npt.NDArray[np.uint8]
BLOCK = 1 << 18


def _seldom(column: str, pattern: str, suspicious: Callable[[Bytes], bool]) -> pl.Expr:
    """Rows that match `pattern`, the regex being run only when the column's bytes as a whole look suspicious."""

    def scan(values: pl.Series) -> pl.Series:
        data = values.to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()[2]
        if data is None or not any(map(suspicious, _blocks(np.frombuffer(data, np.uint8)))):
            return pl.repeat(False, len(values), dtype=pl.Boolean, eager=True)
        return values.str.contains(pattern)

    return pl.col(column).map_batches(scan, return_dtype=pl.Boolean, is_elementwise=True)


def _blocks(data: Bytes) -> Iterator[Bytes]:
    """Pieces small enough for the processor's cache, each with two bytes of the next: no character is cut."""
    for start in range(0, len(data), BLOCK):
        yield data[start : start + BLOCK + 2]


def _has_control(data: Bytes) -> bool:
    if int(data.min()) < 0x20 or bool((data == 0x7F).any()):
        return True
    return bool(((data[:-1] == 0xC2) & (data[1:] < 0xA0)).any())


def _has_mark(data: Bytes) -> bool:
    return bool(((data[:-1] == 0xEF) & (data[1:] == 0xB7)).any())


def _has_invisible(data: Bytes) -> bool:
    if bool(((data[:-1] == 0xC2) & (data[1:] == 0xAD)).any()):
        return True
    first, second, third = data[:-2] == 0xE2, data[1:-1], data[2:]
    # unsigned bytes wrap around, so one comparison tells a range
    general = (second == 0x80) & ((third - 0x8B < 5) | (third - 0xA8 < 7))
    joiners = (second == 0x81) & (third - 0xA0 < 5)
    return bool((first & (general | joiners)).any())
