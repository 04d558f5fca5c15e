"""Cuts a page into the lines a reader sees, each with what is known of it: its element, links, hidden pieces.

resiliparse repairs the mark-up; its output is well formed, so one flat pass over the tags needs no tree and no depth.
"""

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache

from resiliparse.parse.html import HTMLTree

from tasks.clean.marks import CLOSE, OPEN
from tasks.read.documents import storable
from tasks.read.errors import UnreadableError
from tasks.read.html_hidden import HiddenRules

_TOKEN = re.compile(r"<!--.*?-->|<(/?)([a-z][^\s>/]*)((?:[^>\"]|\"[^\"]*\")*)>|<[^>]*>|[^<]+", re.DOTALL)
_ATTRIBUTE = re.compile(r"\s(class|id|style|hidden)(?:=\"([^\"]*)\")?")
_SKELETON = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_RAW = frozenset(("script", "style", "template", "iframe", "noembed", "noframes", "xmp", "plaintext"))
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p",
    "pre", "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title",
    "tr", "ul", "noscript",
))
# fmt: on
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_WIDE = "[\u2018-\u201d\u2026\u2014\u3000-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af]"
_BREAK_IN_HAN = re.compile(f"(?<={_WIDE})[ \t]*[\r\n][ \t\r\n\f]*(?={_WIDE})")
_SPACES = re.compile("[ \t\r\n\f]+")
# Open formatting elements are opened anew in every later block: their product bounds what the parser puts out.
_FORMATTING = re.compile(r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b", re.IGNORECASE)
_MOST_REOPENED = 5_000_000
_LONGEST_ROW = 400


@dataclass(slots=True)
class Element:
    """An element of the page, by its number; `parent` is the number of the one around it."""

    tag: str
    parent: int
    attributes: dict[str, str]
    step: str | None


@dataclass(slots=True)
class Line:
    """One line of the page: its text with marks around hidden pieces, and the counts that tell prose from chrome."""

    text: str
    element: int
    visible: str
    linked: int
    step: str | None
    gap: bool
    cell: int = -1
    heading: int = 0


@dataclass(slots=True)
class Page:
    """The lines and elements of one page in document order, its <title>, and the raw head for metadata."""

    lines: list[Line] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    title: str = ""
    markup: str = ""


def unescape(text: str) -> str:
    """Resolve character references, also those escaped twice; a bare `&copy` without its semicolon stays."""
    for _ in range(3):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def page_of(markup: str, max_depth: int) -> Page:
    """Parse mark-up into lines.

    Raises:
        UnreadableError: `depth_limit` for more than `max_depth` nested elements, or formatting that multiplies.
    """
    _refuse_multiplying(markup)
    root = HTMLTree.parse(markup).document
    # A numeric reference can smuggle in what was dropped from the text before.
    repaired = storable(root.html) if root is not None else ""
    is_fragment = not _SKELETON.search(markup)
    rules = HiddenRules.of(markup)
    page = _built(repaired, _Builder(max_depth, rules, is_fragment))
    if shown := _shown_by_script(page):
        page = _built(repaired, _Builder(max_depth, rules, is_fragment, shown))
    return page


def _built(markup: str, builder: "_Builder") -> Page:
    builder.page.markup = markup
    for token in _TOKEN.finditer(markup):
        builder.take(token)
    builder.flush()
    return builder.page


def _shown_by_script(page: Page) -> frozenset[int]:
    """Hidden elements that hold most of the page's text: a script shows them once the page is there."""
    mass: dict[int, int] = {}
    total = 0
    for line in page.lines:
        total += len(line.text)
        number = line.element
        while line.step == "hidden_text" and (parent := page.elements[number].parent) >= 0:
            if page.elements[parent].step is None:
                mass[number] = mass.get(number, 0) + len(line.text)
                break
            number = parent
    return frozenset(number for number, size in mass.items() if size * 2 > total)


def _refuse_multiplying(markup: str) -> None:
    tags = markup.count("<")
    if tags * tags <= _MOST_REOPENED:
        return
    balance = sum(-1 if match[1] else 1 for match in _FORMATTING.finditer(markup))
    if balance > 100 and balance * tags > _MOST_REOPENED:
        raise UnreadableError("depth_limit", f"{balance} formatting elements are never closed: the page would multiply")


class _Builder:
    """Takes the tokens of one page in order and grows its lines; holds the stack of open elements."""

    def __init__(
        self, max_depth: int, hidden: HiddenRules, is_fragment: bool, shown: frozenset[int] = frozenset()
    ) -> None:
        self.page = Page()
        self._max_depth = max_depth
        self._hidden = hidden
        self._shown = shown
        self._is_fragment = is_fragment
        self._stack: list[int] = []
        self._pieces: list[tuple[str | None, str]] = []
        self._linked = 0
        self._links = 0
        self._gap = False
        self._rows: list[tuple[int, int]] = []
        self._cell = -1
        self._cells = 0
        self._raw = ""
        self._in_title = False
        self._pre = 0
        self._heading = 0

    def take(self, token: re.Match[str]) -> None:
        closing, tag, attributes = token.groups()
        if self._raw:
            if closing and tag == self._raw:
                self._raw = ""
                self._stack.pop()
        elif tag is None:
            if not token[0].startswith("<"):
                self._text(token[0])
        elif closing:
            self._close(tag)
        else:
            self._open(tag, attributes)

    def flush(self, gap: bool = True) -> None:
        """End the current line; `gap` says that a block ends here, not just a <br>."""
        if not self._pieces:
            self._gap = self._gap or gap or bool(self.page.lines)
            return
        pieces, linked, self._pieces, self._linked = self._pieces, self._linked, [], 0
        if len(pieces) == 1 and pieces[0][0] is None:  # as most lines are
            text = visible = _collapse(pieces[0][1])
        else:
            marked = any(step for step, _ in pieces)
            visible = _collapse("".join(text for step, text in pieces if step is None))
            text = _collapse("".join(_wrap(step, text) for step, text in pieces)) if marked else visible
        if text.strip("\u3000\xa0 "):
            step = None
            if not visible.strip("\u3000\xa0 "):
                step = next(step for step, _ in pieces if step)
                text = _collapse("".join(piece for _, piece in pieces))
            element = self._stack[-1] if self._stack else 0
            self.page.lines.append(Line(text, element, visible, linked, step, self._gap, self._cell, self._heading))
            self._gap = False
        elif not gap and self.page.lines:
            self._gap = True
        self._gap = self._gap or gap

    def _open(self, tag: str, raw: str) -> None:
        if tag == "br":
            self.flush(gap=False)
            return
        if tag in _BLOCKS:
            self.flush()
        if tag in _VOID:
            return
        self._push(tag, raw)
        if tag in _RAW:
            self._raw = tag
        elif tag == "a":
            self._links += 1
        elif tag in _HEADINGS:
            self._heading = int(tag[1])
        elif tag == "pre":
            self._pre += 1
        elif tag == "title" and not self.page.title:
            self._in_title = True
        elif tag == "tr":
            self._rows.append((len(self.page.lines), self._cell))
        elif tag in ("td", "th"):
            self._cells += 1
            self._cell = self._cells

    def _push(self, tag: str, raw: str) -> None:
        if len(self._stack) >= self._max_depth:
            raise UnreadableError("depth_limit", f"the page nests more than {self._max_depth} elements")
        attributes = _attributes(raw) if raw else {}
        parent = self._stack[-1] if self._stack else -1
        step = self.page.elements[parent].step if parent >= 0 else None
        if step is None and len(self.page.elements) not in self._shown:
            step = "ruby" if tag in ("rt", "rp", "rtc") else self._hidden.step(tag, attributes)
        self.page.elements.append(Element(tag, parent, attributes, step))
        self._stack.append(len(self.page.elements) - 1)

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        if self._stack and self.page.elements[self._stack[-1]].tag == tag:
            self._stack.pop()
        self._in_title = False
        if tag == "a":
            self._links = max(0, self._links - 1)
        elif tag in _HEADINGS:
            self._heading = 0
        elif tag == "pre":
            self._pre -= 1
        elif tag == "tr" and self._rows:
            self._end_row()

    def _end_row(self) -> None:
        """Make one line of a data row; a row whose cells hold paragraphs or tables lays out the page and stays."""
        start, self._cell = self._rows.pop()
        row = self.page.lines[start:]
        is_data = len({line.cell for line in row}) > 1 and sum(len(line.visible) for line in row) <= _LONGEST_ROW
        if is_data and not any(line.step or line.heading or line.cell < 0 for line in row):
            text, visible = (
                " ".join(getattr(line, name).strip("\u3000\xa0 ") for line in row) for name in ("text", "visible")
            )
            linked = sum(line.linked for line in row)
            self.page.lines[start:] = [Line(text, row[0].element, visible, linked, None, row[0].gap, self._cell, 0)]
        if self._rows:
            # What a nested table left behind belongs to no cell, so the outer row is never joined.
            for line in self.page.lines[start:]:
                line.cell = -1

    def _text(self, raw: str) -> None:
        text = unescape(raw)
        if self._in_title:
            self.page.title = _collapse(text).strip()
            return
        step = self.page.elements[self._stack[-1]].step if self._stack else None
        # A fragment is text with some mark-up in it: outside its elements, line ends are line ends.
        if "\n" in text and (self._pre or (self._is_fragment and len(self._stack) <= 2)):
            *whole, text = text.split("\n")
            for line in whole:
                self._pieces.append((step, line))
                self.flush(gap=False)
        self._pieces.append((step, text))
        if self._links:
            self._linked += len(text.strip())


def _wrap(step: str | None, text: str) -> str:
    return text if step is None or not text.strip() else f"{OPEN[step]}{_SPACES.sub(' ', text)}{CLOSE}"


def _collapse(text: str) -> str:
    """Collapse white space as a browser does; a line break in the source between two Han characters is nothing."""
    if "\n" in text or "\r" in text:
        text = _SPACES.sub(" ", _BREAK_IN_HAN.sub("", text))
    elif "  " in text or "\t" in text or "\f" in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


@lru_cache(maxsize=10_000)
def _attributes(raw: str) -> dict[str, str]:
    """Parse the attributes that matter; pages repeat the same ones over and over. The result is not to be changed."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(raw)}
