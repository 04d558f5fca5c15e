"""Drops characters that print nothing, and gives every line end and every space one spelling.

U+3000 stays: layout reads indents from it. So do the marks of other steps, and joiners where they are spelling.
"""

import polars as pl

from tasks.clean.gated import INVISIBLE, counted, needing, where

LINE_END = "\r\n|[\r\\x0b\\x0c\\x85\u2028\u2029]"
# GBK's A3 A0, a wide space, is decoded to a private code point.
PRIVATE_SPACE = "\ue5e5"
SPACE = "[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]"
# C0, C1, soft hyphen, bidi controls, operators, fillers, variation selectors, tags, BOM.
# The ideographic selectors (U+E0100 and on) name the glyph of a name and stay.
NOTHING = (
    "\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e007f\\x{1d173}-\\x{1d17a}"
)
JOINS = ("Arabic", "Syriac", "Mongolian", "Devanagari", "Bengali", "Tamil", "Sinhala", "Khmer", "Extended_Pictographic")
JOINED = "([" + "".join(f"\\p{{{name}}}" for name in JOINS) + "][\u200c\u200d])"
_SEEN = "\r\t\\x0b\\x0c\\x85\u2028\u2029\u00a0\u1680\u2000-\u200a\u200c\u200d\u202f\u205f\u2800"
ANY = f"[{_SEEN}{PRIVATE_SPACE}{NOTHING}]"


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Clean column `text` and add `n_invisible_removed`, in one scan."""
    counts = counted(frame["text"], needing(frame, INVISIBLE), ANY).alias("n_invisible_removed")
    return frame.with_columns(where(frame["text"], counts > 0, _change), counts)


def _change(values: pl.Series) -> pl.Series:
    ends = values.str.replace_all(LINE_END, "\n").str.replace_all(SPACE, " ")
    ends = ends.str.replace_all(PRIVATE_SPACE, "\u3000", literal=True)
    seen = ends.str.replace_all(f"[{NOTHING}]", "")
    joined = seen.str.contains("[\u200c\u200d]")
    return where(seen, joined, lambda some: some.str.replace_all(f"{JOINED}|[\u200c\u200d]", "${1}"))
