"""Gives the marks of Chinese text their full width and its quotes one shape; numbers, addresses, Latin sentences stay.

A mark is judged by what is beside it when spaces, line ends and quotes are looked through, on the whole batch at once.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean import quotes
from tasks.clean.codepoints import BREAK, HAN, SPACE, Codes, Flags, gather, member, spread, unit_of
from tasks.clean.gated import ask, put, where
from tasks.content import bounds, expand, or_per_run
from tasks.once import once

Places = npt.NDArray[np.intp]
WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
FULL = "、。，；：？！（）《》〈〉【】〔〕「」『』〖〗"
STRONG = HAN | member(FULL)  # beside one of these the text is Chinese
SEEN_THROUGH = SPACE | member("“”‘’〝〞〟\"'")
PARTING = member("()（）", (BREAK, BREAK))
HALF = member(",;:?!()\"'.「」『』")
CLAUSE_MARKS = member(",;:?!")
# 条例.pdf, 好...: no stop; and what stands after the stop of a line.
NO_STOP = member(".", (0x41, 0x5A), (0x61, 0x7A))
SHUT, OPENED = member("）)》％%℃"), member("（(")
CLOSING, LINE_END = member("”’』」）》"), member("\n", (BREAK, BREAK))
BESIDE = f"\\p{{Han}}{FULL}“”‘’"
NEEDED = (
    f"[{BESIDE}][ \n\u3000]*[,;:?!().\"']|[,;:?!()\"'][ \n\u3000]*[{BESIDE}]|[「」『』〝〞〟„]"
    "|[：（《]”|%,[0-9A-Za-z]|\\A[^“”]*”"
)
ENDS, ANY_ENDS = "[，。；：！？]", "[，。；：！？、,;:!?]"
_SEVERAL, _STOPS = 3, 3
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
    return text.map_batches(lambda values: _clean(values)[0], return_dtype=pl.String)


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Clean column `text` and add `n_marks_widened` (int32), the half-width marks and corner quotes that changed."""
    texts, counts = _clean(frame["text"])
    return frame.with_columns(texts, n_marks_widened=pl.Series(counts))


def undouble(values: pl.Series) -> pl.Series:
    """Keep the last of two marks in texts where a machine put a comma before every mark (`年,，` `行，。` `外,,`)."""
    likely = values.str.count_matches(f"[,，]{ANY_ENDS}") >= _SEVERAL
    machine = ask(values, likely, lambda some: _doubling(some, ENDS, 2) | _doubling(some, ANY_ENDS, 3))
    return where(values, machine, lambda found: found.str.replace_all(f"[,，]({ANY_ENDS})", "${1}"))


def _doubling(values: pl.Series, ends: str, share: int) -> pl.Series:
    doubled = values.str.count_matches(f"[,，]{ends}")
    return (doubled >= _SEVERAL) & (doubled * share >= values.str.count_matches(ends))


def _clean(values: pl.Series) -> tuple[pl.Series, npt.NDArray[np.int32]]:
    """Return the texts, cleaned, and how many half-width marks each of them lost."""
    single, counts = undouble(values), np.zeros(len(values), dtype=np.int32)
    dropped = (single != values).arg_true()
    if len(dropped):
        lost = [texts[dropped].str.count_matches(",", literal=True).to_numpy() for texts in (values, single)]
        counts[dropped.to_numpy()] = lost[0].astype(np.int32) - lost[1]
    rows = single.str.contains(NEEDED).arg_true()
    if rows.is_empty():
        return single, counts
    before = spread(single[rows])
    codes = before.copy()
    _widen(codes)
    places = np.flatnonzero(before != codes)
    places = places[HALF[before[places]] & ~HALF[codes[places]]]
    counts[rows.to_numpy()] += np.bincount(unit_of(codes == BREAK, places), minlength=len(rows)).astype(np.int32)
    return put(single, rows, gather(codes, values.name)), counts


def _widen(codes: Codes) -> None:
    visible = np.flatnonzero(~np.take(SEEN_THROUGH, codes, mode="clip"))
    text = codes[visible]  # what is left when spaces and quotes are looked through
    _single_marks(text, _brackets(text))
    _full_stops(text)
    codes[visible] = text
    _last_stops(codes)
    quotes.curl(codes)


def _beside(text: Codes, places: Places) -> Flags:
    """Tell which places have Chinese right before or right after."""
    before, after = text[np.maximum(places - 1, 0)], text[np.minimum(places + 1, len(text) - 1)]
    return STRONG[before] | STRONG[after]


