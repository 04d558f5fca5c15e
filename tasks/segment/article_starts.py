"""Decides which blocks begin an article: by cues above and below, by whose words a headline shares, by topic."""

import polars as pl

from tasks.clean import runs
from tasks.clean.gated import ask
from tasks.segment import headlines

# What the first sentence of news says, and the last paragraph of a report of a meeting.
PEG = (
    r"今[天日]|昨[天日]|日前|近[日期]|连日来|目前|\d{1,2} ?[日号]|记者(?:从|获悉|了解)|(?:公布|发布|报道|消息|数据显示)"
)
PRESENT = r"^[^。]{2,60}(?:参加|出席|陪同|列席)[^。，]{0,12}。$"
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


def with_starts(kept: pl.DataFrame) -> pl.DataFrame:
    """Decide which blocks begin an article; a run of headline lines begins one as a whole or not at all.

    Args:
        kept: kept blocks in source order with roles, cues, runs and affinities (`articles.assign`).

    Returns:
        `kept` with belongs_above (a headline printed under its body), heads_article, start.
    """
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
