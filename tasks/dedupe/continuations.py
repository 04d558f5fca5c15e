"""Finds which article goes on in which: a paper's page one says （下转第二版）, page two takes up with （上接第一版）.

A pair rests on the headline printed again, or on rare pairs of characters that both halves share and no other has.
"""

import numpy as np
import polars as pl

from tasks.content import bounds, encode, lengths

CANDIDATES = pl.Schema(
    {
        "article_id": pl.String(),
        "document_id": pl.String(),
        "source": pl.String(),
        "publisher": pl.String(),
        "published_on": pl.Date(),
        "title": pl.String(),
        "continued_from": pl.String(),
        "continued_to": pl.String(),
        "text": pl.String(),
    }
)
# Calibrated on 4,000 articles of one broadcaster cut in two, three to five of a day at a time, a quarter of the halves
# without their other: half of what was cut is found. The few wrong pairs tell of one event.
ALIKE, MARGIN = 0.07, 2.0
# without a common date the other half may be any day's
ALIKE_UNDATED = 0.1
LONGEST_TEXT = 6000
# Heads times tails of one house and day, or of one house without days: more make no page of one paper, and no time.
MOST_PAIRS, PAIRS_AT_ONCE = 10_000, 2_000
SHORTEST_HEADLINE = 6
_PAGE = r"第? ?([A-Za-z]{0,2} ?[\d一二三四五六七八九十]{1,3}) ?版|(头版)"
_HAN_DIGITS = {han: str(number) for number, han in enumerate("一二三四五六七八九", start=1)}


def find_continuations(candidates: pl.DataFrame) -> pl.DataFrame:
    """Pair the articles that were printed as one.

    Args:
        candidates: articles that bear a marker, columns as in `CANDIDATES`; `text` is title and body.

    Returns:
        article_id (the first part), document_id (its), to_article_id, evidence (headline, text or both), similarity
        (the share, 0 to 1, of weighted character pairs both have).
    """
    candidates = candidates.select(CANDIDATES.names()).unique("article_id", keep="first", maintain_order=True)
    pairs = _compatible(candidates.sort("article_id").with_row_index("row"))
    if pairs.is_empty():
        return pairs.select("article_id", "document_id", "to_article_id", evidence=pl.lit(""), similarity=pl.lit(0.0))
    pairs = pairs.with_columns(similarity=_shared(candidates.sort("article_id")["text"], pairs))
    chosen = _mutual_best(pairs)
    return chosen.sort("article_id").select("article_id", "document_id", "to_article_id", "evidence", "similarity")


def _compatible(rows: pl.DataFrame) -> pl.DataFrame:
    """All heads with all tails that may be theirs: one publisher or source, one day as far as known, another page."""
    sides = [_side(rows, "continued_to"), _side(rows, "continued_from")]
    dated = [_joined(sides, by) for by in (["publisher", "published_on"], ["source", "published_on"], ["document_id"])]
    heads, tails = ([side, side.filter(pl.col("published_on").is_null())] for side in sides)
    undated = [_joined(given, ["source"]) for given in ([heads[0], tails[1]], [heads[1], tails[0]])]
    told = pl.concat([*dated, *undated]).unique(["row", "row_to"], keep="first").sort("row", "row_to")
    same_day = pl.col("published_on") == pl.col("published_on_to")
    same_house = (pl.col("publisher") == pl.col("publisher_to")).fill_null(value=True)
    pairs = told.filter(
        (pl.col("row") != pl.col("row_to"))
        & same_day.fill_null(value=True)
        & (same_house | (pl.col("source") != pl.col("source_to")))
        & (pl.col("page") != pl.col("page_to")).fill_null(value=True)
    )
    one_file = pl.col("document_id") == pl.col("document_id_to")
    texts = rows.select("row", "article_id", "title")
    return (
        pairs.select("row", "row_to", "document_id", dated=same_day.fill_null(value=False) | one_file)
        .join(texts, on="row", how="left", maintain_order="left")
        .join(texts.select(pl.all().name.suffix("_to")), on="row_to", how="left", maintain_order="left")
        .with_columns(headline=_same_headline(pl.col("title"), pl.col("title_to")))
        .rename({"article_id_to": "to_article_id"})
    )


def _side(rows: pl.DataFrame, marker: str) -> pl.DataFrame:
    page = pl.col(marker).str.extract_groups(_PAGE).map_batches(_page_of, return_dtype=pl.String)
    keys = ["row", "document_id", "source", "publisher", "published_on"]
    headline = _letters(pl.col("title"))
    told = pl.when(headline.str.len_chars() >= SHORTEST_HEADLINE).then(headline)
    return rows.filter(pl.col(marker).is_not_null()).select(*keys, page=page, headline=told)


