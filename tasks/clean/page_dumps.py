"""What stands around the one article of a page whose text was taken as lines: its bars above, its lists below."""

import numpy as np
import polars as pl

from tasks.clean import runs
from tasks.clean.affinity import affinities
from tasks.clean.document_names import OPENINGS
from tasks.clean.figures import CHAPTER, DAY
from tasks.clean.gated import ask, matching
from tasks.clean.patterns import HAN, narrow
from tasks.clean.taking import OUTLINE, free

# A text with so many lines of a site's own is a page.
_FEWEST, _AGAIN = 4, 4
_CHROME = ["nav_word", "site_chrome_line", "related_label", "ornament"]
_SENTENCE, _PROSE, _LONG = 15, 25, 60
_SHORTEST_TITLE, _LONGEST_BAR, _SHORTEST_HEADING = 6, 12, 4
# The line above the first day is a headline where so many words stand above it.
_NEAR, _WORD, _MANY_WORDS = 4, 8, 10
_LONG_TITLE, _LONGEST_TITLE, _TOP = 8, 70, 120
# The line above the text in whose words it is, where neither tells; characters of the text that are compared.
_AFFINE, _LEAD, _LEADING, _MOST_AMONG = 0.5, 600, 3, 3
# No line of a headline: a document's number, a link.
_LONGEST_UNIT, _NO_UNIT = (
    40,
    rf"[|｜>＞»〔]|^[*·•]|^[—－-]{{1,2}}|号$|[：:]|^{DAY}$",
)
# A text's first paragraph below a headline of its own.
_FIRST = 40
_LINKED = "[|｜>＞»]|^[*·•]"
_PARTED = r"^[ \x{3000}]*(?:[-_|｜丨—–·»]|$)"
_ENDS, _BARS = ["editor_line", "related_label"], ["meta_bar", "page_header"]
_BEFORE, _AFTER = 0.6, 0.25
_OPENING = f"^(?:{OPENINGS})$"
_COUNTED = r"(?:[2-9]|[1-9]\d|[二三四五六七八九十])篇(?:[）)】\]_-]|$)"
_REPORTS = narrow(
    r"^[【（]?(?:据?(?:新华社|中新[社网]|人民网)|本[报刊网台]|[\p{Han}]{2,6}[报网])"
    r"[\p{Han}\d]{0,14}(?:讯|电|报道|消息)[（】 ]"
)
_APPENDED = "^附件?[：:0-9一二三四五]"


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take what stands above the headline, beside its bar, and below the end of the text, where a text is a page.

    The headline is told by the first line, which repeats it with the name of the site behind, or by the bar with the
    day below it.

    Args:
        frame: row, doc, text, n, alive, ends, marked, wrapped, flat, shape, in source order; `page`, where the reader
            told.

    Returns:
        The frame with `shape` set on such lines; `told`: the line is such a headline.
    """
    told = _marked(frame)
    # a chapter or an article among what would go: a document, and no page
    taken = frame["shape"].is_null() & told["shape"].is_not_null()
    chapters = matching(frame["text"], taken, f"^{CHAPTER}")
    if not chapters.any():
        return told
    wrong = frame["doc"].is_in(frame["doc"].filter(chapters).unique().implode())
    return told.with_columns(shape=pl.when(wrong).then(frame["shape"]).otherwise("shape"))


def _marked(frame: pl.DataFrame) -> pl.DataFrame:
    frame = frame.with_columns(told=pl.lit(value=False))
    chrome = frame["shape"].is_in(_CHROME).fill_null(value=False)
    pages = _pages(frame, chrome)
    if pages.is_empty():
        return frame
    some = frame.filter(pl.col("doc").is_in(pages.implode()))
    if "page" in frame.columns:
        some = some.filter(~pl.col("page").fill_null(value=False))
    told = _with_places(some.select("row", "doc", "text", "n", "alive", "ends", "marked", "wrapped", "shape"))
    told = told.with_columns(several=_headed_anew().any().over("doc"))
    shape = frame["shape"]
    for name, rows in _taken(told):
        shape = shape.scatter(rows, name)
    titles = told.filter(~pl.col("several"), (pl.col("row") == pl.col("title")) | _other_lines())
    return frame.with_columns(shape, told=frame["told"].scatter(titles["row"], True))


def _pages(frame: pl.DataFrame, chrome: pl.Series) -> pl.Series:
    """List the documents that are pages; a text of print lines may hold several, and is none."""
    doc = frame["doc"].to_numpy()
    flat = np.bincount(doc, frame["flat"].to_numpy(), minlength=1)
    # one word again and again is none of a bar
    said = frame.select("doc", "text").filter(chrome).unique()["doc"].to_numpy()
    n_chrome = np.bincount(said, minlength=len(flat))
    # the same few again and again stand below each text of several
    digest = np.bincount(doc, chrome.to_numpy(), minlength=len(flat)) > _AGAIN * n_chrome
    found = (flat == 0) & ~digest & (n_chrome >= _FEWEST)
    # its title says how many texts it holds
    titled = frame.select(runs.rank() == 0).to_series() | frame["shape"].eq_missing("page_title")
    counted = ask(frame["text"], titled, lambda some: some.str.contains("篇", literal=True))
    found[doc[matching(frame["text"], counted, _COUNTED).to_numpy()]] = False
    return pl.Series(np.flatnonzero(found), dtype=frame["doc"].dtype)


def _with_places(some: pl.DataFrame) -> pl.DataFrame:
    """Add free, prose; rows of the first prose, the headline, its bar, the end (null where there is none)."""
    row = pl.col("row")
    some = some.with_columns(
        free=free(), prose=free() & pl.col("ends") & (pl.col("n") >= _PROSE), opens=runs.rank() == 0
    )
    some = some.with_columns(body=row.filter("prose").min().over("doc"), head=pl.col("text").first().over("doc"))
    some = some.with_columns(title=pl.coalesce(_copied(), _barred()))
    return _with_ends(_with_fitting(some))


def _copied() -> pl.Expr:
    """The row of the headline that the first line repeats, the name of the site behind it."""
    text = pl.col("text")
    copy = pl.col("free") & ~pl.col("opens") & (pl.col("n") >= _SHORTEST_TITLE) & (pl.col("row") < pl.col("body"))
    copy &= pl.col("head").str.starts_with(text)
    copy &= pl.col("head").str.slice(text.str.len_chars()).str.contains(_PARTED)
    return pl.col("row").filter(copy).max().over("doc")


def _barred() -> pl.Expr:
    """The row of the line above the first bar with a day, below many words."""
    row, text, n = pl.col("row"), pl.col("text"), pl.col("n")
    bar = (pl.col("shape") == "meta_bar") & (row < pl.col("body")) & text.str.contains(DAY)
    dated = row.filter(bar.fill_null(value=False)).min().over("doc")
    named = pl.col("free") & (row < dated) & (row >= dated - _NEAR) & n.is_between(_LONG_TITLE, _LONGEST_TITLE)
    named &= text.str.contains(f"[{HAN}]{{4}}") & ~text.str.contains("[。；>＞：]|^[—－-]{1,2}")
    under = row.filter(named).max().over("doc")
    words = ((n <= _WORD) & (row < under)).sum().over("doc")
    return pl.when(words >= _MANY_WORDS).then(under)


def _with_ends(some: pl.DataFrame) -> pl.DataFrame:
    """Add the rows of the headline's bar and of the line that ends the text: near its foot, no other text below it."""
    row, n = pl.col("row"), pl.col("n")
    bar = (pl.col("shape") == "meta_bar") & (row > pl.col("title")) & (row < pl.col("body"))
    size = pl.when("prose").then(n).otherwise(0)
    total, so_far = size.sum().over("doc"), size.cum_sum().over("doc")
    ends = pl.col("shape").is_in(_ENDS).fill_null(value=False) & (row > pl.col("body"))
    ends &= (so_far >= _BEFORE * total) & (total - so_far <= _AFTER * total)
    end = row.filter(ends).min().over("doc")
    # two paragraphs on end are another text
    sentence = pl.col("free") & pl.col("ends") & (n >= _SENTENCE)
    other = (sentence & sentence.shift(1, fill_value=False) & (row > end + 1)).any().over("doc")
    return some.with_columns(bar=row.filter(bar).min().over("doc"), end=pl.when(~other).then(end))


