"""Finds where articles begin in a file that holds several, and which headline belongs to which body."""

import polars as pl

from tasks.clean import headline_keys, runs, spaces
from tasks.clean.affinity import affinities
from tasks.clean.collection_labels import NUMBER
from tasks.clean.document_names import COLLECTED
from tasks.clean.figures import ONE_TO_TEN
from tasks.clean.gated import ask, matching
from tasks.clean.patterns import narrow
from tasks.enrich import datelines
from tasks.segment import head_parts, headline_lines, headlines
from tasks.segment.article_starts import AFFINE, SHORTEST_TITLE, SIGNATURE, with_starts

DATELINE_WORDS = "讯|电|消息|报道|记者|通讯员"
# （本报记者 某某）今天，本报记者 某某 报道, 【本报讯】, 云江新闻讯（云江新闻记者 某某）: a lead, by who reports it.
REPORTED = narrow(
    r"^(?:[（(][\p{Han}]{0,10}?(?:记者|通讯员)[ :：]?[\p{Han}、 ]{2,30}[）)][\p{Han}“《\d]"
    r"|[【\[](?:本[报网台]讯|[^【】\[\]]{0,10}记者[^【】\[\]]{2,24}报[导道])[】\]]"
    r"|本[报网台]讯[\p{Han}\d“《]"
    r"|[\p{Han}]{2,10}讯(?: ?[（(][^（）()]{0,14}(?:记者|通讯员)[^（）()]{2,40}[）)]|[ \x{3000}]记者)"
    r"|本[报网台]记者 ?[\p{Han}、 ]{2,20}报道|新华社记者[\p{Han}、 ]{2,12}\d|本报综合(?:消息|报道) "
    r"|[\p{Han}]{2,4}\d{1,2}月\d{1,2}日电 )"
)
# Headlines without a body times articles without a headline: a document that holds more is no page of a newspaper.
MOST_COMPARED = 10_000
_PART = f"(?:篇|报告|{COLLECTED})"
INDEXED, _ITEM = f"{_PART}{NUMBER}[）)]?$", 6
_LONGEST_INDEXED, _PAIR = 200, 2  # bytes, lines
_LAST_OF_NUMBER = list(f"{ONE_TO_TEN}0123456789）)")
_STEM = f"^([^。，；]{{4,40}}?(?:{_PART}))[ （(]*{NUMBER}[）)]?$"
FIRST_ORDINAL = narrow(r"^(?:第[一1]条|第[一1][编章节]|[一1]、|[（(][一1][）)]|1[.．]\D|第一[，、])")
# A paper and its day with an hour or a label: no page's header, but what stands below a headline.
SOURCED = "[0-9]{1,2}[:：][0-9]{2}|来源|作者"
# What a site prints below a text.
ENDS = ["editor_line", "site_chrome_line"]
# What parts texts that were put together; Markdown's own rules, of three marks, part the sections of one.
RULE, FEWEST_RULES = "^(?:[=＝]{3,}|[-*#~_.－—]{5,})$", 2
# 当地时间3月5日, 记者今天（3月5日）从县水务局获悉: how reports open
DAY_LED = narrow(
    r"^(?:当地时间 ?)?(?:\d{4} ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?日(?:[^\p{Han}]|[上下中晚至]|从|在)"
    r"|^记者(?:日前|近日|[今昨][天日])?(?:[（(][^（）()]{2,12}[）)])?从[^，。]{2,24}获悉，"
)


def assign(blocks: pl.DataFrame) -> pl.DataFrame:
    """Give every kept block its article and its part in it.

    Args:
        blocks: all blocks of a batch in source order (`blocks.frame`); removed ones serve as cues.

    Returns:
        block, into (the block it is a part of: lines of one headline are one), article (u32, in order of first
        block, per batch), part (kicker | title | subtitle | byline | body | credit; null for a line that is aside:
        none of the text), marker_from, marker_to (the continuation markers beside the article's first and last block).
    """
    single, into, kept = parted(blocks)
    parts = head_parts.without_others(kept, blocks)
    parts = parts.select("doc", "article", "part", "aside", "marker_from", "marker_to", into="block")
    return single.select("block", into=into).join(parts, on="into", how="left", maintain_order="left")


