"""Finds the articles that say the same, whatever noise they came with, and the best of each kind."""

from collections.abc import Callable, Iterable

import numpy as np
import polars as pl

from tasks.dedupe.canonical import canonical
from tasks.dedupe.clusters import stars
from tasks.dedupe.compare import compare
from tasks.dedupe.shelves import Shelves
from tasks.dedupe.sieve import may_be_copies, sample, together

SIGNED = pl.Schema(
    {
        "article_id": pl.String(),
        "document_id": pl.String(),
        "fingerprint": pl.String(),
        "numbers": pl.String(),
        "n_content": pl.Int32(),
        "bands": pl.String(),
        "residual_noise": pl.Float64(),
        "published_on": pl.Date(),
    }
)
# a line that many articles consist of says nothing of where it came from
SHORTEST = 30
# characters of pairs whose texts are held at once
_AT_ONCE = 50_000_000
Texts = Callable[[pl.Series], Iterable[pl.DataFrame]]


def find_duplicates(signed: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Group the articles that say the same.

    Args:
        signed: articles with their signatures, columns as in `SIGNED`.
        texts: gives article_id, text (a paragraph a line) for a series of article ids, in parts of any size and order.

    Returns:
        The table `duplicates`: for every article that has copies the representative of its cluster (the one with the
        least noise, then the longest, earliest, first by id; it points at itself), and the similarity to it.
    """
    distinct = distinct_of(signed)
    told = compared(distinct, candidates(distinct), texts)
    return grouped(signed, distinct, told, texts)


def distinct_of(signed: pl.DataFrame) -> pl.DataFrame:
    """The best article of each text, in order."""
    ranked = _ranked(signed).unique("fingerprint", keep="first", maintain_order=True)
    return in_order(ranked.with_columns(noise=pl.col("residual_noise").round(3)))


def in_order(distinct: pl.DataFrame) -> pl.DataFrame:
    """Texts (noise, fingerprint) in the order that they are looked at: the cleanest first, and as good as drawn by lot.

    By date or length those that come last might be first, and change all that thousands of others look at.
    """
    return distinct.sort("noise", "fingerprint")


def candidates(distinct: pl.DataFrame) -> pl.DataFrame:
    """Pair texts that may be near-duplicates.

    Args:
        distinct: numbers, bands, one row a distinct text, the best first.

    Returns:
        one u32, other u32 (row numbers, one < other), each pair once, in order.
    """
    everyone = np.ones(len(distinct), dtype=np.bool_)
    worse, better = Shelves(distinct).seen(np.arange(len(distinct)), everyone)
    return paired(better, worse)


def paired(better: np.ndarray, worse: np.ndarray) -> pl.DataFrame:
    """Pairs as columns (one, other), in order."""
    pairs = pl.DataFrame({"one": better, "other": worse}, schema={"one": pl.UInt32, "other": pl.UInt32})
    return pairs.sort("one", "other")


def compared(distinct: pl.DataFrame, pairs: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Pairs that may be copies, with similarity, same and apart."""
    return _compared(distinct, pairs.filter(_may_be_copies(distinct, pairs, texts)), texts)


def grouped(signed: pl.DataFrame, distinct: pl.DataFrame, told: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """The table `duplicates` of articles whose texts were compared: all pairs told that any of them is in."""
    ranked = _ranked(signed).with_row_index("rank")
    ranks = ranked.unique("fingerprint", keep="first").select("fingerprint", "rank")
    distinct = distinct.select("article_id", "fingerprint", "n_content").with_row_index("row")
    distinct = distinct.join(ranks, on="fingerprint", how="left", maintain_order="left")
    groups = _groups(distinct, told)
    return _rows(ranked, distinct, groups.join(_similarity(distinct, groups, told, texts), on="row", how="left"))


def _ranked(signed: pl.DataFrame) -> pl.DataFrame:
    return signed.filter(pl.col("n_content") >= SHORTEST).sort(
        pl.col("residual_noise").round(3),
        pl.col("n_content"),
        pl.col("published_on"),
        "article_id",
        descending=[False, True, False, False],
        nulls_last=True,
    )


def _groups(distinct: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Rows that have copies, each with the representative of its group: the best of it.

    A group forms around the text most others are copies of: of many damaged copies that is their original.
    """
    same = told.filter("same")
    ends = pl.concat([same["one"], same["other"]]).alias("row").value_counts(name="copies")
    order = (
        distinct.select("row", "rank")
        .join(ends, on="row", how="left")
        .sort(pl.col("copies").fill_null(0), "rank", descending=[True, False])
        .select("row", rank=pl.int_range(pl.len(), dtype=pl.UInt32))
    )
    members = stars(order, same.select("one", "other", "similarity"), told.filter("apart"))
    centres = members.select(row="centre", centre="centre").unique()
    both = pl.concat([members.select("row", "centre"), centres]).join(distinct.select("row", "rank"), on="row")
    best = pl.col("row").sort_by("rank").first().over("centre")
    return both.select("row", representative=best).sort("row")


def _similarity(distinct: pl.DataFrame, groups: pl.DataFrame, told: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """The similarity of each row to its representative: as compared, or compared now."""
    wanted = groups.filter(pl.col("row") != pl.col("representative")).select(
        one=pl.min_horizontal("representative", "row"), other=pl.max_horizontal("representative", "row"), row="row"
    )
    known = wanted.join(told.select("one", "other", "similarity"), on=["one", "other"], maintain_order="left")
    left = wanted.join(known, on="row", how="anti", maintain_order="left")
    rest = _compared(distinct, left, texts)
    return pl.concat([part.select("similarity", "row") for part in (known, rest)])


def _may_be_copies(distinct: pl.DataFrame, pairs: pl.DataFrame, texts: Texts) -> pl.Series:
    wanted = distinct["article_id"][_ends(pairs)]
    parts = [(part["article_id"], sample(part["text"])) for part in texts(wanted)] if len(wanted) else []
    ids = pl.concat([wanted.clear(), *(found for found, _ in parts)])
    place = pl.DataFrame({"article_id": ids, "place": pl.int_range(len(ids), dtype=pl.Int64, eager=True)})
    places = distinct.select("article_id").join(place, on="article_id", how="left", maintain_order="left")["place"]
    at = pairs.select(places.gather(pairs[side]).alias(side) for side in ("one", "other"))
    return pl.Series(may_be_copies(together([samples for _, samples in parts]), at.to_numpy()))


def _compared(distinct: pl.DataFrame, pairs: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Pairs with similarity, same and apart."""
    parts = [pairs.clear().with_columns(similarity=pl.lit(0.0), same=pl.lit(value=False), apart=pl.lit(value=False))]
    for part in in_parts(distinct, pairs):
        rows = _ends(part)
        wanted = distinct.select("article_id")[rows]
        told = pl.concat(texts(wanted["article_id"]))
        held = wanted.join(told, on="article_id", how="left", maintain_order="left")
        at = part.select(rows.search_sorted(part[side]).cast(pl.Int64).alias(side) for side in ("one", "other"))
        found = compare(canonical(held["text"]), at.to_numpy())
        parts.append(pl.concat([part, found], how="horizontal"))
    return pl.concat(parts)


def in_parts(distinct: pl.DataFrame, pairs: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """Pairs (one, other) of rows of texts, as many at once as can be held."""
    size = distinct["n_content"].cast(pl.Int64)
    number = ((size.gather(pairs["one"]) + size.gather(pairs["other"])).cum_sum() // _AT_ONCE).alias("part")
    return (part.drop("part") for part in pairs.with_columns(number).partition_by("part", maintain_order=True))


def _ends(pairs: pl.DataFrame) -> pl.Series:
    """The rows that are in a pair, in order."""
    return pl.concat([pairs["one"], pairs["other"]]).unique().sort()


def _rows(ranked: pl.DataFrame, distinct: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    heads = distinct.select(representative="row", other_article_id="article_id")
    placed = distinct.select("row", "fingerprint").join(groups, on="row", how="left", maintain_order="left")
    placed = placed.with_columns(
        representative=pl.coalesce("representative", "row"), similarity=pl.col("similarity").fill_null(1.0)
    ).join(heads, on="representative", maintain_order="left")
    told = ranked.join(placed, on="fingerprint", maintain_order="left").filter(pl.len().over("other_article_id") > 1)
    return told.sort("article_id").select(
        duplicate_id=pl.format("{}-u-{}", "article_id", "other_article_id"),
        document_id="document_id",
        article_id="article_id",
        other_article_id="other_article_id",
        similarity="similarity",
        cluster="other_article_id",
        representative=pl.col("article_id") == pl.col("other_article_id"),
    )
