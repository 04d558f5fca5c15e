"""Finders of rows that break the relations of the ledger: spans in order, inside, complete, and leading somewhere."""

import polars as pl

from contracts.family import Family, breaking, with_parent


def spans_out_of_order(family: Family) -> pl.DataFrame:
    """Spans that are not numbered one after another, or that overlap the one before."""
    first = family.runs["spans"].first
    step = pl.col("ordinal") - pl.when(first).then(0).otherwise(pl.col("ordinal").shift())
    overlap = (pl.col("start") < pl.col("end").shift()) & ~first
    rows = family.runs["spans"].frame.filter((step != 1) | overlap)
    return breaking(rows, "span_id", pl.concat_str("start", "end", separator=" to "))


def spans_beyond_the_end(family: Family) -> pl.DataFrame:
    """Last spans that end after their document does."""
    ends = with_parent(family.runs["spans"], family["documents"], ("n_chars",), ("span_id", "document_id", "end"))
    return breaking(ends.filter(pl.col("end") > pl.col("parent_n_chars")), "span_id", pl.col("end"))


def content_unaccounted(family: Family) -> pl.DataFrame:
    """Documents whose spans hold more or less content than the document."""
    runs = family.runs["spans"]
    found = pl.DataFrame({"document_id": runs.parents(), "found": runs.sums("n_content")})
    both = family["documents"].join(found, on="document_id", how="left", maintain_order="left")
    wrong = both.filter(pl.col("n_content") != pl.col("found").fill_null(0))
    return breaking(wrong, "document_id", pl.struct("n_content", "found").struct.json_encode())


def spans_leading_nowhere(family: Family) -> pl.DataFrame:
    """Published spans whose row is not published."""
    known = pl.concat([family["articles"]["article_id"], family["paragraphs"]["paragraph_id"]])
    named = family.named_by_spans
    lost = named.filter(~named.is_in(known.implode()))
    spans = family["spans"] if len(lost) else family["spans"].clear()
    return breaking(spans.filter(pl.col("row_id").is_in(lost.implode())), "span_id", pl.col("row_id"))


def paragraphs_from_nowhere(family: Family) -> pl.DataFrame:
    """Paragraphs with content that no span leads to."""
    named = family.named_by_spans
    bare = family["paragraphs"].filter(~pl.col("paragraph_id").is_in(named.implode()))
    # a paragraph of marks alone holds no content character, and the ledger counts nothing else
    return breaking(bare.filter(pl.col("text").str.contains(r"[\p{L}\p{N}]")), "paragraph_id", pl.col("text"))
