"""Takes what a page prints of a text besides the text: its head as a summary, broken off or not, or all of it again."""

import numpy as np
import polars as pl

from tasks.clean import headline_keys, runs
from tasks.clean.arrays import Flags
from tasks.clean.taking import free, take
from tasks.content import Counts, expand

# Lines from the top of a file.
_TOP = 12
# 核心提示：, and how a summary says that it ends before its text does.
_LEAD = r"^[\[【（(]?(?:(?:内容|文章)?(?:摘要|提要|简介)|核心提示|导读|导语|编前)[\]】）)]?[：: ]*"
_MORE = r"[\[【（(](?:详细|更多|全文|阅读全文)[\]】）)]"
_CUT_SHORT = rf"(?:…+|\.{{2,}}|。{{2,}})?(?:{_MORE})?$"
_SHORT_END, _ENDS_SHORT = 6, rf"(?:…|\.{{2,}}|。{{2,}}|{_MORE})$"
_LEAST_LEAD, _LEAST_CUT = 12, 30
_CAPTION = "(?:摄影?|截图|资料照片?|供图|提供|翻摄|传真|资料图片?)[）)]?$|[图摄][/／]|图片?来源[：:]|传真 ?[0-9]+年"
# Characters of a preview, of its head that are compared; lines of a flattened text that its words may fill.
_LEAST, _SAME, _LOOK, _REACH = 50, 6, 24, 60
_LABEL = r"^[\p{Han}]{2,4}："
# The headline again below all text.
_NAME, _ISSUES = (8, 90), "(?:政府|办公[室厅]|委员会|[委局厅部院会司])$"
# Lines of a text that a page holds twice, and characters of a paragraph of it; the share of a page that such lines are.
_FEWEST_TWICE, _PARAGRAPH = 4, 40
_MUCH = 0.25
_NEARLY_ALL = 0.9


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Name such lines.

    Args:
        frame: row, doc, text, n (characters), rank (in the document), alive, ends, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    for told in (_summaries, _previews, _whole_texts, _texts_again, _at_the_foot):
        frame = take(frame, told(frame), "page_title")
    return frame


def _summaries(frame: pl.DataFrame) -> pl.Series:
    """A line that says no more than the head of the next one, and a caption that is printed twice."""
    text, below, n = pl.col("text"), pl.col("next"), pl.col("n")
    some = frame.select("row", "text", "n", "rank", "alive", next=runs.below(pl.col("text")))
    captions = some.filter("alive", n >= _LEAST_LEAD, n == n.shift(-1))
    captions = captions.filter(below == text, text.str.contains(_CAPTION))
    some = some.filter("alive", pl.col("rank") < _TOP).drop_nulls("next")
    leads = some.filter(text.str.contains(_LEAD) | text.str.tail(_SHORT_END).str.contains(_ENDS_SHORT))
    said = text.str.replace(_LEAD, "").str.replace(_CUT_SHORT, "")
    leads = leads.filter((said.str.len_chars() >= _LEAST_LEAD) & below.str.starts_with(said))
    # cut short by the page, without a word that says so
    cut = some.filter((n >= _LEAST_CUT) & below.str.starts_with(text) & (below != text))
    return pl.concat([leads, cut, captions])["row"].unique()


def _previews(frame: pl.DataFrame) -> pl.Series:
    """The text's own head in one line, broken off in mid-sentence, over the lines that it is made of."""
    text, doc = frame["text"], frame["doc"]
    long = frame.select(long=free("ends") & (pl.col("rank") < _TOP) & (pl.col("n") >= _LEAST))["long"].arg_true()
    rows = long.filter(long + 1 < len(frame))
    rows = rows.filter(doc[rows] == doc[rows + 1])
    if rows.is_empty():
        return rows
    heads = pl.DataFrame({"row": frame["row"][rows], "doc": doc[rows], "text": text[rows], "next": text[rows + 1]})
    forms = pl.concat_list(pl.col("text"), pl.col("text").str.replace(_LABEL, ""))
    heads = heads.with_columns(forms.list.unique().alias("said")).explode("said")
    # a cheap look: letters and digits open most previews
    heads = heads.with_columns(headline_keys.key(pl.col("said", "next").str.head(_LOOK)).name.suffix("_head"))
    heads = heads.filter(
        pl.col("next_head").str.starts_with(pl.col("said_head").str.head(_SAME))
        | pl.col("said_head").str.starts_with(pl.col("next_head").str.head(_SAME))
    )
    heads = heads.with_columns(headline_keys.key(pl.col("said", "next")))
    again = pl.col("next").str.starts_with(pl.col("said").str.head(_SAME))
    return _whole(frame, heads.filter(again, pl.col("said") != ""))


def _whole(frame: pl.DataFrame, heads: pl.DataFrame) -> pl.Series:
    """Of previews whose first words open the next line, those whose words the lines below begin with, and go on."""
    if heads.is_empty():
        return heads["row"]
    rows = frame.filter(pl.col("doc").is_in(heads["doc"].implode()), pl.col("removed").is_null())
    after = heads.select("row", "doc", "said").join(rows.select("doc", at="row", line="text"), on="doc")
    after = after.filter((pl.col("at") > pl.col("row")) & (pl.col("at") <= pl.col("row") + _REACH)).sort("at")
    whole = after.group_by("row", "said").agg(rest=pl.col("line").str.join(""))
    whole = whole.with_columns(rest=headline_keys.key(pl.col("rest")))
    goes_on = pl.col("rest").str.len_bytes() > pl.col("said").str.len_bytes()
    return whole.filter(pl.col("rest").str.starts_with(pl.col("said")), goes_on)["row"].unique().sort()


