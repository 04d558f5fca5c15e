"""Cuts a page into the lines a reader sees, each with what is known of it: its element, links, hidden pieces.

resiliparse repairs the mark-up; its output is well formed, so one flat pass over the tags needs no tree and no depth.
"""

import re
from dataclasses import dataclass, field

from resiliparse.parse.html import HTMLTree

from tasks.read.documents import storable
from tasks.read.errors import UnreadableError
from tasks.read.html_hidden import HiddenRules
from tasks.read.html_limits import refuse_costly
from tasks.read.html_pasted import PASTED, pasted
from tasks.read.html_text import collapse, marked, unescape

# A tag (of a script with all of it: no tag in there is looked at), a comment or the start; the text up to the next one.
_TOKEN = re.compile(
    r"(?:<(?:(?=(script|style|xmp|iframe|noembed|noframes|plaintext)[\s>/]))?"
    r"(/?)([a-z][^\s>/]*)([^>\"]*(?:\"[^\"]*\"[^>\"]*)*)>(?(1)(?:[^<]++|<(?!/\1[\s>/]))*+)"
    r"|<!--.*?-->|<[^>]*>|<|\A)([^<]*)",
    re.DOTALL,
)
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
_NOTED = _HEADINGS | {"a", "pre", "title", "tr", "td", "th"}
_ANNOTATIONS = frozenset(("rt", "rp", "rtc"))
_SEEN = frozenset(("html", "body"))
_BLANK = " \t\r\n\f"
_PADDING = "\u3000\xa0 "
_LONGEST_ROW = 400


@dataclass(slots=True)
class Line:
    """One line of the page: its text with marks around hidden pieces, and the counts that tell prose from chrome.

    `cells` are the texts of a row of data, of which the line is made.
    """

    text: str
    element: int
    visible: str
    linked: int
    step: str | None
    gap: bool
    cell: int = -1
    heading: int = 0
    cells: tuple[str, ...] = ()


@dataclass(slots=True)
class Page:
    """The lines of one page in document order, its <title>, and the repaired mark-up for metadata.

    Its elements go by number: for each its tag, the number of the one around it (or -1), and its class and id.
    """

    markup: str
    lines: list[Line] = field(default_factory=list)
    title: str = ""
    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def page_of(markup: str, max_depth: int) -> Page:
    """Parse mark-up into lines.

    Raises:
        UnreadableError: `depth_limit` for more than `max_depth` nested elements, too many attributes in one, or
            formatting that multiplies.
    """
    refuse_costly(markup, max_depth)
    root = HTMLTree.parse(markup).document
    repaired = root.html if root is not None else ""
    # A numeric reference can smuggle in what was dropped from the text before.
    repaired = storable(repaired) if "&#" in markup else repaired
    is_fragment = not _SKELETON.search(markup)
    rules = HiddenRules.of(markup)
    builder = _Builder(repaired, max_depth, rules, is_fragment)
    page = builder.built()
    if shown := _shown_by_script(page, builder.steps):
        page = _Builder(repaired, max_depth, rules, is_fragment, shown).built()
    return page


def _shown_by_script(page: Page, steps: list[str | None]) -> frozenset[int]:
    """Hidden elements that hold most of the page's text: a script shows them once the page is there."""
    mass: dict[int, int] = {}
    for line in page.lines:
        number = line.element
        while line.step == "hidden_text" and (parent := page.parents[number]) >= 0:
            if steps[parent] is None:
                mass[number] = mass.get(number, 0) + len(line.text)
                break
            number = parent
    total = sum(len(line.text) for line in page.lines) if mass else 0
    return frozenset(number for number, size in mass.items() if size * 2 > total)


