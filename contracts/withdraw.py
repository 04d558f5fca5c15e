"""What goes with a bad row: a child takes its article, a broken ledger its document; to a fixpoint.

A published article is always complete. The spans of a withdrawn one stay, as removed by the step `rejected`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from contracts.engine import Split
from contracts.registry import CONTRACTS
from contracts.relations import RELATIONS, breaks
from contracts.spans import WITHDRAWN

# a rejected row of these takes its document, or its article; a rejected anomaly or link goes alone
OF_DOCUMENT = ("documents", "sightings", "spans")
OF_ARTICLE = ("articles", "paragraphs", "sentences")
CONTENT = (*OF_DOCUMENT, *OF_ARTICLE, "anomalies", "continuations", "duplicates")
EXCLUDED = "excluded_by_decision"  # the reason of what a person has taken out
CAUSE = pl.Schema({"id": pl.String(), "reason": pl.String(), "message": pl.String()})


def _no_causes() -> pl.DataFrame:
    return CAUSE.to_frame()


@dataclass(frozen=True)
class Gone:
    """Ids of withdrawn documents and articles, each once, with reason (rule names) and message."""

    documents: pl.DataFrame = field(default_factory=_no_causes)
    articles: pl.DataFrame = field(default_factory=_no_causes)

    def plus(self, documents: list[pl.DataFrame], articles: list[pl.DataFrame]) -> "Gone":
        """Add causes, leaving out what is gone already."""
        return Gone(_merge(self.documents, documents), _merge(self.articles, articles))

    def __len__(self) -> int:
        return self.documents.height + self.articles.height


@dataclass(frozen=True)
class Kept:
    """What remains, what went and why, and what broke the relations (relation name to rows)."""

    tables: dict[str, pl.DataFrame]
    gone: Gone
    broken: dict[str, pl.DataFrame]


def settle(splits: Mapping[str, Split], broken: pl.DataFrame, excluded: Gone | None = None) -> Kept:
    """Withdraw until every relation holds.

    Args:
        splits: all content tables, split by their contracts.
        broken: documents that break conservation: document_id, rule, message.
        excluded: what a person has taken out.
    """
    whole = {table: splits[table].valid for table in CONTENT}
    gone = _from_rows(splits).plus([broken.select(id="document_id", reason="rule", message="message")], [])
    if excluded is not None:
        gone = gone.plus([excluded.documents], [excluded.articles])
    found: dict[str, list[pl.DataFrame]] = {relation.name: [] for relation in RELATIONS}
    while True:
        # each round withdraws at least one row that stands, so it ends
        kept = _without(whole, splits, gone)
        broke = _first_causes(breaks(kept, _partial(whole, gone)))
        if not broke:
            return Kept(kept, gone, {name: pl.concat(rows) for name, rows in found.items() if rows})
        for name, rows in broke.items():
            found[name].append(rows)
        gone = gone.plus(*_from_relations(broke))


def left_with(valid: pl.DataFrame, gone: Gone) -> pl.DataFrame:
    """The valid rows that go with a withdrawn document or article, and the cause's reason and message."""
    found = [_caused(valid, "document_id", gone.documents)]
    if not len(gone):
        return found[0]
    rest = valid.join(gone.documents, left_on="document_id", right_on="id", how="anti", maintain_order="left")
    if "article_id" in valid.columns:
        found.append(_caused(rest, "article_id", gone.articles))
    for other in ("to_article_id", "other_article_id"):
        if other in valid.columns:
            alone = rest.join(gone.articles, left_on="article_id", right_on="id", how="anti", maintain_order="left")
            found.append(_caused(alone, other, gone.articles))
    return pl.concat(found)


def _caused(rows: pl.DataFrame, column: str, causes: pl.DataFrame) -> pl.DataFrame:
    rows = rows if causes.height else rows.clear()
    return rows.join(causes, left_on=column, right_on="id", how="inner", maintain_order="left")


def _from_rows(splits: Mapping[str, Split]) -> Gone:
    documents: list[pl.DataFrame] = []
    articles: list[pl.DataFrame] = []
    for table, split in splits.items():
        if split.rejected.is_empty() or table not in (*OF_DOCUMENT, *OF_ARTICLE):
            continue
        key = CONTRACTS[table].about().key
        rows = split.rejected.with_columns(
            split.reasons.alias("reason"),
            message=pl.format("{} {}: {}", pl.lit(table), pl.col(key).fill_null("without a key"), split.reasons),
        )
        if table in OF_ARTICLE:
            articles.append(rows.select(id="article_id", reason="reason", message="message"))
            rows = rows.filter(pl.col("article_id").is_null())
        documents.append(rows.select(id="document_id", reason="reason", message="message"))
    return Gone().plus(documents, articles)


