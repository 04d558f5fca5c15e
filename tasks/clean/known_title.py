"""Finds, at the head of a flattened text, the headline that the page printed above it, and gives it a line of its own.

Where the print lines of a headline end cannot be told from its words; the copy of it above the text tells. So does
the line right above one that opens with the same headline.
"""

import numpy as np
import polars as pl

from tasks.clean import headline_keys, line_cuts, page_titles, runs, widths
from tasks.clean.collection_labels import NUMBER, SAMPLE
from tasks.clean.document_names import MODELS
from tasks.clean.gated import matching, where
from tasks.clean.patterns import narrow

_PIECES = 14
_SHORTEST, _LONGEST = 8, 100
# Of a name in a site's dress, where the text has a space behind it.
_SHORTEST_DRESSED = 4
_INDEX = rf"^(?:第?{NUMBER}篇|{SAMPLE}{NUMBER}|{NUMBER}(?:{MODELS}))"
# The head of the text, as a preview gives it.
_SENTENCE = "。[^”』」）]|，[^，]*，[^，]*，"
# 《……》由会员分享，可在线阅读
_SHARED = "^《(.{8,90}?)》由[^，。《》]{0,8}(?:分享|上传|提供)"
_SHUTS = "^[”’》）%！？]+"
# What a site counts a headline by, or says of when; bytes of a headline, and of the text behind it.
_DRESS = r"^(?:[0-9]{1,3}[.．、] ?|(?:19|20)[0-9]{2}年?)"
_BYTES, _BEHIND = (24, 360), 36
# Behind a headline: a space, or how texts open.
_OPENS = narrow(
    r"^(?:[ \x{3000}]|同志们|各位|尊敬的|本[报网台]|新华社|[（(【]|据|[0-9]{1,4}[年月日]|[近今昨]日|日前|今天"
    r"|近年来|当前，|为了?|根据)"
)
_NO_HEADLINE = f"[{widths.ENDERS}；：，、][”’》）]*$|。"


def part(lines: pl.DataFrame) -> pl.DataFrame:
    """Join the pieces of such a headline, and cut the text that follows off it.

    Args:
        lines: the lines frame, with `flat` and `starts_paragraph`.

    Returns:
        The frame, `line` renumbered; the headline stands as if between blank lines.
    """
    lines = _glued(lines)
    docs = lines.filter("flat")["doc"].unique()
    if docs.is_empty():
        return lines
    frame = lines.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    some = frame.filter(pl.col("doc").is_in(docs.implode())).with_columns(
        first=pl.col("row").filter("flat").min().over("doc")
    )
    pieces = some.filter("flat", pl.col("row") - pl.col("first") < _PIECES).with_columns(
        key=headline_keys.key(pl.col("text"))
    )
    found = _found(some.filter(pl.col("row") < pl.col("first"), pl.col("removed").is_null()), pieces)
    if found.is_empty():
        return lines
    end = pl.col("key").str.len_chars().cast(pl.Int64).cum_sum().over("doc")
    held = (
        pieces.join(found, on="doc", maintain_order="left")
        .with_columns(end=end, begin=end - pl.col("key").str.len_chars())
        .filter(pl.col("begin") < pl.col("length"), pl.col("end") > pl.col("offset"))
    )
    return _rebuilt(frame, held.join(_cuts(held), on="row", how="left", maintain_order="left"))


