"""Tells anew what a change touches, and only that: it comes to what all texts told at once would say.

Compared are the pairs that the change brings or takes: those of texts that come or go, and those of texts that look at
others now. From there it goes on along copies, until no text outside is a copy of one inside.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from tasks.content import Flags
from tasks.dedupe.duplicates import SIGNED, Texts, compared, distinct_of, grouped, in_order, in_parts, paired
from tasks.dedupe.shelves import Indices, Shelves


@dataclass(frozen=True)
class Known:
    """What is told already, of `size` articles.

    Attributes:
        gone: the articles that go with this change, columns as in `SIGNED`, and `gone` (true).
        near: articles that share a fingerprint or a band with some (fingerprint, bands), columns as in `gone`.
        named: articles by their ids, columns as in `gone`.
        fellows: ids of the articles that are told to be in the clusters of some articles.
    """

    size: int
    gone: pl.DataFrame
    near: Callable[[pl.DataFrame], pl.DataFrame]
    named: Callable[[pl.Series], pl.DataFrame]
    fellows: Callable[[pl.Series], pl.Series]


def tell_anew(fresh: pl.DataFrame, known: Known, texts: Texts) -> tuple[pl.DataFrame, pl.Series]:
    """Group the articles that say the same, as far as a change touches them.

    Args:
        fresh: articles that come, columns as in `SIGNED`.
        known: what is told already.
        texts: gives article_id, text (a paragraph a line) for a series of article ids, in parts of any size and order.

    Returns:
        The rows of `duplicates` of all articles touched, and the ids of those articles.
    """
    standing, told = _Standing(fresh, known), _Told(texts)
    touched = standing.with_fellows(_first(standing, told))
    # of those that only come every pair is compared by now
    done = standing.come
    while not (rest := touched.filter(~touched.is_in(done.implode()))).is_empty():
        found = _copies(standing, told, rest)
        done = pl.concat([done, rest])
        touched = standing.with_fellows(_union(touched, found))
    articles = standing.articles.filter("after", pl.col("fingerprint").is_in(touched.implode()))
    distinct = distinct_of(articles)
    return grouped(articles.select(SIGNED.names()), distinct, told.among(distinct), texts), articles["article_id"]


def _first(standing: "_Standing", told: "_Told") -> pl.Series:
    """Compare the pairs that the change brings or takes; tells which texts it touches."""
    watching = [
        standing.shelves.watching(np.flatnonzero(standing.differ & side), side)
        for side in (standing.before, standing.after)
    ]
    looking = standing.fetched(np.unique(np.concatenate(watching)))
    rows = np.union1d(np.flatnonzero(standing.differ), standing.rows(looking))
    n = len(standing.texts)
    seen = []
    for side in (standing.before, standing.after):
        worse, better = standing.shelves.seen(rows[side[rows]], side)
        seen.append(worse * n + better)
    went, came = np.setdiff1d(seen[0], seen[1]), np.setdiff1d(seen[1], seen[0])
    found = [standing.changed, _ends(told.compare(standing.texts, came % n, came // n).filter("same"))]
    whole = standing.after[went % n] & standing.after[went // n]
    # what was a copy of a text that is gone is not looked for
    lost = np.concatenate([went[~whole] % n, went[~whole] // n])
    found.append(standing.texts["fingerprint"].gather(np.unique(lost)))
    parted = _Told(told.texts).compare(standing.texts, went[whole] % n, went[whole] // n)
    return _union(*found, _ends(parted.filter("same")))


def _copies(standing: "_Standing", told: "_Told", rest: pl.Series) -> pl.Series:
    """Compare some texts with all that look at them, and that they look at; tells which are copies of them."""
    standing.fetched(standing.rows(rest))
    looking = standing.fetched(standing.shelves.watching(standing.rows(rest), standing.after))
    rows = standing.rows(rest)
    worse, better = standing.shelves.seen(np.union1d(rows, standing.rows(looking)), standing.after)
    wanted = np.isin(worse, rows) | np.isin(better, rows)
    told.compare(standing.texts, better[wanted], worse[wanted])
    return told.copies(rest)


class _Standing:
    """The articles that matter, before and after; more are fetched as they come to matter."""

    def __init__(self, fresh: pl.DataFrame, known: Known) -> None:
        self._known = known
        self.articles = pl.concat(
            [fresh.with_columns(before=pl.lit(value=False), after=pl.lit(value=True)), _flagged(known.gone)]
        )
        self.changed = self.articles["fingerprint"].unique()
        self._add(known.near(self.articles))
        self._lay_out()

    def fetched(self, rows: Indices) -> pl.Series:
        """Add all that may be copies of some texts, which are told by their fingerprints from then on."""
        texts = self.texts[rows]
        if self.articles["before"].sum() < self._known.size and self._add(self._known.near(texts)):
            self._lay_out()
        return texts["fingerprint"]

    def with_fellows(self, touched: pl.Series) -> pl.Series:
        """Some texts (fingerprints) and those that were told to be in a cluster with them, if they are still there."""
        ids = self.articles.filter("before", pl.col("fingerprint").is_in(touched.implode()))["article_id"]
        fellows = self._known.fellows(ids)
        if self._add(self._known.named(fellows.filter(~fellows.is_in(self.articles["article_id"].implode())))):
            self._lay_out()
        there = self.articles.filter("after", pl.col("article_id").is_in(fellows.implode()))
        return _union(touched, there["fingerprint"])

    def rows(self, fingerprints: pl.Series) -> Indices:
        """Rows of some texts that are there."""
        wanted = self.texts["fingerprint"].is_in(fingerprints.implode()).to_numpy()
        found: Indices = np.flatnonzero(wanted & self.after)
        return found

    @property
    def come(self) -> pl.Series:
        """Fingerprints of texts that were not there before, or not as they are now."""
        return self.texts.filter("after", ~pl.col("before"))["fingerprint"]

    def _add(self, articles: pl.DataFrame) -> bool:
        held = self.articles.filter("before").select("article_id")
        new = _flagged(articles).join(held, on="article_id", how="anti")
        self.articles = pl.concat([self.articles, new])
        return not new.is_empty()

    def _lay_out(self) -> None:
        sides = [
            distinct_of(self.articles.filter(side)).with_columns(
                before=pl.lit(side == "before"), after=pl.lit(side == "after")
            )
            for side in ("before", "after")
        ]
        # the later article stands for a text that stays
        texts = pl.concat(sides).group_by("fingerprint", "noise")
        kept = texts.agg(pl.col("article_id", "numbers", "n_content", "bands").last(), pl.col("before", "after").any())
        self.texts = in_order(kept)
        self.shelves = Shelves(self.texts)
        self.before, self.after = (self.texts[side].to_numpy() for side in ("before", "after"))
        self.differ: Flags = self.before != self.after


class _Told:
    """Pairs of texts that were compared, by their fingerprints, and what came of it."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._pairs = pl.DataFrame(schema=dict.fromkeys(("first", "second"), pl.String))
        self._found: list[pl.DataFrame] = []

    def compare(self, texts: pl.DataFrame, better: Indices, worse: Indices) -> pl.DataFrame:
        """Compare pairs of rows of texts that were not compared before; returns those that may be copies."""
        pairs = paired(better, worse)
        names = texts["fingerprint"]
        named = pairs.with_columns(first=names.gather(pairs["one"]), second=names.gather(pairs["other"]))
        named = named.join(self._pairs, on=["first", "second"], how="anti", maintain_order="left")
        self._pairs = pl.concat([self._pairs, named.select("first", "second")])
        found = [compared(texts, named.clear(), self.texts)]
        for part in in_parts(texts, named):
            ends = pl.concat([part["one"], part["other"]]).unique().sort()
            held = pl.concat(self.texts(texts["article_id"].gather(ends)))
            found.append(compared(texts, part, lambda ids, held=held: [held.filter(_among(ids))]))  # type: ignore[misc]  # the default binds the texts of this turn
        self._found += found
        return pl.concat(found)

    def copies(self, fingerprints: pl.Series) -> pl.Series:
        """Those that are copies of some texts."""
        one_of = [pl.col(side).is_in(fingerprints.implode()) for side in ("first", "second")]
        return _ends(pl.concat(self._found).filter("same", one_of[0] | one_of[1]))

    def among(self, distinct: pl.DataFrame) -> pl.DataFrame:
        """What was told of pairs of some texts, by their rows."""
        rows = distinct.select("fingerprint").with_row_index("row")
        told = pl.concat(self._found).drop("one", "other")
        for name, side in (("one", "first"), ("other", "second")):
            told = told.join(rows.select(pl.col("row").alias(name), pl.col("fingerprint").alias(side)), on=side)
        return told.sort("one", "other")


def _ends(pairs: pl.DataFrame) -> pl.Series:
    return _union(pairs["first"].rename("fingerprint"), pairs["second"].rename("fingerprint"))


def _union(*parts: pl.Series) -> pl.Series:
    return pl.concat(parts).unique()


def _flagged(known: pl.DataFrame) -> pl.DataFrame:
    return known.with_columns(before=pl.lit(value=True), after=~pl.col("gone")).drop("gone")


def _among(ids: pl.Series) -> pl.Expr:
    return pl.col("article_id").is_in(ids.implode())