def parted(blocks: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series, pl.DataFrame]:
    """Find the articles and their parts, and believe of each run of headline lines that it is one headline.

    Args:
        blocks: as `assign` has them.

    Returns:
        The kept blocks; into which block each of them went; those blocks with article and part.
    """
    single = _parted_by_rules(headlines.with_roles(_with_cues(blocks)))
    kept, into = headline_lines.merged(single)
    kept = with_starts(_with_affinities(_with_runs(kept)))
    return single, into, head_parts.with_parts(_rehomed(kept))


def _with_cues(blocks: pl.DataFrame) -> pl.DataFrame:
    """Keep the kept blocks; say of each what furniture stands between it and the kept block before it."""
    marker = (blocks["removed"] == "continuation_marker").fill_null(False)
    from_marker = pl.lit(matching(blocks["text"], marker, "接"))
    to_marker = pl.lit(matching(blocks["text"], marker, "转"))
    header = (blocks["removed"] == "page_header").fill_null(False)
    sourced = pl.lit(matching(blocks["text"], header, SOURCED))
    bar = (pl.col("removed") == "meta_bar").fill_null(False) | sourced
    divider = pl.col("removed").is_in(["collection_index", "rubric"]).fill_null(False)
    index = (pl.col("removed") == "collection_index").fill_null(False)
    ornament = (blocks["removed"] == "ornament").fill_null(False)
    rule = pl.lit(matching(blocks["text"], ornament, RULE))
    counted = (
        _with_datelines(blocks)
        .with_columns(
            n_from=runs.so_far(from_marker),
            n_to=runs.so_far(to_marker),
            n_div=runs.so_far(divider),
            n_index=runs.so_far(index),
            n_bar=runs.so_far(bar),
            n_end=runs.so_far(pl.col("removed").is_in(ENDS).fill_null(False)),
            n_rule=runs.so_far(rule),
            # a paper and its day may be a page's header, too
            n_named=runs.so_far((pl.col("removed") == "page_header").fill_null(False)),
            to_go=runs.to_go(to_marker),
            last_from=pl.when(from_marker).then("text").forward_fill(),
            next_to=pl.when(to_marker).then("text").backward_fill(),
        )
        .filter(pl.col("removed").is_null())
    )

    def passed(counter: str) -> pl.Expr:
        return pl.col(counter) > runs.above(pl.col(counter), 0)

    first = (pl.col("doc") != pl.col("doc").shift(1)).fill_null(True)
    indexed = _indexed(counted) | _in_contents(blocks, counted)
    return counted.with_columns(
        first=first,
        after_from=passed("n_from"),
        after_to=passed("n_to"),
        after_divider=passed("n_div") | pl.lit(indexed),
        after_index=passed("n_index") | pl.lit(indexed),
        after_bar=passed("n_bar"),
        after_end=passed("n_end"),
        after_rule=passed("n_rule"),
        after_named=passed("n_bar") | passed("n_named"),
        marker_from=pl.when(passed("n_from")).then("last_from"),
        marker_to=pl.when(pl.col("to_go") > runs.below(pl.col("to_go"), 0)).then("next_to"),
        opens=pl.col("text").str.contains(FIRST_ORDINAL),
        # one without a mark says when a law was passed
        day_led=pl.lit(matching(counted["text"], counted["text"].str.contains(DAY_LED), "[，。；]")),
    ).drop("n_from", "n_to", "n_div", "n_index", "n_bar", "n_end", "n_rule", "n_named", "to_go", "last_from", "next_to")


def _parted_by_rules(kept: pl.DataFrame) -> pl.DataFrame:
    """Take rules between texts for what parts them, where there are several and each stands over a headline."""
    if not kept["after_rule"].any():
        return kept.drop("after_rule")
    # one that underlines a headline parts nothing
    rule = pl.col("after_rule") & ~runs.above(pl.col("head"), False)
    several = rule.sum().over("doc") >= FEWEST_RULES
    parted = several & (pl.col("head") | ~(pl.col("first") | rule)).all().over("doc")
    return kept.with_columns(after_divider=pl.col("after_divider") | (parted & rule)).drop("after_rule")


