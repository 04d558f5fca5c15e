"""Finds where articles begin in a file that holds several, and which headline belongs to which body."""

import polars as pl

from tasks.clean import runs, spaces
from tasks.clean.gated import ask
from tasks.clean.patterns import narrow
from tasks.enrich import datelines
from tasks.segment import headlines

DATELINE_WORDS = "讯|电|消息|报道|记者|通讯员"
# （本报记者 某某）今天，本报记者 某某 报道, 【本报讯】: a lead, by who reports it.
REPORTED = (
    r"^(?:[（(][\p{Han}]{0,10}?(?:记者|通讯员)[ :：]?[\p{Han}、 ]{2,30}[）)][\p{Han}“《\d]|[【\[]本[报网台]讯[】\]]"
    r"|本[报网台]记者 ?[\p{Han}、 ]{2,20}报道|新华社记者[\p{Han}、 ]{2,12}\d|本报综合(?:消息|报道) )"
)
# What the first sentence of news says, and the last paragraph of a report of a meeting.
PEG = (
    r"今[天日]|昨[天日]|日前|近[日期]|连日来|目前|\d{1,2} ?[日号]|记者(?:从|获悉|了解)|(?:公布|发布|报道|消息|数据显示)"
)
PRESENT = r"^[^。]{2,60}(?:参加|出席|陪同|列席)[^。，]{0,12}。$"
FIRST_ORDINAL = narrow(r"^(?:第[一1]条|第[一1][编章节]|[一1]、|[（(][一1][）)]|1[.．]\D|第一[，、])")
DAY_LED = narrow(r"^(?:\d{4} ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?日(?:[^\p{Han}]|[上下中晚]|从|在)")
# The last line of a document names who issued it.
SIGNATURE = (
    r"^[^ ]{0,18}(?:政府|办公[室厅]|委员?会|常委会|协会|联合会|[局厅部院处署]|公司|中心|集团|检察院|大学|学校"
    r"|[年月日])$"
)
AFFINE, APART = 0.5, 0.15
SHORTEST_TITLE = 8
# 教师资格条例, where its text names it.
SHORTEST_NAME, NAMED_BELOW = 5, 0.9
# Characters compared, share of word pairs that neighbours in one story have in common, length of a story: read
# off 30 pages.
LEAD, END, SAME_TOPIC, WHOLE_ARTICLE = 200, 600, 0.05, 180
OPENING, CLEARLY = 60, 0.35
# Characters of a text's end that an issuer and a day can take.
SIGNED = 40


def assign(blocks: pl.DataFrame) -> pl.DataFrame:
    """Give every kept block its article and its part in it.

    Args:
        blocks: all blocks of a batch in source order (`blocks.frame`); removed ones serve as cues.

    Returns:
        block, into (the block it is a part of: lines of one headline are one), article (u32, in order of first
        block, per batch), part (kicker | title | subtitle | byline | body | credit), marker_from, marker_to (the
        continuation markers beside the article's first and last block).
    """
    kept = headlines.merged(headlines.with_roles(_with_cues(blocks)))
    kept = _with_starts(_with_affinities(_with_runs(kept)))
    parts = _with_parts(_rehomed(kept)).select("doc", "lines", "block", "article", "part", "marker_from", "marker_to")
    return parts.rename({"block": "into"}).explode("lines").rename({"lines": "block"})


def _with_cues(blocks: pl.DataFrame) -> pl.DataFrame:
    """Keep the kept blocks; say of each what furniture stands between it and the kept block before it."""
    marker = (blocks["removed"] == "continuation_marker").fill_null(False)
    from_marker = pl.lit(ask(blocks["text"], marker, lambda some: some.str.contains("接")))
    to_marker = pl.lit(ask(blocks["text"], marker, lambda some: some.str.contains("转")))
    divider = pl.col("removed").is_in(["collection_index", "rubric"]).fill_null(False)
    counted = (
        _with_datelines(blocks)
        .with_columns(
            n_from=runs.so_far(from_marker),
            n_to=runs.so_far(to_marker),
            n_div=runs.so_far(divider),
            to_go=runs.to_go(to_marker),
            last_from=pl.when(from_marker).then("text").forward_fill(),
            next_to=pl.when(to_marker).then("text").backward_fill(),
        )
        .filter(pl.col("removed").is_null())
    )

    def passed(counter: str) -> pl.Expr:
        return pl.col(counter) > runs.above(pl.col(counter), 0)

    first = (pl.col("doc") != pl.col("doc").shift(1)).fill_null(True)
    return counted.with_columns(
        first=first,
        after_from=passed("n_from"),
        after_to=passed("n_to"),
        after_divider=passed("n_div"),
        marker_from=pl.when(passed("n_from")).then("last_from"),
        marker_to=pl.when(pl.col("to_go") > runs.below(pl.col("to_go"), 0)).then("next_to"),
        opens=pl.col("text").str.contains(FIRST_ORDINAL),
        day_led=pl.col("text").str.contains(DAY_LED),
    ).drop("n_from", "n_to", "n_div", "to_go", "last_from", "next_to")


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
    new_run = pl.col("head") & (breaks | ~pl.col("head").shift(1, fill_value=False))
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
    asked = pl.concat(
        [heads.select(head="block", text="text", body=side).drop_nulls("body") for side in ("above", "below")]
    ).unique(["head", "body"], maintain_order=True)
    bodies = (
        kept.filter(pl.col("body").is_in(asked["body"].unique().implode()))
        .group_by("body", maintain_order=True)
        .agg(body_text=pl.col("text").str.join(""))
    )
    found = headlines.affinities(asked, bodies)
    for side in ("above", "below"):
        kept = kept.join(
            found.rename({"affinity": f"fits_{side}"}),
            left_on=["block", side],
            right_on=["head", "body"],
            how="left",
            maintain_order="left",
        )
    return kept.with_columns(pl.col("fits_above", "fits_below").fill_null(0.0))


