"""Takes the fields of one JSON record: text, title, date, address, publisher, wherever the source keeps them."""

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import orjson

from tasks.cards import Fields
from tasks.read.documents import sha256, storable
from tasks.read.errors import UnreadableError
from tasks.read.html import looks_like_html, read_page
from tasks.read.html_meta import as_day
from tasks.read.html_text import unescape
from tasks.read.notation import lines_of, plain


@dataclass(frozen=True)
class Record:
    """One record as a document: identity and size of its canonical JSON, marked text, and what it says of itself."""

    document_id: str
    n_bytes: int
    text: str
    title: str | None
    published: str | None
    publisher: str | None
    uri: str | None


# Media types whose records name their title.
TITLING = (
    "application/jsonl",
    "application/json",
    "text/csv",
    "application/vnd.apache.parquet",
    "application/xml",
    "message/rfc822",
    "text/x-records",
    "text/tab-separated-values",
)
_TOLD, _WRAPPERS = 5, 4
# how names end that a source has made for itself
_TEXTS, _TITLES = ("正文", "内容", "全文", "文本", "content", "text", "body"), ("标题", "title", "headline")
# what stands for a title where the name of the text begins alike: AContent and AName, 稿件内容 and 稿件名称
_NAMES = ("名称", "name", "subject", "topic")
_DATES = ("发布时间", "发布日期", "发表时间", "publishtime", "pubtime", "pubdate", "publishdate", "publishedat")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?')
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
_BRACKET = re.compile(r"[\[{]|[\]}]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# Mark-up without any of these is a text with its tables, and no page around it.
_OF_PAGE = re.compile(
    "(?i)<(?:!doctype|html|head|body|title|meta|div|nav|header|footer|aside|main|section|article|ul|h1|a)[ >/]"
)


def parse_json(text: str, max_depth: int) -> object:
    """Parse one JSON value, never trusting its nesting to the stack.

    Raises:
        UnreadableError: `malformed` or `depth_limit`.
    """
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise UnreadableError("depth_limit", "it nests its values deeper than the parser goes") from error
    except ValueError as error:
        value = _python_literal(text)
        if value is None:
            raise UnreadableError("malformed", f"it is no JSON ({error}): fetch it again or correct it") from error
    if not _is_flat(value) and _depth(text) > max_depth:
        raise UnreadableError("depth_limit", f"it nests more than {max_depth} values (limit depth)")
    # Only an escape can bring in what was dropped from the text before.
    return storable_value(value) if "\\u" in text else value


def _python_literal(text: str) -> object:
    """A record as Python prints a dictionary: many scrapers write down that; None for anything else."""
    if not text.lstrip().startswith("{'"):
        return None
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def storable_value(value: object) -> object:
    """Clean every text of a record as `storable` does, keys included."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_value(item) for item in value]
    if isinstance(value, dict):
        return {storable_value(key): storable_value(item) for key, item in value.items()}
    return value


def _is_flat(value: object) -> bool:
    return isinstance(value, dict) and not any(isinstance(item, (list, dict)) for item in value.values())


def _depth(text: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.finditer(_STRING.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def read_record(value: object, fields: Fields, max_depth: int, *, fragments: bool = False) -> Record:
    """Turn one JSON value into a document.

    Args:
        value: what a JSON line holds.
        fields: the names under which a source keeps each part; the first one present is taken.
        max_depth: see `ReadLimits.depth`, for records that hold HTML.
        fragments: any mark-up in the text is the text's own, of no page around it.

    Raises:
        UnreadableError: `malformed` when it is no object, `no_text` when no text field holds any.
    """
    if not isinstance(value, dict):
        raise UnreadableError("malformed", f"a record must be a JSON object, this is a {type(value).__name__}")
    if (body := _first(value, fields.text)) is None:
        value = _unwrapped(value, fields)
        body = _first(value, fields.text)
    title, date = _first(value, fields.title), _first(value, fields.date)
    if body is None and (body := _ends_as(value, _TEXTS)):
        title, date = title or _ends_as(value, _TITLES) or _named_alike(value), date or _ends_as(value, _DATES)
    if body is None:
        raise UnreadableError(
            "no_text", f"none of {', '.join(fields.text[:_TOLD])} ... holds text: map its field in the card"
        )
    canonical = canonical_json(value)
    publisher = _first(value, fields.publisher) or _name(value, fields.publisher)
    if "<" in body and ((fragments and _TAG.search(body)) or looks_like_html(body)):
        page = read_page(body, max_depth, fragment=fragments or not _OF_PAGE.search(body))
        body, meta = page.text, page.meta
        title, publisher = title or meta.title, publisher or meta.publisher
        date = date or meta.published
    else:
        body = plain(body)
        body = storable(unescape(body)) if "&" in body else body
    return Record(
        sha256(canonical), len(canonical), _with_title(title, body), title, as_day(date) if date else None, publisher,
        _first(value, fields.uri),
    )  # fmt: skip


def canonical_json(value: object) -> bytes:
    """Return the one way to write a JSON value: keys sorted, no spaces, UTF-8."""
    if isinstance(value, dict) and all(type(item) is str for item in value.values()):
        try:
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)  # five times as fast, and the same for texts
        except orjson.JSONEncodeError:
            pass
    return _CANONICAL.encode(value).encode("utf-8", "surrogatepass")


def holds_text(value: object, fields: Fields) -> bool:
    """Whether a value is an object with a text of its own."""
    return isinstance(value, dict) and _first(value, fields.text) is not None


def _unwrapped(record: Mapping[str, object], fields: Fields, deep: int = _WRAPPERS) -> Mapping[str, object]:
    """Take the one inner object that holds the text, where an interface wraps it; what stands around it stays known."""
    if not deep or holds_text(record, fields):
        return record
    inner = [_unwrapped(value, fields, deep - 1) for value in record.values() if isinstance(value, dict)]
    inner = [value for value in inner if holds_text(value, fields)]
    if len(inner) != 1:
        return record
    return {name: value for name, value in record.items() if not isinstance(value, dict)} | dict(inner[0])


def _ends_as(record: Mapping[str, object], endings: tuple[str, ...]) -> str | None:
    """The text of the one field whose name ends like that, of a source whose names are its own (微博正文)."""
    held = [value for key, value in record.items() if _plain(key).endswith(endings) and isinstance(value, str)]
    return _as_text(held[0]) if len(held) == 1 else None


def _named_alike(record: Mapping[str, object]) -> str | None:
    """The name of what the text is the content of: the field whose own name begins as that of the text does."""
    texts = [key for key, value in record.items() if _plain(key).endswith(_TEXTS) and isinstance(value, str)]
    stems = {_plain(key).removesuffix(ending) for key in texts for ending in _TEXTS if _plain(key).endswith(ending)}
    known = {f"{stem}{ending}" for stem in stems if stem for ending in _NAMES}
    held = [value for key, value in record.items() if _plain(key) in known and isinstance(value, str)]
    return _as_text(held[0]) if len(held) == 1 else None


def _name(record: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The name of the first of the named fields that is an object with one."""
    held = [record[key] for key in _keys(tuple(record), names)]
    return next((_as_text(one.get("name")) for one in held if isinstance(one, dict)), None)


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The first of the named fields that holds text."""
    for key in _keys(tuple(record), names):
        if text := _as_text(record[key]):
            return text
    return None


@lru_cache(maxsize=1000)
def _keys(keys: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of a record that the names mean, in their order: as they stand, then whatever their case and hyphens."""
    alike = {_plain(key): key for key in keys}
    found = [name for name in names if name in keys] + [alike[_plain(name)] for name in names if _plain(name) in alike]
    return tuple(dict.fromkeys(found))


def _plain(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "").strip()


def _as_text(value: object) -> str | None:
    """The text of a field; a list of texts is its lines."""
    if isinstance(value, str) and value.startswith("["):
        value = lines_of(value) or value
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        value = "\n".join(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value and not value.isspace() else None


def _with_title(title: str | None, body: str) -> str:
    """Put the title before a text that does not open with it, so that it is content like the rest."""
    if not title or _opens_with(title, body):
        return body
    return f"{' '.join(title.split())}\n\n{body}"


def _opens_with(title: str, body: str) -> bool:
    """Whether the title stands near the head of a text from the beginning of a line to the end of a word."""
    key = "".join(title.split())
    words: list[str] = []
    begins = []
    for line in body[: 400 + 2 * len(title)].split("\n"):
        begins.append(len(words))
        words += line.split()
    for begin in begins:
        held = ""
        for word in words[begin:]:
            held += word
            if held == key:
                return True
            if not key.startswith(held):
                break
    return False
