"""Decides which blocks begin an article: by cues above and below, by whose words a headline shares, by topic."""

import numpy as np
import polars as pl

from tasks.clean import runs
from tasks.clean.arrays import Flags, Lines, above, arrays, below
from tasks.clean.gated import matching, put
from tasks.segment import headlines
from tasks.segment.topics import another_story

# The last line of a document names who issued it.
SIGNATURE = (
    r"^[^ ]{0,18}(?:政府|办公[室厅]|委员?会|常委会|协会|联合会|[局厅部院处署]|公司|中心|集团|检察院|大学|学校"
    r"|[年月日])$"
)
CAPTION = r"^[■▲△▼◆●□](?:[^。]*。){1,2}$|^图为|[摄影图]）?$"
AFFINE, APART = 0.5, 0.15
# Enough where the text below is plainly another one.
NEARLY = 0.45
SHORTEST_TITLE = 8
SET_IN = 2
# 教师资格条例, where its text names it.
SHORTEST_NAME, NAMED_BELOW = 5, 0.9
# Log-odds of another story below a headline: in words of its text, in other words.
LIKELY, SURELY = 3.4, 4.6
# What it adds that a sure one is set as this is; paragraphs that may have a blank line above where others have none.
ALIKE, MOST_APART = 4.0, 0.1
# Of the pairs of a headline in other words, the text above has at most so many.
STRANGE = 0.15
# 央视网消息（新闻联播）： at the head of so many texts; characters compared.
MANY, TAG = 6, 8
# Log-odds of where columns were disentangled.
PLAIN = 8.0
# 本办法自公布之日起施行。: the last words of a law
LAW_ENDS = "(?:施行|实施|执行|生效|废止)。$"
# What stands below the last words of a law is no part of it, though the headline shares little with its text.
LITTLE = 0.3
# Characters of a text's end that an issuer and a day can take.
SIGNED = 40

# What stands below a headline may be set otherwise than what stands below a paragraph.
_IN_TEXT = ~pl.col("head") & ~pl.col("first") & ~pl.col("head").shift(1, fill_value=False)


def with_starts(kept: pl.DataFrame) -> pl.DataFrame:
    """Decide which blocks begin an article; a run of headline lines begins one as a whole or not at all.

    Args:
        kept: kept blocks in source order with roles, cues, runs and affinities (`articles.assign`).

    Returns:
        `kept` with belongs_above (a headline printed under its body), heads_article, start.
    """
    of, texts = arrays(kept), kept["text"]
    same_doc = ~of.first
    weak = kept["weak"].to_numpy()
    digest = _of_digests(kept)
    belongs_above = _belong_above(of, texts) & ~weak & ~digest

    def before(flag: Flags) -> Flags:
        found: Flags = above(flag, fill=False) & same_doc
        return found

    told = _with_breaks_of_topic(_with_cues(kept, of, belongs_above, before(of.credits)))
    # 重要内容提示：, and what it announces below it, within a text; another story and a law that opens are none of that
    read = (runs.count(of.stops, of.first) > 0) & ~(told["fits"].to_numpy() & (of.fits_above <= STRANGE))
    chapter, article = _of_number_one(of, texts)
    read &= ~below((chapter | article) & (runs.count(chapter | article, of.first) > 1), fill=False)
    announced = matching(texts.shift(1, fill_value=""), pl.Series(of.head & same_doc & read), "[：:]$").to_numpy()
    run = np.nan_to_num(of.run).astype(np.int64)
    begins = np.zeros(int(run.max(initial=0)) + 1, dtype=np.bool_)
    cue = told.select(_sure() | pl.any_horizontal("named", "fits", "apart")).to_series().to_numpy()
    begins[run[of.head & (cue | np.isnan(of.below))]] = True
    begins[run[announced & ~told["boundary"].to_numpy()]] = False
    begins[np.setdiff1d(run[of.head & digest], run[told.select(_sure()).to_series().to_numpy()])] = False
    heads_article = of.head & ~belongs_above & begins[run]
    follows = before(heads_article)
    # ■市长在会上: a caption between a headline and its dateline
    captioned = before(follows & ~of.dated & matching(texts, pl.Series(follows), CAPTION).to_numpy())
    body_start = (
        ~heads_article
        & ~belongs_above
        & (
            of.first
            | of.after_to
            | before(belongs_above)
            | (of.after_from | of.after_divider) & ~follows
            | (of.dated & ~follows & ~captioned & above(of.ends, fill=True))
            | (before(of.credits) & ~of.credits)
            | (_begin_anew(of, texts, heads_article | of.first) & ~follows)
        )
    )
    start = (heads_article & ~(follows & (of.run == above(of.run, np.nan)))) | body_start
    if (sole := _of_single_articles(told, of)).any():
        heads_article = np.where(sole, of.head & np.isin(of.run, of.run[of.told & sole]), heads_article)
        belongs_above, start = belongs_above & ~sole, np.where(sole, of.first, start)
        told = told.with_columns(belongs_above=belongs_above)
    return told.with_columns(heads_article=heads_article, start=start)


