"""Finds lists of what stands below them: entries that are headlines below, with a page or a number, and of chapters."""

import polars as pl

from tasks.clean.figures import NUMERAL, ONE_TO_TEN
from tasks.clean.headline_keys import ENTRY, entry_key, key

_LEADERS = r"[^.…·_ ][ ]?(?:[.]{5,}|…{2,}|·{5,}|_{5,})[ —-]*[0-9]{1,4}[ —-]*$"
_CONTENTS = r"^(?:本[期版刊](?:节目)?|节目|今日)?(?:目[ \u3000]*录|要目|主要内容|内容提要|看点)[：:]?$"
_CHAPTER, _FEWEST_CHAPTERS, _LONGEST_LABEL = f"^第{NUMERAL}{{1,4}}[编章节]", 3, 12
_NUMERALS, _FEWEST_ENTRIES = list(f"0123456789（({ONE_TO_TEN}"), 2
_SHORTEST = 6


def listed(rows: pl.DataFrame) -> pl.Series:
    """Return the rows of such lists and of the words above them.

    Args:
        rows: row, doc, text, n, able (can be a page's title), listed (ends in no mark), closed (a short line that
            ends in one): all lines, in source order.
    """
    plain = rows.filter("listed")
    labels = rows.filter(pl.col("n") <= _LONGEST_LABEL).filter(pl.col("text").str.contains(_CONTENTS))
    # entries that end in a mark are looked for below such a word alone
    closed = rows.filter("closed", pl.col("doc").is_in(labels["doc"].implode())) if len(labels) else plain.clear()
    plain_entries = plain.filter(plain["text"].str.head(1).is_in(_NUMERALS))
    closed = closed.filter(closed["text"].str.head(1).is_in(_NUMERALS))
    entries = pl.concat([plain_entries, closed]).sort("row") if len(closed) else plain_entries
    # entries stand one below the other
    step = pl.col("row").diff()
    entries = entries.filter(((step == 1) | (step.shift(-1) == 1)).fill_null(value=False))
    entries = entries.filter(pl.col("text").str.contains(ENTRY))
    paged = plain.filter(pl.col("text").str.contains(r"\.{4}|…{2}|·{4}|_{4}"))
    paged = paged.filter(pl.col("text").str.contains(_LEADERS)).select("row", "doc")
    listing = pl.concat([_listed_again(rows, entries), paged]).unique("row")
    listing = listing.filter(pl.len().over("doc") >= _FEWEST_ENTRIES)
    listing = pl.concat([listing, _numbered_copies(rows, plain_entries), _chapters(rows, labels)]).unique("row")
    if listing.is_empty():
        return listing["row"]
    return pl.concat([listing["row"], labels["row"].filter((labels["row"] + 1).is_in(listing["row"].implode()))])


def _chapters(rows: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """Of the chapters below the word for contents those down to where the first of them comes again."""
    if labels.is_empty():
        return labels.select("row", "doc")
    below = rows["text"][(labels["row"] + 1).clip(0, len(rows) - 1)]
    labels = labels.filter(below.str.contains(_CHAPTER))
    if labels.is_empty():
        return labels.select("row", "doc")
    above = labels.group_by("doc", maintain_order=True).agg(label=pl.col("row").first())
    some = rows.filter(pl.col("doc").is_in(above["doc"].implode())).join(above, on="doc", maintain_order="left")
    some = some.filter(pl.col("row") > pl.col("label"))
    some = some.with_columns(key=key(pl.col("text")))
    again = (pl.col("key") == pl.col("key").first().over("doc")) & (pl.col("row") > pl.col("label") + 1)
    stops = ~pl.col("text").str.contains(_CHAPTER) | again
    some = some.with_columns(again=again, stops=stops.cum_sum().over("doc"))
    comes_again = (pl.col("again") & (pl.col("stops") == 1)).any().over("doc")
    taken = some.with_columns(whole=comes_again).filter("whole", pl.col("stops") == 0)
    return taken.filter(pl.len().over("doc") >= _FEWEST_CHAPTERS).select("row", "doc")


def _numbered_copies(rows: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Of numbered lines those that the next line repeats without the number."""
    long = entries.filter(pl.col("n") >= _SHORTEST)
    at = long["row"].filter((long["row"] + 1 < len(rows)) & long["text"].str.contains(ENTRY))
    if at.is_empty():
        return rows.select("row", "doc").clear()
    some, below = rows.select("row", "doc", "text")[at], rows.select("doc", next="text")[at + 1]
    # a headline may be set over two lines
    then = rows.select(then="doc", rest="text")[(at + 2).clip(0, len(rows) - 1)]
    told = some.hstack(below.select("next")).hstack(then)
    both = pl.when(pl.col("then") == pl.col("doc")).then(pl.col("next") + pl.col("rest")).otherwise("next")
    entry = entry_key(pl.col("text"))
    same = (some["doc"] == below["doc"]) & told.select(same=(entry == key(pl.col("next"))) | (entry == key(both)))[
        "same"
    ]
    return some.filter(same).select("row", "doc")


def _listed_again(rows: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Of entries those whose words are a headline below."""
    titles = rows.filter("able", "listed").join(listed.select("doc").unique(), on="doc", how="semi")
    if titles.is_empty():
        return listed.select("row", "doc").clear()
    entries = listed.select("row", "doc", key=entry_key(pl.col("text"))).filter(
        pl.col("key").str.len_chars() >= _SHORTEST
    )
    heads = titles.filter(pl.col("n") >= _SHORTEST).select("doc", last="row", key=key(pl.col("text")))
    # the last is enough: copies of headlines would make pairs by the million
    heads = heads.group_by("doc", "key").agg(pl.col("last").max())
    again = entries.join(heads, on=["doc", "key"]).filter(pl.col("last") > pl.col("row"))
    return again.unique("row").select("row", "doc")
