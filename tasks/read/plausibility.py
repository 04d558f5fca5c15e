"""How improbable a decoding looks: a cost per character, from what the national character sets call common.

The decoding that makes the text most probable wins; Han classes are the levels of GB 2312 (1980) and Big5 (1984).
"""

import numpy as np
import numpy.typing as npt

from tasks.once import once

Floats = npt.NDArray[np.float32]
_MARKS = "，。、；：？！“”‘’（）《》「」『』【】〈〉〔〕—…·\u3000"
# Nats for one character, by class: the first that holds. Ranges are inclusive.
_RANGES: tuple[tuple[int, int, float], ...] = (
    (0x0000, 0x001F, 25.0),
    (0x0020, 0x007E, 5.0),
    (0x007F, 0x009F, 22.0),
    (0x00A0, 0x024F, 11.0),
    (0x0370, 0x045F, 11.0),
    (0x2000, 0x2FFF, 11.0),
    (0x3000, 0x303F, 9.0),
    (0x3040, 0x30FF, 10.0),
    (0x3100, 0x312F, 10.0),
    (0x3130, 0x33FF, 13.0),
    (0x3400, 0x4DBF, 16.0),
    (0x4E00, 0x9FFF, 14.0),
    (0xAC00, 0xD7A3, 14.0),
    (0xE000, 0xF8FF, 20.0),
    (0xF900, 0xFAFF, 15.0),
    (0xFE30, 0xFE6F, 11.0),
    (0xFF00, 0xFF5E, 8.0),
    (0xFF61, 0xFFEE, 13.0),
    (0x1F300, 0x1FAFF, 13.0),
    (0x20000, 0x323AF, 17.0),
)
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_BOPOMOFO = "".join(map(chr, range(0x3105, 0x312A))) + "ˊˇˋ˙ˉ"
_LETTERS = "etaoinsrhldcumfpgwybvkxjqz"


@once
def costs() -> Floats:
    """The cost of every code point in nats (shape 1114112), built once per process."""
    table = np.full(0x110000, 25.0, dtype=np.float32)
    for low, high, cost in _RANGES:
        table[low : high + 1] = cost
    _set(table, _rows("big5", range(0xC9, 0xFA)), 12.0)
    _set(table, _rows("gb2312", range(0xD8, 0xF8)), 11.0)
    _set(table, _rows("big5", range(0xA4, 0xC7)), 7.6)
    _set(table, _rows("gb2312", range(0xB0, 0xD8)), 7.0)
    # Row 8 of GB 2312: the vowels of pinyin, which glosses put behind every other character.
    _set(table, _TONED, 7.0)
    _set(table, _BOPOMOFO, 6.5)
    _set(table, _MARKS, 4.0)
    _set(table, _LETTERS + "0123456789", 3.0)
    _set(table, " \n", 2.5)
    # Frequent as noise, so no sign of a wrong codec.
    _set(table, "\r\t\u00a0\u00b7", 4.0)
    _set(table, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", 4.5)
    return table


def char_costs(text: str) -> Floats:
    """The cost of each character of a text, in nats (shape: characters)."""
    return costs()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]


def _rows(codec: str, leads: range) -> str:
    """Every character of the double-byte rows with these lead bytes."""
    trails = np.arange(0x40, 0xFF, dtype=np.uint8)
    # a line break after each pair: what a bad one leaves over cannot begin the next
    pairs = np.full((len(leads), len(trails), 3), 10, dtype=np.uint8)
    pairs[:, :, 0], pairs[:, :, 1] = np.array(leads, dtype=np.uint8)[:, None], trails
    return pairs.tobytes().decode(codec, "ignore")


def _set(table: Floats, characters: str, cost: float) -> None:
    codes = np.frombuffer(characters.encode("utf-32-le"), dtype=np.uint32)
    # A lone trail byte decodes as ASCII there: those have their own classes.
    table[codes if cost < 5 else codes[codes > 0x7F]] = cost