def _set(text: Codes, places: Places) -> None:
    text[places] = _wide()[text[places]]


@once
def _wide() -> Codes:
    table = np.arange(0x10000, dtype=np.uint32)  # marks are all in the first plane
    table[[*map(ord, WIDE)]] = [*map(ord, WIDE.values())]
    return table


def _brackets(text: Codes) -> Places:
    """Widen both ends of a pair beside Chinese or with Chinese inside; return the places of the lone brackets."""
    places = np.flatnonzero(np.take(PARTING, text, mode="clip"))
    for _ in range(ROUNDS):
        found = text[places]
        opening, closing = (found == ord("(")) | (found == ord("（")), (found == ord(")")) | (found == ord("）"))
        pair = np.flatnonzero(opening[:-1] & closing[1:])
        if not len(pair):
            break
        first, last = places[pair], places[pair + 1]
        wide = (found[pair] == ord("（")) | (found[pair + 1] == ord("）"))
        wide |= STRONG[text[np.maximum(first - 1, 0)]] | STRONG[text[np.minimum(last + 1, len(text) - 1)]]
        short = last - first <= LONGEST_BRACKET
        open_yet = np.flatnonzero(short & ~wide)
        wide[open_yet] = _holds_chinese(text, first[open_yet], last[open_yet])
        wide &= short
        _set(text, first[wide])
        _set(text, last[wide])
        places = np.delete(places, np.concatenate((pair, pair + 1)))
    lone: Places = places[text[places] != BREAK]
    return lone


def _holds_chinese(text: Codes, first: Places, last: Places) -> Flags:
    """Tell which brackets have Chinese inside."""
    inside = expand(first, last - first)
    starts = bounds(last - first)
    return or_per_run(STRONG[text[inside]].view(np.uint8), starts) > 0


def _single_marks(text: Codes, lone_brackets: Places) -> None:
    """Widen , ; : ? ! and lone brackets beside Chinese; a run of them (?! or !!) follows its first."""
    places = np.union1d(np.flatnonzero(CLAUSE_MARKS[text]), lone_brackets)
    for _ in range(3):
        places = places[text[places] < FIRST_WIDE]
        wide = places[_beside(text, places)]
        if not len(wide):
            break
        _set(text, wide)
    # 增长9.7%,3D打印: a share ends, and a word with a figure begins
    share = places[(text[places] == ord(",")) & (text[np.maximum(places - 1, 0)] == ord("%"))]
    near = np.zeros(len(share), dtype=np.bool_)
    for n in (2, 3, 4):
        near |= HAN[text[np.minimum(share + n, len(text) - 1)]]
    _set(text, share[near])


def _full_stops(text: Codes) -> None:
    """Make 。 of a `.` after Chinese, in texts that use it for one throughout: often, and far more often than 。.

    Where 。 ends sentences too, 市.委 has a word parted against filters.
    """
    after = np.flatnonzero(text[1:] == ord(".")) + 1
    after = after[_ends_chinese(text, after)]
    after = after[~NO_STOP[np.append(text, BREAK)[after + 1]] & STRONG[text[np.maximum(after - CLAUSE_LENGTH, 0)]]]
    if not len(after):
        return
    which = unit_of(text == BREAK, after)
    dots = np.bincount(which)
    stops = np.bincount(unit_of(text == BREAK, np.flatnonzero(text == ord("。"))), minlength=len(dots))[: len(dots)]
    text[after[((dots >= 2) & (dots > _STOPS * stops))[which]]] = ord("。")


def _ends_chinese(text: Codes, places: Places) -> Flags:
    """Tell before which places a sentence may end: behind Chinese, a bracket or a title; （一） is a number."""
    shut = SHUT[text[places - 1]]
    for n in (3, 4):
        shut &= ~OPENED[text[np.maximum(places - n, 0)]]
    return HAN[text[places - 1]] | shut


def _last_stops(codes: Codes) -> None:
    """Make 。 of a `.` that ends a Chinese line."""
    dots = np.flatnonzero(codes == ord("."))
    dots = dots[dots >= CLAUSE_LENGTH]
    dots = dots[_ends_chinese(codes, dots) & STRONG[codes[dots - CLAUSE_LENGTH]]]
    padded = np.append(codes, [BREAK, BREAK])
    shut = CLOSING[padded[dots + 1]]
    codes[dots[LINE_END[np.where(shut, padded[dots + 2], padded[dots + 1])]]] = ord("。")
