"""Finds the lines of a page that are its article or articles; everything else is site chrome.

The main block is the smallest that holds nearly all the prose; titles around it are added, link lists inside taken out.
"""

import re
from functools import lru_cache

from tasks.read.html_headline import block_around, is_linked_headline
from tasks.read.html_lines import Line, Page
from tasks.read.html_related import beside_article, drop_link_lists, is_button, sums_inside
from tasks.read.html_wording import (
    are_key_words,
    ends_sentence,
    is_bar,
    is_date_bar,
    is_foot,
    is_kicker,
    is_shell,
    is_site_talk,
    is_turn,
    is_weak_foot,
    may_be_of_event,
)

_PROSE_SHARE = 0.92
_TEXT_TAGS = frozenset(
    (
        "p",
        "li",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "caption",
        "figcaption",
        "a",
        "font",
        "span",
        "b",
        "strong",
        "em",
        "i",
        "u",
        "big",
        "small",
    )
)
_CHROME_TAGS = frozenset(
    ("nav", "footer", "aside", "select", "option", "textarea", "button", "label", "legend", "menu")
)
_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|crumbs?|breadcrumbs?|foot(?:er)?|share\w*|bdshare\w*|related?\w*|rel|recommend\w*|commentlist|author[-_]?(?:bio|box|card|desc\w*|meta\w*|posts?)|"
    r"side(?:bar)?|aside|copyright|comments?|pagination|pager|prev\w*|next\w*|toolbar|ads?|advert\w*|hot|rank\w*|tags?|qrcode|login|modal\w*|popup\w*|dialog\w*)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_WHOLE = ("html", "body")
_MARKS = re.compile("[，。！？；：、]")
_NO_WORD = re.compile(r"\W")
_SHORT_TITLE = 80
_PROSE, _MAJOR, _SHORTEST, _LIST = 20, 3, 6, 4
# Lines of a page's foot stand so near to each other.
_NEAR = 3


def main_lines(page: Page) -> list[bool]:
    """Return for each line of the page whether it belongs to the main text (False for all lines of a shell page)."""
    lines = page.lines
    texts = [line.visible.strip("\u3000\xa0 ") for line in lines]
    chrome = _told(page, texts)
    named = _named_chrome(page)
    weights = [0.0 if bad or line.step else _weight(line) for line, bad in zip(lines, chrome, strict=True)]
    mass = sums_inside(page, weights)
    total = sum(weights)
    if not total:
        return [False] * len(lines)
    related = beside_article(page, texts)
    for number, line in enumerate(lines):
        zone = named[line.element]
        if zone < 0 or mass[zone] >= total / 2:
            zone = related[line.element]
        # A block named like chrome that holds most of the text is the article of a site with odd names.
        if zone >= 0 and mass[zone] < total / 2:
            weights[number], chrome[number] = 0.0, True
    if (prose := sum(weights)) < total:
        mass = sums_inside(page, weights)
    main = _main_element(page, mass, prose)
    inside = _subtree(page, main)
    kept = [inside[line.element] and not bad for line, bad in zip(lines, chrome, strict=True)]
    drop_link_lists(page, kept)
    headings = _headings(page)
    _drop_before_title(page, kept, headings)
    _add_titles(page, kept, chrome, headings)
    _drop_edges(lines, kept)
    _drop_feet(page, texts, chrome, kept)
    if _is_empty_page(page, kept):
        return [False] * len(lines)
    return kept


def _told(page: Page, texts: list[str]) -> list[bool]:
    """Tell the lines that only a site says, by their words and by what stands beside those that a notice has, too."""
    told = [is_bar(text) or is_site_talk(text) for text in texts]
    around = [page.parents[line.element] for line in page.lines]
    sure = (n for n, bad in enumerate(told) if bad and is_foot(texts[n]) and not is_weak_foot(texts[n]))
    feet = {(n, around[n]) for n in sure}
    for n, text in enumerate(texts):
        if not told[n]:
            continue
        if is_weak_foot(text):
            told[n] = any((foot, around[n]) in feet for foot in range(n - _NEAR, n + _NEAR + 1))
        else:
            own = any(may_be_of_event(text, beside) for beside in texts[max(0, n - 1) : n + 2])
            told[n] = not own and not (n and are_key_words(text, texts[n - 1]))
    return told


