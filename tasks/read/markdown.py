"""Finds the one headline of a text in Markdown: a `# ` near its top, above all of its prose and below no other."""

import re

from tasks.read.html_meta import PageMeta

_HEADING = re.compile(r"^(#{1,6})[ \t]+(\S[^\n]*)$", re.MULTILINE)
_LOOKED_AT, _DEEPEST, _LONGEST, _PROSE = 2000, 12, 80, "。"
# Prose above it is another text's; lines that are mark-up alone will be none.
_NOT_COUNTED = re.compile(r"[。<]|!\[")


def headline(text: str) -> PageMeta | None:
    """What such a text says of itself, the number of its headline's line among it; None for any other text."""
    first = _HEADING.search(text, 0, _LOOKED_AT)
    if first is None:
        return None
    # a kicker may be a heading too: the headline is the last
    *others, last = _HEADING.finditer(text)
    above, title = text[: last.start()], last[2].strip().rstrip("#").strip()
    alone = last[1] == "#" and all(other[1] != "#" for other in others)
    if not alone or _NOT_COUNTED.search(above) or len(title) > _LONGEST or _PROSE not in text[last.end() :]:
        return None
    line = sum(not part.isspace() for part in above.splitlines() if part)
    return PageMeta(title, None, None, line) if line <= _DEEPEST else None
