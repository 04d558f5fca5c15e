"""Finders of rows that break the relations of articles, paragraphs and sentences."""

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from contracts.family import Family, breaking, with_parent
from contracts.registry import CONTRACTS
from contracts.scans import utf8

Finder = Callable[[Family], pl.DataFrame]
SHARED = ("document_id", "source", "publish_month")
BOUNDS = pl.concat_str("start", "end", separator=" to ")


def orphans(child: str, column: str, parent: str) -> Finder:
    """Rows of `child` whose `column` names no row of `parent`."""

    def find(family: Family) -> pl.DataFrame:
        known, rows = family[parent][column], family[child]
        used = family.runs[child].parents() if column == _parent_of(family, child) else rows[column].drop_nulls()
        # the usual case, told without a join: the children stand under exactly these parents, in this order
        if used.equals(known):
            return breaking(rows.clear(), _key(child), pl.col(column))
        lost = used.filter(~used.is_in(known.implode()))
        return breaking(rows.filter(pl.col(column).is_in(lost.implode())), _key(child), pl.col(column))

    return find


def articles_misnumbered(family: Family) -> pl.DataFrame:
    """Articles that do not follow the one before; in a document that lost one they need only rise."""
    gaps_allowed = pl.col("document_id").is_in(family.partial.implode())
    step = _step(family, "articles")
    wrong = pl.when(gaps_allowed).then(step < 1).otherwise(step != 1)
    return breaking(family.runs["articles"].frame.filter(wrong), "article_id", pl.col("ordinal"))


def misnumbered(child: str) -> Finder:
    """Rows whose ordinal does not follow the one before under the same parent, or does not begin with 1."""

    def find(family: Family) -> pl.DataFrame:
        rows = family.runs[child].frame.filter(_step(family, child) != 1)
        return breaking(rows, _key(child), pl.col("ordinal"))

    return find


def unlike_their_parent(child: str, parent: str) -> Finder:
    """Rows whose document, source or month is not their parent's."""

    def find(family: Family) -> pl.DataFrame:
        runs, key, value = family.runs[child], _key(child), pl.concat_str(SHARED, separator=" ")
        among = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in SHARED) & ~runs.first
        ends = with_parent(runs, family[parent], SHARED, keep=(key, "article_id", *SHARED))
        above = pl.any_horizontal(pl.col(name) != pl.col(f"parent_{name}") for name in SHARED)
        return pl.concat([breaking(runs.frame.filter(among), key, value), breaking(ends.filter(above), key, value)])

    return find


def sentences_off_their_tiles(family: Family) -> pl.DataFrame:
    """Sentences that do not start where the last one ended, or whose last one does not end with the paragraph."""
    runs = family.runs["sentences"]
    starts = pl.when(runs.first).then(0).otherwise(pl.col("end").shift())
    gaps = runs.frame.filter(pl.col("start") != starts)
    keep = ("sentence_id", "article_id", "document_id", "start", "end")
    ends = with_parent(runs, family["paragraphs"], ("n_chars",), keep)
    short = ends.filter(pl.col("end") != pl.col("parent_n_chars"))
    return pl.concat([breaking(gaps, "sentence_id", BOUNDS), breaking(short, "sentence_id", BOUNDS)])


def paragraphs_not_rebuilt(family: Family) -> pl.DataFrame:
    """Paragraphs whose sentences, one after another, are not their text."""
    paragraphs, runs = family["paragraphs"], family.runs["sentences"]
    same_cuts = runs.parents().equals(paragraphs["paragraph_id"]) and sentences_off_their_tiles(family).is_empty()
    if same_cuts and np.array_equal(utf8(runs.frame["text"])[1], utf8(paragraphs["text"])[1]):
        # equal as a whole and cut at the same places is equal piece by piece, at a tenth of the cost
        return breaking(paragraphs.clear(), "paragraph_id", pl.col("text"))
    built = runs.frame.group_by("paragraph_id", maintain_order=True).agg(built=pl.col("text").str.join(""))
    both = paragraphs.join(built, on="paragraph_id", how="left", maintain_order="left")
    return breaking(both.filter(pl.col("text").ne_missing(pl.col("built"))), "paragraph_id", pl.col("built"))


def articles_miscounted(family: Family) -> pl.DataFrame:
    """Articles that hold another number of paragraphs or sentences than they say."""
    return _miscounted(family, "articles", "article_id", ("paragraphs", "sentences"))


def documents_miscounted(family: Family) -> pl.DataFrame:
    """Documents that hold another number of articles, paragraphs or sentences than they say."""
    return _miscounted(family, "documents", "document_id", ("articles", "paragraphs", "sentences"))


def _miscounted(family: Family, table: str, key: str, children: Sequence[str]) -> pl.DataFrame:
    rows, wrong = family[table], pl.lit(False)
    for child in children:
        found = pl.col(f"found_{child}")
        held, counts = family.runs[child].counts(key)
        # the usual case, told without a join: the children stand under exactly these rows, in this order
        if held.equals(rows[key]):
            rows = rows.with_columns(counts.alias(f"found_{child}"))
        else:
            each = pl.DataFrame({key: held, f"found_{child}": counts}).group_by(key).sum()
            rows = rows.join(each, on=key, how="left", maintain_order="left")
        wrong = wrong | (pl.col(f"n_{child}") != found.fill_null(0))
    value = pl.struct(f"found_{child}" for child in children).struct.json_encode()
    return breaking(rows.filter(wrong), key, value)


def _step(family: Family, child: str) -> pl.Expr:
    before = pl.when(family.runs[child].first).then(0).otherwise(pl.col("ordinal").shift())
    return pl.col("ordinal") - before


def _parent_of(family: Family, child: str) -> str | None:
    return family.runs[child].parent if child in family.runs else None


def _key(table: str) -> str:
    return CONTRACTS[table].about().key
