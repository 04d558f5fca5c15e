"""The shapes of lines that are no text, read from `seeds/lexicons/furniture.tsv` and compiled to expressions.

A rule never reaches into a sentence: it asks about a whole line. Which shapes need company is the caller's to say.
"""

import re
from functools import cache

import polars as pl

from tasks import lexicons
from tasks.clean.gated import ask
from tasks.clean.patterns import narrow
from tasks.clean.spaces import without_spaces

LONGEST = 120
_SHORT = 60
_LABEL = 24
_TOGETHER = 8
_STOPS = list("。；，、！？…")
# Dates before pages before sections: what is longer and surer takes its characters first.
_HEADER = {"W": "WEEK", "P": "PAPER", "E": "EDITION", "V": "PAGE", "C": "COLUMN", "J": "CREDIT", "S": "SITE"}
_NUMBERED_HEADER = narrow(r"^\d{0,2}[DWPVECJS]*\d{0,2}(?:[\p{Han}]{2,5})?\d{0,2}[DWPVECJS]*\d{0,2}$")
# Day, weekday, paper, page, issue: no page's header is without one of these.
_PARTS = "[0-9报网社版期周日月拜]"
_TWO_PARTS = r"[DWPVEJ].*[WPVEJ]|[WPVEJ].*D"
_ORNAMENTS = r"[■◆●□▲★☆｜|丨/／·•,，：:— \x{3000}-]"
_HOWS = ("line", "spaced", "has")
_SEPARATORS = r"[ \x{3000}|｜丨·•>＞»›/／、：:\-—\[\]【】（）()<«‹*★☆▲▼■□●◆]"


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """Return (class, how, pattern), the named parts put in."""
    rows = [(row[0], row[1], row[2]) for row in lexicons.rows("furniture")]
    parts = _parts()
    return tuple(
        (name, how, narrow(re.sub(r"\{([A-Z]+)\}", lambda part: f"(?:{parts[part[1]]})", pattern)))
        for name, how, pattern in rows
        if not how.startswith("part:")
    )


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a class, longest first."""
    found = {word for row, how, pattern in _rows() if row == name and how == "word" for word in pattern.split(" ")}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def _shapes(name: str, how: str) -> tuple[str, ...]:
    """Join the patterns of a class by a few: one by one each costs a call, all in one outgrow the automaton."""
    patterns = [f"(?:{pattern})" for row, kind, pattern in _rows() if row == name and kind == how]
    joined = ["|".join(patterns[at : at + _TOGETHER]) for at in range(0, len(patterns), _TOGETHER)]
    return tuple(joined if how == "has" else (f"^(?:{shape})$" for shape in joined))


@cache
def classes() -> tuple[str, ...]:
    """Return the classes that a line's own shape can prove, in the order in which they are tried."""
    return tuple(dict.fromkeys(name for name, how, _ in _rows() if how in _HOWS))


def proven(text: pl.Series) -> pl.Series:
    """Name the class that each line's own shape proves, or null.

    Args:
        text: Lines of at most `LONGEST` characters.

    Returns:
        The class names (String), one a line.
    """
    if text.is_empty():
        return pl.Series("named", [], dtype=pl.String)
    # The same furniture stands on every page of a site.
    distinct = text.to_frame("text").unique(maintain_order=True)
    named = distinct.with_columns(named=_named(distinct["text"]))
    return text.to_frame("text").join(named, on="text", how="left", maintain_order="left")["named"]