def _with_starts(kept: pl.DataFrame) -> pl.DataFrame:
    """Decide which blocks begin an article; a run of headline lines begins one as a whole or not at all."""
    over = kept.filter("head").group_by("below").agg(best_over=pl.col("fits_below").max())
    kept = kept.join(over, left_on="above", right_on="below", how="left", maintain_order="left").with_columns(
        # printed under its body: fits the text above clearly better than the text below, and than what stands
        # over that text
        belongs_above=pl.col("head")
        & ~pl.lit(ask(kept["text"], kept["head"], lambda some: some.str.contains(SIGNATURE)))
        & (pl.col("fits_above") >= AFFINE)
        & (pl.col("fits_above") > pl.col("fits_below") + APART)
        & (pl.col("fits_above") > pl.col("best_over").fill_null(0.0) + APART)
    )
    kept = _with_neighbours(kept)
    same_doc = ~pl.col("first")

    def before(flag: str) -> pl.Expr:
        return pl.col(flag).shift(1).fill_null(value=False) & same_doc

    def after(flag: str) -> pl.Expr:
        return (pl.col(flag) & same_doc).shift(-1).fill_null(value=False)

    cue_below = pl.any_horizontal(
        *map(after, ("dated", "day_led", "greets", "addressed", "opens", "after_from", "byline"))
    )
    shorter = pl.col("titled") & (pl.col("n_chars") >= SHORTEST_NAME) & (pl.col("fits_below") >= NAMED_BELOW)
    long = (pl.col("n_chars") >= SHORTEST_TITLE) | shorter
    run_ends = pl.col("head") & (pl.col("run") != pl.col("run").shift(-1)).fill_null(True)
    kept = kept.with_columns(
        boundary=pl.col("first")
        | pl.col("after_from")
        | pl.col("after_to")
        | pl.col("after_divider")
        | before("credits"),
        cued=run_ends & cue_below,
        named=pl.col("titled") & long,
        orphaned=pl.col("head") & pl.col("below").is_null(),
        fits=long & (pl.col("fits_below") >= AFFINE) & (pl.col("fits_below") > pl.col("fits_above") + APART),
    )
    kept = _with_breaks_of_topic(kept)
    heads_article = (
        pl.col("head")
        & ~pl.col("belongs_above")
        & pl.any_horizontal(pl.col("boundary", "cued", "named", "fits", "orphaned").any().over("run"))
    )
    kept = kept.with_columns(heads_article=heads_article, under=(heads_article | pl.col("first")).cum_sum())
    follows = before("heads_article")
    same_run = (pl.col("run") == pl.col("run").shift(1)).fill_null(False)
    body_start = (
        ~pl.col("heads_article")
        & ~pl.col("belongs_above")
        & (
            pl.col("first")
            | pl.col("after_to")
            | before("belongs_above")
            | (pl.col("after_from") | pl.col("after_divider")) & ~follows
            | (pl.col("dated") & ~follows & pl.col("ends").shift(1).fill_null(True))
            | (before("credits") & ~pl.col("credits"))
            | (_begins_anew(kept) & ~follows)
        )
    )
    return kept.with_columns(start=(pl.col("heads_article") & ~(follows & same_run)) | body_start)


def _with_neighbours(kept: pl.DataFrame) -> pl.DataFrame:
    """A kicker right above a headline that belongs to the text above, and a subtitle right below it, go with it."""
    free = pl.col("head") & ~pl.col("belongs_above") & (pl.col("fits_below") < AFFINE) & ~pl.col("first")
    under = runs.above(pl.col("belongs_above"), False) & pl.col("text").str.contains(headlines.SUBTITLE)
    over = runs.below(pl.col("belongs_above") & (pl.col("gap") == 0), False) & (pl.col("gap") > 0)
    asked = kept["belongs_above"].any()
    return kept.with_columns(belongs_above=pl.col("belongs_above") | (free & (under | over))) if asked else kept


