"""A table of sentences, and the same with one row in fifty spoilt in one of twelve ways."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from contracts.sentences import Sentences

# a paragraph of five sentences, an article of ten paragraphs, a document of four articles
_SENTENCES, _PARAGRAPHS, _ARTICLES = 5, 10, 4
_ONE_IN = 50
TWICE = "key twice"
FAULTS: dict[str, dict[str, pl.Expr]] = {
    "text is missing": {"text": pl.lit(None, pl.String)},
    "another ordinal": {"ordinal": pl.col("ordinal") + 1},
    "ordinal is zero": {"ordinal": pl.lit(0, pl.Int32), "sentence_id": pl.format("{}-s0000", "paragraph_id")},
    "another article": {"article_id": pl.col("article_id").str.head(23) + pl.lit("999")},
    "another document": {"document_id": pl.lit("0" * 64)},
    "blank": {"text": pl.lit("\u3000"), "end": pl.col("start") + 1},
    "control character": {"text": pl.lit("\x07") + pl.col("text").str.slice(1)},
    "mark of a step": {"text": pl.lit("\ufdd0") + pl.col("text").str.slice(1)},
    "end is off": {"end": pl.col("end") + 1},
    "source runs backwards": {"source_start": pl.col("source_end") + 1},
    "no such month": {"publish_month": pl.lit("2031-13")},
}


def planted(texts: pl.Series, n: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """`clean` and `faulty`, each with a column `planted`: the fault of a row, or null.

    Args:
        texts: sentences to draw from.
        n: rows.
    """
    rows = sentences(texts, n)
    yield "clean", rows.with_columns(planted=pl.lit(None, pl.String))
    fault = np.random.default_rng(3).integers(0, (len(FAULTS) + 1) * _ONE_IN, n)
    told = pl.Series([None] * n, dtype=pl.String)
    for number, (name, change) in enumerate(FAULTS.items()):
        hit = pl.Series(fault == number)
        rows = _where(rows, hit, change)
        told = told.zip_with(~hit, pl.Series([name]))
    hit = pl.Series(fault == len(FAULTS))
    # a copy of a row that nothing else is wrong with
    hit &= ~hit.shift(1, fill_value=True) & told.shift(1).is_null()
    rows = _where(rows, hit, {name: pl.col(name).shift() for name in rows.columns})
    twice = hit | hit.shift(-1, fill_value=False)
    yield "faulty", rows.with_columns(planted=told.zip_with(~twice, pl.Series([TWICE])))


def _where(rows: pl.DataFrame, hit: pl.Series, change: dict[str, pl.Expr]) -> pl.DataFrame:
    return rows.with_columns(
        pl.when(hit).then(new.cast(rows.schema[name])).otherwise(name).alias(name) for name, new in change.items()
    )


def sentences(texts: pl.Series, n: int) -> pl.DataFrame:
    """A table in which every rule of the contract holds."""
    at = np.arange(n)
    paragraph, article = at // _SENTENCES, at // (_SENTENCES * _PARAGRAPHS)
    document = article // _ARTICLES
    drawn = texts.gather(np.random.default_rng(5).integers(0, len(texts), n))
    return (
        pl.DataFrame(
            {
                "text": drawn,
                "d": document,
                "a": article % _ARTICLES + 1,
                "p": paragraph % _PARAGRAPHS + 1,
                "ordinal": (at % _SENTENCES + 1).astype(np.int32),
            }
        )
        .with_columns(document_id=pl.format("{}{}", pl.col("d").cast(pl.String).str.zfill(20), pl.lit("0" * 44)))
        .with_columns(article_id=pl.format("{}-a{}", pl.col("document_id").str.head(20), _padded("a")))
        .with_columns(paragraph_id=pl.format("{}-p{}", "article_id", _padded("p")))
        .with_columns(
            sentence_id=pl.format("{}-s{}", "paragraph_id", _padded("ordinal")),
            source=pl.lit("default"),
            start=pl.lit(0, pl.Int32),
            end=pl.col("text").str.len_chars().cast(pl.Int32),
            source_start=pl.lit(7, pl.Int64),
            source_end=pl.lit(7, pl.Int64) + pl.col("text").str.len_chars(),
            publish_month=pl.lit("2031-05"),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in Sentences.polars_schema().items())
    )


def _padded(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).str.zfill(4)
