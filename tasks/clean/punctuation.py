"""Gives the marks of Chinese text their full width and its quotes one shape; numbers, addresses, Latin sentences stay.

A mark is judged by what is beside it when spaces, line ends and quotes are looked through, on the whole batch at once.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean import quotes
from tasks.clean.codepoints import BREAK, HAN, SPACE, Codes, Flags, gather, member, spread, unit_of
from tasks.clean.gated import where

Places = npt.NDArray[np.intp]
WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
FULL = "、。，；：？！（）《》〈〉【】〔〕「」『』〖〗"
STRONG = HAN | member(FULL)  # beside one of these the text is Chinese
SEEN_THROUGH = SPACE | member("“”‘’〝〞〟\"'")
CLAUSE_MARKS = member(",;:?!")
# 条例.pdf, 好...: no stop; and what stands after the stop of a line.
NO_STOP = member(".", (0x41, 0x5A), (0x61, 0x7A))
CLOSING, LINE_END = member("”’』」）》"), member("\n", (BREAK, BREAK))
BESIDE = f"\\p{{Han}}{FULL}“”‘’"
NEEDED = f"[{BESIDE}][ \n\u3000]*[,;:?!().\"']|[,;:?!()\"'][ \n\u3000]*[{BESIDE}]|[「」『』〝〞〟]|[：（《]”"
ENDS = "[，。；：！？]"
FIRST_WIDE = 0x3000
LONGEST_BRACKET, ROUNDS, CLAUSE_LENGTH = (
    400,
    6,
    6,
)  # characters; nesting depth; characters before a `.` that may end a sentence


def clean(text: pl.Expr) -> pl.Expr:
    """Return the text with the half-width marks of Chinese context widened and its quotes curled, one to one.

    Only where a machine put a comma before every mark are the commas dropped.
    """
    return text.map_batches(_clean, return_dtype=pl.String)


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Clean column `text` and add `n_marks_widened` (int32), the half-width marks and corner quotes that changed."""
    changed = _clean(frame["text"])
    half = "[,;:?!()\"'.「」『』]"
    touched = changed != frame["text"]
    counts = where(
        pl.Series("n_marks_widened", np.zeros(len(changed), dtype=np.int32)),
        touched,
        lambda _: (
            frame["text"].filter(touched).str.count_matches(half).cast(pl.Int32)
            - changed.filter(touched).str.count_matches(half).cast(pl.Int32)
        ),
    )
    return frame.with_columns(changed, counts)


def undouble(values: pl.Series) -> pl.Series:
    """Keep the last of two marks in texts where a machine put a comma before every mark (`年,，` `行，。`)."""
    doubled, ends = values.str.count_matches(f"[,，]{ENDS}"), values.str.count_matches(ENDS)
    return where(
        values, (doubled >= 3) & (doubled * 2 >= ends), lambda found: found.str.replace_all(f"[,，]({ENDS})", "${1}")
    )


def _clean(values: pl.Series) -> pl.Series:
    values = undouble(values)
    return where(values, values.str.contains(NEEDED), _widen)


def _widen(values: pl.Series) -> pl.Series:
    codes = spread(values)
    visible = np.flatnonzero(~SEEN_THROUGH[codes])
    text = codes[visible]  # what is left when spaces and quotes are looked through
    _single_marks(text, _brackets(text))
    _full_stops(text)
    codes[visible] = text
    _last_stops(codes)
    quotes.curl(codes)
    return gather(codes, values.name)


def _beside(text: Codes, places: Places) -> Flags:
    """Tell which places have Chinese right before or right after."""
    before, after = text[np.maximum(places - 1, 0)], text[np.minimum(places + 1, len(text) - 1)]
    return STRONG[before] | STRONG[after]


def _set(text: Codes, places: Places) -> None:
    for half, full in WIDE.items():
        text[places[text[places] == ord(half)]] = ord(full)


def _brackets(text: Codes) -> Places:
    """Widen both ends of a pair beside Chinese or with Chinese inside; return the places of the lone brackets."""
    opening, closing = (text == ord("(")) | (text == ord("（")), (text == ord(")")) | (text == ord("）"))
    places = np.flatnonzero(opening | closing | (text == BREAK))
    chinese = np.concatenate(([0], np.cumsum(STRONG[text], dtype=np.int32)))
    for _ in range(ROUNDS):
        pair = np.flatnonzero(opening[places[:-1]] & closing[places[1:]])
        if not len(pair):
            break
        first, last = places[pair], places[pair + 1]
        wide = (text[first] == ord("（")) | (text[last] == ord("）"))
        wide |= (
            STRONG[text[np.maximum(first - 1, 0)]]
            | STRONG[text[np.minimum(last + 1, len(text) - 1)]]
            | (chinese[last] > chinese[first])
        )
        wide &= last - first <= LONGEST_BRACKET
        _set(text, first[wide])
        _set(text, last[wide])
        places = np.delete(places, np.concatenate((pair, pair + 1)))
    lone: Places = places[text[places] != BREAK]
    return lone


def _single_marks(text: Codes, lone_brackets: Places) -> None:
    """Widen , ; : ? ! and lone brackets beside Chinese; a run of them (?! or !!) follows its first."""
    places = np.union1d(np.flatnonzero(CLAUSE_MARKS[text]), lone_brackets)
    for _ in range(3):
        places = places[text[places] < FIRST_WIDE]
        wide = places[_beside(text, places)]
        if not len(wide):
            return
        _set(text, wide)


def _full_stops(text: Codes) -> None:
    """Make 。 of a `.` after Chinese, in texts that use it for one throughout: often, and more often than 。."""
    after = np.flatnonzero((text[1:] == ord(".")) & HAN[text[:-1]]) + 1
    after = after[~NO_STOP[np.append(text, BREAK)[after + 1]] & HAN[text[np.maximum(after - CLAUSE_LENGTH, 0)]]]
    if not len(after):
        return
    which = unit_of(text == BREAK, after)
    dots = np.bincount(which)
    stops = np.bincount(unit_of(text == BREAK, np.flatnonzero(text == ord("。"))), minlength=len(dots))[: len(dots)]
    text[after[((dots >= 2) & (dots > stops))[which]]] = ord("。")


def _last_stops(codes: Codes) -> None:
    """Make 。 of a `.` that ends a Chinese line."""
    dots = np.flatnonzero(codes == ord("."))
    dots = dots[dots >= CLAUSE_LENGTH]
    dots = dots[HAN[codes[dots - 1]] & HAN[codes[dots - CLAUSE_LENGTH]]]
    padded = np.append(codes, [BREAK, BREAK])
    shut = CLOSING[padded[dots + 1]]
    codes[dots[LINE_END[np.where(shut, padded[dots + 2], padded[dots + 1])]]] = ord("。")
