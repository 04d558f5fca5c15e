"""Takes the entries out of a feed (RSS of any version, RDF, Atom): title, text, day, address, publisher of each."""

import re
from collections.abc import Mapping
from xml.parsers import expat

from tasks.read.errors import UnreadableError
from tasks.read.html_text import unescape
from tasks.read.tables import Numbered

# Declarations and comments in front of the first element.
PROLOGUE = r"\s*(?>(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)\s*)*+"
_STARTS = re.compile(PROLOGUE + r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.DOTALL | re.IGNORECASE)
_LOOKED_AT = 4000
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_ENTRIES = frozenset({"item", "entry"})
# The first of each that holds anything is taken; a feed says what it calls "updated" when it does not say more.
_NAMES = {
    "title": ("title",),
    "content": ("encoded", "content", "body", "fulltext", "description", "summary"),
    "date": ("pubdate", "published", "issued", "date", "created", "updated", "modified"),
    "url": ("link", "guid", "id"),
    "publisher": ("publisher", "source"),
}
_NO_TEXT = "the entry has no text beside its title: fetch the page that it links to"
_KNOWN = frozenset(name for names in _NAMES.values() for name in names)


def looks_like_feed(text: str) -> bool:
    """Whether a text opens as a feed does, whatever its file name says."""
    return _STARTS.match(text[:_LOOKED_AT]) is not None


def feed_records(text: str, max_depth: int) -> Numbered:
    """Yield (number, record) for each entry, with the names of fields that `Fields` knows; then why it breaks off.

    The publisher is the feed's title where the entry names none. The text may hold mark-up.

    Raises:
        UnreadableError: `malformed` when it declares entities, `empty` when it has no entry.
    """
    if "<!ENTITY" in text:
        raise UnreadableError("malformed", "the feed declares entities of its own, which may stand for anything")
    feed = _Feed(max_depth)
    broken = feed.read(_repaired(text))
    for number, entry in enumerate(feed.entries, start=1):
        record = _record(entry, feed.title)
        yield number, record if "content" in record else UnreadableError("no_text", _NO_TEXT)
    if broken:
        yield len(feed.entries) + 1, broken
    elif not feed.entries:
        raise UnreadableError("empty", "the feed has no entry")


def _repaired(text: str) -> str:
    """Escape what many feeds leave bare: ampersands, and names of characters that only HTML knows."""
    text = _NOT_XML.sub(" ", text.lstrip("\ufeff \t\r\n"))
    parts, done = [], 0
    while (start := text.find("<![CDATA[", done)) >= 0 and (end := text.find("]]>", start)) >= 0:
        parts += [_BARE_AMPERSAND.sub("&amp;", text[done:start]), text[start:end]]
        done = end
    return "".join([*parts, _BARE_AMPERSAND.sub("&amp;", text[done:])])


def _record(entry: Mapping[str, str], feed_title: str) -> dict[str, str]:
    found = {part: next((entry[name] for name in names if entry.get(name)), "") for part, names in _NAMES.items()}
    found["title"] = _plain(found["title"])
    # an aggregate puts the whole feed there that it has an entry from
    found["publisher"] = ("" if _TAG.search(found["publisher"]) else _plain(found["publisher"])) or feed_title
    if not found["url"].startswith(("http://", "https://")):
        found["url"] = ""
    return {name: value for name, value in found.items() if value}


def _plain(text: str) -> str:
    return " ".join(unescape(_TAG.sub("", unescape(text))).split())


class _Feed:
    """What the parser tells: the feed's title, and of each entry the texts by name, mark-up inside them as text."""

    def __init__(self, max_depth: int) -> None:
        self.title = ""
        self.entries: list[dict[str, str]] = []
        self._max_depth = max_depth
        self._depth = 0
        self._entry: dict[str, str] | None = None
        self._field = ""
        self._field_depth = 0
        self._text: list[str] = []

    def read(self, text: str) -> UnreadableError | None:
        """Read to the end, or tell why it cannot go on."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._said
        try:
            parser.Parse(text, True)
        except expat.ExpatError as error:
            told = f"the feed breaks off after {len(self.entries)} entries ({error}): fetch it again"
            return UnreadableError("malformed", told)
        except UnreadableError as error:
            return error
        return None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._max_depth:
            raise UnreadableError("depth_limit", f"it nests more than {self._max_depth} elements (limit depth)")
        if self._field:
            held = "".join(f' {name}="{_escaped(value)}"' for name, value in attributes.items())
            self._text.append(f"<{tag}{held}>")
            return
        name = _local(tag)
        if self._entry is None and name in _ENTRIES:
            self._entry = {}
        elif self._entry is not None and name == "link" and attributes.get("href"):
            if attributes.get("rel", "alternate") == "alternate":
                self._entry.setdefault("link", attributes["href"])
        elif (name in _KNOWN) if self._entry is not None else (name == "title" and not self.title):
            self._field, self._field_depth = name, self._depth

    def _end(self, tag: str) -> None:
        if self._field and self._depth == self._field_depth:
            text = "".join(self._text).strip()
            if self._entry is None:
                self.title = _plain(text)
            elif text:
                self._entry.setdefault(self._field, text)
            self._field, self._text = "", []
        elif self._field:
            self._text.append(f"</{tag}>")
        elif self._entry is not None and _local(tag) in _ENTRIES:
            self.entries.append(self._entry)
            self._entry = None
        self._depth -= 1

    def _said(self, text: str) -> None:
        if self._field:
            self._text.append(_escaped(text) if self._depth > self._field_depth else text)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2].lower()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
