"""Whether a gloss says how the character before it is read: pinyin in any spelling, or bopomofo.

Readings come in sets (a character may be read in many ways), never from context, which gets names and 长, 行, 调 wrong.
"""

import re
import unicodedata
from functools import cache

from tasks.lexicons import pairs

LETTERS = "a-zA-ZɑɡüêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿăĕĭŏŭÜĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛ\u0300-\u030c"
BOPOMOFO = "\u3105-\u312f"
BOPOMOFO_TONES = "ˊˇˋ˙ˉ"
OPEN_BRACKETS, CLOSE_BRACKETS = "(（\\[［〔【", ")）\\]］〕】"
_DROP = re.compile(f"[^{LETTERS}{BOPOMOFO}:]+")  # spaces, digits, brackets, emoji, apostrophes, tone signs
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0302\u0304\u0306\u030c"))
_SPELLINGS = str.maketrans(
    {"ɑ": "a", "ɡ": "g", "ü": "u", "v": "u", ":": None}
)  # lv, lu:, lü and lu are all written for 绿


@cache
def syllable(gloss: str) -> str:
    """Reduce a gloss (`shū`, `shu1`, `lu:e4`, `ㄕㄨ`) to bare pinyin, v written u; "" without a letter."""
    bare = _DROP.sub("", gloss)
    if bare and "\u3105" <= bare[0] <= "\u312f":
        return pairs("bopomofo").get(bare, "?").translate(_SPELLINGS)
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", bare.lower()).translate(_TONES))
    return plain.translate(_SPELLINGS)


@cache
def readings(char: str) -> frozenset[str]:
    """Return the toneless readings of a character, v written u (may be empty); 儿 may be a bare r.

    A machine writes 瞭 for the 了 of 了解, and reads it as before.
    """
    known = pairs("readings").get(char, "").translate(_SPELLINGS).split()
    return frozenset(known) | ({"r"} if char in "儿兒" else {"le"} if char == "瞭" else frozenset())


def is_reading(char: str, gloss: str) -> bool:
    """Tell whether the gloss is a reading of the character, with or without the r of erhua."""
    said = syllable(gloss)
    known = readings(char)
    return said in known or (said.endswith("r") and said[:-1] in known)


def is_word_reading(word: str, gloss: str) -> int:
    """Return how many of the last characters of `word` the gloss reads, syllable by syllable (0: none)."""
    said = syllable(gloss)
    for n in range(2, len(word) + 1):
        if _spells(word[-n:], said):
            return n
    return 0


def _spells(word: str, said: str) -> bool:
    if not word:
        return not said
    return any(said.startswith(one) and _spells(word[1:], said[len(one) :]) for one in readings(word[0]))
