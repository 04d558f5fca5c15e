r"""Texts in the notation of a program: `\uXXXX`, `%E4%BD%A0`, `=E4=BD=A0` for characters, a printed list of lines.

Each is read where most of the text is written so; a few such signs in a text are its own.
"""

import ast
import json
import quopri
import re
from urllib.parse import unquote_to_bytes

from tasks.read.documents import storable

_LOOKED_AT, _MOST, _CODES = 4000, 0.5, 0x110000
_ESCAPED = re.compile(r"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}")
_RUN = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\U[0-9a-fA-F]{8}|\\[nrt]")
_SIGNS = {r"\n": "\n", r"\r": "", r"\t": " "}
_PERCENT, _QUOTED = re.compile("%[0-9A-Fa-f]{2}"), re.compile("=[0-9A-F]{2}|=\r?\n")
# x0dx0a of which the backslashes were lost
_LINE_END, _FEWEST = re.compile(r"(?:\\?x0[dD]\\?x0[aA])+"), 2
_LIST = re.compile(r"\s*\[\s*u?(?:'|\")")
_CLOSED = re.compile(r"(?:'|\")\s*,?\s*\]\s*$")


def plain(text: str) -> str:
    """Read a text out of the notation that it is written in; one that is in none comes back as it is."""
    if "\\u" in text and _share(_ESCAPED, text) > _MOST:
        return storable(_RUN.sub(_unescaped, text))
    if "%E" in text and _share(_PERCENT, text) > _MOST:
        return _decoded(unquote_to_bytes(text), text)
    if "=E" in text and _share(_QUOTED, text) > _MOST:
        return _decoded(quopri.decodestring(text.encode()), text)
    if text.count("x0a") >= _FEWEST and len(_LINE_END.findall(text)) >= _FEWEST:
        return _LINE_END.sub("\n", text)
    return text


def lines_of(text: str) -> list[str] | None:
    """The lines of a text that is one list of strings, as JSON or as Python prints it; None for any other text."""
    if not _LIST.match(text) or not _CLOSED.search(text[-80:]):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        try:
            value = ast.literal_eval(text.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return None
    return [storable(item) for item in value]


def _share(pattern: re.Pattern[str], text: str) -> float:
    head = text[:_LOOKED_AT]
    return sum(len(found) for found in pattern.findall(head)) / max(len("".join(head.split())), 1)


def _unescaped(found: re.Match[str]) -> str:
    run = found[0]
    if run in _SIGNS:
        return _SIGNS[run]
    if run.startswith("\\U"):
        code = int.from_bytes(bytes.fromhex(run[2:]))
        return chr(code) if code < _CODES else run
    codes = bytes.fromhex(run.replace("\\u", ""))
    return codes.decode("utf-16-be", "surrogatepass")


def _decoded(data: bytes, text: str) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return storable(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return text
