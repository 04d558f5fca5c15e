"""Finds an article that a page holds in a script alone, as data for the browser to show: by its shape, no site's name.

Some key of a text's (content, articleBody, data …) has a string that is much the longest text of all scripts, with
tags of paragraphs, or sentences in lines of their own.
"""

import re

from tasks.read.html_text import unescape

_SCRIPT = re.compile(r"<script\b([^>]*)>((?:[^<]++|<(?!/script))*+)", re.IGNORECASE)
# A key, then a string up to the quote that ends it.
_FIELD = re.compile(
    r"[\"']?(?<!\w)((?:article|news|doc|main|post)?_?(?:content|body|text|html|detail|data|abstract)(?:_?(?:html|text|data|body))?)[\"']?\s*[:=]\s*"
    r"(?:\"((?:[^\"\\]++|\\.)*+)\"|'((?:[^'\\\n]++|\\.)*+)')",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "", "v": ""}
_TAGS = re.compile(r"</p>|<br\b|</div>|</section>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_HAN = re.compile("[\u4e00-\u9fff]")
_STOP = re.compile("[。！？]")
_QUOTED = re.compile(r'\A\s*"(.*)"\s*\Z', re.DOTALL)
_TIME = re.compile(
    r"[\"']?(?<!\w)(?:datePublished|(?:news|publish|pub|p|display)_?time|pub(?:lish)?_?date|time)[\"']?\s*:\s*[\"']"
    r"((?:19|20)\d\d[-/年]\d{1,2}[-/月]\d{1,2}[^\"']{0,20})[\"']",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"[\"']?(?<!\w)source[\"']?\s*:\s*[\"']([^\"'\\<>{}]{2,24})[\"']")
# Han of a text, and how many times those of the next longest one.
_LEAST, _LEAST_PLAIN, _CLEARLY, _STOPS = 100, 200, 3, 2
# Characters looked at in one page's scripts: the rest is left alone.
_MOST = 4_000_000


def article_of(markup: str, shown: int) -> str | None:
    """Return the mark-up of the one article that the scripts of a page hold as data, or None.

    Args:
        markup: the page, repaired.
        shown: how many characters of text the page itself has; the article must have several times as many.
    """
    found: dict[str, int] = {}
    for script in _scripts(markup):
        for _, double, single in _FIELD.findall(script):
            if len(raw := double or single) < _LEAST:
                continue
            text = _told(raw)
            plain = _TAG.sub("", text)
            n_han = len(_HAN.findall(plain))
            if n_han >= (_LEAST if _TAGS.search(text) else _LEAST_PLAIN) and len(_STOP.findall(plain)) >= _STOPS:
                found[text] = n_han
    if not found:
        return None
    best, *others = sorted(found, key=lambda text: (-found[text], text))
    # the same article may stand twice, whole or as its summary
    rivals = [other for other in others if _TAG.sub("", other)[: _STOPS * 20] not in best]
    if found[best] < _CLEARLY * shown or (rivals and found[best] < _CLEARLY * found[rivals[0]]):
        return None
    return best if _TAGS.search(best) else "".join(f"<p>{line}</p>" for line in best.split("\n") if line.strip())


def day_and_source(markup: str) -> tuple[str | None, str | None]:
    """Return the moment of publication and the source that the scripts of a page name, each where it names one only."""
    days, sources = set[str](), set[str]()
    for script in _scripts(markup):
        days |= {day[:10] for day in _TIME.findall(script)}
        sources |= set(_SOURCE.findall(script)[:1])
    return (days.pop() if len(days) == 1 else None), (sources.pop() if len(sources) == 1 else None)


def _scripts(markup: str) -> list[str]:
    left, found = _MOST, []
    for attributes, script in _SCRIPT.findall(markup):
        if ("src=" not in attributes and _HAN.search(script)) or "\\u" in script:
            found.append(script[:left])
            left -= len(script)
        if left <= 0:
            break
    return found


def _told(raw: str) -> str:
    """A string as the script means it; interfaces escape their mark-up once more, as entities and in quotes."""
    text = _ESCAPE.sub(_meant, raw).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "<" not in text and "&" in text:
        text = unescape(text)
    quoted = _QUOTED.match(text.replace("&quot;", '"', 1)) if text.startswith(('"', "&quot;")) else None
    return text if quoted is None else quoted[1].removesuffix("&quot;").replace('\\"', '"')


def _meant(match: re.Match[str]) -> str:
    if code := match[1] or match[2]:
        return chr(int(code, 16))
    return _PLAIN.get(match[3], match[3])