def _joined(sides: list[pl.DataFrame], by: list[str]) -> pl.DataFrame:
    """Heads with tails that agree in some columns; where they are too many to compare, those under one headline."""
    heads, tails = sides
    n_pairs = pl.col("len").cast(pl.Int64) * pl.col("n_tails")
    counted = heads.group_by(by).len().join(tails.group_by(by).len(name="n_tails"), on=by)
    pairs = heads.join(counted.filter(n_pairs <= MOST_PAIRS), on=by, how="semi").join(tails, on=by, suffix="_to")
    columns = [*heads.columns, *(f"{name}_to" for name in tails.columns)]
    pairs = pairs.with_columns(pl.col(name).alias(f"{name}_to") for name in by).select(columns)
    crowded = counted.filter(n_pairs > MOST_PAIRS)
    if crowded.is_empty() or "headline" in by:
        return pairs
    left = [side.join(crowded, on=by, how="semi") for side in sides]
    return pl.concat([pairs, _joined(left, [*by, "headline"])])


def _page_of(groups: pl.Series) -> pl.Series:
    """The page a marker names, as digits; null when it says only 上接 or a page in words."""
    numbered = groups.struct.field("1").str.replace_all(" ", "").str.to_uppercase()
    numbered = numbered.str.replace_many(list(_HAN_DIGITS), list(_HAN_DIGITS.values()))
    front = groups.struct.field("2").replace_strict({"头版": "1"}, default=None, return_dtype=pl.String)
    return numbered.fill_null(front)


def _same_headline(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    a, b = _letters(one), _letters(other)
    short = pl.min_horizontal(a.str.len_chars(), b.str.len_chars())
    within = a.str.contains(b, literal=True) | b.str.contains(a, literal=True)
    return ((short >= SHORTEST_HEADLINE) & within).fill_null(value=False)


def _letters(title: pl.Expr) -> pl.Expr:
    return title.str.replace_all(r"[^\p{L}\p{N}]", "")


def _shared(texts: pl.Series, pairs: pl.DataFrame) -> pl.Series:
    """How much of their pairs of Han characters two texts share; a pair weighs more the fewer candidates have it."""
    grams = _han_pairs(texts.str.head(LONGEST_TEXT))
    # a pair of characters that two halves share and nobody else has weighs as much as one that stands in one half only
    seen = grams.group_by("gram").agg(others=(pl.len() - 1).clip(1).cast(pl.Float64))
    grams = grams.join(seen, on="gram").select("row", "gram", weight=((len(texts) + 1.0) / pl.col("others")).log())
    total = grams.group_by("row").agg(total=pl.col("weight").sum())
    held = grams.select("gram", row_to="row")
    # some at a time: every pair takes as many rows as a text has pairs of characters
    both = pl.concat(
        some.join(grams, on="row")
        .join(held, on=["row_to", "gram"])
        .group_by("row", "row_to")
        .agg(shared=pl.col("weight").sum())
        for some in pairs.select("row", "row_to").iter_slices(PAIRS_AT_ONCE)
    )
    told = (
        pairs.join(both, on=["row", "row_to"], how="left", maintain_order="left")
        .join(total, on="row", how="left", maintain_order="left")
        .join(total.rename({"row": "row_to", "total": "total_to"}), on="row_to", how="left", maintain_order="left")
    )
    alike = pl.col("shared") / (pl.col("total") * pl.col("total_to")).sqrt()
    return told.select(alike.fill_null(0.0).clip(0.0, 1.0).round(6)).to_series()


def _han_pairs(texts: pl.Series) -> pl.DataFrame:
    """The distinct pairs of adjacent Han characters of each text: row, gram."""
    codes = encode(texts)
    row = np.repeat(np.arange(len(texts), dtype=np.uint32), lengths(texts))
    han = (codes >= 0x3400) & (codes < 0xA000) | (codes >= 0x20000)
    starts = bounds(lengths(texts))[1:-1]
    whole = han[:-1] & han[1:]
    whole[starts[(starts > 0) & (starts <= len(whole))] - 1] = False
    gram = codes[:-1].astype(np.uint64) << np.uint64(32) | codes[1:]
    return pl.DataFrame({"row": row[:-1][whole], "gram": gram[whole]}).unique(maintain_order=True)


def _mutual_best(pairs: pl.DataFrame) -> pl.DataFrame:
    """Keep a pair when each is the other's best by far; a headline printed again decides before the text does."""
    score = pl.col("similarity") + pl.col("headline").cast(pl.Float64)
    scored = pairs.with_columns(score=score)
    for key in ("row", "row_to"):
        best = pl.col("score").max().over(key)
        second = pl.col("score").top_k(2).min().over(key)
        alone = pl.len().over(key) == 1
        scored = scored.with_columns(
            (pl.col("score") == best).alias(f"best_{key}"),
            pl.when(alone).then(0.0).otherwise(second).alias(f"second_{key}"),
        )
    second = pl.max_horizontal("second_row", "second_row_to")
    clear = pl.col("score") >= MARGIN * second
    enough = pl.col("similarity") >= pl.when("dated").then(ALIKE).otherwise(ALIKE_UNDATED)
    # two halves under one headline, and no other half under it
    by_headline = pl.col("headline") & (second < 1.0) & (pl.col("dated") | enough)
    chosen = scored.filter(
        pl.col("best_row") & pl.col("best_row_to") & (by_headline | (clear & enough & ~pl.col("headline")))
    )
    words = pl.when(by_headline & enough).then(pl.lit("headline and text"))
    return chosen.with_columns(evidence=words.when(by_headline).then(pl.lit("headline")).otherwise(pl.lit("text")))