def _drop_feet(page: Page, texts: list[str], chrome: list[bool], kept: list[bool]) -> None:
    """Take out what stands below the legal foot in the same block, and below the way to the next page: no prose."""
    turned, feet = False, set[int]()
    for number in range(_starts_text(page, kept), len(kept)):
        line, text = page.lines[number], texts[number]
        if kept[number] and (turned or line.element in feet):
            kept[number] = len(text) > _SHORT_TITLE or ends_sentence(text)
        if not kept[number]:
            turned = turned or (line.step is None and is_turn(text))
            if chrome[number] and is_foot(text):
                feet.add(line.element)


def _drop_edges(lines: list[Line], kept: list[bool]) -> None:
    """Take out the buttons and counters above the first and below the last line of prose, and headings of nothing."""
    numbers = [number for number, keep in enumerate(kept) if keep]
    prose = [number for number in numbers if len(lines[number].visible) >= _PROSE]
    for number in numbers if prose else ():
        if not prose[0] <= number <= prose[-1] and lines[number].step is None and is_button(lines[number].visible):
            kept[number] = False
    said = [number for number in numbers if ends_sentence(lines[number].visible) and not lines[number].heading]
    if not said:
        return
    heads_some = False
    for number in reversed([number for number in numbers if number > said[-1] and kept[number]]):
        line = lines[number]
        kept[number] = not line.heading or (heads_some and line.linked * 2 <= len(line.visible))
        heads_some = heads_some or kept[number]


def fragment_lines(page: Page) -> list[bool]:
    """Return for each line of a text that comes without its page whether it belongs to it: all but what sites say."""
    texts = [line.visible.strip("\u3000\xa0 ") for line in page.lines]
    return [line.step is None and not told for line, told in zip(page.lines, _told(page, texts), strict=True)]


def _weight(line: Line) -> float:
    size = len(line.visible)
    if line.linked * 2 > size:
        return 0.0
    if ends_sentence(line.visible) or (size >= 20 and _MARKS.search(line.visible)):
        return float(size)
    return size / 4


def _named_chrome(page: Page) -> list[int]:
    """For every element, the outermost element around it whose tag or name says chrome, or -1."""
    zones: list[int] = []
    for number, (tag, parent, names) in enumerate(zip(page.tags, page.parents, page.names, strict=True)):
        zone = zones[parent] if parent >= 0 else -1
        if zone < 0 and (tag in _CHROME_TAGS or (names and tag not in _WHOLE and _is_chrome_name(names))):
            zone = number
        zones.append(zone)
    return zones


@lru_cache(maxsize=10_000)
def _is_chrome_name(name: str) -> bool:
    return bool(_CHROME_NAMES.search(name))


def _main_element(page: Page, mass: list[float], total: float) -> int:
    """The deepest structural element that still holds nearly all the prose, in more than one line of text."""
    least = _PROSE_SHARE * total
    holders = (number for number, size in enumerate(mass) if size >= least and page.tags[number] not in _TEXT_TAGS)
    return max(holders, default=0)


def _subtree(page: Page, root: int) -> list[bool]:
    inside: list[bool] = []
    for number, parent in enumerate(page.parents):
        inside.append(number == root or (parent >= 0 and inside[parent]))
    return inside


def _headings(page: Page) -> list[int]:
    """Lines that may be a headline: a heading, or a line that the page's <title> begins with.

    A <title> may name the site first: a line that it ends with counts, too, if it is the larger part of it.
    A minor heading counts right above a bar with the day; a link only as a heading that the <title> begins with.
    """
    title = _NO_WORD.sub("", page.title)
    found = []
    for number, line in enumerate(page.lines):
        if line.step is not None or len(line.visible) > _SHORT_TITLE:
            continue
        if line.linked * 2 >= len(line.visible) and not is_linked_headline(page, number):
            continue
        text = _NO_WORD.sub("", line.visible) if title and not line.heading else ""
        ends = len(text) * 2 >= len(title) and title.endswith(text)
        dated = line.heading > _MAJOR and is_date_bar(
            "".join(one.visible for one in page.lines[number + 1 : number + 2])
        )
        if 0 < line.heading <= _MAJOR or dated or (len(text) >= _SHORTEST and (ends or title.startswith(text))):
            found.append(number)
    return found


