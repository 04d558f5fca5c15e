"""Undoes UTF-8 or GB18030 text that was read as Latin-1 or Windows-1252, when every character can be led back."""

import re

from tasks.read.plausibility import char_costs

# Windows-1252 has letters where Latin-1 has C1 controls; scrapes mix both, so each character goes back to its byte.
_TO_BYTE = {ord(bytes((byte,)).decode("cp1252", "replace")): byte for byte in range(0x80, 0xA0)}
_TO_BYTE.pop(0xFFFD, None)
_SIGNATURE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_LEAST_SHARE = 0.3


def repair(text: str) -> tuple[str, str] | None:
    """Return (text, encoding) with the mistaken reading undone, or None when there is none or it cannot be undone.

    Args:
        text: decoded text, perhaps mojibake such as `ä¸­å›½`.
    """
    sample = text[:4000]
    least = _LEAST_SHARE * len(sample)
    # every signature begins with a character that begins with this byte: counting those rules out most texts
    if not sample or sample.encode("utf-8", "surrogatepass").count(b"\xc3") * 2 < least:
        return None
    if len(_SIGNATURE.findall(sample)) * 2 < least:
        return None
    raw = _bytes_of(text)
    if raw is None:
        return None
    for codec, name in (("utf-8", "utf-8-as-latin-1"), ("gb18030", "gb18030-as-latin-1")):
        try:
            fixed = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if float(char_costs(fixed).mean()) < float(char_costs(text).mean()):
            return fixed, name
    return None


def _bytes_of(text: str) -> bytes | None:
    try:
        return text.translate(_TO_BYTE).encode("latin-1")
    except UnicodeEncodeError:
        return None
