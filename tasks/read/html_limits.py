"""Refuses mark-up that would cost the parser more than its size: formatting that multiplies, crowds of attributes."""

import re

from tasks.read.errors import UnreadableError

# Open formatting elements are opened anew in every later block: their product bounds what the parser puts out.
_FORMATTING = re.compile(r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b", re.IGNORECASE)
_MOST_REOPENED = 5_000_000
# Tags times those open at once; and tags that open what ends by a tag of its own.
_MOST_LOOKS = 100_000_000
_ENDS_ALONE = "p|li|d[dt]|t[rdh]|tbody|thead|tfoot|caption|colgroup|option|html|head|body|script|style"
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_NESTING = re.compile(rf"<(/?)(?!(?:{_ENDS_ALONE}|{_VOID})\b)([a-z][^\s<>/]*)[^<>]*(?<!/)>", re.IGNORECASE)
_MOST_ATTRIBUTES = 5000
_LONG_TAG = re.compile(f"<[a-zA-Z][^<>]{{{2 * _MOST_ATTRIBUTES},}}")


def refuse_costly(markup: str, max_depth: int) -> None:
    """Refuse a page before it is parsed.

    Args:
        markup: decoded HTML.
        max_depth: the most elements that may be nested.

    Raises:
        UnreadableError: `depth_limit`.
    """
    _refuse_multiplying(markup)
    _refuse_crowded(markup)
    _refuse_deep(markup, max_depth)


def _refuse_deep(markup: str, max_depth: int) -> None:
    """Refuse what nests so deep that the parser, which looks through all open elements, takes hours, or its stack ends.

    What is never closed inside a cell or paragraph ends with it, so depth is known for sure only when all is parsed.
    """
    tags = markup.count("<")
    if tags * tags <= _MOST_LOOKS:
        return
    is_open: dict[str, int] = {}
    depth = deepest = 0
    for closing, name in _NESTING.findall(markup):
        n = is_open.get(name, 0)
        if not closing:
            is_open[name], depth = n + 1, depth + 1
            deepest = max(deepest, depth)
        elif n:
            is_open[name], depth = n - 1, depth - 1
    if deepest > max_depth and deepest * tags > _MOST_LOOKS:
        raise UnreadableError("depth_limit", f"{deepest} elements are open at once (limit depth: {max_depth})")


def _refuse_crowded(markup: str) -> None:
    """Refuse a tag of many thousands of attributes: the parser compares each with all before it."""
    # no tag is longer than what stands between two signs of one
    if max(map(len, markup.split("<"))) < 2 * _MOST_ATTRIBUTES:
        return
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
