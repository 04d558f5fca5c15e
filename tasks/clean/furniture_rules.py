"""The shapes of lines that are no text, read from `seeds/lexicons/furniture.tsv` and compiled to expressions.

Every class has whole-line shapes, so a rule never reaches into a sentence; which shapes need company is said by the caller.
"""

import re
from functools import cache

import polars as pl

from tasks import lexicons

LONGEST = 120
_SHORT = 60
_SEPARATORS = r"[\s|｜丨·•>＞»›/／、：:\-—\[\]【】（）()<«‹*★☆▲▼■□●◆]"


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """Return (class, how, pattern), the named parts put in."""
    rows = [(row[0], row[1], row[2]) for row in lexicons.rows("furniture")]
    parts = {how.removeprefix("part:"): pattern for _, how, pattern in rows if how.startswith("part:")}
    return tuple(
        (name, how, re.sub(r"\{([A-Z]+)\}", lambda part: parts[part[1]], pattern))
        for name, how, pattern in rows
        if not how.startswith("part:")
    )


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a class, longest first."""
    found = {word for row, how, pattern in _rows() if row == name and how == "word" for word in pattern.split(" ")}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def _shape(name: str, how: str) -> str | None:
    patterns = [pattern for row, kind, pattern in _rows() if row == name and kind == how]
    if not patterns:
        return None
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return joined if how == "has" else f"^(?:{joined})$"


@cache
def classes() -> tuple[str, ...]:
    """Return the classes that a line's own shape can prove, in the order in which they are tried."""
    return tuple(dict.fromkeys(name for name, how, _ in _rows() if how != "word"))


def proven(text: pl.Series) -> pl.Series:
    """Name the class that each line's own shape proves, or null.

    Args:
        text: Lines of at most `LONGEST` characters.

    Returns:
        The class names (String), one a line.
    """
    frame = pl.DataFrame({"text": text}).with_row_index("row")
    frame = frame.with_columns(bare=pl.col("text").str.replace_all(r"\s+", ""))
    frame = frame.with_columns(short=pl.col("bare").str.len_chars() <= _SHORT)
    hits = frame.filter(_any())
    named = pl.coalesce(*(pl.when(_is(name)).then(pl.lit(name)) for name in classes()))
    found = hits.select("row", named=named)
    return frame.select("row").join(found, on="row", how="left", maintain_order="left")["named"]


def _any() -> pl.Expr:
    return pl.any_horizontal(_is(name) for name in classes())


def _is(name: str) -> pl.Expr:
    tests = []
    if line := _shape(name, "line"):
        tests.append(pl.col("bare").str.contains(line))
    if spaced := _shape(name, "spaced"):
        tests.append(pl.col("text").str.contains(spaced))
    if has := _shape(name, "has"):
        tests.append(pl.col("short") & pl.col("bare").str.contains(has))
    return pl.any_horizontal(tests)


def is_of_words(text: pl.Expr, name: str) -> pl.Expr:
    """Tell whether a line is nothing but words of a class and what separates them."""
    word = f"(?:{'|'.join(re.escape(word) for word in words(name))})(?:[（(]\\d+[）)])?"
    return text.str.contains(f"^{_SEPARATORS}*{word}(?:{_SEPARATORS}+{word})*{_SEPARATORS}*$")