def _indexed(blocks: pl.DataFrame) -> pl.Series:
    """Tell the lines that number a collection's texts behind one name: 学习心得篇一, 学习心得篇二."""
    short = blocks["text"].str.len_bytes() <= _LONGEST_INDEXED
    likely = ask(blocks["text"], short, lambda some: some.str.tail(1).is_in(_LAST_OF_NUMBER))
    rows = ask(blocks["text"], likely, lambda some: some.str.tail(_ITEM).str.contains(INDEXED)).arg_true()
    if len(rows) < _PAIR:
        return pl.Series([False]).new_from_index(0, len(blocks))
    named = blocks[rows].select("doc", stem=pl.col("text").str.extract(_STEM)).with_columns(row=rows).drop_nulls("stem")
    found = named.filter(pl.len().over("doc", "stem") > 1)["row"]
    return pl.Series([False]).new_from_index(0, len(blocks)).scatter(found, values=True)


def _in_contents(blocks: pl.DataFrame, kept: pl.DataFrame) -> pl.Series:
    """Tell the lines that a table of contents above them names, two at least in a document."""
    none = pl.Series([False]).new_from_index(0, len(kept))
    titles = blocks.filter(pl.col("removed") == "page_title")
    if len(titles) < _PAIR:
        return none
    entries = titles.select("doc", key=headline_keys.entry_key(pl.col("text")))
    entries = entries.filter(pl.col("key").str.len_chars() >= SHORTEST_TITLE).unique()
    entries = entries.filter(pl.len().over("doc") > 1)
    if entries.is_empty():
        return none
    rows = (
        kept.select("doc", "text", "ends")
        .with_row_index("row")
        .join(entries.select("doc").unique(), on="doc", how="semi")
    )
    short = rows.filter(~pl.col("ends"), pl.col("text").str.len_chars() <= headlines.LONGEST_DECKS)
    found = short.with_columns(key=headline_keys.key(pl.col("text"))).join(entries, on=["doc", "key"], how="semi")
    return none.scatter(found["row"], values=True)


def _with_datelines(blocks: pl.DataFrame) -> pl.DataFrame:
    """Add `dated`: the block opens with a dateline. Parsed only where a word of one stands near the head."""
    head = pl.col("text").str.head(80)
    asked = blocks.filter(head.str.contains(DATELINE_WORDS) & ~pl.col("credits")).select(
        "block", "text", tag=spaces.close(pl.col("text").str.head(160))
    )
    dated = asked.filter(datelines.has_tag(asked["tag"]) | pl.col("text").str.contains(REPORTED))
    return blocks.with_columns(dated=pl.col("block").is_in(dated["block"].implode()))


def _with_runs(kept: pl.DataFrame) -> pl.DataFrame:
    """Number the runs of headline lines, and the bodies between them."""
    breaks = pl.col("first") | pl.col("after_from") | pl.col("after_to") | pl.col("after_divider") | pl.col("dated")
    # an editor's line below a text closed what stands above it
    closed = pl.col("after_end") & (runs.so_far(~pl.col("head")) > 0)
    new_run = pl.col("head") & (breaks | closed | ~pl.col("head").shift(1, fill_value=False))
    new_body = ~pl.col("head") & (breaks | pl.col("head").shift(1, fill_value=True))
    return kept.with_columns(
        run=pl.when("head").then(new_run.cum_sum()),
        body=pl.when(~pl.col("head")).then(new_body.cum_sum()),
    ).with_columns(
        above=pl.col("body").forward_fill().over("doc"),
        below=pl.col("body").backward_fill().over("doc"),
    )


