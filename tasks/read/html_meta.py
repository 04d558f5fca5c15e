"""What a page says of itself: title, day of publication, publisher. Mark-up first, then the visible bar."""

import re
from dataclasses import dataclass

from tasks.read.html_lines import Page
from tasks.read.html_text import unescape

_META = re.compile(r"<meta\b([^>]*)>", re.IGNORECASE)
_PAIR = re.compile(r"(?<![\w:-])([\w:-]+)=\"([^\"]*)\"")
_PUBLISHED_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "publishtime",
    "publish_time",
    "pubtime",
    "firstpublishedtime",
    "og:release_date",
    "bytedance:published_time",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "weibo:article:create_at",
    "date",
)
_PUBLISHER_NAMES = (
    "contentsource",
    "source",
    "og:article:source",
    "mediaid",
    "og:site_name",
    "publisher",
    "sitename",
    "dc.publisher",
)
_JSON_DATE = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{4,40})\"")
# Public accounts keep the time and the account in the page's script.
_SCRIPT_TIME = re.compile(r"var ct\s*=\s*[\"'](1\d{9})[\"']")
_ACCOUNT = re.compile(r"var nickname\s*=\s*(?:htmlDecode\()?[\"']([^\"'<>\\]{1,40})[\"']")
_TIME_TAG = re.compile(r"<time\b[^<>]*\bdatetime=\"([^\"]{4,40})\"")
_DAY = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?$")
_VISIBLE_KEY = re.compile(r"(?:[发發][布佈表]|更新)?(?:[时時][间間]|日期)\s*[:：]\s*")
_SOURCE = re.compile(r"(?:[来來]源|稿源)\s*[:：]\s*([^\s|｜【】\[\]]{2,30})")


@dataclass(frozen=True)
class PageMeta:
    """Title, publication day (ISO where it can be read as one) and publisher, each as found or None.

    `line` is the number of the line of the text that is the page's headline, where that is certain.
    """

    title: str | None
    published: str | None
    publisher: str | None
    line: int | None = None


def meta_of(page: Page, kept: list[bool], headline: int | None = None) -> PageMeta:
    """Read the metadata of a page whose kept lines are known, and among them its headline, if that is certain."""
    named = _named(page.markup)
    heading = next((ln.visible for ln, keep in zip(page.lines, kept, strict=True) if keep and ln.heading == 1), None)
    bars = [line.visible for line, keep in zip(page.lines, kept, strict=True) if not keep and len(line.visible) <= 160]
    published = next((named[name] for name in _PUBLISHED_NAMES if named.get(name)), None)
    for pattern in (_JSON_DATE, _SCRIPT_TIME, _TIME_TAG):
        if published is None and (match := pattern.search(page.markup)):
            published = match[1]
    source = next((match[1] for bar in bars if (match := _SOURCE.search(bar))), None)
    account = _ACCOUNT.search(page.markup)
    source = source or (account[1] if account else None)
    return PageMeta(
        title=named.get("og:title") or heading or page.title or None,
        published=as_day(published) if published else _visible_day(bars),
        publisher=source or next((named[name] for name in _PUBLISHER_NAMES if named.get(name)), None),
        line=None
        if headline is None
        else sum(keep and not line.step for line, keep in zip(page.lines[:headline], kept[:headline], strict=True)),
    )


def as_day(text: str) -> str:
    """Return the date in a text as YYYY-MM-DD, or the text itself when none can be read from it."""
    match = _DAY.search(text) or _COMPACT.match(text.strip())
    if match is None or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
        return text.strip()
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"


def _named(markup: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _META.finditer(markup):
        pairs = {name.lower(): unescape(value).strip() for name, value in _PAIR.findall(match[1])}
        name = (pairs.get("property") or pairs.get("name") or pairs.get("itemprop") or "").lower()
        if name and pairs.get("content"):
            found.setdefault(name, pairs["content"])
    return found


def _visible_day(bars: list[str]) -> str | None:
    """The day in a bar that names it as such, else the first bar that holds a day and little else."""
    keyed = [bar for bar in bars if _VISIBLE_KEY.search(bar)]
    for bar in keyed + [bar for bar in bars if len(bar) <= 80]:
        if match := _DAY.search(bar):
            return as_day(match[0])
    return None