class _Builder:
    """Takes the tags and texts of one page in order and grows its lines; holds the stack of open elements."""

    def __init__(
        self, markup: str, max_depth: int, hidden: HiddenRules, is_fragment: bool, shown: frozenset[int] = frozenset()
    ) -> None:
        self.page = Page(markup)
        self.steps: list[str | None] = []  # what takes each element out, if anything
        self._max_depth = max_depth
        self._hidden = hidden
        self._shown = shown
        self._is_fragment = is_fragment
        self._known: dict[str, tuple[str, str | None]] = {}
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

    def built(self) -> Page:
        """Take the whole page. It may have tens of thousands of tags: what most of them need stands in this loop."""
        tags, stack, pieces = self.page.tags, self._stack, self._pieces
        for _, closing, tag, attributes, text in map(re.Match.groups, _TOKEN.finditer(self.page.markup)):
            if self._raw:
                if not closing or tag != self._raw:
                    continue
                self._raw = ""
                stack.pop()
            elif tag:
                if tag in _BLOCKS:
                    if pieces:
                        self._end_line()
                    self._gap = True
                if closing:
                    if stack and tags[stack[-1]] == tag:
                        stack.pop()
                    self._in_title = False
                    if tag in _NOTED:
                        self._note_end(tag)
                elif tag in _VOID:
                    if tag == "br":
                        self._break()
                else:
                    self._push(tag, attributes)
                    if tag in _RAW:
                        self._raw = tag
                        continue
                    if tag in _NOTED:
                        self._note_start(tag)
            if text and (pieces or self._is_fragment or self._pre or text.strip(_BLANK)):
                self._take(unescape(text) if "&" in text else text)
        if pieces:
            self._end_line()
        return self.page

    def _push(self, tag: str, attributes: str) -> None:
        if len(self._stack) >= self._max_depth:
            raise UnreadableError("depth_limit", f"the page nests more than {self._max_depth} elements")
        parent = self._stack[-1] if self._stack else -1
        number = len(self.steps)
        names, own = "", None
        if attributes:
            # a page repeats the same ones over and over
            if (known := self._known.get(attributes)) is None:
                known = self._known[attributes] = self._read(attributes)
            names, own = known
        step = self.steps[parent] if parent >= 0 else None
        if step is None and number not in self._shown:
            step = "ruby" if tag in _ANNOTATIONS else None if tag in _SEEN else own
        self.steps.append(step)
        self.page.tags.append(tag)
        self.page.parents.append(parent)
        self.page.names.append(names)
        self._stack.append(number)

    def _read(self, attributes: str) -> tuple[str, str | None]:
        """Class and id of an element, and the step that takes it out."""
        found = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        names = f"{found.get('class', '')} {found.get('id', '')}"
        return "" if names == " " else names, "hidden_text" if self._hidden.hide(found) else None

    def _note_start(self, tag: str) -> None:
        if tag == "a":
            self._links += 1
        elif tag in _HEADINGS:
            self._heading = int(tag[1])
        elif tag == "pre":
            self._pre += 1
        elif tag == "title":
            self._in_title = not self.page.title
        elif tag == "tr":
            self._rows.append((len(self.page.lines), self._cell))
        else:
            self._cells += 1
            self._cell = self._cells

    def _note_end(self, tag: str) -> None:
        if tag == "a":
            self._links = max(0, self._links - 1)
        elif tag in _HEADINGS:
            self._heading = 0
        elif tag == "pre":
            self._pre -= 1
        elif tag == "tr" and self._rows:
            self._end_row()

    def _take(self, text: str) -> None:
        if self._in_title:
            self.page.title = collapse(text).strip()
            return
        step = self.steps[self._stack[-1]] if self._stack else None
        # A fragment is text with some mark-up in it: outside its elements, line ends are line ends.
        if "\n" in text and (self._pre or (self._is_fragment and len(self._stack) <= 2)):
            *whole, text = text.split("\n")
            for line in whole:
                if self._pieces or line.strip(_BLANK):
                    self._pieces.append((step, line))
                self._break()
        self._pieces.append((step, text))
        if self._links:
            self._linked += len(text.strip())

    def _break(self) -> None:
        """End the line inside a block; an empty one leaves a gap."""
        before = len(self.page.lines)
        if self._pieces:
            self._end_line()
        self._gap = self._gap or 0 < before == len(self.page.lines)

    def _end_line(self) -> None:
        short = self._linked or (len(self._pieces) == 1 and len(self._pieces[0][1]) < PASTED)
        if not (lines := [] if short else pasted(self._pieces)):
            self._end_one_line()
        for line in lines:
            self._pieces[:] = [(None, line)]
            self._end_one_line()

    def _end_one_line(self) -> None:
        pieces, step = self._pieces, None
        if len(pieces) == 1 and pieces[0][0] is None:  # as most lines are
            text = visible = collapse(pieces[0][1])
            is_blank = not text.strip(_PADDING)
        else:
            visible = collapse("".join(piece for step, piece in pieces if step is None))
            hidden = [step for step, _ in pieces if step]
            text = collapse("".join(marked(step, piece) for step, piece in pieces)) if hidden else visible
            is_blank = not text.strip(_PADDING)
            if hidden and not is_blank and not visible.strip(_PADDING):
                step, text = hidden[0], collapse("".join(piece for _, piece in pieces))
        if not is_blank:
            element = self._stack[-1] if self._stack else 0
            line = Line(text, element, visible, self._linked, step, self._gap, self._cell, self._heading)
            self.page.lines.append(line)
            self._gap = False
        pieces.clear()
        self._linked = 0

    def _end_row(self) -> None:
        """Make one line of a data row; a row whose cells hold paragraphs or tables lays out the page and stays."""
        start, self._cell = self._rows.pop()
        row = self.page.lines[start:]
        is_data = len({line.cell for line in row}) > 1 and sum(len(line.visible) for line in row) <= _LONGEST_ROW
        if is_data and not any(line.step or line.heading or line.cell < 0 for line in row):
            text, visible = (
                " ".join(getattr(line, name).strip(_PADDING) for line in row) for name in ("text", "visible")
            )
            linked = sum(line.linked for line in row)
            cells: dict[int, list[str]] = {}
            for line in row:
                cells.setdefault(line.cell, []).append(line.text.strip(_PADDING))
            whole = tuple(" ".join(texts) for texts in cells.values())
            joined = Line(text, row[0].element, visible, linked, None, row[0].gap, self._cell, 0, whole)
            self.page.lines[start:] = [joined]
        if self._rows:
            # What a nested table left behind belongs to no cell, so the outer row is never joined.
            for line in self.page.lines[start:]:
                line.cell = -1
