"""Groups copies around one of them: every member is a copy of the centre itself, never only of a copy of it."""

import polars as pl

STARS = pl.Schema({"row": pl.UInt32(), "centre": pl.UInt32(), "similarity": pl.Float64()})


def stars(ranks: pl.DataFrame, same: pl.DataFrame, apart: pl.DataFrame) -> pl.DataFrame:
    """Give each text that is a copy its centre.

    The best-ranked text takes its copies, then the best of the rest, and so on. Of two copies that are known to tell of
    different things (their original is too damaged to say which it is of) the worse one is left out.

    Args:
        ranks: row, rank (all different, the least is best).
        same: one, other, similarity: rows that are copies.
        apart: one, other: rows that are not, however alike.

    Returns:
        row, centre (a row), similarity (to the centre), for each row that has one; no row twice.
    """
    edges = _to_better(ranks, same)
    enemies = _to_better(ranks, apart).select("row", "better")
    found = STARS.to_frame()
    while not edges.is_empty():
        # what no better text may take stands for those whose best choice it is
        chosen = (
            edges.filter(~pl.col("better").is_in(edges["row"].unique().implode()))
            .sort("row", "rank")
            .unique("row", keep="first", maintain_order=True)
        )
        members = chosen.select("row", centre="better", similarity="similarity")
        members = members.join(_opposed(members, found, enemies), on="row", how="anti")
        found = pl.concat([found, members])
        taken = members["row"].implode()
        edges = edges.join(chosen, on=["row", "better"], how="anti").filter(
            ~pl.col("row").is_in(taken) & ~pl.col("better").is_in(taken)
        )
    return found.sort("row")


def _to_better(ranks: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs as row and better row, with the better one's rank."""
    rest = [name for name in pairs.columns if name not in ("one", "other")]
    both = pl.concat(
        [
            pairs.select("one", "other", *rest),
            pairs.select(*rest, one="other", other="one").select("one", "other", *rest),
        ]
    )
    ranked = both.join(ranks.rename({"row": "one", "rank": "own"}), on="one").join(
        ranks.rename({"row": "other"}), on="other"
    )
    return ranked.filter(pl.col("rank") < pl.col("own")).select("rank", *rest, row="one", better="other")


def _opposed(members: pl.DataFrame, found: pl.DataFrame, enemies: pl.DataFrame) -> pl.DataFrame:
    """Members that a better member of the same star, or one taken before, is known not to be a copy of."""
    stars = pl.concat([found, members]).select("row", "centre")
    own = members.select("row", "centre")
    told = pl.concat(
        [enemies, enemies.select(row="better", better="row").join(found, left_on="better", right_on="row", how="semi")]
    )
    return (
        own.join(told, on="row")
        .join(stars.rename({"row": "better"}), on=["better", "centre"], how="semi")
        .select("row")
        .unique()
    )
