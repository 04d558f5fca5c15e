"""The shapes of lines that are no text, read from `seeds/lexicons/furniture.tsv` and compiled to expressions.

A rule never reaches into a sentence: it asks about a whole line. Which shapes need company is the caller's to say.
"""

import re
from functools import cache

import numpy as np
import polars as pl

from tasks import lexicons
from tasks.clean.gated import ask, matching, where
from tasks.clean.patterns import HAN, fit, narrow
from tasks.clean.shapes import Shapes
from tasks.clean.spaces import without_spaces
from tasks.content import Counts
from tasks.once import once

LONGEST = 120
_SHORT = 60
_LABEL = 24
_TOGETHER = 8
_STOPS, _CREDITING = list("。；，、！？…"), list("据转摘")
# Dates before pages before papers before sections: what is surer takes its characters first.
_HEADER = {"W": "WEEK", "E": "EDITION", "V": "PAGE", "P": "PAPER", "C": "COLUMN", "J": "CREDIT", "S": "SITE"}
_NUMBERED_HEADER = narrow(r"^\d{0,2}[DWPVECJS]*\d{0,2}(?:[\p{Han}]{1,5})?\d{0,2}[DWPVECJS]*\d{0,2}$")
# Day, weekday, paper, page, issue: no page's header is without one of these.
_PARTS = "[0-9报网社版期周日月拜]"
_TWO_PARTS = r"[DWPVEJ].*[WPVEJ]|[WPVEJ].*D"
_ORNAMENTS = r"[【】■◆●◎○◇□▲★☆｜|丨/／·•,，：:— \x{3000}-]"
_ITEM = narrow(r"^- ([\p{Han}])")
_HOWS = ("line", "spaced", "has")
_SEPARATORS = r"[ \x{3000}|｜丨·•>＞»›/／、：:\-—\[\]【】（）()<«‹*★☆▲▼■□●◆]"


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """Return (class, how, pattern), the named parts put in."""
    rows = [(row[0], row[1], row[2]) for row in lexicons.rows("furniture")]
    known = parts()
    return tuple(
        (name, how, narrow(re.sub(r"\{([A-Z]+)\}", lambda part: f"(?:{known[part[1]]})", pattern)))
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
    # the same furniture stands on every page of a site
    distinct = text.to_frame("text").unique(maintain_order=True)
    # items of a list, as Markdown writes them
    items = distinct["text"].str.starts_with("- ")
    plain = where(distinct["text"], items, lambda some: some.str.replace(_ITEM, "${1}"))
    named = distinct.with_columns(named=_named(plain))
    return text.to_frame("text").join(named, on="text", how="left", maintain_order="left")["named"]


def _named(text: pl.Series) -> pl.Series:
    bare = without_spaces(text)
    length, last = bare.str.len_chars(), bare.str.tail(1)
    # Cheap tests first: labels do not end like sentences, and sentences about a site hold one of few words.
    # what stands under a table is its own source
    label = (~last.is_in(_STOPS) | (length <= _LABEL)) & ~bare.str.starts_with("资料来源：")
    about = bare.str.contains(one_of("site_chrome_line"))
    parted = matching(bare, label & (length <= _SHORT), _PARTS)
    # 据云江日报 is a credit
    parted &= ~bare.str.head(1).is_in(_CREDITING)
    dated = ask(bare, parted, lambda some: some.str.contains(one_of("page_header")))
    page = ask(bare, dated, _are_page_headers).to_numpy()
    rows, kinds = _asked(_label_shapes(), label, text, bare)
    talks, site = _asked(_talk_shapes(), about, text, bare)
    best = np.full(len(text), len(classes()))
    header = classes().index("page_header")
    np.minimum.at(best, rows[kinds != header], kinds[kinds != header])
    np.minimum.at(best, talks, site)
    # a line that looks like a page's header is one where something else hints at it
    hinted = (dated | about).to_numpy() | (best < len(classes()))
    headers = rows[(kinds == header) & hinted[rows]]
    best[headers] = np.minimum(best[headers], header)
    best[page] = header
    return pl.Series([*classes(), None], dtype=pl.String)[best]


def _asked(shapes: Shapes, needed: pl.Series, text: pl.Series, bare: pl.Series) -> tuple[Counts, Counts]:
    """Return the rows that have a shape, of those that need to be asked, and the number of its class."""
    chosen = needed.arg_true()
    rows, kinds = shapes.proven(text[chosen], bare[chosen])
    return chosen.to_numpy()[rows], kinds


@once
def _label_shapes() -> Shapes:
    return _shapes_of({name: _HOWS if name == "page_header" else _HOWS[:2] for name in classes()})


@once
def _talk_shapes() -> Shapes:
    return _shapes_of({"site_chrome_line": ("has",)})


def _shapes_of(hows: dict[str, tuple[str, ...]]) -> Shapes:
    numbers = {name: number for number, name in enumerate(classes())}
    return Shapes([(numbers[name], how, pattern) for name, how, pattern in _rows() if how in hows.get(name, ())])


def _are_page_headers(bare: pl.Series) -> pl.Series:
    """Tell which lines are made of nothing but date, weekday, paper, page, issue, section and editors.

    Each of these is reduced to its letter first: their order is any, and one shape for all orders would be huge.
    """
    plain = bare.str.replace_all(parts()["DATE"], "D").str.replace_all(_ORNAMENTS, "")
    could = fit(plain, _of_parts())
    return ask(plain, could, lambda some: some.to_frame("plain").select(_is_page_header()).to_series())


@once
def _of_parts() -> str:
    """What every page's header looks like, and other lines do too: in it the parts need not be told apart."""
    part = "|".join([*(parts()[name] for name in _HEADER.values()), "[DWPVECJS0-9第]"])
    return f"^(?:{part})*(?:[{HAN}]{{1,5}}(?:{part})*)?$"


def _is_page_header() -> pl.Expr:
    bare = pl.col("plain")
    for letter, part in _HEADER.items():
        bare = bare.str.replace_all(parts()[part], letter)
    made = bare.str.contains("^(?:[PVE]|[DWPVECJS]*[DWPVE][DWPVECJS]+|[DWPVECJS]+[WPVE]|SD|C?[0-9]{1,2}C?)$")
    # a section of any name, and a bare page number, where two surer parts stand beside them
    numbered = bare.str.contains(_NUMBERED_HEADER) & bare.str.contains(_TWO_PARTS)
    return (made | numbered) & ~bare.str.contains("^[0-9]*$|^D+$")


@cache
def parts() -> dict[str, str]:
    """Return the pieces that shapes are made of, by name: PAPER, PAGE, DATE."""
    rows = (row for row in lexicons.rows("furniture") if row[1].startswith("part:"))
    return {row[1].removeprefix("part:"): narrow(row[2]) for row in rows}


def has_shape(text: pl.Expr, name: str, how: str = "line") -> pl.Expr:
    """Tell whether a line has a whole-line shape of a class; `weak` shapes prove nothing alone."""
    bare = text.map_batches(without_spaces, return_dtype=pl.String)
    return pl.any_horizontal(pl.lit(False), *(bare.str.contains(shape) for shape in _shapes(name, how)))


def are_of_words(texts: pl.Series, *names: str) -> pl.Series:
    """Tell which lines are nothing but words of these classes and what separates them."""
    return fit(texts, _of_words(*names))


@cache
def _of_words(*names: str) -> str:
    word = f"{one_of(*names)}(?:[（(][0-9]+[）)])?"
    return f"^{_SEPARATORS}*{word}(?:{_SEPARATORS}+{word})*{_SEPARATORS}*$"


def have_word(texts: pl.Series, *names: str) -> pl.Series:
    """Tell in which lines one of the words between the separators is of these classes."""
    return fit(texts, f"(?:^|{_SEPARATORS}){one_of(*names)}(?:{_SEPARATORS}|$)")


@cache
def one_of(*names: str) -> str:
    """One of the words of these classes, as a pattern: it finds some hundred words sooner than `contains_any`."""
    found = sorted({word for name in names for word in words(name)}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in found)})"
