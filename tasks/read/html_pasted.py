"""Finds text that was pasted into one element of a page with its line ends, which a browser would show as spaces."""

import re

from tasks.clean.figures import ORDINAL

# All stand behind sentences or headings, and whole paragraphs are among them.
_ENDS = re.compile(f"[。！？：；…][”’）》]*$|^(?:{ORDINAL}{{1,3}}、|（{ORDINAL}{{1,3}}）)[^，。]{{2,40}}$")
_FEWEST, _PARAGRAPHS, _PARAGRAPH = 3, 2, 40
# Characters below which no text is worth a look.
PASTED = _PARAGRAPHS * _PARAGRAPH
_BLANK = " \t\r\n\f\u3000\xa0"


def pasted(pieces: list[tuple[str | None, str]]) -> list[str]:
    """The lines of such a text; none where the line ends may be those of the mark-up.

    Args:
        pieces: what takes each piece of the element out, if anything, and its text.
    """
    if not any("\n" in piece for _, piece in pieces) or sum(len(piece) for _, piece in pieces) < PASTED:
        return []
    text = "".join(piece for step, piece in pieces if step is None)
    if "\n" not in text or any(step for step, _ in pieces):
        return []
    lines = [line for line in (line.strip(_BLANK) for line in text.split("\n")) if line]
    if len(lines) < _FEWEST or sum(len(line) >= _PARAGRAPH for line in lines) < _PARAGRAPHS:
        return []
    return lines if all(_ENDS.search(line) for line in lines[:-1]) else []