def _whole_texts(frame: pl.DataFrame) -> pl.Series:
    """The first half of a document whose second half is the same, with a paragraph in it."""
    none = pl.Series([False]).new_from_index(0, len(frame))
    doc, text = frame["doc"].to_numpy(), frame["text"]
    first = np.flatnonzero(np.append(True, doc[1:] != doc[:-1])[: len(doc)])
    size = np.diff(np.append(first, len(doc)))
    able = (size >= _FEWEST_TWICE) & (size % 2 == 0)
    first, half = first[able], size[able] // 2
    # most halves differ in their first line
    alike = _same(text, first, first + half)
    first, half = first[alike], half[alike]
    rows, of = expand(first, half), np.repeat(np.arange(len(first)), half)
    other = np.bincount(of, ~_same(text, rows, rows + half[of]), minlength=len(first)) > 0
    long = np.bincount(of, frame["n"].to_numpy()[rows] >= _PARAGRAPH, minlength=len(first)) > 0
    return none.scatter(rows[(long & ~other)[of]], values=True) & frame["alive"]


def _texts_again(frame: pl.DataFrame) -> pl.Series:
    """Paragraphs that a page has once more further down, in the same order, and that are much of it."""
    long = _of_one_length(frame, frame.select(free() & (pl.col("n") >= _PARAGRAPH)).to_series())
    pairs = long.with_columns(first=pl.col("row").min().over("doc", "text")).filter(pl.col("row") > pl.col("first"))
    told = pairs.group_by("doc", by=pl.col("row").cast(pl.Int64) - pl.col("first").cast(pl.Int64)).agg(
        top=pl.col("row").min(), end=pl.col("row").max(), n=pl.col("n").sum(), many=pl.len()
    )
    size = np.bincount(frame["doc"].to_numpy(), frame["n"].to_numpy() * frame["alive"].to_numpy())
    told = told.with_columns(size=pl.Series(size[told["doc"].to_numpy()]))
    told = told.filter(pl.col("many") > 1, pl.col("n") >= _MUCH * pl.col("size"))
    if told.is_empty():
        return told["top"]
    # under a headline of its own it is another text, be it another version
    free_lines = frame.select(free())["alive"]
    kept, heads = free_lines.arg_true(), (free_lines & ~frame["ends"]).cast(pl.Int64).cum_sum()
    over = [_above(kept, rows) for rows in (told["top"], told["top"] - told["by"])]
    headed = heads[over[0]] > heads[(told["end"] - told["by"]).cast(pl.Int64)]
    told = told.filter((frame["text"][over[0]] == frame["text"][over[1]]) | frame["ends"][over[0]] & ~headed)
    rows = told.select("by", "top", row=pl.int_ranges("top", pl.col("end") + 1)).explode("row").sort("row", "by")
    again = _same(frame["text"], rows["row"].to_numpy(), (rows["row"] - rows["by"]).to_numpy())
    rows = rows.with_columns(again=again).filter(free_lines[rows["row"]])
    # what differs here and there is another version, too
    whole = pl.col("again").mean().over("top", "by") >= _NEARLY_ALL
    return rows.filter("again", whole)["row"].unique()


def _of_one_length(frame: pl.DataFrame, able: pl.Series) -> pl.DataFrame:
    """Choose of some lines those that have another one of their length in their document, and of its first letters."""
    rows = able.arg_true()
    size = frame["n"].to_numpy().astype(np.int64)[rows] + (frame["doc"].to_numpy().astype(np.int64)[rows] << 32)
    some = frame.select("row", "doc", "text", "n")[rows.filter(pl.Series(size).is_duplicated())]
    return some.filter(some.select("doc", "n", head=pl.col("text").str.head(_SAME)).is_duplicated())


def _above(kept: pl.Series, rows: pl.Series) -> pl.Series:
    """The nearest of the kept lines above each row, or the first."""
    return kept[(kept.search_sorted(rows, "left").cast(pl.Int64) - 1).clip(0)]


def _at_the_foot(frame: pl.DataFrame) -> pl.Series:
    """The headline of a page once more, below all its text."""
    plain = free("ends", "body") & ~pl.col("wrapped") & ~pl.col("flat") & pl.col("n").is_between(*_NAME)
    used = ["row", "doc", "text", "n", "alive", "shape", "ends", "body", "wrapped", "flat"]
    alike = _of_one_length(frame, frame.select(plain).to_series())
    if alike.is_empty():
        return alike["row"]
    docs = frame.select(used).filter(pl.col("doc").is_in(alike["doc"].unique().implode()))
    able = pl.col("row").is_in(alike["row"].implode())
    below = able & (runs.to_go(pl.col("body")) == 0) & (runs.so_far(pl.col("body")) > 0)
    found = docs.filter(below).select("row", "doc", "text")
    if found.is_empty():
        return found["row"]
    some = docs.filter("alive", pl.col("doc").is_in(found["doc"].implode()))
    # a refrain stands between them, too
    twice = some.filter(pl.len().over("doc", "text") == 2)
    over = docs.filter(able & (runs.so_far(pl.col("body")) == 0)).filter(~pl.col("text").str.contains(_ISSUES))
    heads = over.select("doc", "text").join(twice, on=["doc", "text"], how="semi")
    return found.join(heads, on=["doc", "text"], how="semi")["row"]


def _same(text: pl.Series, some: Counts, others: Counts) -> Flags:
    """Tell which of some lines are the same as others."""
    found: Flags = (text[some] == text[others]).fill_null(value=False).to_numpy()
    return found
