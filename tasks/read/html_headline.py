"""Finds the one headline of an article's page, and the lines of the same heading above and below it.

Certain only where the page says so twice (a heading and its <title>, or the bar of the day under it), or has a single
main heading above the text.
"""

import re

from tasks.read.html_lines import Page
from tasks.read.html_wording import ends_sentence, is_date_bar

_NO_WORD = re.compile(r"\W")
_SITE = re.compile(r"\s*[-_|｜—–]+\s*")
_SITES = re.compile(r"(?:\s*[-_|｜—–]+\s*[^-_|｜—–\s]{2,16}){1,3}$")
_SUBTITLE = re.compile(r"(?:^|[\s_-])(?:sub\w*|second\w*|fu(?:bia)?ti\w*)(?:$|[\s_-])", re.IGNORECASE)
_TITLE = re.compile(r"title|headline|biaoti", re.IGNORECASE)
_SHORTEST, _PROSE, _LONGEST = 6, 20, 80
_DECKS, _COLUMN = 3, 12
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def headline_of(page: Page, kept: list[bool]) -> int | None:
    """Return the number of the line that is the page's headline, or None where it is not certain.

    Args:
        page: the page.
        kept: for each line whether it belongs to the main text.
    """
    lines = page.lines
    numbers = [number for number, keep in enumerate(kept) if keep and lines[number].step is None]
    prose = (n for n in numbers if _is_prose(lines[n].visible) and not lines[n].heading)
    text = next((n for n in prose if not _names(page, n)), None)
    above = [n for n in numbers if (text is None or n < text) and len(lines[n].visible) <= _LONGEST]
    named = [n for n in above if _names(page, n)]
    main = [n for n in numbers if lines[n].heading == 1]
    found = next((n for n in named if lines[n].heading), named[-1] if named else None)
    if found is None and len(main) == 1 and main[0] in above:
        found = main[0]
    if found is None and not named:
        found = next((n for n in above if lines[n].heading and _is_dated(page, n)), None)
    if found is None or _is_of_list(page, numbers, found):
        return None
    return next((n for n in above if n > found and lines[n].heading and _leads_to(page, found, n)), found)


def kicker_of(page: Page, headline: int) -> int | None:
    """Return the line above a headline with which the page's <title> begins, before the headline: its kicker."""
    above = [n for n in range(max(0, headline - _DECKS), headline) if _leads_to(page, n, headline)]
    return above[-1] if above else None


def _leads_to(page: Page, number: int, headline: int) -> bool:
    """Whether the page's <title> begins with a line and goes on with a headline below it."""
    line, head = page.lines[number], page.lines[headline]
    if line.step or line.linked or not 0 < len(line.visible) <= _LONGEST:
        return False
    first, rest = _NO_WORD.sub("", line.visible), _NO_WORD.sub("", head.visible)
    return first != "" and rest != "" and _NO_WORD.sub("", page.title).startswith(first + rest)


def decks_of(page: Page, kept: list[bool], headline: int) -> list[int]:
    """Return the lines below a headline that are its subtitle: in a heading beside it, or named so."""
    found: list[int] = []
    around = block_around(page, headline)
    titles = bool(_TITLE.search(page.names[around])) if around >= 0 else False
    for number in range(headline + 1, len(kept)):
        if not kept[number]:
            continue
        line = page.lines[number]
        beside = block_around(page, number) == around and (titles or line.heading > page.lines[headline].heading)
        named = _SUBTITLE.search(page.names[line.element]) and block_around(page, number) == around
        heads = line.step is None and len(line.visible) <= _LONGEST and not ends_sentence(line.visible)
        if len(found) == _DECKS or not heads or not (named or (line.heading and beside)):
            break
        found.append(number)
    return found


def block_around(page: Page, number: int) -> int:
    """The element around a line's own; a heading that holds blocks is the line's own."""
    own = page.lines[number].element
    while page.lines[number].heading and page.tags[own] not in _HEADINGS and page.parents[own] >= 0:
        own = page.parents[own]
    return page.parents[own]


def is_linked_headline(page: Page, number: int) -> bool:
    """Whether a linked line is the page's own headline, which links to itself: a heading its <title> begins with."""
    line = page.lines[number]
    title, text = (_NO_WORD.sub("", one) for one in (page.title, line.visible)) if line.heading else ("", "")
    return len(text) >= _SHORTEST and len(text) * 3 >= len(title) and title.startswith(text)


def headline_in(title: str) -> str:
    """A page's title without the names of sections and of the site at its end."""
    return _SITES.sub("", title).strip()


def is_column_name(text: str) -> bool:
    """Whether a line above a headline is too short for a kicker, or has the sign that sites set before a column."""
    return len(_NO_WORD.sub("", text)) < _SHORTEST or (text[:1] in "■▌◆●>》" and len(text) <= _COLUMN)


def _is_dated(page: Page, number: int) -> bool:
    return any(is_date_bar(line.visible) for line in page.lines[number + 1 : number + 2])


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE and ends_sentence(text)


def _names(page: Page, number: int) -> bool:
    """Whether the page's <title> begins or ends with the line, or with its own beginning where it is cut short."""
    line = page.lines[number]
    if line.linked * 2 >= len(line.visible) + 1 and not is_linked_headline(page, number):
        return False
    title, text = _NO_WORD.sub("", page.title), _NO_WORD.sub("", line.visible)
    if not text or len(text) * 3 < len(title):
        return text != "" and text == _NO_WORD.sub("", _SITE.split(page.title)[0])
    return title.startswith(text) or (len(text) >= _SHORTEST and len(text) * 2 >= len(title) and title.endswith(text))


def _is_of_list(page: Page, numbers: list[int], found: int) -> bool:
    """Whether it is one of several: another main heading below it, or one like it in a block like its own."""
    lines, own, level = page.lines, block_around(page, found), page.lines[found].heading
    below = [n for n in numbers if n > found and lines[n].heading == level and lines[n].visible != lines[found].visible]
    if level == 1 and below:
        return True
    if own < 0 or not level or not page.names[own]:
        return False
    blocks = [block_around(page, number) for number in below]
    return any(
        b not in (own, -1) and (page.names[b], page.tags[b]) == (page.names[own], page.tags[own]) for b in blocks
    )