def _sure() -> pl.Expr:
    return pl.col("boundary") | pl.col("cued")


def _of_digests(kept: pl.DataFrame) -> Flags:
    """Tell the blocks of documents whose texts all open with the words of one source: what does not is within one."""
    dated = kept["dated"].arg_true()
    docs = kept["doc"][dated].to_numpy()
    many = np.bincount(docs, minlength=1)[docs] >= MANY
    if not many.any():
        return np.zeros(len(kept), dtype=np.bool_)
    tags = kept[dated.filter(many)].group_by("doc").agg(one=pl.col("text").str.head(TAG).n_unique() == 1)
    of_one = pl.col("doc").is_in(tags.filter("one")["doc"].implode())
    # where columns were disentangled the text above or below may be a guess
    guessed = pl.min_horizontal("sure", pl.col("sure").shift(-1)) < PLAIN
    found: Flags = kept.select(of_one & ~guessed.fill_null(value=False)).to_series().to_numpy()
    return found


def _with_cues(kept: pl.DataFrame, of: Lines, belongs_above: Flags, credited: Flags) -> pl.DataFrame:
    """Add what speaks for each headline: boundary, cued, named, fits, apart; `credited` are blocks below a credit."""
    texts, same_doc = kept["text"], ~of.first
    cues = of.dated | of.day_led | of.greets | of.addressed | of.opens | of.after_from | of.after_bar | of.byline
    # a line behind a dash under a headline is its subtitle
    dash = matching(texts, pl.Series(of.head), "^(?:——|－－|──)").to_numpy()
    decked = above(of.head, fill=False) & same_doc & dash & (of.run == above(of.run, np.nan))
    shorter = of.titled & (of.n_chars >= SHORTEST_NAME) & (of.fits_below >= NAMED_BELOW)
    long = (of.n_chars >= SHORTEST_TITLE) | shorter
    # 讣告, which is a headline below a finished text alone
    notice = of.head & (of.n_chars < headlines.SHORTEST) & (of.run != above(of.run, np.nan))
    notice &= of.run != below(of.run, np.nan)
    # where columns were disentangled the text below may be a guess
    least = np.where(np.isnan(of.sure), NEARLY, AFFINE)
    told = kept.with_columns(
        belongs_above=belongs_above,
        boundary=of.first | of.after_from | of.after_to | of.after_divider | credited,
        cued=of.head & (of.run != below(of.run, np.nan)) & below(cues & same_doc, fill=False),
        named=(of.titled & long) | decked | notice,
        fits=long & (of.fits_below > of.fits_above + APART) & (of.fits_below >= least),
        apart=long & (of.fits_below > of.fits_above + APART) & _stands_apart(kept),
    )
    # 责任编辑：某某 closed the text above
    closed = of.head & told["after_end"].to_numpy() & above(of.ends | of.credits, fill=False) & same_doc
    law = matching(texts, pl.Series(below(of.head, fill=False) & of.ends), LAW_ENDS).to_numpy()
    closed &= told["fits"].to_numpy()
    other = long & (of.fits_below >= LITTLE) & (of.fits_below > of.fits_above + APART)
    closed |= of.head & above(law, fill=False) & same_doc & other
    # what may be a heading has to be of another story, and a sentence of the text above is none
    told = told.with_columns(cued=pl.col("cued") & ~pl.Series(of.ends & (of.fits_above > of.fits_below + APART)))
    cued = (told["cued"] & ~(told["weak"] & ~pl.Series(below(of.dated, fill=False)))) | pl.Series(closed)
    return told.with_columns(cued=cued, named=told["named"] & ~told["weak"])


