"""Puts together again the characters that a machine tore when it wrote readings between the bytes of GBK text.

It replaced `請` by `請(qǐng)` wherever the two bytes stood, also across two characters: 日報 became `日?qǐng)?bào)`.
What is certain comes back; a character that lost a byte stays a question mark.
"""

import re
from functools import cache

from tasks.clean.readings import is_reading
from tasks.lexicons import rows
from tasks.read import split_glosses
from tasks.read.plausibility import char_costs

_SAMPLE, _LEAST, _SHARE = 4000, 3, 0.1
_TONED = "a-zêāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ"
_TONE = re.compile("[àáèéìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜ]")
_GLOSS = re.compile(rf"[\u4e00-\u9fff]\([{_TONED}]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][{_TONED}]*\)")
_TORN = re.compile(rf"([\u4e00-\u9fff])\?([{_TONED}]{{1,6}})\)\?([{_TONED}]{{1,6}})(?=\))")
_HALF = re.compile(rf"([\u4e00-\u9fff])\?([{_TONED}]{{1,6}})\)([@-~])(?![a-zA-Z])")
_LATE = re.compile(
    rf"\?((?:[,;:?!]|[^\s\x00-\x7f])[^\s\x00-\x7f]{{0,8}}[@-~])(?=[^a-zA-Z]|$)(?:(?=\(([{_TONED}]{{1,6}})\)))?"
)
_BOTH = re.compile(r"\?([,;:?!]?[^\s\x00-\x7f]{2,8})\?(?=[，。、：；！？”,:;!])")
_WIDE = str.maketrans(",;:?!", "，；：？！")
_WIDE_LETTER = re.compile("[\uff20-\uff5e]")
_RARE = 11.0  # nats of a character of the second level or beyond


def mend(text: str) -> str:
    """Return the text with torn characters put together, where readings and bytes leave one answer.

    Args:
        text: decoded text of a file; all but those full of readings with tones, or of Traditional characters, stay.
    """
    if "?" not in text and "\ufffd" not in text:
        return text
    sample = text[:_SAMPLE]
    glossed = _TONE.search(sample) is not None and len(_GLOSS.findall(sample)) >= _LEAST
    if not glossed and not (_LATE.search(text) and _is_traditional(sample)):
        return text
    if glossed:
        text = split_glosses.undone(text)
    return _BOTH.sub(_read_between, _LATE.sub(_read_late, _HALF.sub(_half, _TORN.sub(_torn, text))))


def _torn(found: re.Match[str]) -> str:
    """Find the character whose bytes were parted: the first of them ends a character that reads as the first gloss."""
    before, first, second = found.groups()
    tail = _gbk(before)[1:]
    answers = {
        whole
        for across in _traditional().get(tail, ())
        if is_reading(across, first)
        for whole in _traditional().get(_gbk(across)[1:], ())
        if is_reading(whole, second)
    }
    common = [char for char in answers if _cost(char) < _RARE] if len(answers) > 1 else list(answers)
    return f"{before}{common[0]}({second}" if len(common) == 1 else found.group()


def _half(found: re.Match[str]) -> str:
    """Find the character whose second byte passes for a letter: its first one ends what reads as the gloss."""
    before, gloss, letter = found.groups()
    across = [char for char in _traditional().get(_gbk(before)[1:], ()) if is_reading(char, gloss)]
    answers = {(_gbk(char)[1:] + letter.encode()).decode("gbk", "replace") for char in across}
    answers &= _traditional_alone()
    return before + answers.pop() if len(answers) == 1 else found.group()


def _read_between(found: re.Match[str]) -> str:
    """Read what stands between two lost bytes one byte later; the characters that lost one stay question marks."""
    late = found[1][0].translate(_WIDE) + found[1][1:]
    try:
        again = late.encode("gbk")[1:-1].decode("gbk")
    except UnicodeError:
        return found.group()
    return f"?{again}?" if _cost(again) < _RARE <= _cost(late) else found.group()


def _read_late(found: re.Match[str]) -> str:
    """Read again from the second byte on; the first character has lost its first byte and stays a question mark."""
    late, gloss = found.groups()
    try:
        again = (late[0].translate(_WIDE) + late[1:]).encode("gbk")[1:].decode("gbk")
    except UnicodeError:
        return found.group()
    worst = _cost(again)
    odd = _cost(late[:-1]) >= _RARE or _WIDE_LETTER.search(late) or not late[-1].isalpha()
    certain = worst < _RARE and (is_reading(again[-1], gloss) if gloss else odd)
    return f"?{again}" if certain else found.group()


def _is_traditional(text: str) -> bool:
    alone = sum(char in _traditional_alone() for char in text)
    return alone >= _SHARE * len(text)


def _cost(text: str) -> float:
    """Nats of the least likely character, the characters of Big5's first level taken for common."""
    return float(char_costs(text).max())


def _gbk(char: str) -> bytes:
    return char.encode("gbk", "ignore")


@cache
def _traditional_alone() -> frozenset[str]:
    return frozenset(char for chars in _traditional().values() for char in chars)


@cache
def _traditional() -> dict[bytes, list[str]]:
    """List the characters that Traditional text alone has, by the first of their two bytes."""
    found: dict[bytes, list[str]] = {}
    for char, *kinds in rows("script_chars"):
        code = _gbk(char)
        if len(code) == 2 and kinds and "T" in kinds[0]:
            found.setdefault(code[:1], []).append(char)
    return found
