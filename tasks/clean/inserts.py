"""Marks what a site puts into the middle of sentences against copying: its source in brackets, or its address.

The same words twice and more, an address between characters of Han each time: once is chance, or the text's own.
"""

import re
from collections import Counter

import polars as pl

from tasks.clean.gated import ask, where
from tasks.clean.marks import ANY_RUN, CLOSE, OPEN
from tasks.clean.patterns import HAN

SOURCE = r"[（(【\[](?:本文|文章|内容|信息)(?:来源|来自|转自|转载自)[^（）()【】\[\]。\n]{2,24}[）)】\]]"
ADDRESS = r"(?:https?://)?www\.[0-9a-zA-Z.-]+\.[a-z]{2,10}/?"
SIGN = r"(?:本文|文章|内容|信息)(?:来[源自]|转[自载])|www\."
_FEWEST = {"source": 2, "address": 3}
_FOUND = re.compile(f"(?P<source>{SOURCE})|(?P<address>{ADDRESS})")
_PIECES = re.compile(f"({ANY_RUN})")
_HAN = re.compile(f"[{HAN}]")
# An address that the text itself names: 登录www.…查询.
_NAMED = re.compile("(?:登[录陆]|访问|通过|进入|浏览|打开|搜索|网[址站页]|官网|关注|[在至到从于上是为与和及])$")


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Put marks around such words in column `text`; content characters keep number and order."""
    text = frame["text"]
    likely = ask(text, text.str.contains(SIGN), lambda some: some.str.count_matches(SIGN) >= _FEWEST["source"])
    return frame.with_columns(where(text, likely, lambda some: pl.Series([_marked(one) for one in some])))


def _marked(text: str) -> str:
    pieces = _PIECES.split(text)
    found = [(one, _is_inside(piece, one)) for piece in pieces[::2] for one in _FOUND.finditer(piece)]
    all_copies = Counter(one.group() for one, _ in found)
    inside = Counter(one.group() for one, is_inside in found if is_inside)
    least = {one.group(): _FEWEST[one.lastgroup or ""] for one, _ in found}
    # an address that stands by itself somewhere, or is named, is of the text
    inserted = {
        words
        for words, n in inside.items()
        if n >= least[words] and (n == all_copies[words] or not words.startswith(("http", "www")))
    }
    if not inserted:
        return text
    words = re.compile("|".join(map(re.escape, sorted(inserted, key=len, reverse=True))))
    pieces[::2] = [words.sub(f"{OPEN['hidden_text']}\\g<0>{CLOSE}", piece) for piece in pieces[::2]]
    return "".join(pieces)


def _is_inside(text: str, found: re.Match[str]) -> bool:
    """Whether the words stand in the middle of a line: an address between Han, not named by what is before it."""
    before, after = text[max(0, found.start() - 2) : found.start()], text[found.end() : found.end() + 1]
    if found.lastgroup == "source":
        return bool(after.strip()) and bool(before.strip())
    return bool(_HAN.match(before[-1:]) and _HAN.match(after)) and not _NAMED.search(before)
