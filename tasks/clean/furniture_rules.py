"""The shapes of lines that are no text, read from `seeds/lexicons/furniture.tsv` and compiled to expressions.

A rule never reaches into a sentence: it asks about a whole line. Which shapes need company is the caller's to say.
"""

import re
from functools import cache

import polars as pl

from tasks import lexicons

LONGEST = 120
_SHORT = 60
_LABEL = 24
_STOPS = list("。；，、！？…")
_HOWS = ("line", "spaced", "has")
_SEPARATORS = r"[\s|｜丨·•>＞»›/／、：:\-—\[\]【】（）()<«‹*★☆▲▼■□●◆]"


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """Return (class, how, pattern), the named parts put in."""
    rows = [(row[0], row[1], row[2]) for row in lexicons.rows("furniture")]
    parts = {how.removeprefix("part:"): pattern for _, how, pattern in rows if how.startswith("part:")}
    return tuple(
        (name, how, re.sub(r"\{([A-Z]+)\}", lambda part: f"(?:{parts[part[1]]})", pattern))
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
    # Cheap tests first: labels do not end like sentences, and sentences about a site hold one of few words.
    label = ~pl.col("bare").str.tail(1).is_in(_STOPS) | (pl.col("bare").str.len_chars() <= _LABEL)
    dated = pl.col("short") & pl.col("bare").str.contains_any(list(words("page_header")))
    about = pl.col("short") & pl.col("bare").str.contains_any(list(words("site_chrome_line")))
    labels = frame.filter(label)
    kinds = [name for name in classes() if name != "page_header"]
    hits = [
        labels.filter(pl.any_horizontal(_matches(name, ("line", "spaced")) for name in kinds)),
        labels.filter(dated).filter(_matches("page_header", ("line",))),
        frame.filter(about).filter(_matches("site_chrome_line", ("has",))),
    ]
    named = pl.coalesce(*(pl.when(_matches(name, _HOWS)).then(pl.lit(name)) for name in classes()))
    found = pl.concat(hits).unique("row").select("row", named=named)
    return frame.select("row").join(found, on="row", how="left", maintain_order="left")["named"]


def _matches(name: str, hows: tuple[str, ...]) -> pl.Expr:
    columns = {"line": pl.col("bare"), "spaced": pl.col("text"), "has": pl.col("bare")}
    shapes = [(columns[how], shape) for how in hows if (shape := _shape(name, how))]
    return pl.any_horizontal(pl.lit(False), *(column.str.contains(shape) for column, shape in shapes))


def has_shape(text: pl.Expr, name: str) -> pl.Expr:
    """Tell whether a line has a whole-line shape of a class."""
    return text.str.replace_all(r"\s+", "").str.contains(_shape(name, "line") or r"$^")


def is_of_words(text: pl.Expr, name: str) -> pl.Expr:
    """Tell whether a line is nothing but words of a class and what separates them."""
    word = f"(?:{'|'.join(re.escape(word) for word in words(name))})(?:[（(]\\d+[）)])?"
    return text.str.contains(f"^{_SEPARATORS}*{word}(?:{_SEPARATORS}+{word})*{_SEPARATORS}*$")
