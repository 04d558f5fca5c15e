"""The signatures of articles: of what they say, without bylines and credits, which differ between copies."""

import polars as pl

from contracts.registry import CONTRACTS
from tasks.dedupe.signatures import signatures

_UNSAID = ("byline", "credit")
# a paper may head a report as it likes; the name, number or year of an order is part of it
_NAMED = ("policy_document", "notice")
# a few words that end no sentence are what is left of an article, and as good as none
_SENTENCE, _LEFTOVER = r"[。！？!?；;…]", 120


def said(articles: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Put together what articles say.

    Args:
        articles: article_id, kind, title.
        paragraphs: article_id, ordinal, role, text.

    Returns:
        article_id, text (a paragraph a line; null for an article without any), in order of `articles`.
    """
    body = (
        _in_order(paragraphs.select("article_id", "ordinal", "role", "text"))
        .filter(~pl.col("role").is_in(_UNSAID))
        .group_by("article_id", maintain_order=True)
        .agg("text")
        # a list is joined in half the time of a group
        .with_columns(pl.col("text").list.join("\n"))
    )
    name = pl.when(pl.col("kind").is_in(_NAMED)).then("title")
    speaks = pl.col("text").str.contains(_SENTENCE) | (pl.col("text").str.len_chars() > _LEFTOVER)
    text = pl.when(speaks).then(pl.concat_str(name, "text", separator="\n", ignore_nulls=True))
    return articles.join(body, on="article_id", how="left", maintain_order="left").select("article_id", text=text)


def _in_order(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Paragraphs in order within their articles; as a batch leaves them they are, which costs less to see than do."""
    article, ordinal = paragraphs["article_id"], paragraphs["ordinal"]
    follows = (article == article.shift()) & (ordinal > ordinal.shift())
    return paragraphs if ((ordinal == 1) | follows).all() else paragraphs.sort("article_id", "ordinal")


def sign_articles(articles: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Sign the articles of a batch.

    Args:
        articles: the table, as its contract has it.
        paragraphs: the table, as its contract has it.

    Returns:
        The table `signatures`.
    """
    signed = [articles.select("article_id", "document_id", "source"), signatures(said(articles, paragraphs)["text"])]
    return pl.concat(signed, how="horizontal").select(
        pl.col(name).cast(dtype) for name, dtype in CONTRACTS["signatures"].polars_schema().items()
    )
