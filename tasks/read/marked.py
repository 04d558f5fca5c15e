"""Takes the records out of a collection in mark-up: a `<doc>` each, or `<record>`, `<row>`, `<news>` with named parts.

News corpora and exports of databases come so; most are no XML (bare ampersands, no root), so nothing is asked of it.
"""

import re
from functools import lru_cache

from tasks.cards import Fields
from tasks.read.errors import UnreadableError
from tasks.read.feeds import PROLOGUE
from tasks.read.html_text import unescape
from tasks.read.tables import Numbered

# At most one element around all; what `<doc>` holds may be text alone, of others the parts must have names.
_STARTS = re.compile(
    PROLOGUE
    + r"(?:<(?!html|head|body|div|doc\b)[A-Za-z]\w*(?:\s[^<>]*)?>\s*)?"
    + r"<(doc|document|record|row|news|article|item|entry|page|post|story)(?=[\s>])",
    re.DOTALL | re.IGNORECASE,
)
_LOOKED_AT, _LONGEST_TAG = 20_000, 2000
_DOC = "doc"
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ELEMENT = re.compile(r"<([A-Za-z\u4e00-\u9fff][\w:.-]*)(?:\s[^<>]*)?>")
_TAG = re.compile(r"<[/!?]?[A-Za-z\u4e00-\u9fff][^<>]*>")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_MARKED_SENTENCE = re.compile(r"</?s(?:\s+id=[^<>]*)?>", re.IGNORECASE)
# what numbers a record, and what says in some corpora where and when its text was filed
_NUMBERS = frozenset(["id", "docno", "docid", "doctype", "doc_id", "num", "url"])
_DATELINE, _FIRST_PARAGRAPH = "dateline", re.compile(r"\s*(?:<p(?:\s[^<>]*)?>\s*)?", re.IGNORECASE)
# extractors of wikis end a heading with a full stop
_WIKI_HEADING = re.compile(r"(?m)^([\u4e00-\u9fff（）、·]{1,20})\.$")


def looks_like_collection(text: str, fields: Fields) -> bool:
    """Whether a text opens with a record in mark-up that names its parts, or with a `<doc>`."""
    opened = _STARTS.match(text[:_LOOKED_AT])
    if opened is None:
        return False
    if opened[1].lower() == _DOC:
        return True
    record = _closing(opened[1]).split(text[opened.end() : opened.end() + _LOOKED_AT], maxsplit=1)[0]
    named = {name.lower() for name in _ELEMENT.findall(record)}
    return bool(named & set(fields.text)) and bool(named & {*fields.title, *fields.date, *fields.uri, *_NUMBERS})


def collection_records(text: str, fields: Fields) -> Numbered:
    """Yield (number, record) for each record, its parts by their names; last what stands outside of any, as a fault.

    A record that is not closed ends where the next begins.
    """
    opened = _STARTS.match(text[:_LOOKED_AT])
    if opened is None:
        raise UnreadableError("malformed", "it has no record")
    name = opened[1]
    outside, number, place = [], 0, 0
    beginning = re.compile(rf"<{name}(\s[^<>]*)?>", re.IGNORECASE)
    begins = [*beginning.finditer(text)]
    for number, (begin, end) in enumerate(
        zip(begins, [*(one.start() for one in begins[1:]), len(text)], strict=True), start=1
    ):
        outside.append(text[place : begin.start()])
        closed = _closing(name).search(text, begin.end(), end)
        place = closed.end() if closed else end
        inner = text[begin.end() : closed.start() if closed else end]
        yield number, _record(inner, begin[1] or "", fields)
    left = _TAG.sub("", "".join([*outside, text[place:]])).strip()
    if left:
        told = f"{len(left)} characters stand outside of every <{name}>, from «{left[:20]}» on: they are not read"
        yield number + 1, UnreadableError("malformed", told)


def _record(inner: str, attributes: str, fields: Fields) -> dict[str, str]:
    record = {key.lower(): unescape(one or other) for key, one, other in _ATTRIBUTE.findall(attributes[:_LONGEST_TAG])}
    about = _NUMBERS.union(fields.title, fields.date, fields.uri, fields.publisher)
    parts, rest = _parts(inner, about.union(fields.text, [_DATELINE]))
    told = {name: _plain(part) for name, part in reversed(parts) if name in about}
    texts = [part for name, part in parts if name in fields.text] or [rest]
    body = _MARKED_SENTENCE.sub("", "\n\n".join(texts)).strip()
    if "&lt;" in body and not _TAG.search(body):
        body = unescape(body)
    if told.keys().isdisjoint(fields.title):
        # some keep the headline inside the text
        inside, after = _parts(body, frozenset(fields.title))
        told |= {name: _plain(part) for name, part in inside[:1]}
        body = after if len(inside) == 1 else body
    if not parts and "title" in record:
        body = _WIKI_HEADING.sub(r"\1", body)
    if dateline := next((_plain(part) for name, part in parts if name == _DATELINE), ""):
        at = _FIRST_PARAGRAPH.match(body).end()  # type: ignore[union-attr]  # it matches nothing too
        body = f"{body[:at]}{dateline}{body[at:]}"
    return record | told | ({fields.text[0]: body} if body else {})


def _parts(inner: str, names: frozenset[str]) -> tuple[list[tuple[str, str]], str]:
    """The elements of these names, in order, and what stands around them."""
    parts: list[tuple[str, str]] = []
    rest, place = [], 0
    unclosed: set[str] = set()
    while (begin := _ELEMENT.search(inner, place)) is not None:
        name = begin[1].lower()
        closed = _closing(name).search(inner, begin.end()) if name in names - unclosed else None
        rest.append(inner[place : begin.start() if closed else begin.end()])
        place = closed.end() if closed else begin.end()
        if closed:
            parts.append((name, _CDATA.sub("", inner[begin.end() : closed.start()])))
        else:
            unclosed.add(name)
    return parts, "".join([*rest, inner[place:]]).strip()


def _plain(text: str) -> str:
    return " ".join(unescape(_TAG.sub("", _CDATA.sub("", text))).split())


@lru_cache(maxsize=200)
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE)
