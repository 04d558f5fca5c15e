"""Text inside mark-up: character references resolved, white space collapsed as a browser does."""

import html
import re

from tasks.clean.marks import CLOSE, OPEN

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_WIDE = "[\u2018-\u201d\u2026\u2014\u3000-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af]"
_BREAK_IN_HAN = re.compile(f"(?<={_WIDE})[ \t]*[\r\n][ \t\r\n\f]*(?={_WIDE})")
_SPACES = re.compile("[ \t\r\n\f]+")


def unescape(text: str) -> str:
    """Resolve character references, also those escaped twice; a bare `&copy` without its semicolon stays."""
    for _ in range(3):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def collapse(text: str) -> str:
    """Collapse white space as a browser does; a line break in the source between two Han characters is nothing."""
    if "\n" in text or "\r" in text:
        text = _SPACES.sub(" ", _BREAK_IN_HAN.sub("", text))
    elif "  " in text or "\t" in text or "\f" in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def marked(step: str | None, text: str) -> str:
    """Put a piece of a line into the marks of the step that takes it out, unless it is shown or blank."""
    return text if step is None or not text.strip() else f"{OPEN[step]}{_SPACES.sub(' ', text)}{CLOSE}"