def _named(text: pl.Series) -> pl.Series:
    bare = without_spaces(text)
    length, last = bare.str.len_chars(), bare.str.tail(1)
    # Cheap tests first: labels do not end like sentences, and sentences about a site hold one of few words.
    label = ~last.is_in(_STOPS) | (length <= _LABEL)
    about = bare.str.contains_any(list(words("site_chrome_line")))
    parts = label & (length <= _SHORT) & bare.str.contains(_PARTS)
    dated = ask(bare, parts, lambda some: some.str.contains_any(list(words("page_header"))))
    rows = (label | about).arg_true()
    text = text.str.replace_all("\u3000", " ", literal=True)
    asked = pl.DataFrame({"text": text, "bare": bare, "label": label, "about": about, "dated": dated})[rows]
    kinds = [name for name in classes() if name != "page_header"]
    # each shape is asked once: to compile it costs more than to match it
    labels = asked.with_row_index().filter("label")
    labels = labels.select(
        "index", *(_matches(name, _HOWS if name == "page_header" else _HOWS[:2]).alias(name) for name in classes())
    )
    asked = asked.with_row_index().join(labels, on="index", how="left", maintain_order="left")
    asked = asked.with_columns(pl.col(list(classes())).fill_null(False)).with_columns(
        shaped=pl.any_horizontal("dated", "about", *kinds),
        talk=_ask(asked, asked["about"], _matches("site_chrome_line", ("has",))),
        page=_ask(asked, asked["dated"], _is_page_header()),
    )
    proof = pl.col("label") & pl.any_horizontal("page", "page_header", *kinds) | (pl.col("about") & pl.col("talk"))
    is_of = {name: pl.col(name) | pl.col("talk") if name == "site_chrome_line" else pl.col(name) for name in classes()}
    of_page = pl.when("page").then(pl.lit("page_header"))
    found = pl.coalesce(of_page, *(pl.when(test).then(pl.lit(name)) for name, test in is_of.items()))
    told = asked.select(found=pl.when(pl.col("shaped") & proof).then(found))["found"]
    return pl.repeat(None, len(text), dtype=pl.String, eager=True).scatter(rows, told)


def _ask(frame: pl.DataFrame, needed: pl.Series, test: pl.Expr) -> pl.Series:
    """Return what a test says of the rows that need it, False of the others."""
    rows = needed.arg_true()
    return pl.repeat(False, len(frame), eager=True).scatter(rows, frame[rows].select(told=test)["told"])


def _is_page_header() -> pl.Expr:
    """Tell whether a line is made of nothing but date, weekday, paper, page, issue, section and editors.

    Each of these is reduced to its letter first: their order is any, and one shape for all orders would be huge.
    """
    bare = pl.col("bare").str.replace_all(_parts()["DATE"], "D").str.replace_all(_ORNAMENTS, "")
    for letter, part in _HEADER.items():
        bare = bare.str.replace_all(_parts()[part], letter)
    made = bare.str.contains("^(?:[PVE]|[DWPVECJS]*[DWPVE][DWPVECJS]+|[DWPVECJS]+[WPVE]|SD|C?[0-9]{1,2}C?)$")
    # a section of any name, and a bare page number, where two surer parts stand beside them
    numbered = bare.str.contains(_NUMBERED_HEADER) & bare.str.contains(_TWO_PARTS)
    return (made | numbered) & ~bare.str.contains("^[0-9]*$|^D+$")


@cache
def _parts() -> dict[str, str]:
    parts = (row for row in lexicons.rows("furniture") if row[1].startswith("part:"))
    return {row[1].removeprefix("part:"): narrow(row[2]) for row in parts}


def _matches(name: str, hows: tuple[str, ...]) -> pl.Expr:
    columns = {"line": pl.col("bare"), "spaced": pl.col("text"), "has": pl.col("bare")}
    tests = [columns[how].str.contains(shape) for how in hows for shape in _shapes(name, how)]
    return pl.any_horizontal(pl.lit(False), *tests)


def has_shape(text: pl.Expr, name: str, how: str = "line") -> pl.Expr:
    """Tell whether a line has a whole-line shape of a class; `weak` shapes prove nothing alone."""
    bare = text.map_batches(without_spaces, return_dtype=pl.String)
    return pl.any_horizontal(pl.lit(False), *(bare.str.contains(shape) for shape in _shapes(name, how)))


def is_of_words(text: pl.Expr, *names: str) -> pl.Expr:
    """Tell whether a line is nothing but words of these classes and what separates them."""
    word = f"{_one_of(*names)}(?:[（(][0-9]+[）)])?"
    return text.str.contains(f"^{_SEPARATORS}*{word}(?:{_SEPARATORS}+{word})*{_SEPARATORS}*$")


def has_word(text: pl.Expr, *names: str) -> pl.Expr:
    """Tell whether one of the words between the separators of a line is of these classes."""
    return text.str.contains(f"(?:^|{_SEPARATORS}){_one_of(*names)}(?:{_SEPARATORS}|$)")


def _one_of(*names: str) -> str:
    found = sorted({word for name in names for word in words(name)}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in found)})"
