"""Refuses mark-up that would cost the parser more than its size: formatting that multiplies, crowds of attributes."""

import re

from tasks.read.errors import UnreadableError

# Open formatting elements are opened anew in every later block: their product bounds what the parser puts out.
_FORMATTING = re.compile(r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b", re.IGNORECASE)
_MOST_REOPENED = 5_000_000
_MOST_ATTRIBUTES = 5000
_LONG_TAG = re.compile(f"<[a-zA-Z][^<>]{{{2 * _MOST_ATTRIBUTES},}}")


def refuse_costly(markup: str) -> None:
    """Refuse a page before it is parsed.

    Raises:
        UnreadableError: `depth_limit`.
    """
    _refuse_multiplying(markup)
    _refuse_crowded(markup)


def _refuse_crowded(markup: str) -> None:
    """Refuse a tag of many thousands of attributes: the parser compares each with all before it."""
    crowded = next((tag for tag in _LONG_TAG.finditer(markup) if len(tag[0].split()) > _MOST_ATTRIBUTES), None)
    if crowded:
        raise UnreadableError("depth_limit", f"a tag has more than {_MOST_ATTRIBUTES} attributes")


def _refuse_multiplying(markup: str) -> None:
    tags = markup.count("<")
    if tags * tags <= _MOST_REOPENED:
        return
    balance = sum(-1 if match[1] else 1 for match in _FORMATTING.finditer(markup))
    if balance > 100 and balance * tags > _MOST_REOPENED:
        raise UnreadableError("depth_limit", f"{balance} formatting elements are never closed: the page would multiply")
