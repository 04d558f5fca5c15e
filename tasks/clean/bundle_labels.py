"""Takes off a title what a share site puts before it: how many texts, of what years (`2篇2020-2021在某会上的讲话`)."""

import re

import polars as pl

from tasks.clean.document_names import COLLECTED, DOCUMENT_NAMES
from tasks.clean.gated import ask, where
from tasks.clean.marks import ANY_MARK, CLOSE, OPEN

_COUNT, _YEARS = r"\d{1,2} ?篇", r"(?:19|20)\d\d ?[-—–~至] ?(?:19|20)\d\d(?:学?年度?)?"
_LOOKED_AT, _WORDS = 120, 8
# 3篇论文入选国际会议 counts what it is about; the name of a text does not begin so.
_TITLE = re.compile(
    rf"\A\s*{_COUNT} ?(?:{_YEARS})? ?([\u4e00-\u9fff]{{{_WORDS}}})[^\n。！？]{{0,60}}?"
    rf"(?:{DOCUMENT_NAMES}|{COLLECTED}|党课|材料)(?:稿|材料|提纲|范文)?"
    r"[ \u3000]*(?:[（(][^（()\n）]{0,12}[)）])?[ \u3000]*(?:\n|\Z)"
)


def run(values: pl.Series) -> pl.Series:
    """Mark such labels wherever the title stands, of texts whose first line is one."""
    likely = values.str.head(_LOOKED_AT).str.contains(rf"^\s*{_COUNT}")
    # runs do not nest
    likely = ask(values, likely, lambda some: ~some.str.contains(ANY_MARK))
    return where(values, likely, lambda some: some.map_elements(_marked, return_dtype=pl.String))


def _marked(text: str) -> str:
    title = _TITLE.match(text[:_LOOKED_AT])
    if title is None:
        return text
    # print lines and flattened pages put spaces between the words
    words = r"[ \u3000]?".join(title[1])
    label = rf"(?<![\d篇])(?:{_COUNT}[ \u3000]?(?:{_YEARS})?|{_YEARS})(?=[ \u3000]?{words})"
    return re.sub(label, lambda found: f"{OPEN['site_chrome']}{found[0]}{CLOSE}", text)
