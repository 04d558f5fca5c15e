"""Finds the pairs of texts that are worth comparing: those that share a band, and whose signatures agree enough."""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.dedupe.signatures import BANDS, BINS, band_keys, bins

# Jaccard as the signatures estimate it: two standard errors below what is asked of a copy
LEAST_ESTIMATED = 0.2
# Of the texts that share a band, each is compared with each; of more of them (a form filled in daily) each with the
# best, and with those that have the same numbers.
CROWD, BEST = 100, 20
# Of more candidates than these, those whose signatures agree most; a copy agrees more than what shares its form.
NEAREST = 24
_CHUNK = 100_000
_KEY = ["band", "key"]
_BANDS = 8  # are worked on at once: one by one the calls cost more than the work


def candidates(signed: pl.DataFrame, fresh: pl.Series) -> pl.DataFrame:
    """Pair texts that may be near-duplicates.

    Args:
        signed: signatures (numbers, bands), one row a distinct text, the best first.
        fresh: which rows are new; two old ones are not paired.

    Returns:
        one u32, other u32 (row numbers, one < other), each pair once, in order.
    """
    rows = signed.select("numbers", "bands", fresh=fresh).with_row_index("row").filter(pl.col("bands") != "")
    keys = band_keys(rows["bands"])
    rows = rows.drop("bands")
    found = [_sharing(_keyed(rows, keys, first)) for first in range(0, BANDS, _BANDS)]
    pairs = pl.concat(found).unique().sort("one", "other")
    pairs = pairs.with_columns(agree=_agreeing(signed, pairs)).filter(pl.col("agree") >= LEAST_ESTIMATED)
    return pairs.filter(_is_near(signed, pairs)).drop("agree")


def _keyed(rows: pl.DataFrame, keys: npt.NDArray[np.uint64], first: int) -> pl.DataFrame:
    """Rows that share a key of some bands, once a band: row, numbers, fresh, key, band."""
    parts = []
    for number in range(first, first + _BANDS):
        part = rows.with_columns(key=pl.Series(keys[:, number]))
        parts.append(part.filter(pl.col("key").is_duplicated()).with_columns(band=pl.lit(number, pl.UInt8)))
    return pl.concat(parts)


def _sharing(rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows with one key, at least one of them fresh."""
    if not rows["fresh"].all():
        rows = rows.filter(pl.col("fresh").any().over(_KEY))
    rows = rows.with_columns(size=pl.len().over(_KEY))
    few, crowd = rows.filter(pl.col("size") <= CROWD), rows.filter(pl.col("size") > CROWD)
    pairs = [_pairs(few, _KEY)]
    if not crowd.is_empty():
        size = pl.len().over(*_KEY, "numbers")
        pairs += [
            _with_the_best(crowd),
            _pairs(crowd.filter(size.is_between(2, CROWD)), [*_KEY, "numbers"]),
            _chained(crowd.filter(size > CROWD)),
        ]
    return pl.concat(pairs)


def _pairs(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    # each with each: groups are small
    rows = rows.select("row", "fresh", *by)
    return _told(rows.join(rows, on=by, suffix="_other"))


def _with_the_best(crowd: pl.DataFrame) -> pl.DataFrame:
    best = crowd.sort("row").filter(pl.int_range(pl.len()).over(_KEY) < BEST)
    return _told(best.join(crowd, on=_KEY, suffix="_other"))


def _told(both: pl.DataFrame) -> pl.DataFrame:
    told = both.filter((pl.col("row") < pl.col("row_other")) & (pl.col("fresh") | pl.col("fresh_other")))
    return told.select(one="row", other="row_other")


def _chained(rows: pl.DataFrame) -> pl.DataFrame:
    """In a crowd with the same numbers: each with the first, and with the one before it."""
    group = [*_KEY, "numbers"]
    told = rows.sort("row").with_columns(
        first=pl.col("row").first().over(group), before=pl.col("row").shift(1).over(group)
    )
    pairs = [told.select(one=name, other="row") for name in ("first", "before")]
    return pl.concat(pairs).filter(pl.col("one") < pl.col("other"))


def _agreeing(signed: pl.DataFrame, pairs: pl.DataFrame) -> pl.Series:
    """The share of the bins in which both signatures agree."""
    told = pl.concat([pairs["one"], pairs["other"]]).unique().sort()
    values = bins(signed["bands"].gather(told))
    at = [told.search_sorted(pairs[side]).to_numpy() for side in ("one", "other")]
    share = np.zeros(len(pairs))
    for start in range(0, len(pairs), _CHUNK):
        part = slice(start, start + _CHUNK)
        share[part] = (values[at[0][part]] == values[at[1][part]]).sum(axis=1) / BINS
    return pl.Series(share)


def _is_near(signed: pl.DataFrame, pairs: pl.DataFrame) -> pl.Series:
    """Pairs of the same numbers, and those of the nearest that either text has: a form has thousands like it."""
    numbers = signed["numbers"]
    same = numbers.gather(pairs["one"]) == numbers.gather(pairs["other"])
    ends = pl.concat([pairs.select(row=side, agree="agree", pair=pl.int_range(pl.len())) for side in ("one", "other")])
    ends = ends.sort("row", "agree", "pair", descending=[False, True, False])
    near = ends.filter(pl.int_range(pl.len()).over("row") < NEAREST)["pair"].unique()
    return same | pl.int_range(len(pairs), eager=True).is_in(near.implode())


def matching(known: pl.DataFrame, fresh: pl.DataFrame) -> pl.DataFrame:
    """The known signatures (fingerprint, bands) that share a fingerprint or a band with a fresh one."""
    hit = known["fingerprint"].is_in(fresh["fingerprint"].unique().implode()).to_numpy(writable=True)
    signed = (known["bands"] != "").arg_true().to_numpy()
    theirs, ours = (band_keys(frame["bands"]) for frame in (known, fresh))
    for number in range(BANDS):
        # whole numbers: as text, the keys take ten times as long
        wanted = pl.Series(ours[:, number]).unique()
        hit[signed] |= pl.Series(theirs[:, number]).is_in(wanted.implode()).to_numpy()
    return known.filter(pl.Series(hit))
