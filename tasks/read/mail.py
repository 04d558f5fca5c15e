"""Takes the text out of mails, and the page out of a page saved as one file (MHTML)."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from tasks.read.documents import storable
from tasks.read.encoding import decode
from tasks.read.errors import UnreadableError
from tasks.read.tables import Numbered

_HEAD = 100_000
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,70}:[ \t\r\n]")
_TOLD_BY = re.compile(
    rb"^(?:mime-version|content-type|content-transfer-encoding|received|message-id):", re.IGNORECASE | re.MULTILINE
)
_BLANK = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb"boundary\s{0,10}=", re.IGNORECASE)
# the parser looks at each line once for every part that is open
_MOST_BOUNDARIES, _MOST_PARTS = 200, 5000
_PASSED_ON = re.compile(r"^\s*(?:(?:re|fwd?|转发|回复|答复)\s*[:：]\s*)+", re.IGNORECASE)
_TEXTS = ("html", "plain")
# what headers that keep to no rule make the parser of the standard library raise
_MALFORMED = (ValueError, LookupError, TypeError, AttributeError)


def looks_like_mail(data: bytes) -> bool:
    """Whether bytes open with the header of a message that says how its content is kept."""
    if not _HEADER_LINE.match(data):
        return False
    blank = _BLANK.search(data, 0, _HEAD)
    return blank is not None and _TOLD_BY.search(data, 0, blank.start()) is not None


def saved_page(data: bytes) -> tuple[bytes, str | None] | None:
    """The page (bytes of HTML, address) that a message keeps together with its pictures; None when it is a mail.

    Frames inside the page are left out, as from a page of its own.
    """
    if not looks_like_mail(data):
        return None
    message = _message(data)
    address = _header(message, "Content-Location") or _header(message, "Snapshot-Content-Location")
    page = message.get_body(("html",)) if message.get_content_type() == "multipart/related" else message
    if page is None or page.get_content_type() != "text/html":
        return None
    address = _header(page, "Content-Location") or address
    return (_payload(page), address) if address else None


def mail_records(data: bytes) -> Numbered:
    """Yield (number, record) for a message and for each message or text attached to it; last what holds no text.

    Raises:
        UnreadableError: `depth_limit` when it nests too many parts, `member_limit` when it has too many.
    """
    number, passed = 0, list[str]()
    for number, part in enumerate(_texts(_message(data), passed), start=1):
        yield number, _record(part)
    if passed:
        told = f"attached files that are no text were not read: {', '.join(passed)[:200]}"
        yield number + 1, UnreadableError("unsupported_format", told)


def _message(data: bytes) -> EmailMessage:
    if len(_BOUNDARY.findall(data)) > _MOST_BOUNDARIES:
        raise UnreadableError("depth_limit", f"it nests more than {_MOST_BOUNDARIES} parts")
    if data.count(b"\n--") > _MOST_PARTS:
        raise UnreadableError("member_limit", f"it holds more than {_MOST_PARTS} parts")
    return message_from_bytes(data, policy=policy.default)


def _texts(message: EmailMessage, passed: list[str]) -> Iterator[EmailMessage]:
    """The message, and what is attached to it as text; names of the other attached files go to `passed`."""
    waiting: list[EmailMessage] = [message]
    while waiting:
        part = waiting.pop()
        yield part
        inner = []
        for attached in part.iter_attachments():
            if attached.get_content_type() == "message/rfc822":
                inner += [one for one in attached.get_payload() if isinstance(one, EmailMessage)]
            elif attached.is_attachment() and attached.get_content_maintype() == "text":
                inner.append(attached)
            elif attached.is_attachment():
                passed.append(attached.get_filename() or attached.get_content_type())
        waiting += inner[::-1]


def _record(part: EmailMessage) -> dict[str, str] | UnreadableError:
    body: MIMEPart | None = part if part.is_attachment() else part.get_body(_TEXTS)
    data = _payload(body) if body is not None else b""
    if body is None or not data.strip():
        return UnreadableError("no_text", "the message has no text")
    try:
        text = storable(decode(data).text)
    except UnreadableError as error:
        return error
    if body.get_content_subtype() == "html":
        text = f"<html>{text}</html>"
    told = {
        "title": _PASSED_ON.sub("", _header(part, "Subject") or ""),
        "date": _header(part, "Date"),
        "url": _header(part, "Content-Location"),
        "content": text,
    }
    return {name: value for name, value in told.items() if value}


def _header(part: MIMEPart, name: str) -> str | None:
    try:
        value = part[name]
        when = getattr(value, "datetime", None)
        return when.date().isoformat() if when else storable(str(value)).strip() if value else None
    except _MALFORMED:
        return None


def _payload(part: MIMEPart) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except _MALFORMED:
        return b""
    return data if isinstance(data, bytes) else b""