def _begins_anew(kept: pl.DataFrame) -> pl.Expr:
    """A text has ended, and chapter one comes again or a notice is addressed: a headline it has stands elsewhere."""
    ended = runs.above(pl.col("ends"), True)
    tails = kept["text"].str.tail(SIGNED)
    days = ask(tails, tails.str.contains("[日）)]$"), lambda some: some.str.contains(headlines.SIGNED_DAY))
    signed = runs.above(pl.lit(days), False)
    chapter = pl.col("opens") & pl.col("text").str.contains("^第[一1][章编]")
    article = pl.col("opens") & pl.col("text").str.contains("^第[一1]条") & ~runs.above(chapter, False)
    again = (chapter & (runs.so_far(chapter, "under") > 1)) | (article & (runs.so_far(article, "under") > 1))
    addressed = pl.col("addressed") & (signed | ended & (pl.col("gap") > 0))
    return (again & ended) | (pl.col("opens") & signed) | addressed


def _with_breaks_of_topic(kept: pl.DataFrame) -> pl.DataFrame:
    """Keep `fits` only where the text below is about something else: a heading inside goes on with the text above."""
    decked = (pl.col("head").sum().over("run") > 1) | pl.col("text").str.contains(" ", literal=True).any().over("run")
    asked = kept.filter("fits", ~pl.col("cued"), ~pl.col("named"), ~pl.col("boundary")).select(
        "block", "above", "below"
    )
    if asked.is_empty():
        return kept
    bodies = (
        kept.filter(pl.col("body").is_in(pl.concat([asked["above"], asked["below"]]).unique().implode()))
        .group_by("body", maintain_order=True)
        .agg(body_text=pl.col("text").str.join(""))
    )
    leads = asked.join(bodies, left_on="below", right_on="body").select(
        head="block", text=pl.col("body_text").str.head(LEAD), body="above"
    )
    ends = bodies.with_columns(pl.col("body_text").str.tail(END))
    shared = headlines.affinities(leads.drop_nulls("body"), ends).select(block="head", shared="affinity")
    above = bodies.select(above="body", above_chars=pl.col("body_text").str.len_chars())
    joined = kept.join(shared, on="block", how="left", maintain_order="left").join(
        above, on="above", how="left", maintain_order="left"
    )
    apart = (pl.col("shared") <= SAME_TOPIC) & (pl.col("above_chars") >= WHOLE_ARTICLE)
    clear = (pl.col("fits_below") > pl.col("fits_above") + CLEARLY) & ~pl.col("ends")
    # the text above has come to its end, or the one below opens as news does that is never datelined here
    text, asks = joined["text"], joined["fits"]
    ended = pl.lit(ask(text.shift(1, fill_value=""), asks, lambda some: some.str.contains(PRESENT)))
    pegged = ask(text.shift(-1, fill_value=""), asks, lambda some: some.str.head(OPENING).str.contains(PEG))
    news = pl.lit(pegged) & ~pl.col("dated").any().over("doc")
    told = clear & ((ended | news) & (pl.col("above_chars") >= WHOLE_ARTICLE))
    return joined.with_columns(fits=pl.col("fits") & (decked | (apart | told).fill_null(value=False))).drop(
        "shared", "above_chars"
    )


def _rehomed(kept: pl.DataFrame) -> pl.DataFrame:
    """Number the articles, and move headline lines without a body below to the article whose words they share."""
    kept = kept.with_columns(article=pl.col("start").cum_sum().cast(pl.UInt32))
    kept = kept.with_columns(bodiless=(pl.col("heads_article") | pl.col("belongs_above")).all().over("article"))
    lost = kept.filter("bodiless", ~pl.col("text").str.contains(SIGNATURE))
    if not kept["bodiless"].any():
        return kept.with_columns(home=pl.col("article"), loose=False)
    headed = kept.filter("heads_article").select("article").unique()
    texts = (
        kept.filter(~pl.col("bodiless"))
        .group_by("doc", "article", maintain_order=True)
        .agg(body_text=pl.col("text").filter(~pl.col("heads_article")).str.join(""))
        .join(headed.with_columns(headed=True), on="article", how="left", maintain_order="left")
    )
    texts = texts.with_columns(n_articles=pl.len().over("doc"))
    asked = lost.select("doc", "block", "text").join(
        texts.filter(pl.col("headed").is_null()).select("doc", "n_articles", pl.col("article").alias("body")),
        on="doc",
        maintain_order="left",
    )
    found = headlines.affinities(
        asked.select(head="block", text="text", body="body"), texts.select(body="article", body_text="body_text")
    )
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


def _with_parts(kept: pl.DataFrame) -> pl.DataFrame:
    head = (pl.col("heads_article") | pl.col("belongs_above") | (pl.col("home") != pl.col("article"))) & ~pl.col(
        "loose"
    )
    kept = kept.with_columns(article=pl.col("home"), in_head=head).with_columns(
        main_at=pl.col("block").filter("in_head", "titled").last().over("article")
    )
    after_main = pl.col("block") > pl.col("main_at")
    told = pl.col("main_at").is_null() & pl.col("text").str.contains(headlines.SUBTITLE)
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
