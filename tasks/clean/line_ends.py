"""How print lines begin and end, told from their first and last code points."""

import numpy as np
import numpy.typing as npt

from tasks.clean import widths
from tasks.clean.figures import ONE_TO_TEN
from tasks.content import Codes, Counts
from tasks.once import once

Flags = npt.NDArray[np.bool_]
Widths = npt.NDArray[np.float32]
Kinds = npt.NDArray[np.uint16]
# Characters of a note's number, or of the moment when something was said.
_NOTE = 5
_CHARS = (
    "”’）》〉】〕」』)①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    widths.ENDERS,
    "；：;:",
    f"，、,{widths.OPENERS}",
    "，。；：、！？”’）》〉】〕",
    widths.CLOSERS,
    widths.OPENERS,
    f"第{ONE_TO_TEN}（([［0123456789附●■◆▲★•①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "●◆•➢➤►▶❖✓✔",
)
SHUTTING, ENDER, CLAUSE, OPEN, FLOWING, CLOSER, OPENER, NUMBERED, BULLET = (
    np.uint16(1 << bit) for bit in range(len(_CHARS))
)


def ends(codes: Codes, edges: Counts) -> dict[str, Flags | Widths]:
    """Look at the ends of lines, none of them empty.

    Args:
        codes: the code points of all lines, end to end.
        edges: where each line begins, and where the last one ends.

    Returns:
        One flag a line. ends, pauses: it closes a sentence, a clause. goes_on: after its last mark more must come.
        flows: it opens with a mark that opens nothing. marked: it ends in a mark that may hang over the edge, or not
        end a line. numbered: it opens as numbers do. bullet: it opens with the sign of an item.
        And hang (f32): the marks that end it and may hang over its edge,
        since none may start the next line.
    """
    starts, last = edges[:-1], edges[1:] - 1
    head, tail, closed = (_kinds(codes[places]) for places in (starts, last, _before_shutting(codes, starts, last)))
    hung = (tail & CLOSER) > 0
    twice = hung & ((_kinds(codes[last - 1]) & CLOSER) > 0) & (last > starts)
    found = {"ends": (closed, ENDER), "pauses": (closed, CLAUSE), "goes_on": (tail, OPEN)}
    found |= {"flows": (head, FLOWING), "marked": (tail, CLOSER | OPENER), "numbered": (head, NUMBERED)}
    found["bullet"] = (head, BULLET)
    flags = {name: (kinds & kind) > 0 for name, (kinds, kind) in found.items()}
    flags["marked"] |= (closed & (ENDER | CLAUSE)) > 0
    # three dots stand for an ellipsis, as a site cuts the lead that it prints above a text
    dot = ord(".")
    flags["ends"] |= (codes[last] == dot) & (codes[np.maximum(last - 2, starts)] == dot)
    return {**flags, "hang": hung.astype(np.float32) + twice}


def _before_shutting(codes: Codes, starts: Counts, last: Counts) -> Counts:
    """The place of each line's last character, quotes and brackets that are shut aside."""
    places, rows = _before_notes(codes, starts, last), np.arange(len(last))
    while len(rows):
        rows = rows[((_kinds(codes[places[rows]]) & SHUTTING) > 0) & (places[rows] > starts[rows])]
        places[rows] -= 1
    return places


def _before_notes(codes: Codes, starts: Counts, last: Counts) -> Counts:
    """The place of each line's last character, what square brackets hold aside: the number of a note, `[09:06]`."""
    places = last.copy()
    rows = np.flatnonzero((codes[last] == ord("]")) | (codes[last] == ord("］")))
    at = places[rows] - 1
    for _ in range(_NOTE):
        at -= (codes[at] >= ord("0")) & (codes[at] <= ord(":")) & (at > starts[rows])
    noted = (at < places[rows] - 1) & (at > starts[rows]) & ((codes[at] == ord("[")) | (codes[at] == ord("［")))
    places[rows[noted]] = at[noted] - 1
    spaced = rows[noted]
    spaced = spaced[(codes[places[spaced]] == ord(" ")) & (places[spaced] > starts[spaced])]
    places[spaced] -= 1
    return places


def _kinds(codes: Codes) -> Kinds:
    kinds: Kinds = np.take(_table(), codes, mode="clip")
    return kinds


@once
def _table() -> Kinds:
    table = np.zeros(0x10000, dtype=np.uint16)
    for bit, chars in enumerate(_CHARS):
        table[[ord(char) for char in chars]] |= np.uint16(1 << bit)
    return table