def _dress(kept: pl.DataFrame, asked: pl.Series) -> pl.DataFrame:
    """How headlines of the documents asked are set.

    Returns:
        A row a block: apart (below more blank lines than nearly all paragraphs), set_out (nearly all paragraphs are set
        in alike, and this is not).
    """
    gap, indent = pl.col("gap"), pl.col("indent")
    usual = (
        kept.filter(_IN_TEXT & pl.col("doc").is_in(kept["doc"].filter(asked).unique().implode()))
        .group_by("doc")
        .agg(
            widest=gap.quantile(1 - MOST_APART, "higher"),
            usual=indent.median(),
            alike=(indent == indent.median()).mean() >= 1 - MOST_APART,
        )
    )
    told = kept.select("doc", "gap", "indent", "head", "first").join(usual, on="doc", how="left", maintain_order="left")
    apart = pl.col("head") & ~pl.col("first") & (gap > pl.col("widest"))
    return told.select(
        apart=apart.fill_null(value=False),
        set_out=(pl.col("alike") & (indent != pl.col("usual"))).fill_null(value=False),
    )


def _dressed_as_sure_ones(kept: pl.DataFrame, sure: pl.Series, dress: pl.DataFrame) -> pl.Series:
    """What it adds that headlines are set as a sure one: below more blank lines than paragraphs, or further in or out.

    The first line of a text tells half as much: headings within one may be set as it is.
    """
    head, first = pl.col("head"), pl.col("first")
    some = kept.select("doc", "head", "first").hstack(dress).with_columns(sure=sure)
    some = some.with_columns(found=head & ~first & (pl.col("apart") | pl.col("set_out")))
    known = (pl.col("found") & pl.col("sure")).any().over("doc", "apart", "set_out").cast(pl.Float64)
    as_first = 0.5 * (head & first & pl.col("set_out")).any().over("doc").cast(pl.Float64)
    told = pl.col("found") * pl.max_horizontal(known, as_first * pl.col("set_out"))
    return some.select(ALIKE * told.fill_null(0.0)).to_series()


def _stands_apart(kept: pl.DataFrame) -> Flags:
    """Tell headlines that are not set in as their paragraphs are (or more), below more blank lines than part those."""
    gap, indent, head = pl.col("gap"), pl.col("indent"), pl.col("head")
    likely = kept.select(found=head & (gap > 1) & ~pl.col("first"))["found"]
    if not likely.any():
        return likely.to_numpy()
    some = kept.filter(pl.col("doc").is_in(kept["doc"].filter(likely).implode()))
    usual = (
        some.filter(~head & ~pl.col("first"))
        .group_by("doc")
        .agg(widest=gap.max(), usual=indent.median())
        .filter(pl.col("usual") >= SET_IN)
    )
    told = kept.select("doc", "gap", "indent").join(usual, on="doc", how="left", maintain_order="left")
    apart = (gap > pl.col("widest")) & ((indent - pl.col("usual")).abs() >= SET_IN)
    found: Flags = (likely & told.select(apart.fill_null(value=False)).to_series()).to_numpy()
    return found


def _of_single_articles(kept: pl.DataFrame, of: Lines) -> Flags:
    """Tell the blocks of pages that name their headline: one article, unless an index or a marker parts the text."""
    none: Flags = of.page & of.told
    if not none.any():
        return none
    parts = of.after_from | of.after_to | of.after_index
    # a headline of another story, below the site's words that end a text or above a bar or a dateline of its own
    led = np.isin(of.run, of.run[of.head & below((of.dated | of.after_bar) & ~of.first, fill=False)])
    parts |= of.head & (of.after_end | led) & kept["fits"].to_numpy()
    parts &= ~of.told & ~of.first
    told = kept.select("doc", told=pl.col("told").cum_max().over("doc"), page="page").with_columns(parts=parts)
    sole = pl.col("told").any() & ~(pl.col("parts") & pl.col("told")).any()
    found: Flags = told.select(pl.col("page") & sole.over("doc")).to_series().to_numpy()
    return found