def _first_causes(broke: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """What broke, without the counts of documents that are about to lose a bad article: they are counted anew."""
    levels = {relation.name: relation.level for relation in RELATIONS}
    hit = pl.concat([rows["document_id"] for name, rows in broke.items() if levels[name] == "article"])
    counts = broke["documents_count_their_rows"].filter(~pl.col("document_id").is_in(hit.implode()))
    return {name: rows for name, rows in {**broke, "documents_count_their_rows": counts}.items() if rows.height}


def _from_relations(broke: Mapping[str, pl.DataFrame]) -> tuple[list[pl.DataFrame], list[pl.DataFrame]]:
    levels = {relation.name: relation.level for relation in RELATIONS}
    documents: list[pl.DataFrame] = []
    articles: list[pl.DataFrame] = []
    for name, rows in broke.items():
        column, causes = ("document_id", documents) if levels[name] == "document" else ("article_id", articles)
        message = pl.format(
            "{}: {} ({})", pl.lit(name), pl.col("row_key").fill_null("?"), pl.col("value").fill_null("").str.head(100)
        )
        causes.append(rows.select(id=column, reason=pl.lit(name), message=message))
    return documents, articles


def _merge(known: pl.DataFrame, more: list[pl.DataFrame]) -> pl.DataFrame:
    if not any(rows.height for rows in more):
        return known
    new = pl.concat([CAUSE.to_frame(), *more]).filter(pl.col("id").is_not_null())
    new = new.join(known, on="id", how="anti", maintain_order="left")
    each = new.group_by("id", maintain_order=True).agg(
        pl.col("reason").str.split("; ").explode().unique(maintain_order=True).str.join("; "), pl.col("message").first()
    )
    return pl.concat([known, each])


def _partial(whole: Mapping[str, pl.DataFrame], gone: Gone) -> pl.Series:
    """Documents that lost an article, whether it stood among the valid rows or was rejected itself."""
    if gone.articles.is_empty():
        return pl.Series([], dtype=pl.String)
    named = gone.articles["id"]
    ids = [whole[table].filter(pl.col("article_id").is_in(named.implode()))["document_id"] for table in OF_ARTICLE]
    heads = named.str.head(20)
    known = whole["documents"].filter(pl.col("document_id").str.head(20).is_in(heads.implode()))["document_id"]
    return pl.concat([*ids, known]).unique(maintain_order=True)


def _without(whole: Mapping[str, pl.DataFrame], splits: Mapping[str, Split], gone: Gone) -> dict[str, pl.DataFrame]:
    if not len(gone):
        return dict(whole)
    kept = {}
    for table, rows in whole.items():
        key = CONTRACTS[table].about().key
        left = left_with(rows, gone)
        kept[table] = rows.join(left.select(key), on=key, how="anti", maintain_order="left")
    if gone.articles.height:
        kept["spans"] = _disown(kept["spans"], whole, splits, gone)
        kept["documents"] = _recount(kept, _partial(whole, gone))
    return kept


def _disown(
    spans: pl.DataFrame, whole: Mapping[str, pl.DataFrame], splits: Mapping[str, Split], gone: Gone
) -> pl.DataFrame:
    """Mark spans of withdrawn rows as removed by `rejected`; the text itself stands in `rejections`."""
    named = gone.articles["id"]
    rows = pl.concat([whole["paragraphs"], splits["paragraphs"].rejected])
    children = rows.filter(pl.col("article_id").is_in(named.implode()))["paragraph_id"].drop_nulls()
    lost = pl.col("row_id").is_in(pl.concat([named, children]).implode()).fill_null(False)
    return spans.with_columns(
        fate=pl.when(lost).then(pl.lit("removed")).otherwise("fate"),
        step=pl.when(lost).then(pl.lit(WITHDRAWN)).otherwise("step"),
        row_id=pl.when(~lost).then("row_id"),
    )


def _recount(kept: Mapping[str, pl.DataFrame], partial: pl.Series) -> pl.DataFrame:
    documents = kept["documents"]
    short = pl.col("document_id").is_in(partial.implode())
    for table in OF_ARTICLE:
        n = kept[table].group_by("document_id").agg(pl.len().cast(pl.Int32).alias("found"))
        documents = documents.join(n, on="document_id", how="left", maintain_order="left")
        counted = pl.when(short).then(pl.col("found").fill_null(0)).otherwise(f"n_{table}")
        documents = documents.with_columns(counted.alias(f"n_{table}")).drop("found")
    return documents
