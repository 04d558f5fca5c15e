"""Undoes glosses that a machine put between the bytes of two characters of GBK text: 我們?yōu)辄h is 我們為黨.

It looked for the bytes of 優 and found them in 們為. One byte is lost at the question mark; the reading tells it.
"""

import re
from collections.abc import Iterator
from functools import cache

import opencc

from tasks.clean.marks import ANY_MARK, ANY_RUN, CLOSE, OPEN
from tasks.clean.patterns import HAN
from tasks.clean.readings import LETTERS, is_reading, readings, syllable

# a decoder writes one sign for the byte and, as a rule, the bracket behind it
SPLIT_GLOSS = re.compile(f"[?\ufffd][(]?[{LETTERS}]{{1,7}}[)]")
_CUT = re.compile(f"([{HAN}])(?:{ANY_RUN})*([(][{LETTERS}]{{0,6}})(\\s*)\\Z")
_OWN = re.compile(f"[(][{LETTERS}]{{1,7}}[)]")
_NOT_LETTERS = re.compile(f"[^{LETTERS}]")
_PAIRED = re.compile(f"[{HAN}\u3001-\u3011“”‘’…—·，。；：？！（）％]+")
_BEFORE, _REACH = re.compile(f"([{HAN}])(?:{ANY_RUN})*$"), 40
_WIDE, _SECOND = re.compile("[^\x00-\x7f\ufffd]*"), re.compile("[@-~]")
_BYTES = [*range(0x81, 0xFF)]
_LOST = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
_COMMON = 0.6


def undone(text: str) -> tuple[str, int]:
    """Return the text with the characters put right and such glosses marked, and how many there were.

    Characters keep number and order. What cannot be told for sure stays as it is.
    """
    made, at, n, held = [], 0, 0, set(text)
    for gloss in SPLIT_GLOSS.finditer(text):
        # its own gloss may stand behind the character before
        before = _BEFORE.search(text, max(0, gloss.start() - _REACH), gloss.start())
        if gloss.start() < at or before is None or (found := _repaired(text, gloss, _bytes(before[1]), held)) is None:
            continue
        chars, end, second = found
        made += [text[at : gloss.start()], _marked(gloss.group()), chars]
        # the rest of the second gloss; or the own one of a character that was not known before
        own = second or _OWN.match(text, end)
        if own and (second or is_reading(chars[-1], own.group())):
            made.append(_marked(text[end : own.end()]))
            end = own.end()
        at, n = end, n + 1 + bool(own)
    cut = _CUT.search(text, max(at, len(text) - _REACH))
    if cut and _begins_a_reading(cut):
        made.append(text[at : cut.start(2)])
        return "".join([*made, _marked(cut[2]), cut[3]]), n + 1
    return "".join([*made, text[at:]]), n


def _begins_a_reading(cut: re.Match[str]) -> bool:
    return any(reading.startswith(syllable(cut[2])) for reading in readings(cut[1]))


def _repaired(
    text: str, gloss: re.Match[str], before: bytes, held: set[str]
) -> tuple[str, int, re.Match[str] | None] | None:
    """Return the characters behind a gloss, where they end, and the gloss that ends them, if one does."""
    wide = _WIDE.match(text, gloss.end())
    shifted, end = (wide.group(), wide.end()) if wide else ("", gloss.end())
    if len(before) != 2 or re.search(ANY_MARK, shifted):
        return None
    second = SPLIT_GLOSS.match(text, end)
    letter = _SECOND.match(text, end)
    if not second and not letter:
        return None
    ends = [bytes([byte]) for byte in _LOST] if second else [text[end].encode("ascii")]
    said = [_NOT_LETTERS.sub("", one.group()) for one in (gloss, second) if one]
    # of two as common the one whose characters the text has elsewhere
    may = [
        (share, len(held.intersection(chars)), chars)
        for share, chars in _candidates(before[1:], _bytes(shifted), ends, said)
    ]
    best = sorted(may, reverse=True)[:2]
    if not best or best[0][0] < _COMMON or (len(best) > 1 and best[0][:2] == best[1][:2]):
        return None
    return best[0][2], end + 1, second


def _candidates(left: bytes, shifted: bytes, ends: list[bytes], said: list[str]) -> Iterator[tuple[float, str]]:
    """Yield what the characters can have been, with the share of them that are common."""
    for byte in _BYTES:
        if not _reads(left + bytes([byte]), said[0]):
            continue
        start = bytes([byte]) + shifted
        for last in ends:
            if len(said) > 1 and not _reads(start[-1:] + last, said[1]):
                continue
            chars = _decoded(start + last)
            if chars and _PAIRED.fullmatch(chars):
                yield sum(map(_is_common, chars)) / len(chars), chars


def _reads(pair: bytes, reading: str) -> bool:
    char = _decoded(pair)
    return len(char) == 1 and is_reading(char, reading)


def _bytes(text: str) -> bytes:
    return text.encode("gbk", "ignore")


def _decoded(pairs: bytes) -> str:
    try:
        return pairs.decode("gbk")
    except UnicodeDecodeError:
        return ""


@cache
def _is_common(char: str) -> bool:
    """Whether the character is in the first level of GB 2312 in Simplified script, or a mark."""
    row = _converter().convert(char).encode("gb2312", "ignore")[:1]
    return bool(b"\xb0" <= row <= b"\xd7" or b"\xa1" <= row <= b"\xa3")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _marked(gloss: str) -> str:
    return f"{OPEN['annotation']}{gloss}{CLOSE}"