def _belong_above(of: Lines, texts: pl.Series) -> Flags:
    """Tell which headline lines are printed under their body.

    They fit the text above clearly better than the text below, and than what stands over that text.
    """
    over, under = (np.nan_to_num(of.below).astype(np.int64), np.nan_to_num(of.above).astype(np.int64))
    best = np.zeros(int(max(over.max(initial=0), under.max(initial=0))) + 1)
    heads = np.flatnonzero(of.head & (over > 0))
    np.maximum.at(best, over[heads], of.fits_below[heads])
    best_over = np.where(under > 0, best[under], 0.0)
    likely = of.head & (of.fits_above >= AFFINE) & (of.fits_above > np.maximum(of.fits_below, best_over) + APART)
    belongs: Flags = likely & ~matching(texts, pl.Series(likely), SIGNATURE).to_numpy()
    # what a notice hands out stands below its day, under the name that the notice gives it
    lines = texts.shift(1, fill_value="")
    # （此件公开发布） may stand between
    noted = lines.str.starts_with("（此件")
    lines = put(lines, noted.arg_true(), texts.shift(2, fill_value="").filter(noted)) if noted.any() else lines
    belongs &= ~matching(lines, pl.Series(belongs), headlines.SIGNED_DAY).to_numpy()
    if not belongs.any():
        return belongs
    # a kicker right above such a headline, and a subtitle right below it, go with it
    free = of.head & ~belongs & (of.fits_below < AFFINE) & ~of.first
    under_it = pl.Series(above(belongs, fill=False) & free)
    subtitle = matching(texts, under_it, headlines.SUBTITLE).to_numpy()
    over_it = below(belongs & (of.gap == 0) & ~of.first, fill=False) & (of.gap > 0)
    belongs |= free & (subtitle | over_it)
    return belongs


def _begin_anew(of: Lines, texts: pl.Series, opens: Flags) -> Flags:
    """A text has ended, and chapter one comes again or a notice is addressed: a headline it has stands elsewhere."""
    first = of.first
    ended = first | above(of.ends, fill=True)
    tails = texts.str.tail(SIGNED)
    days = matching(tails, tails.str.contains("[日）)]$"), headlines.SIGNED_DAY).to_numpy()
    signed = above(days, fill=False) & ~first
    chapter, article = _of_number_one(of, texts)
    again = (chapter & (runs.count(chapter, opens) > 1)) | (article & (runs.count(article, opens) > 1))
    addressed = of.addressed & (signed | ended & (of.gap > 0))
    found: Flags = (again & ended) | (of.opens & signed) | addressed
    return found


def _of_number_one(of: Lines, texts: pl.Series) -> tuple[Flags, Flags]:
    """Tell chapters one, and articles one that no chapter one stands over."""
    numbered = pl.Series(of.opens)
    chapter = matching(texts, numbered, "^第[一1][章编]").to_numpy()
    article = matching(texts, numbered, "^第[一1]条").to_numpy()
    return chapter, article & ~(above(chapter, fill=False) & ~of.first)


def _with_breaks_of_topic(kept: pl.DataFrame) -> pl.DataFrame:
    """Keep `fits` where another story stands below; add headlines in other words than their text, where it is sure."""
    decked = (pl.col("head").sum().over("run") > 1) | pl.col("text").str.contains(" ", literal=True).any().over("run")
    decked &= (pl.col("fits_below") >= AFFINE) & ~pl.col("weak")
    unsure = pl.col("head") & ~pl.any_horizontal("cued", "named", "boundary", "belongs_above")
    strange = unsure & (pl.col("fits_above") <= STRANGE) & (pl.col("n_chars") >= SHORTEST_NAME)
    asked = kept.select(asked=unsure & (pl.col("fits") | strange))["asked"]
    if not asked.any():
        return kept
    sure = pl.any_horizontal("boundary", "cued", "named", "dated")
    told = another_story(kept.with_columns(story=sure.cum_sum()), asked)
    surely = (told["score"] >= SURELY) & told["prose"]
    certain = kept.select(pl.any_horizontal("cued", "named") | pl.col("fits") & pl.lit(surely)).to_series()
    dress = _dress(kept, asked)
    score = told["score"] + _dressed_as_sure_ones(kept, certain, dress)
    # no paragraph has so many blank lines above it: less is enough
    least = pl.when(pl.lit(dress["apart"])).then(LIKELY).otherwise(SURELY)
    strange &= (pl.lit(score) >= least) & pl.lit(told["prose"])
    fits = pl.col("fits") & (decked | pl.lit(score >= LIKELY)) | strange
    return kept.with_columns(fits=pl.when(pl.lit(asked)).then(fits.fill_null(value=False)).otherwise("fits"))