def _with_affinities(kept: pl.DataFrame) -> pl.DataFrame:
    heads = kept.filter("head").select("block", "text", "above", "below")
    # a headline that opens its document heads the text below whatever its words, unless another may stand under it
    heads = heads.filter(pl.col("above").is_not_null() | pl.col("below").is_in(heads["above"].drop_nulls().implode()))
    asked = pl.concat(
        [heads.select(head="block", text="text", body=side).drop_nulls("body") for side in ("above", "below")]
    ).unique(["head", "body"], maintain_order=True)
    bodies = (
        kept.filter(pl.col("body").is_in(asked["body"].unique().implode()))
        .group_by("body", maintain_order=True)
        .agg(body_text=pl.col("text").str.join(""))
    )
    found = affinities(asked, bodies)
    for side in ("above", "below"):
        kept = kept.join(
            found.rename({"affinity": f"fits_{side}"}),
            left_on=["block", side],
            right_on=["head", "body"],
            how="left",
            maintain_order="left",
        )
    return kept.with_columns(pl.col("fits_above", "fits_below").fill_null(0.0))


def _rehomed(kept: pl.DataFrame) -> pl.DataFrame:
    """Number the articles, and move headline lines without a body below to the article whose words they share."""
    kept = kept.with_columns(article=pl.col("start").cum_sum().cast(pl.UInt32))
    kept = kept.with_columns(bodiless=(pl.col("heads_article") | pl.col("belongs_above")).all().over("article"))
    if not kept["bodiless"].any():
        return kept.with_columns(home=pl.col("article"), loose=False)
    lost = kept.filter("bodiless").filter(~pl.col("text").str.contains(SIGNATURE))
    headed = kept.filter("heads_article").select("article").unique()
    whole = kept.filter(~pl.col("bodiless"))
    homes = (
        whole.select("doc", body="article")
        .unique("body", maintain_order=True)
        .with_columns(n_articles=pl.len().over("doc"))
        .join(headed, left_on="body", right_on="article", how="anti", maintain_order="left")
    )
    few = lost.group_by("doc").len().join(homes.group_by("doc").len(name="n"), on="doc")
    few = few.filter(pl.col("len").cast(pl.Int64) * pl.col("n") <= MOST_COMPARED)
    asked = (
        lost.select("doc", "block", "text")
        .join(few, on="doc", how="semi", maintain_order="left")
        .join(homes, on="doc", maintain_order="left")
    )
    bodies = (
        whole.filter(pl.col("article").is_in(asked["body"].unique().implode()), ~pl.col("heads_article"))
        .group_by(body="article", maintain_order=True)
        .agg(body_text=pl.col("text").str.join(""))
    )
    found = affinities(asked.select(head="block", text="text", body="body"), bodies)
    best = (
        found.filter(pl.col("affinity") >= AFFINE)
        .sort("head", "affinity", descending=[False, True], maintain_order=True)
        .unique("head", keep="first", maintain_order=True)
        .select(block="head", home="body")
    )
    best = pl.concat(
        [
            best,
            _last_pair(
                asked.join(best, on="block", how="anti").join(best, left_on="body", right_on="home", how="anti")
            ),
        ]
    )
    # no body wants it: most likely a loose line of the text above
    loose = pl.col("bodiless") & pl.col("home").is_null()
    kept = kept.join(best, on="block", how="left", maintain_order="left").with_columns(loose=loose)
    above = pl.col("article").filter(~pl.col("bodiless")).first().over("article")
    return kept.with_columns(
        home=pl.when("loose").then(above.forward_fill().over("doc")).otherwise("home")
    ).with_columns(
        home=pl.coalesce("home", "article").cast(pl.UInt32),
        loose=pl.col("loose") & pl.col("home").is_not_null(),
    )


def _last_pair(asked: pl.DataFrame) -> pl.DataFrame:
    """Pair the one headline of a document that is left with the one article that has none."""
    alone = (pl.col("block").n_unique().over("doc") == 1) & (pl.col("body").n_unique().over("doc") == 1)
    long = pl.col("text").str.len_chars() >= SHORTEST_TITLE
    return asked.filter(alone & long & (pl.col("n_articles") > 1)).select("block", home="body")
