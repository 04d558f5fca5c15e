"""Undoes glosses that a machine put between the bytes of two characters of GBK text: 我們?yōu)辄h is 我們為黨.

It looked for the bytes of 優 and found them in 們為. One byte is lost at the question mark; the reading tells it.
"""

import re
from collections.abc import Iterator

from tasks.clean.patterns import HAN
from tasks.clean.readings import LETTERS, is_reading
from tasks.read.plausibility import char_costs

_GLOSS = f"[{LETTERS}]{{1,7}}[)]"
# a decoder writes one sign for the byte and, as a rule, the bracket behind it
_SPLIT = re.compile(f"[?\ufffd][(]?{_GLOSS}")
_BEFORE, _REACH = re.compile(f"([{HAN}])(?:[(]{_GLOSS})*$"), 40
_NOT_LETTERS = re.compile(f"[^{LETTERS}]")
_PAIRED = re.compile(f"[{HAN}\u3001-\u3011“”‘’…—·，。；：？！（）％]+")
_WIDE, _SECOND = re.compile("[^\x00-\x7f\ufffd]*"), re.compile("[@-~]")
_BYTES = [*range(0x81, 0xFF)]
_LOST = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
# Nats of a character of the first level, see `plausibility.py`; the share of such.
_FIRST_LEVEL, _COMMON = 8.0, 0.6


def undone(text: str) -> str:
    """Return a text full of readings without such glosses, put right; what cannot be told for sure stays as it is."""
    made, at, held = [], 0, set(text)
    for gloss in _SPLIT.finditer(text):
        # its own gloss may stand behind the character before
        before = _BEFORE.search(text, max(0, gloss.start() - _REACH), gloss.start())
        if gloss.start() < at or before is None or (found := _repaired(text, gloss, _bytes(before[1]), held)) is None:
            continue
        chars, end = found
        made += [text[at : gloss.start()], chars]
        at = end
    return "".join([*made, text[at:]])


def _repaired(text: str, gloss: re.Match[str], before: bytes, held: set[str]) -> tuple[str, int] | None:
    """Return the characters behind a gloss and where they end; a gloss that ends them has its bracket back."""
    wide = _WIDE.match(text, gloss.end())
    shifted, end = (wide.group(), wide.end()) if wide else ("", gloss.end())
    second, letter = _SPLIT.match(text, end), _SECOND.match(text, end)
    if len(before) != 2 or not (second or letter):
        return None
    ends = [bytes([byte]) for byte in _LOST] if second else [text[end].encode("ascii")]
    said = [_NOT_LETTERS.sub("", one.group()) for one in (gloss, second) if one]
    # of two as common the one whose characters the text has elsewhere
    found = _candidates(before[1:], _bytes(shifted), ends, said)
    best = sorted(((_common(chars), len(held.intersection(chars)), chars) for chars in found), reverse=True)[:2]
    if not best or best[0][0] < _COMMON or (len(best) > 1 and best[0][:2] == best[1][:2]):
        return None
    return (f"{best[0][2]}({said[1]})", second.end()) if second else (best[0][2], end + 1)


def _candidates(left: bytes, shifted: bytes, ends: list[bytes], said: list[str]) -> Iterator[str]:
    """Yield what the characters can have been."""
    for byte in _BYTES:
        if not _reads(left + bytes([byte]), said[0]):
            continue
        start = bytes([byte]) + shifted
        for last in ends:
            if len(said) > 1 and not _reads(start[-1:] + last, said[1]):
                continue
            chars = _decoded(start + last)
            if chars and _PAIRED.fullmatch(chars):
                yield chars


def _reads(pair: bytes, reading: str) -> bool:
    char = _decoded(pair)
    return len(char) == 1 and is_reading(char, reading)


def _common(chars: str) -> float:
    return float((char_costs(chars) < _FIRST_LEVEL).mean())


def _bytes(text: str) -> bytes:
    return text.encode("gbk", "ignore")


def _decoded(pairs: bytes) -> str:
    try:
        return pairs.decode("gbk")
    except UnicodeDecodeError:
        return ""
