"""The signatures of articles: of what they say, without bylines and credits, which differ between copies."""

from collections.abc import Mapping

import polars as pl

from contracts.registry import CONTRACTS
from tasks.dedupe.signatures import signatures

_UNSAID = ("byline", "credit")


def sign_articles(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Sign the articles of a batch.

    Args:
        tables: `articles` and `paragraphs`, as their contracts have them.

    Returns:
        The table `signatures`.
    """
    said = tables["paragraphs"].filter(~pl.col("role").is_in(_UNSAID))
    texts = said.group_by("article_id", maintain_order=True).agg(pl.col("text").str.join("\n"))
    signed = (
        tables["articles"]
        .select("article_id", "document_id", "source")
        .join(texts, on="article_id", how="left", maintain_order="left")
    )
    return pl.concat([signed, signatures(signed["text"])], how="horizontal").select(
        pl.col(name).cast(dtype) for name, dtype in CONTRACTS["signatures"].polars_schema().items()
    )