def _with_fitting(some: pl.DataFrame) -> pl.DataFrame:
    """Add the headline of the documents that have none yet: of the lines above the text the one that fits it best."""
    row, text, n = pl.col("row"), pl.col("text"), pl.col("n")
    # a site's words among the paragraphs part texts
    last = row.filter("prose").max().over("doc")
    among = (pl.col("shape").is_not_null() & (row > pl.col("body")) & (row < last)).sum().over("doc")
    # below one of them, a headline over prose
    headed = pl.col("free") & ~pl.col("ends") & ~pl.col("marked") & n.is_between(_SHORTEST_TITLE, _LONGEST_UNIT)
    over_prose = runs.below(pl.col("prose"), False)
    again = headed & (row > pl.col("body")) & runs.above(pl.col("shape").is_not_null(), False)
    again &= over_prose | runs.below(headed & over_prose, False)
    some = some.with_columns(parted=(among > _MOST_AMONG) | again.fill_null(value=False).any().over("doc"))
    open_docs = some.filter(pl.col("title").is_null(), pl.col("body").is_not_null(), ~pl.col("parted"))
    heads = some.filter(
        pl.col("title").is_null() & pl.col("free") & ~pl.any_horizontal("ends", "wrapped"),
        (row < pl.col("body")) & (runs.rank() < _TOP) & n.is_between(_LONG_TITLE, _LONGEST_TITLE),
    )
    heads = heads.filter(text.str.contains(f"[{HAN}]{{4}}"), ~text.str.contains(f"[。；>＞]|^[—－-]{{1,2}}|{OUTLINE}"))
    if heads.is_empty():
        return some.with_columns(fitting=pl.lit(None, dtype=some.schema["row"]))
    bodies = (
        open_docs.filter("prose")
        .group_by("doc", maintain_order=True)
        .agg(body_text=text.head(_LEADING).str.join("").str.head(_LEAD))
        .rename({"doc": "body"})
    )
    fits = affinities(heads.select(head="row", text="text", body="doc"), bodies).filter(pl.col("affinity") >= _AFFINE)
    best = fits.sort("affinity", "head").unique("body", keep="last").select(doc="body", fitting="head")
    # sentences above it are another text
    told = pl.col("free") & (pl.col("n") >= _PROSE) & text.str.contains("。", literal=True)
    return (
        some.join(best, on="doc", how="left", maintain_order="left")
        .with_columns(fitting=pl.when(~(told & (row < pl.col("fitting"))).any().over("doc")).then("fitting"))
        .with_columns(title=pl.coalesce("title", "fitting"))
    )


