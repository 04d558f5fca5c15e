"""Finds the encoding of Chinese text: BOM, strict UTF-8, then whichever codec makes the text most probable.

Declared charsets are not asked: they lie too often. A cut-off last character does not spoil a file.
"""

import codecs
import re
from dataclasses import dataclass

import numpy as np

from tasks.read.errors import UnreadableError
from tasks.read.mojibake import repair
from tasks.read.plausibility import char_costs
from tasks.read.torn import mend

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "cp1252")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_HIGH = re.compile(rb"[\x80-\xff]")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 16 * 1024
# Nats an undecodable byte costs beside a U+FFFD: a codec without errors wins unless its text is nonsense.
_ERROR_COST = 20.0
# The mean of real text, even of rare words, stays below this; bytes of a foreign charset come out above.
_WORST_MEAN = 10.5
_ASCII_COST, _COMMON_HAN, _LEVEL_TWO, _RARE_HAN = 5.0, 7.0, 8.0, 17.5
# Of the Han characters of real text, old medical books included, at least .95 are of a first level; of EUC-TW, .7.
_FIRST_HAN, _LAST_HAN = 0x3400, 0x9FFF
_ENOUGH_HAN, _LEAST_COMMON = 60, 0.8
_MOST_DAMAGED = 0.005
_MOST_CONTROLS = 0.1
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL_BYTES = 0.03
_MANY_NULS = 0.3
_SHORT_ASCII = 128


@dataclass(frozen=True)
class Decoded:
    """Text with the codec that gave it (`-as-latin-1` when mojibake was undone) and notes on damage met on the way."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, codec: str = "auto") -> Decoded:
    """Decode bytes of unknown encoding, or of the `codec` that a source card states.

    Args:
        data: the bytes of a whole file (at least one).
        codec: a Python codec name, or "auto".

    Raises:
        UnreadableError: `binary` for bytes that are no text, `undecodable` for text that no candidate decodes.
    """
    if codec != "auto":
        return _accept(data, codec, stated=True)
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _accept(data[len(bom) :] if name == "gb18030" else data, name, stated=True)
    if (quick := _plain_utf8(data)) is not None:
        return quick
    errors: list[UnreadableError] = []
    for name in _ranked(data):
        try:
            return _accept(data, name)
        except UnreadableError as error:
            errors.append(error)
    if len(_CONTROL_BYTES.findall(data, 0, _SAMPLE)) > _MOST_CONTROL_BYTES * min(len(data), _SAMPLE):
        raise UnreadableError("binary", "control bytes are strewn all over it: this is no text file")
    raise errors[0]


def _plain_utf8(data: bytes) -> Decoded | None:
    """Valid UTF-8 without NUL is UTF-8, unless it is so short that UTF-16 can happen to look like ASCII."""
    if b"\0" in data:
        return None
    try:
        text, left = _decode_all(data, "utf-8", "strict")
    except UnicodeDecodeError:
        return None
    if text.isascii() and (len(text) <= _SHORT_ASCII or "~{" in text):
        return None
    return _finish(text, "utf-8", left, 0)


def _ranked(data: bytes) -> list[str]:
    """The candidate codecs, the most plausible first; no codec that is absent from Chinese scrapes is tried."""
    nuls = data.count(b"\0", 0, _SAMPLE) / max(1, min(len(data), _SAMPLE))
    candidates = (*_CANDIDATES, "utf-32-le", "utf-32-be") if nuls > _MANY_NULS else _CANDIDATES
    if b"~{" in data and data.isascii():
        candidates = ("hz", *candidates)
    high = _HIGH.search(data)
    start = high.start() if high else 0
    costs = {name: _cost(data, name, 0 if name in _WIDE else start) for name in candidates}
    return sorted(costs, key=lambda name: costs[name])


def _cost(data: bytes, codec: str, start: int) -> float:
    """Nats per byte of a sample, read with this codec."""
    sample = data[start : start + _SAMPLE]
    text, left = _decode_all(sample, codec, "replace")
    cost = float(char_costs(text).sum()) + _ERROR_COST * (text.count("\ufffd") + left)
    return cost / max(1, len(sample))


def _accept(data: bytes, codec: str, stated: bool = False) -> Decoded:
    """Decode everything, and refuse what is binary, badly damaged, or in a charset we do not know."""
    try:
        text, left = _decode_all(data, codec, "replace")
    except (LookupError, UnicodeError) as error:
        raise UnreadableError("undecodable", f"the bytes do not decode as {codec}: {error}") from error
    damaged = text.count("\ufffd") - _written(data, codec)
    if len(_NOT_TEXT.findall(text)) > _MOST_CONTROLS * len(text):
        raise UnreadableError("binary", "more than a tenth of the characters are control codes: this is no text file")
    if damaged > max(1, _MOST_DAMAGED * len(text)):
        raise UnreadableError(
            "undecodable", f"{damaged} of {len(text)} characters are no {codec}, the most likely encoding"
        )
    if not stated and not _is_plausible(text):
        raise UnreadableError(
            "undecodable", f"read as {codec}, the most likely encoding, the text is no known language"
        )
    return _finish(text, codec, left, damaged)


def _written(data: bytes, codec: str) -> int:
    """How many U+FFFD the bytes themselves spell out: those are not our losses."""
    return data.count("\ufffd".encode()) if codec.startswith("utf-8") else 0


def _is_plausible(text: str) -> bool:
    """Whether the characters beyond ASCII are mostly common ones; a charset we do not know gives too many rare ones."""
    costs = char_costs(text[:_SAMPLE])
    codes = np.frombuffer(text[:_SAMPLE].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    beyond, is_han = costs[costs > _ASCII_COST], (codes >= _FIRST_HAN) & (codes <= _LAST_HAN)
    han = costs[is_han & (costs >= _COMMON_HAN) & (costs < _RARE_HAN)]
    if len(han) >= _ENOUGH_HAN and float((han < _LEVEL_TWO).mean()) < _LEAST_COMMON:
        return False
    return len(beyond) == 0 or float(beyond.mean()) < _WORST_MEAN


def _finish(text: str, codec: str, left: int, damaged: int) -> Decoded:
    notes = [f"truncated_tail: {left} bytes"] if left else []
    notes += [f"undecodable_bytes: {damaged} characters"] if damaged else []
    repaired = repair(text)
    if repaired is not None:
        text, codec = repaired
    return Decoded(mend(text), codec, tuple(notes))


def _decode_all(data: bytes, codec: str, errors: str) -> tuple[str, int]:
    """Decode all but a cut-off last character; returns the text and the number of bytes left over."""
    decoder = codecs.getincrementaldecoder(codec)(errors)
    text = decoder.decode(data, final=False)
    return text, len(decoder.getstate()[0])
