"""Tells whether a headline has another story below it than above: a heading goes on with the story it stands in."""

import polars as pl

from tasks.clean.affinity import affinities
from tasks.clean.gated import matching

# What the first sentence of news says, and the last paragraph of a report of a meeting.
PEG = (
    r"今[天日]|昨[天日]|日前|近[日期]|当地时间|连日来|目前|\d{1,2} ?[日号]"
    r"|记者(?:从|获悉|了解)|(?:公布|发布|报道|消息|数据显示)"
)
PRESENT = r"^[^。]{2,60}(?:参加|出席|陪同|列席)[^。，]{0,12}。$"
OPENING = 60
# Characters compared: the lead of the text below, the end of the text above; the length of a story that tells most.
LEAD, END, WHOLE_STORY = 200, 600, 1500
# Pairs of characters to a character of print; pairs added to each lead, one of them shared.
_PAIRS, _ADDED = 0.75, 10
# What is above a headline where columns were disentangled may be a guess.
_GUESSED = -2.0
# Fitted on 1,300 reports of a newscast below others, and 5,000 breaks between the paragraphs of one.
_BASE, _ALIKE, _LONG_ABOVE, _AS_NEWS, _TITLE, _LONGEST_TITLE = -9.2, -29.3, 2.7, 2.8, 0.3, 14


def another_story(kept: pl.DataFrame, asked: pl.Series) -> pl.DataFrame:
    """Say how much speaks for another story below each headline that is asked.

    Args:
        kept: blocks in source order with doc, text, n_chars, ends, sure, dated, body, above, below, and story (a number
            that changes where an article surely begins).
        asked: which blocks are asked.

    Returns:
        A row a block: score (f64, log-odds) and prose (there are sentences on both sides); null where it is not
        asked, or nothing stands above or below.
    """
    unknown = pl.repeat(None, len(kept), dtype=pl.Float64, eager=True).to_frame("score")
    unknown = unknown.with_columns(prose=pl.lit(None, dtype=pl.Boolean))
    rows = kept.with_row_index("row").filter(asked).drop_nulls(["above", "below"])
    if rows.is_empty():
        return unknown
    some = kept.filter(pl.col("doc").is_in(rows["doc"].unique().implode()))
    datelined = some.filter("dated")["doc"].unique()
    bodies = (
        some.drop_nulls("body")
        .group_by("body", maintain_order=True)
        .agg(pl.col("story").first(), pl.col("text", "ends").last(), whole=pl.col("text").str.join(""))
        .with_columns(end=pl.col("whole").str.tail(END), n=pl.col("whole").str.len_chars().cast(pl.Int64))
    )
    over = (
        bodies.select(
            *("ends", "end"),
            last="text",
            above="body",
            one=_earlier(1),
            two=_earlier(2),
            n_above=pl.col("n").cum_sum().over("story").clip(1, WHOLE_STORY),
        )
        .filter(pl.col("above").is_in(rows["above"].implode()))
        .with_columns(body_text=pl.concat_str("two", "one", "end", ignore_nulls=True).str.tail(END))
    )
    leads = bodies.filter(pl.col("body").is_in(rows["below"].implode()))
    leads = leads.select(below="body", lead=pl.col("whole").str.head(LEAD))
    pairs = (
        rows.select("row", "doc", "n_chars", "sure", "above", "below").join(leads, on="below").join(over, on="above")
    )
    shared = affinities(pairs.select(head="row", text="lead", body="above"), over.rename({"above": "body"}))
    pairs = pairs.join(shared.select("affinity", row="head"), on="row", how="left")
    ended = matching(pairs["last"], ~pairs["last"].is_null(), PRESENT)
    pegged = pairs["lead"].str.head(OPENING).str.contains(PEG) & ~pairs["doc"].is_in(datelined.implode())
    n_pairs = pl.col("lead").str.len_chars() * _PAIRS
    score = (
        _BASE
        + _ALIKE * ((pl.col("affinity").fill_null(0.0) * n_pairs + 1) / (n_pairs + _ADDED)).sqrt()
        + _LONG_ABOVE * pl.col("n_above").log()
        + _AS_NEWS * (pl.lit(ended) | pl.lit(pegged)).cast(pl.Float64)
        + _TITLE * pl.col("n_chars").clip(0, _LONGEST_TITLE)
        + _GUESSED * pl.col("sure").is_not_null().cast(pl.Float64)
    )
    found = pairs.select(score=score, prose=pl.col("ends") & pl.col("lead").str.contains("。", literal=True))
    return unknown.with_columns(unknown[name].scatter(pairs["row"], found[name]) for name in found.columns)


def _earlier(step: int) -> pl.Expr:
    return pl.when(pl.col("story") == pl.col("story").shift(step)).then(pl.col("end").shift(step))
