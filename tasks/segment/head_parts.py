"""Which part of its article each block is; of several lines over a text, those that are none of its headline."""

import numpy as np
import polars as pl

from tasks.clean import phrases, runs
from tasks.clean.gated import matching
from tasks.clean.patterns import narrow
from tasks.segment import head_odds, headlines

# Log-odds of a headline below which a line is none of it; of a site's own line, above which it is taken from the text,
# and what it has to have as a headline to stay.
_NONE, _OWN, _NONE_OF_A_SITE = -0.5, 0.5, 0.5
# Log-odds that words run on from line to line.
_SURELY = 6.0
_WRITTEN = "记者|通讯员|作者|报[导道]|^文[：/丨|]|撰"
_ASIDE = "aside"
# The rows of a region that are looked at: nearest to its text.
_DEEPEST = 40
_LINES = ["kicker", "title"]


def with_parts(kept: pl.DataFrame) -> pl.DataFrame:
    """Say which part of its article each block is.

    Args:
        kept: kept blocks, each with its home.

    Returns:
        `kept` with article, part (kicker | title | subtitle | byline | body | credit).
    """
    head = (pl.col("heads_article") | pl.col("belongs_above") | (pl.col("home") != pl.col("article"))) & ~pl.col(
        "loose"
    )
    kept = kept.with_columns(article=pl.col("home"), in_head=head.fill_null(value=False))
    kept = kept.with_columns(main_at=pl.col("block").filter("in_head", "titled").last().over("article"))
    after_main = pl.col("block") > pl.col("main_at")
    told = pl.lit(matching(kept["text"], kept["in_head"] & kept["main_at"].is_null(), headlines.SUBTITLE))
    only = pl.col("block") == pl.col("block").filter("in_head").first().over("article")
    subtitle = (after_main | told).fill_null(value=False)
    kicker = (pl.col("block") < pl.col("main_at")).fill_null(False)
    return kept.with_columns(
        part=pl.when("in_head")
        .then(
            pl.when(subtitle & ~only)
            .then(pl.lit("subtitle"))
            .when(kicker)
            .then(pl.lit("kicker"))
            .otherwise(pl.lit("title"))
        )
        .when("byline")
        .then(pl.lit("byline"))
        .when("credits")
        .then(pl.lit("credit"))
        .otherwise(pl.lit("body"))
    )


