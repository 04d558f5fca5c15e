"""Finds the pairs of texts that are worth comparing: those that share a band, and whose signatures agree enough."""

import numpy as np
import polars as pl

from tasks.dedupe.signatures import BANDS, BINS, band, bins

# Jaccard as the signatures estimate it: two standard errors below what is asked of a copy
LEAST_ESTIMATED = 0.2
# Of the texts that share a band, each is compared with each; of more of them (a form filled in daily) each with the
# best, and with those that have the same numbers.
CROWD, BEST = 100, 20
_CHUNK = 100_000


def candidates(signed: pl.DataFrame, fresh: pl.Series) -> pl.DataFrame:
    """Pair texts that may be near-duplicates.

    Args:
        signed: signatures (numbers, bands), one row a distinct text, the best first.
        fresh: which rows are new; two old ones are not paired.

    Returns:
        one u32, other u32 (row numbers, one < other), each pair once, in order.
    """
    rows = signed.select("numbers", "bands", fresh=fresh).with_row_index("row").filter(pl.col("bands") != "")
    found = [_sharing(rows.select("row", "fresh", "numbers", key=band(b))) for b in range(BANDS)]
    pairs = pl.concat(found).unique().sort("one", "other")
    return pairs.filter(_alike(signed, pairs))


def _sharing(rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows with one key, at least one of them fresh."""
    rows = rows.join(rows.filter("fresh").select("key").unique(), on="key", how="semi")
    size = pl.len().over("key")
    few, crowd = rows.filter(size.is_between(2, CROWD)), rows.filter(size > CROWD)
    pairs = [_pairs(few, ["key"])]
    if not crowd.is_empty():
        size = pl.len().over("key", "numbers")
        pairs += [
            _with_the_best(crowd),
            _pairs(crowd.filter(size.is_between(2, CROWD)), ["key", "numbers"]),
            _chained(crowd.filter(size > CROWD)),
        ]
    return pl.concat(pairs)


def _pairs(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    # each with each: groups are small
    return _told(rows.join(rows, on=by, suffix="_other"))


def _with_the_best(crowd: pl.DataFrame) -> pl.DataFrame:
    best = crowd.sort("row").filter(pl.int_range(pl.len()).over("key") < BEST)
    return _told(best.join(crowd, on="key", suffix="_other"))


def _told(both: pl.DataFrame) -> pl.DataFrame:
    told = both.filter((pl.col("row") < pl.col("row_other")) & (pl.col("fresh") | pl.col("fresh_other")))
    return told.select(one="row", other="row_other")


def _chained(rows: pl.DataFrame) -> pl.DataFrame:
    """In a crowd with the same numbers: each with the first, and with the one before it."""
    group = ["key", "numbers"]
    told = rows.sort("row").with_columns(
        first=pl.col("row").first().over(group), before=pl.col("row").shift(1).over(group)
    )
    pairs = [told.select(one=name, other="row") for name in ("first", "before")]
    return pl.concat(pairs).filter(pl.col("one") < pl.col("other"))


def _alike(signed: pl.DataFrame, pairs: pl.DataFrame) -> pl.Series:
    """Whether enough bins of both signatures agree."""
    told = pl.concat([pairs["one"], pairs["other"]]).unique().sort()
    values = bins(signed["bands"].gather(told))
    at = [told.search_sorted(pairs[side]).to_numpy() for side in ("one", "other")]
    share = np.zeros(len(pairs))
    for start in range(0, len(pairs), _CHUNK):
        part = slice(start, start + _CHUNK)
        share[part] = (values[at[0][part]] == values[at[1][part]]).sum(axis=1) / BINS
    return pl.Series(share >= LEAST_ESTIMATED)


def matching(known: pl.DataFrame, fresh: pl.DataFrame) -> pl.DataFrame:
    """The known signatures (fingerprint, bands) that share a fingerprint or a band with a fresh one."""
    hit = known["fingerprint"].is_in(fresh["fingerprint"].unique().implode())
    fresh = fresh.filter(pl.col("bands") != "")
    for number in range(BANDS):
        keys = fresh.select(band(number).unique()).to_series()
        hit |= known.select((pl.col("bands") != "") & band(number).is_in(keys.implode())).to_series()
    return known.filter(hit)