def _glued(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut the headline off a line whose headline is the line above it, which a site may have given a number."""
    text, size, doc = lines["text"], lines["text"].str.len_bytes().to_numpy(), lines["doc"].to_numpy()
    sized = (size[:-1] >= _BYTES[0]) & (size[:-1] <= _BYTES[1]) & (size[1:] >= size[:-1] + _BEHIND)
    rows = np.flatnonzero(sized & (doc[1:] == doc[:-1]))
    some = pl.DataFrame({"row": rows + 1, "above": text[rows], "text": text[rows + 1]})
    # cheap first
    first = pl.col("above").str.head(1)
    some = some.filter((first == pl.col("text").str.head(1)) | first.is_between(pl.lit("0"), pl.lit("9")))
    undressed = pl.col("above").str.replace(_DRESS, "")
    some = pl.concat([some, some.with_columns(above=undressed)]).filter(pl.col("text").str.starts_with(pl.col("above")))
    here = some["row"].to_numpy()
    some = some.filter(lines["removed"][here - 1].is_null() & lines["removed"][here].is_null())
    rest = pl.col("text").str.strip_prefix(pl.col("above"))
    able = (pl.col("above").str.len_chars() >= _SHORTEST) & ~pl.col("above").str.contains(_NO_HEADLINE)
    some = some.filter(able, rest.str.contains(_OPENS))
    if some.is_empty():
        return lines
    some = some.unique("row", keep="first").sort("row")
    cuts = some.select("row", pieces=pl.concat_list("above", rest.str.strip_chars()))
    opens = pl.lit(pl.Series(np.isin(np.arange(len(lines)), cuts["row"].to_numpy())))
    opened = lines.with_columns(starts_paragraph=pl.when(opens).then(True).otherwise("starts_paragraph"))
    return line_cuts.apply(opened, cuts)


def _headlines(held: pl.DataFrame) -> pl.DataFrame:
    """Put the headlines together of the pieces that hold them: row of the first, last (row), title."""
    left = pl.when(pl.col("at").is_null()).then("text").otherwise(pl.col("text").str.head(pl.col("at")))
    joiner = pl.when(pl.col("words").list.contains(pl.col("begin"))).then(pl.lit(" ")).otherwise(pl.lit(""))
    heads = held.group_by("doc", maintain_order=True).agg(
        pl.col("row").first(), pl.col("words").first(), last=pl.col("row").last(), title=(joiner + left).str.join("")
    )
    # a copy without a space tells that those of the text are of its print
    closed = pl.when(pl.col("words").list.len() == 1).then(pl.col("title").str.replace_all(" ", ""))
    return heads.select("row", "last", title=closed.otherwise("title"))


def _rebuilt(frame: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Put each headline into the row of its first piece, and what is left of its last piece into a row behind."""
    heads = _headlines(held)
    rest = held.drop_nulls("at").select("row", rest=pl.col("text").str.slice(pl.col("at")).str.strip_chars())
    rest = rest.filter(pl.col("rest") != "")
    gone = pl.col("row").is_in(held["row"].implode()) & ~pl.col("row").is_in(heads["row"].implode())
    opened = pl.col("row").is_in((heads["last"] + 1).implode()) & ~pl.col("row").is_in((rest["row"] + 1).implode())
    apart = opened | pl.col("title").is_not_null()
    # what is left of a print line is short, though the line was full
    cut_through = rest.filter(~pl.col("rest").str.contains(widths.ENDS_SENTENCE))["row"] + 1
    inside = pl.col("flat") & pl.col("row").is_in(cut_through.implode())
    headed = frame.join(heads.select("row", "title"), on="row", how="left", maintain_order="left").filter(~gone)
    headed = headed.with_columns(
        text=pl.coalesce("title", "text"),
        starts_paragraph=pl.when(apart).then(True).when(inside).then(False).otherwise("starts_paragraph"),
        gap=pl.when(apart).then(1).otherwise("gap").cast(pl.Int32),
    )
    # one piece can hold the whole headline and the text after it: then the row stands twice
    behind = frame.join(rest, on="row", maintain_order="left").with_columns(
        text=pl.col("rest"), starts_paragraph=True, gap=pl.lit(1, pl.Int32)
    )
    both = pl.concat([headed.drop("title"), behind.drop("rest")]).sort("row", maintain_order=True)
    return both.drop("row").with_columns(line=runs.rank().cast(pl.UInt32))


def _found(above: pl.DataFrame, pieces: pl.DataFrame) -> pl.DataFrame:
    """Match the lines above with the head of the text.

    Returns:
        doc, length (where the headline's key ends), offset (where it begins), words (where each of its words ends).
    """
    shared = matching(above["text"], above["text"].str.starts_with("《"), _SHARED)
    above = above.with_columns(where(above["text"], shared, lambda some: some.str.extract(_SHARED)))
    sized = above.filter(pl.col("text").str.len_chars().is_between(_SHORTEST, _LONGEST))
    sized = sized.filter(~pl.col("text").str.contains(_SENTENCE))
    forms = sized.select(
        "doc", plain="text", form=pl.concat_list(map(pl.lit, page_titles.forms(sized["text"])))
    ).explode("form")
    keyed = forms.with_columns(key=headline_keys.key(pl.col("form"))).with_columns(n=pl.col("key").str.len_chars())
    keyed = keyed.filter(
        (pl.col("n") >= _SHORTEST) | (pl.col("n") >= _SHORTEST_DRESSED) & (pl.col("form") != pl.col("plain"))
    )
    bodies = pieces.group_by("doc", maintain_order=True).agg(
        body=pl.col("key").str.join(""), opening=pl.col("text").first()
    )
    indexed = pl.col("body").str.extract(f"({_INDEX})").fill_null("")
    apart = (pl.col("n") >= _SHORTEST) | pl.col("opening").str.starts_with(pl.col("form") + " ")
    matched = keyed.join(bodies.with_columns(index=indexed), on="doc", maintain_order="left").filter(
        pl.col("body").str.strip_prefix(pl.col("index")).str.starts_with(pl.col("key")), apart
    )
    sizes = pl.col("form").str.split(" ").list.eval(headline_keys.key(pl.element()).str.len_chars().cum_sum())
    offset = pl.col("index").str.len_chars().cast(pl.Int64)
    return (
        matched.with_columns(length=pl.col("key").str.len_chars().cast(pl.Int64) + offset, offset=offset)
        .sort("doc", "length", maintain_order=True)
        .unique("doc", keep="last", maintain_order=True)
        .select("doc", "length", "offset", words=sizes.cast(pl.List(pl.Int64)) + pl.col("offset"))
    )


def _cuts(held: pl.DataFrame) -> pl.DataFrame:
    """Find where in a piece the headline ends, if text follows in it: row, at (characters)."""
    over = held.filter(pl.col("end") > pl.col("length")).select("row", "text", need=pl.col("length") - pl.col("begin"))
    letters = over.with_columns(letter=pl.col("text").str.split("")).explode("letter", empty_as_null=False)
    counted = letters.with_columns(
        place=pl.int_range(pl.len()).over("row"),
        count=(headline_keys.key(pl.col("letter")) != "").cast(pl.Int64).cum_sum().over("row"),
    )
    ends = (
        counted.filter(pl.col("count") == pl.col("need"))
        .group_by("row", maintain_order=True)
        .agg(pl.col("text").first(), at=pl.col("place").min() + 1)
    )
    shut = pl.col("text").str.slice(pl.col("at")).str.extract(f"({_SHUTS})").fill_null("").str.len_chars()
    return ends.select("row", at=pl.col("at") + shut)