def _drop_before_title(page: Page, kept: list[bool], headings: list[int]) -> None:
    """Inside a wide main block, what stands before the first title and is no prose belongs to the page's head."""
    text = _starts_text(page, kept)
    inside = [number for number in headings if kept[number] and number <= text]
    if not inside:
        return
    first = min((n for n in inside if page.lines[n].heading == 1), default=inside[0])
    block = block_around(page, first)
    below = "".join(line.visible for line in page.lines[first + 1 : first + 2])
    title, name = (_NO_WORD.sub("", text) for text in (page.title, page.lines[first].visible))
    certain = len(name) >= _SHORTEST and title.startswith(name) and is_date_bar(below)
    for number in range(first):
        line = page.lines[number]
        if kept[number] and block_around(page, number) != block and (certain or not ends_sentence(line.visible)):
            kept[number] = False


def _starts_text(page: Page, kept: list[bool]) -> int:
    """The line by which a third of the prose has been read: a heading below it heads something beside the article."""
    sizes = [
        len(line.visible) if keep and len(line.visible) >= _PROSE and ends_sentence(line.visible) else 0
        for line, keep in zip(page.lines, kept, strict=True)
    ]
    least, read = sum(sizes) / 3, 0
    for number, size in enumerate(sizes):
        read += size
        if read > least:
            return number
    return len(sizes)


def _add_titles(page: Page, kept: list[bool], chrome: list[bool], headings: list[int]) -> None:
    """Bring in a title that stands outside the main block, and the short lines between it and the text."""
    first = kept.index(True) if True in kept else len(kept)
    if any(kept[number] and page.lines[number].heading == 1 for number in range(len(kept))):
        return
    before = [number for number in headings if number < first and not chrome[number]]
    before = before or _unnamed_title(page, first, chrome)
    if not before:
        return
    start = next((n for n in before if page.lines[n].heading == 1), before[-1])
    block = block_around(page, start)
    while start > 0 and not chrome[start - 1]:
        above = page.lines[start - 1]
        if block_around(page, start - 1) != block and (above.linked or not is_kicker(above.visible)):
            break
        start -= 1
    for number in range(start, first):
        line = page.lines[number]
        plain = line.linked * 2 <= len(line.visible) or is_linked_headline(page, number)
        kept[number] = not chrome[number] and plain


def _unnamed_title(page: Page, first: int, chrome: list[bool]) -> list[int]:
    """The nearest short plain line above the text, bars left aside: old pages set their headline in no heading."""
    above = [number for number in range(max(0, first - 4), first) if not chrome[number]]
    if not above or page.lines[first : first + 1] == [] or page.lines[first].heading:
        return []
    line = page.lines[above[-1]]
    plain = line.step is None and line.linked == 0 and not ends_sentence(line.visible)
    return above[-1:] if plain and _SHORTEST <= len(line.visible.strip()) <= _SHORT_TITLE else []


def _is_empty_page(page: Page, kept: list[bool]) -> bool:
    """Whether what was kept is no article: nearly nothing, or a few words about the page itself."""
    text = [line.visible for line, keep in zip(page.lines, kept, strict=True) if keep]
    size = sum(map(len, text))
    if size < 200 and max(map(len, text), default=0) < 60 and is_shell("\n".join([page.title, *text])):
        return True
    return size < 60 and not any(ends_sentence(line) for line in text) and not _is_short_list(page, kept)


def _is_short_list(page: Page, kept: list[bool]) -> bool:
    """Whether several lines stand under a headline that the page's <title> begins with: names, verses."""
    lines = [line for line, keep in zip(page.lines, kept, strict=True) if keep]
    name = next((_NO_WORD.sub("", line.visible) for line in lines if line.heading == 1), "")
    plain = sum(not line.heading and line.linked == 0 for line in lines)
    return len(name) >= _SHORTEST and plain >= _LIST and _NO_WORD.sub("", page.title).startswith(name)
