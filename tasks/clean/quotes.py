"""Gives quotes one shape and their direction: 「」『』〝〞 and straight ones become “”‘’, reversed pairs are turned."""

import numpy as np
import numpy.typing as npt

from tasks.clean.codepoints import BREAK, HAN, SPACE, Codes, Flags, member, per_text, unit_of

Places = npt.NDArray[np.intp]
SHAPES = {"「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”", "〝": "“", "〞": "”", "〟": "”"}
CHINESE = HAN | member("，。；：？！、（）《》【】〔〕“”")
NOT_FIRST = member("，。；：？！、）》】〕,.;:?!)")  # what no quotation opens with
NOT_LAST = member("（《【〔：(:")  # what no quotation ends with
FIRST_CORNER = 0x300C
QUOTES = member("\"'“”„", (FIRST_CORNER, 0x301F))
ENDED = member("。！？!?…")  # behind these a quotation ends
_PAIRS = 2
LINE_END = ord("\n")
LATIN = member("", (0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A))
MOST_KANA = 0.05


def curl(codes: Codes) -> None:
    """Change the quotes of a batch in place, one character for one; texts in Japanese keep theirs."""
    places = np.flatnonzero(np.take(QUOTES, codes, mode="clip"))
    corner = places[codes[places] >= FIRST_CORNER]
    if len(corner):
        table = np.arange(0x3020, dtype=np.uint32)
        for old, new in SHAPES.items():
            if ord(old) < len(table):
                table[ord(old)] = ord(new)
        corner = corner[~_in_japanese(codes, corner)]
        codes[corner] = table[codes[corner]]
    _straight(codes, places[codes[places] == ord('"')], "“”")
    _straight(codes, places[codes[places] == ord("'")], "‘’")
    if (codes[places] == ord("„")).any():
        _low(codes, places[np.isin(codes[places], (ord("„"), ord("“"), ord("”")))])
    _reversed(codes, places[(codes[places] == ord("“")) | (codes[places] == ord("”"))])


def _in_japanese(codes: Codes, places: Places) -> Flags:
    starts = np.concatenate(([0], np.flatnonzero(codes == BREAK)))
    kana = per_text(codes, (codes >= 0x3040) & (codes <= 0x30FA))
    japanese = kana > MOST_KANA * np.diff(starts, append=len(codes))
    return np.asarray(japanese[unit_of(codes == BREAK, places)])


def _straight(codes: Codes, places: Places, curled: str) -> None:
    """Pair straight quotes within a text, else a block, else a line: the first in which every pair makes sense."""
    straight = codes[places[0]] if len(places) else 0
    if straight == ord("'"):  # an apostrophe, a minute, a foot
        places = places[
            ~(LATIN[codes[np.maximum(places - 1, 0)]] | LATIN[codes[np.minimum(places + 1, len(codes) - 1)]])
        ]
    if not len(places):
        return
    line_ends, breaks = codes == LINE_END, codes == BREAK
    blank = line_ends & np.concatenate(([False], line_ends[:-1]))
    for ends in (breaks, breaks | blank, breaks | line_ends):
        places = places[codes[places] == straight]
        if not len(places):
            return
        unit = unit_of(ends, places)
        start = np.concatenate(([0], np.flatnonzero(np.diff(unit)) + 1))
        number = np.repeat(np.arange(len(start)), np.diff(np.append(start, len(places))))
        turn = (np.arange(len(places)) - start[number]) % 2
        before, after = codes[np.maximum(places - 1, 0)], codes[np.minimum(places + 1, len(codes) - 1)]
        # behind a word a print line may end in an opening one
        cut_off = (after == LINE_END) & ~np.take(HAN, before, mode="clip")
        wrong = np.where(turn == 0, NOT_FIRST[after] | cut_off, NOT_LAST[before])
        odd = np.bincount(number) % 2 == 1
        chinese = np.bincount(number, weights=CHINESE[before] | CHINESE[after]) > 0
        good = (chinese & ~odd & (np.bincount(number, weights=wrong) == 0))[number]
        codes[places[good]] = np.where(turn[good] == 0, ord(curled[0]), ord(curled[1]))


def _low(codes: Codes, places: Places) -> None:
    """Give „…“ and „…” beside Chinese, both on one line, the usual shape."""
    line = unit_of((codes == LINE_END) | (codes == BREAK), places)
    low = codes[places] == ord("„")
    pair = np.flatnonzero(low[:-1] & ~low[1:] & (line[:-1] == line[1:]))
    first, last = places[pair], places[pair + 1]
    chinese = np.take(CHINESE, codes[first + 1], mode="clip") | np.take(CHINESE, codes[last - 1], mode="clip")
    codes[first[chinese]], codes[last[chinese]] = ord("“"), ord("”")


def _reversed(codes: Codes, places: Places) -> None:
    """Turn ”…“ round in texts where every pair is reversed, and a colon before one says so or there are several.

    A text that begins in the middle of a quotation has a mark before its ” that ends a sentence.
    """
    if not len(places):
        return
    which = unit_of(codes == BREAK, places)
    texts = int(which[-1]) + 1
    start = np.searchsorted(which, np.arange(texts))
    turn = (np.arange(len(places)) - start[which]) % 2
    before, after = codes[np.maximum(places - 1, 0)], codes[np.minimum(places + 1, len(codes) - 1)]
    against = (codes[places] == ord("“")) == (turn == 0)
    wrong = against | np.where(turn == 0, NOT_FIRST[after] | SPACE[after], NOT_LAST[before])
    clue = (turn == 0) & NOT_LAST[before]
    count = np.bincount(which, minlength=texts)
    ended = np.bincount(which, weights=(turn == 0) & np.take(ENDED, before, mode="clip"), minlength=texts)
    told = np.bincount(which, weights=clue, minlength=texts) > 0
    turned = (
        (count > 0)
        & (count % 2 == 0)
        & (np.bincount(which, weights=wrong, minlength=texts) == 0)
        & (told | ((count >= 2 * _PAIRS) & (ended == 0)))
    )
    chosen = places[turned[which]]
    codes[chosen] = np.where(codes[chosen] == ord("“"), ord("”"), ord("“"))
