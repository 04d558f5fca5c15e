"""Reads a page into marked text: the main lines plain, everything a reader would not call the article in marks."""

import re
from dataclasses import dataclass
from html import escape

from tasks.clean.marks import CLOSE, OPEN
from tasks.read import html_script
from tasks.read.documents import storable
from tasks.read.html_headline import decks_of, headline_in, headline_of, is_column_name, kicker_of
from tasks.read.html_lines import Line, Page, page_of
from tasks.read.html_main import fragment_lines, main_lines
from tasks.read.html_meta import PageMeta, as_day, meta_of
from tasks.read.html_text import marked, unescape
from tasks.read.html_wording import without_call

_STARTS = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|!--)", re.IGNORECASE)
_CLOSERS = re.compile(r"</(?:p|div|span|td|tr|table|strong|font|h[1-6]|body|html)\s*>|<br\s*/?>", re.IGNORECASE)
# A page cut anywhere can begin inside a tag: what is left of its attributes, which hold no Han, and its end.
_REST_OF_TAG = re.compile(r"\A[^<>\u0080-\U0010ffff]{0,500}[\"']\s*/?>")
# Characters of text that a page may show before its script puts the article there.
_TEASER = 400
_ANY_MARK = re.compile("[\ufdd0-\ufdef]")


@dataclass(frozen=True)
class PageText:
    """The marked decoded view of a page, and its metadata."""

    text: str
    meta: PageMeta


def looks_like_html(text: str) -> bool:
    """Whether a text is mark-up, whatever its file name says: it opens like a page, or is full of closing tags."""
    head = text[:20_000]
    return "<" in head and (bool(_STARTS.match(head[:2000])) or len(_CLOSERS.findall(head)) >= 4)


def read_page(markup: str, max_depth: int, *, fragment: bool = False) -> PageText:
    """Turn mark-up into marked text.

    Args:
        markup: decoded HTML without mark characters.
        max_depth: the most elements that may be nested.
        fragment: it is a text alone, without the page around it.

    Raises:
        UnreadableError: `depth_limit`.
    """
    page = page_of(_REST_OF_TAG.sub("", markup, count=1), max_depth)
    kept = fragment_lines(page) if fragment else main_lines(page)
    shown = sum(len(line.visible) for line, keep in zip(page.lines, kept, strict=True) if keep)
    if not fragment and shown <= _TEASER and (article := html_script.article_of(page.markup, shown)):
        return _shown(page, article, max_depth)
    headline = None if fragment else headline_of(page, kept)
    if headline is not None:
        kept = [keep and not (n < headline and is_column_name(page.lines[n].visible)) for n, keep in enumerate(kept)]
        kicker = kicker_of(page, headline)
        if kicker is not None:
            kept[kicker] = True
            page.lines[headline].gap = False
        for number in decks_of(page, kept, headline):
            page.lines[number].gap = False
    return PageText("\n\n".join([*_titled(page), _body(page, kept)]).strip("\n"), meta_of(page, kept, headline))


def _titled(page: Page) -> list[str]:
    return [f"{OPEN['metadata']}{page.title}{CLOSE}"] if page.title else []


def _shown(page: Page, article: str, max_depth: int) -> PageText:
    """The page as the browser shows it once its script has put the article there: nothing else of it is text."""
    none = [False] * len(page.lines)
    own = meta_of(page, none)
    title = storable(unescape(headline_in(own.title or page.title)))
    heading = f"<h1>{escape(title, quote=False)}</h1>" if title else ""
    inner = page_of(f"<html><body>{heading}<div>{storable(article)}</div></body></html>", max_depth)
    kept = fragment_lines(inner)
    parts = [*_titled(page), _body(page, none), _body(inner, kept)]
    day, source = html_script.day_and_source(page.markup)
    published = own.published or (as_day(day) if day else None)
    line = 0 if title and kept[:1] == [True] else None
    return PageText(
        "\n\n".join(filter(None, parts)).strip("\n"), PageMeta(own.title, published, own.publisher or source, line)
    )


def _body(page: Page, kept: list[bool]) -> str:
    parts: list[str] = []
    texts = [_marked(line, keep) for line, keep in zip(page.lines, kept, strict=True)]
    for number, line in enumerate(page.lines):
        if line.cells and kept[number] and _is_of_table(page.lines, number):
            texts[number] = f"| {' | '.join(line.cells)} |"
    for line, text in zip(page.lines, texts, strict=True):
        parts.append(("\n\n" if line.gap else "\n") if parts else "")
        parts.append(text)
    return "".join(parts)


def _is_of_table(lines: list[Line], number: int) -> bool:
    """Whether a row of data stands beside another with as many cells; a card of names and values is no table."""
    cells = lines[number].cells
    if any(cell.endswith(("：", ":")) or "|" in cell for cell in cells):
        return False
    return any(
        len(one.cells) == len(cells) for one in (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
    )


def _marked(line: Line, keep: bool) -> str:
    step = line.step or (None if keep else "site_chrome")
    if step is None and 0 < (end := without_call(line.text)) < len(line.text):
        return line.text[:end] + marked("site_chrome", line.text[end:])
    return line.text if step is None else f"{OPEN[step]}{_ANY_MARK.sub('', line.text)}{CLOSE}"
