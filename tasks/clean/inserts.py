"""Marks what a site puts into sentences, or behind each line, against copying: its source in brackets, or its address.

Between two characters of a sentence a source is never the writer's; an address is where it comes again and again.
"""

import re
from collections import Counter

import polars as pl

from tasks.clean.gated import ask, where
from tasks.clean.marks import ANY_RUN, CLOSE, OPEN
from tasks.clean.patterns import HAN

SOURCE = r"[（(【\[](?:本文|文章|内容|信息)(?:来源|来自|转自|转载自)[^（）()【】\[\]。\n]{2,24}[）)】\]]"
_ADDRESS = r"(?:https?://)?www\.[0-9a-zA-Z.-]{1,60}\.[a-z]{2,10}/?"
# 文章源自罗坪网-https://… at the end of line after line
_TAIL = (
    r"(?m:(?:本文|文章|内容|信息)(?:来源|[来源转]自|转载自)[^（）()。，；\s]{0,14}https?://[^\s（）()。，；]{4,90}$)"
)
_SIGN = r"(?:本文|文章|内容|信息)(?:来[源自]|转[自载]|源自)|www\."
# Copies of an address that stand between Han, and by how many times they outnumber those that the text names.
_FEWEST, _MOSTLY = 3, 2
_FOUND = re.compile(f"(?P<source>{SOURCE})|(?P<address>{_ADDRESS})")
_TAILS = re.compile(_TAIL)
_PIECES = re.compile(f"({ANY_RUN})")
_WORD = re.compile(f"[{HAN}0-9]")
# An address that the text itself names: 登录www.…查询.
_NAMED = re.compile("(?:登[录陆]|访问|通过|进入|浏览|打开|搜索|网[址站页]|官网|关注|[在至到从于上是为与和及])$")


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Put marks around such words in column `text`; content characters keep number and order."""
    text = frame["text"]
    likely = ask(text, text.str.contains(_SIGN), lambda some: some.str.contains(f"{SOURCE}|{_ADDRESS}|{_TAIL}"))
    return frame.with_columns(where(text, likely, lambda some: pl.Series([_marked(one) for one in some])))


def _marked(text: str) -> str:
    pieces = _PIECES.split(text)
    found = [(one, _is_inside(piece, one)) for piece in pieces[::2] for one in _FOUND.finditer(piece)]
    inside = Counter(one.group() for one, is_inside in found if is_inside)
    others = Counter(one.group() for one, is_inside in found if not is_inside)
    inserted = [
        words
        for words, n in inside.items()
        if not words.startswith(("http", "www")) or n >= max(_FEWEST, _MOSTLY * others[words] + 1)
    ]
    tails = Counter(one for piece in pieces[::2] for one in _TAILS.findall(piece))
    pieces[::2] = [
        _TAILS.sub(lambda one: _hidden(one.group()) if tails[one.group()] >= _FEWEST else one.group(), piece)
        for piece in pieces[::2]
    ]
    text = "".join(pieces)
    if not inserted:
        return text
    pieces = _PIECES.split(text)
    words = "|".join(map(re.escape, sorted(inserted, key=len, reverse=True)))
    behind = re.compile(f"(?<=[^\\s：:（(/])(?:{words})")
    pieces[::2] = [behind.sub(_hidden(r"\g<0>"), piece) for piece in pieces[::2]]
    return "".join(pieces)


def _hidden(words: str) -> str:
    return f"{OPEN['hidden_text']}{words}{CLOSE}"


def _is_inside(text: str, found: re.Match[str]) -> bool:
    """Whether the words part a sentence, and what is before them does not name them."""
    before, after = text[max(0, found.start() - 2) : found.start()], text[found.end() : found.end() + 1]
    return bool(_WORD.match(before[-1:]) and _WORD.match(after)) and not _NAMED.search(before)
