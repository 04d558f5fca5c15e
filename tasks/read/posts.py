"""Takes a post of a bulletin board out of its head: who wrote it on which board, its title, when it was sent."""

import re

from tasks.cards import Fields

_FIELDS = Fields()
_SPACE = r"[ \u3000]{0,2}"
_HEAD = re.compile(
    rf"\s*(?:发信人|寄信人|发件人|發信人|寄件人|作{_SPACE}者)[：: ][^\n]{{1,120}}\r?\n"
    rf"[ \t]*(?:标{_SPACE}题|標{_SPACE}題|主{_SPACE}[题題])[：: ][ \t]*([^\n]{{2,100}}?)[ \t\r]*\n"
    rf"[ \t]*(?:发信站|發信站|时{_SPACE}间|時{_SPACE}間|日{_SPACE}期)[：: ][^\n]{{6,120}}\n"
    r"[ \t\r]*(?:\n|[^\n]{0,120}\n[ \t\r]*\n)"
)


def post(text: str) -> dict[str, str] | None:
    """A post with its title, by the names of fields; None for any other text."""
    found = _HEAD.match(text)
    if found is None:
        return None
    return {_FIELDS.title[0]: found[1], _FIELDS.text[0]: text[found.end() :].strip("\n")}
