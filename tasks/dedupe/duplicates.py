"""Finds the articles that say the same, whatever noise they came with, and the best of each kind."""

from collections.abc import Callable

import numpy as np
import polars as pl

from tasks.dedupe.candidates import candidates
from tasks.dedupe.canonical import canonical
from tasks.dedupe.clusters import stars
from tasks.dedupe.compare import compare

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
# pairs whose texts are held at once
_AT_ONCE = 20_000
Texts = Callable[[pl.Series], pl.DataFrame]


def find_duplicates(signed: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Group the articles that say the same.

    Args:
        signed: articles with their signatures, columns as in `SIGNED`.
        texts: gives article_id, text (a paragraph a line) for a series of article ids.

    Returns:
        The table `duplicates`: for every article that has copies the representative of its cluster (the one with the
        least noise, then the longest, earliest, first by id; it points at itself), and the similarity to it.
    """
    ranked = (
        signed.filter(pl.col("n_content") >= SHORTEST)
        .sort(
            pl.col("residual_noise").round(3),
            pl.col("n_content"),
            pl.col("published_on"),
            "article_id",
            descending=[False, True, False, False],
            nulls_last=True,
        )
        .with_row_index("rank")
    )
    distinct = ranked.unique("fingerprint", keep="first", maintain_order=True).with_row_index("row")
    pairs = candidates(distinct, pl.repeat(True, len(distinct), eager=True))
    told = _compared(distinct, pairs, texts)
    members = stars(distinct.select("row", "rank"), told.filter("same").drop("same", "apart"), told.filter("apart"))
    return _rows(ranked, distinct, members)


def _compared(distinct: pl.DataFrame, pairs: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Pairs with similarity, same and apart."""
    parts = [pairs.clear().with_columns(similarity=pl.lit(0.0), same=pl.lit(value=False), apart=pl.lit(value=False))]
    for part in pairs.iter_slices(_AT_ONCE):
        rows = pl.concat([part["one"], part["other"]]).unique().sort()
        wanted = distinct.select("article_id")[rows]
        held = wanted.join(texts(wanted["article_id"]), on="article_id", how="left", maintain_order="left")
        at = np.stack([rows.search_sorted(part[side]).to_numpy() for side in ("one", "other")], axis=1)
        found = compare(canonical(held["text"]), at.astype(np.int64))
        parts.append(pl.concat([part, found], how="horizontal"))
    return pl.concat(parts)


def _rows(ranked: pl.DataFrame, distinct: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    heads = distinct.select(representative="row", other_article_id="article_id")
    placed = distinct.select("row", "fingerprint").join(members, on="row", how="left", maintain_order="left")
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