def without_others(kept: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """Leave out of headlines of several lines what is none of theirs; one line stays.

    Args:
        kept: kept blocks of articles, with part.
        blocks: all blocks, in source order.

    Returns:
        `kept` with aside: a site's own line, which is none of the text; article and part are null there. Who wrote it
        is a byline, another line a paragraph.
    """
    of_headline = (pl.col("part") == "title") | (pl.col("part") == "kicker")
    lines = kept.filter(pl.col("heads_article") & of_headline).select("block", "article", "part")
    several = lines.filter(pl.len().over("article") > 1)
    if several.is_empty():
        return kept.with_columns(aside=False)
    # headlines of several lines without a text are none of an article
    texts = kept.filter(pl.col("part") == "body", pl.col("article").is_in(several["article"].implode()))
    several = several.join(texts.select("article"), on="article", how="semi", maintain_order="left")
    asked = pl.col("block").is_in(several["block"].implode())
    rows = head_odds.measured(regions(kept, blocks, several["block"]))
    rows = rows.with_columns(odds=pl.Series(head_odds.weighed(rows))).filter(asked)
    # what is called a law or a notice is never in the way, nor what it is about
    rows = rows.with_columns(safe=pl.any_horizontal("told", "titled", pl.col("text").str.starts_with("关于")))
    # nor is a line in the middle of a word
    rows = rows.with_columns(safe=pl.col("safe") | _parts_a_word(rows))
    best = pl.col("odds") == pl.col("odds").max().over("article")
    least = pl.when(pl.col("own") >= _OWN).then(_NONE_OF_A_SITE).otherwise(_NONE)
    rows = rows.with_columns(none=(pl.col("odds") < least) & ~best & ~pl.col("safe"))
    # nor is of the headline what such a line parts from its first one: captions, heads of other texts
    stretch, of = pl.col("none").cum_sum().over("article"), "article"
    first = pl.coalesce(stretch.filter("safe").first().over(of), stretch.filter(~pl.col("none")).first().over(of))
    found = _instead(rows.with_columns(none=pl.col("none") | (stretch != first) & ~pl.col("safe")))
    if found.is_empty():
        return kept.with_columns(aside=False)
    kept = kept.join(found.drop("article"), on="block", how="left", maintain_order="left")
    other = pl.col("other")
    # a kicker alone is the headline
    left = several.join(found, on="block", how="anti")
    bare = left.filter((pl.col("part") == "kicker").all().over("article"))
    named = pl.when(pl.col("block").is_in(bare["block"].implode())).then(pl.lit("title"))
    return kept.with_columns(
        part=pl.when(other == _ASIDE).then(None).otherwise(pl.coalesce("other", named, "part")),
        article=pl.when((other != _ASIDE).fill_null(value=True)).then("article"),
        aside=(other == _ASIDE).fill_null(value=False),
    ).drop("other")


def _parts_a_word(rows: pl.DataFrame) -> pl.Series:
    """Tell lines whose end, or whose beginning, surely runs on in the line of the same headline beside it."""
    texts = rows["text"].to_list()
    if len(texts) < 2:
        return pl.Series([False]).new_from_index(0, len(rows))
    at = np.arange(len(texts) - 1)
    odds = phrases.over_the_seam(phrases.ends(texts), at, at + 1)
    beside = (pl.col("article") == pl.col("article").shift(1)) & (pl.col("gap") == 0)
    goes_on = beside & pl.lit(pl.Series(np.append(np.float32(0), odds))).ge(_SURELY)
    return rows.select((goes_on | goes_on.shift(-1)).fill_null(value=False)).to_series()


def regions(kept: pl.DataFrame, blocks: pl.DataFrame, asked: pl.Series) -> pl.DataFrame:
    """Gather what stands over some texts: lines of headlines, and what was taken around them.

    Args:
        kept: kept blocks with part, in source order.
        blocks: all blocks, in source order.
        asked: numbers of blocks; the regions that hold one are wanted.

    Returns:
        The rows that `head_odds` measures, with block, article, part, told, titled.
    """
    number = blocks["block"].to_numpy()
    place = np.zeros(int(number.max(initial=0)) + 1, dtype=np.int64)
    place[number] = np.arange(len(number))
    of_kept = np.full(len(blocks), -1)
    of_kept[place[kept["block"].to_numpy()]] = np.arange(len(kept))
    text = np.append((kept["part"] == "body").to_numpy(), False)[of_kept]
    doc = blocks["doc"].to_numpy()
    region = np.cumsum(text | np.append(True, doc[1:] != doc[:-1])[: len(doc)])
    wanted = np.zeros(region.max(initial=0) + 1, dtype=np.bool_)
    wanted[region[place[asked.to_numpy()]]] = True
    there = (of_kept >= 0) | blocks["removed"].is_not_null().to_numpy()
    rows = np.flatnonzero(wanted[region] & ~text & there)
    mine = pl.Series(of_kept[rows]).replace(-1, None)
    found = blocks.select("block", "removed", "gap", "told", whole="text")[rows].hstack(
        kept.select(pl.col("text", "article", "part", "byline", "titled").gather(mine))
    )
    found = found.with_columns(
        pl.col("byline", "titled").fill_null(value=False),
        text=pl.coalesce("text", "whole"),
        region=pl.Series(region[rows]),
    )
    return found.filter(runs.to_go(pl.col("text").is_not_null(), "region") <= _DEEPEST).drop("whole")


def _instead(rows: pl.DataFrame) -> pl.DataFrame:
    """Say what each line is that is none of the headline: a byline, a site's own or a copy, or text."""
    none = rows.filter("none")
    if none.is_empty():
        return none.select("block", "article", other=pl.lit(""))
    plain = head_odds.key(pl.col("text"))
    heads = rows.filter(~pl.col("none")).group_by("article").agg(head=plain.str.join(""))
    keyed = none.select("block", "text", "article", "own", key=plain).join(heads, on="article", maintain_order="left")
    copy = pl.col("key").str.contains(pl.col("head"), literal=True)
    by = pl.col("text").str.contains(narrow(headlines.WRITER))
    byline, aside = pl.lit("byline"), pl.lit(_ASIDE)
    found = pl.when(by).then(byline).when((pl.col("own") >= _OWN) | copy).then(aside)
    written = pl.col("text").str.contains(_WRITTEN)
    return keyed.select("block", "article", other=found.when(written).then(byline).otherwise(pl.lit("body")))
