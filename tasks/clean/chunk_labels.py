"""Takes off what sites strew into a text: numbers of a preview's pieces, labels of its pages and of a paper's columns.

`2、` before a piece that begins in mid-word; `第二页，共36页。` where a page ended; `第1版（要闻）专栏：` above
headlines of old papers; 世纪/n in a corpus of words. Only a preview says how many pages are left.
"""

import re
from itertools import pairwise

import polars as pl

from tasks.clean.figures import NUMERAL
from tasks.clean.gated import ask, matching, where
from tasks.clean.marks import ANY_MARK, CLOSE, OPEN

_COLUMN_LABEL = "第[0-9]{1,2}版[（(][一-鿿]{0,8}[）)] ?专栏[：:]"
_TAGGED = "[^ /\n]{1,8}/[a-zA-Z]{1,4} {1,2}[^ /\n]{1,8}/[a-zA-Z]{1,4} {1,2}[^ /\n]{1,8}/[a-zA-Z]{1,4}(?: |\n)"
_LOOKED_AT, _FIRST_WORDS = 1500, 160
_SIGN = f"还剩[0-9]{{1,4}}页未读|還剩[0-9]{{1,4}}頁未讀|{_COLUMN_LABEL}"
_NUMBER = f"{NUMERAL}{{1,4}}"
_PAGE = re.compile(f"第{_NUMBER}[页頁][，,] ?共{_NUMBER}[页頁][。.；;]?")
_COLUMN = re.compile(f"^{_COLUMN_LABEL}", re.MULTILINE)
# the tag, and the space behind each word
_TAG = re.compile(
    r"(?m:^)[0-9]{8}-[0-9]{2}-[0-9]{3}-[0-9]{3}/m +|(?<=[^ /\n\]])/[a-zA-Z]{1,4}(?=[ \n\]]|\Z) *"
    r"|\]/?[a-zA-Z]{1,3}(?=[ \n]|\Z) *"
)
_TORN = re.compile("[一-鿿，、A-Za-z0-9]$")
_PREVIEW = re.compile("[页頁]未[读讀]")
_PIECE = re.compile("^([0-9]{1,3})、(.*)$", re.MULTILINE)
_LEAST, _LONG, _ENDS = 2, 80, "。！？!?…：:；;”）)"
# Without a word of the site: the text opens with a long piece, and nothing stands between the pieces.
_OPENS, _LONGER = "(?:^|\n)1、[^\n]{150}", 150


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Put marks around such labels in column `text`; content characters keep number and order."""
    text = frame["text"]
    first = text.str.head(_FIRST_WORDS)
    tagged = matching(first, first.str.contains("/", literal=True), _TAGGED)
    likely = text.str.head(_LOOKED_AT).str.contains(f"{_SIGN}|{_OPENS}") | tagged
    # runs do not nest
    likely = ask(text, likely, lambda some: ~some.str.contains(ANY_MARK))
    return frame.with_columns(where(text, likely, lambda some: pl.Series([_marked(one) for one in some])))


def _marked(text: str) -> str:
    places = [found.span() for found in _COLUMN.finditer(text)]
    if _PREVIEW.search(text, 0, _LOOKED_AT):
        pages = [found.span() for found in _PAGE.finditer(text)]
        places += [*_pieces(text), *(pages if len(pages) >= _LEAST else [])]
    elif re.search(_OPENS, text[:_LOOKED_AT]):
        places += _pieces_alone(text)
    places += _tags(text)
    for begin, end in sorted(places, reverse=True):
        text = f"{text[:begin]}{OPEN['site_chrome']}{text[begin:end]}{CLOSE}{text[end:]}"
    return text


def _pieces_alone(text: str) -> list[tuple[int, int]]:
    """Find such numbers where no word tells of a preview: all pieces are long, one a line, and torn in mid-word."""
    found, torn = _pieces(text), 0
    for (begin, _), (after, _) in pairwise(found):
        piece = text[begin:after].strip()
        if "\n" in piece or len(piece) < _LONGER:
            return []
        torn += bool(_TORN.search(piece))
    return found if found and torn == len(found) - 1 else []


def _tags(text: str) -> list[tuple[int, int]]:
    """Find what a corpus puts behind its words, 世纪/n, and before its lines: most words have one."""
    found = [tag.span() for tag in _TAG.finditer(text)]
    return found if len(found) * 2 >= len(text.split()) else []


def _pieces(text: str) -> list[tuple[int, int]]:
    """Find the numbers of the pieces: one after the other, before long lines, some of which go on in mid-sentence."""
    found: list[tuple[int, int]] = []
    torn = 0
    for piece in _PIECE.finditer(text):
        if int(piece[1]) != len(found) + 1 or (len(piece[2]) < _LONG and not found):
            continue
        above = text[: piece.start()].rstrip()
        torn += bool(found) and above[-1:] not in _ENDS
        found.append((piece.start(), piece.end(1) + 1))
    return found if len(found) >= _LEAST and 2 * torn >= len(found) - 1 else []