def _headed_anew() -> pl.Expr:
    """Lines like headlines inside a page's text, over a bar or a lead and another text: the page holds several."""
    row, text, n = pl.col("row"), pl.col("text"), pl.col("n")
    inside = (row > pl.col("body")) & (pl.col("end").is_null() | (row < pl.col("end")))
    head = pl.col("free") & ~pl.col("ends") & n.is_between(_SHORTEST_TITLE, _LONGEST_TITLE) & inside
    head &= text.str.contains(f"[{HAN}]{{4}}")
    opens = pl.col("prose") & (n >= _FIRST)
    bar = pl.col("shape").is_in(_BARS).fill_null(value=False) & text.str.contains(DAY)
    barred = bar & runs.below(opens, False)
    over = barred | opens & text.str.contains(_REPORTS)
    # a subtitle may stand between
    over |= pl.col("free") & text.str.contains("^(?:——|－－)") & runs.below(over, False)
    return head & runs.below(over, False)


def _other_lines() -> pl.Expr:
    """The lines right above and below a headline that its words told, which may be lines of it."""
    row, text = pl.col("row"), pl.col("text")
    beside = (row == pl.col("fitting") - 1) | (row == pl.col("fitting") + 1)
    plain = pl.col("free") & ~pl.col("ends") & ~pl.col("marked") & (row < pl.col("body"))
    return (
        beside
        & plain
        & pl.col("n").is_between(_SHORTEST_TITLE, _LONGEST_UNIT)
        & ~text.str.contains(f"{_NO_UNIT}|{OUTLINE}")
    ).fill_null(value=False)


def _taken(told: pl.DataFrame) -> list[tuple[str, pl.Series]]:
    row, text, n = pl.col("row"), pl.col("text"), pl.col("n")
    open_end = ~pl.col("ends") & ~pl.col("marked")
    above = pl.col("free") & (row < pl.col("title")) & ~pl.col("prose")
    # a headline that its words alone tell may be one of several
    word = (n <= _LONGEST_BAR) & ~pl.col("ends") & ~text.str.contains(OUTLINE)
    above &= pl.col("fitting").is_null() | word | text.str.contains(_LINKED)
    above &= ~_other_lines()
    heading = (row + 1 == pl.col("body")) & (n >= _SHORTEST_HEADING)
    beside = pl.col("free") & (row > pl.col("bar")) & (row < pl.col("body")) & (n <= _LONGEST_BAR) & open_end
    beside &= pl.col("fitting").is_null()
    beside &= ~heading & ~text.str.contains(OUTLINE) & ~text.str.contains(_OPENING)
    # without a headline that is known, what may be text stays
    chrome = pl.col("title").is_not_null() | ~pl.col("ends") | (n < _LONG)
    below = pl.col("free") & ~pl.col("several") & (row > pl.col("end")) & chrome & ~text.str.contains(_APPENDED)
    return [
        ("page_title", told.filter(above & pl.col("opens"))["row"]),
        ("nav_word", told.filter(above & ~pl.col("opens"))["row"]),
        ("meta_bar", told.filter(beside)["row"]),
        ("related_link", told.filter(below)["row"]),
    ]
