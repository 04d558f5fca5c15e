"""From a segmented batch to the tables of DESIGN section 4: ids, texts, source spans, the ledger."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from contracts import ids
from tasks import documents as batch
from tasks import ledger, oddities
from tasks.clean import spaces
from tasks.clean.variants import variant_classes
from tasks.content import Laid, bounds, count_per_run
from tasks.segment import outline
from tasks.segment.sentences import split_sentences

HEAD_PARTS = ("kicker", "title", "subtitle")
ID_LENGTH = 20


@dataclass(frozen=True)
class Curated:
    """The content tables of a batch by name, and the documents that break conservation (document_id, rule, message)."""

    tables: dict[str, pl.DataFrame]
    broken: pl.DataFrame


@dataclass(frozen=True)
class Placed:
    """Blocks with their row codes: heads first number the titles, then paragraphs."""

    blocks: pl.DataFrame
    texts: Laid
    rows: ledger.Rows
    unfaithful: list[int]


def assemble(cut: batch.Segmented) -> Curated:
    """Build documents, articles, paragraphs, sentences, spans and anomalies.

    Args:
        cut: the segmented batch.
    """
    keys = cut.documents.select(
        "document_id", "source", short=pl.col("document_id").str.head(ID_LENGTH)
    ).with_row_index("doc")
    blocks = numbered(batch.paragraph_texts(cut.lines), keys)
    placed = _placed(cut, blocks)
    start, end = placed.rows.spans(cut.origin.offsets)
    blocks = placed.blocks.with_columns(source_start=pl.Series(start), source_end=pl.Series(end))
    paragraphs = _paragraphs(blocks)
    sentences = _sentences(cut, placed, paragraphs)
    rows, unfaithful = placed.rows, placed.unfaithful
    del placed  # its texts take twice the bytes of the batch, now that it holds most
    tables = {
        "paragraphs": paragraphs,
        "sentences": sentences,
        "articles": _articles(cut, blocks, paragraphs, sentences),
        "spans": _spans(cut, blocks, keys),
        "anomalies": oddities.gather(cut, rows, blocks, paragraphs, keys),
    }
    broken = pl.concat(
        [
            cut.broken,
            blocks.filter(pl.col("row").is_in(unfaithful)).select(
                "doc",
                rule=pl.lit("rows_hold_the_content_of_their_spans"),
                message=pl.format("the content of {} differs from its source", "row_id"),
            ),
        ]
    ).join(keys, on="doc", how="left", maintain_order="left")
    return Curated(
        tables, broken.select("document_id", "rule", "message").unique("document_id", keep="first", maintain_order=True)
    )


def numbered(blocks: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """Give articles and paragraphs their ordinals and ids; a block without content is no row."""
    blocks = blocks.filter(pl.col("n_content") > 0)
    headed = pl.col("part").is_in(HEAD_PARTS)
    first_body = pl.col("block").filter(~headed).min().over("article")
    blocks = blocks.with_columns(at=first_body).filter(pl.col("at").is_not_null())
    return (
        blocks.join(keys, on="doc", how="left", maintain_order="left")
        .sort("doc", "at", "article", "block", maintain_order=True)
        .with_columns(
            ordinal=pl.col("article").rle_id().over("doc").cast(pl.Int32) + 1,
            place=pl.when(~headed).then((~headed).cum_sum().over("article")).cast(pl.Int32),
        )
        .with_columns(article_id=ids.numbered("short", "a", "ordinal"))
        .with_columns(
            row_id=pl.when(headed).then("article_id").otherwise(ids.numbered("article_id", "p", "place")),
            fate=pl.when(headed).then("part").otherwise(pl.lit("paragraph")),
            row=pl.int_range(pl.len(), dtype=pl.Int64),
        )
    )


def _placed(cut: batch.Segmented, blocks: pl.DataFrame) -> Placed:
    lines = cut.lines.join(blocks.select("block", "row"), on="block", how="left", maintain_order="left")
    rows = ledger.place(
        cut.origin,
        cut.lines["n_content"].to_numpy(),
        lines["row"].fill_null(-1).to_numpy(),
        cut.lines["order"].to_numpy().astype(np.int64),
        len(blocks),
    )
    texts = Laid.of(blocks["text"])
    wrong = ledger.unfaithful(cut.origin, rows, texts, variant_classes())
    return Placed(blocks, texts, rows, [int(row) for row in wrong])


def _paragraphs(blocks: pl.DataFrame) -> pl.DataFrame:
    body = blocks.filter(pl.col("place").is_not_null()).select(
        "row",
        "doc",
        "part",
        "document_id",
        "source",
        "article_id",
        paragraph_id="row_id",
        ordinal="place",
        text="text",
        n_chars=pl.col("text").str.len_chars().cast(pl.Int32),
        source_start="source_start",
        source_end="source_end",
    )
    return outline.paths(body)


def _sentences(cut: batch.Segmented, placed: Placed, paragraphs: pl.DataFrame) -> pl.DataFrame:
    columns = ("row", "paragraph_id", "article_id", "document_id", "source", "text")
    texts = placed.texts.only(placed.blocks["place"].is_not_null().to_numpy())
    cut_up = split_sentences(paragraphs.select(columns), texts)
    # sentences lie end to end as their paragraphs do
    n_content = count_per_run(texts.content, bounds((cut_up["end"] - cut_up["start"]).to_numpy()))
    start, end = ledger.parts_of(placed.rows, cut_up["row"].to_numpy(), n_content, cut.origin.offsets)
    return cut_up.with_columns(
        pl.col("ordinal", "start", "end").cast(pl.Int32),
        sentence_id=ids.numbered("paragraph_id", "s", "ordinal"),
        source_start=pl.Series(start),
        source_end=pl.Series(end),
    )


def _articles(
    cut: batch.Segmented, blocks: pl.DataFrame, paragraphs: pl.DataFrame, sentences: pl.DataFrame
) -> pl.DataFrame:
    text = pl.col("text")

    def parts(name: str, *named: str) -> pl.DataFrame:
        mine = heads.filter(pl.col("part").is_in(named))
        return mine.group_by("article_id", maintain_order=True).agg(text.str.join(" ").alias(name))

    heads = blocks.filter(pl.col("part").is_in(HEAD_PARTS))
    originals = heads.filter(pl.col("part") == "title")
    original = ledger.texts_between(
        cut.origin, *(originals[c].to_numpy().astype(np.int64) for c in ("doc", "source_start", "source_end"))
    )
    spelled = (
        originals.with_columns(original=original)
        .with_columns(
            original=spaces.close_units(
                pl.col("original")
                .str.replace_all(r"[\x00-\x08\x0e-\x1f\x7f-\x{84}\x{86}-\x{9f}]+", "")
                .str.replace_all(r"[\t-\r\x{85}\x{2028}\x{2029}]+", " ")
            )
        )
        .group_by("article_id", maintain_order=True)
        .agg(title_original=pl.col("original").str.join(" "))
    )
    bylines = (
        paragraphs.filter(pl.col("part") == "byline")
        .group_by("article_id", maintain_order=True)
        .agg(byline=text.first())
    )
    counts = paragraphs.group_by("article_id", maintain_order=True).agg(
        n_paragraphs=pl.len().cast(pl.Int32), n_chars=pl.col("n_chars").sum(), lead=text.first()
    )
    said = sentences.group_by("article_id", maintain_order=True).agg(n_sentences=pl.len().cast(pl.Int32))
    coming = blocks.drop_nulls("marker_from").unique("article_id", keep="first")
    going = blocks.drop_nulls("marker_to").unique("article_id", keep="last")
    markers = (
        coming.select("article_id", continued_from="marker_from"),
        going.select("article_id", continued_to="marker_to"),
    )
    articles = blocks.unique("article_id", keep="first", maintain_order=True).select(
        "article_id", "doc", "document_id", "source", "ordinal"
    )
    # each part found for itself: filters inside groups are asked group by group
    titles = parts("title", "kicker", "title"), parts("subtitle", "subtitle"), parts("kicker", "kicker")
    for told in (*titles, *markers, counts, said, spelled, bylines):
        articles = articles.join(told, on="article_id", how="left", maintain_order="left")
    return articles.with_columns(pl.col("n_paragraphs", "n_chars", "n_sentences").fill_null(0))


def _spans(cut: batch.Segmented, blocks: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    lines = cut.lines.join(blocks.select("block", "row"), on="block", how="left", maintain_order="left")
    height = len(blocks)
    fate = np.where(
        lines["row"].is_null().to_numpy(), height + np.arange(len(lines)), lines["row"].fill_null(0).to_numpy()
    )
    gone = lines.select(
        code=pl.lit(pl.Series(fate)), step=pl.col("removed").fill_null("headline_without_body"), row="row"
    ).filter(pl.col("row").is_null())
    fates = pl.concat(
        [
            blocks.select(pl.col("row").alias("code"), "fate", "row_id", pl.lit(None, pl.String).alias("step")),
            gone.select("code", pl.lit("removed").alias("fate"), pl.lit(None, pl.String).alias("row_id"), "step"),
        ]
    )
    found = ledger.spans(cut.origin, cut.lines["n_content"].to_numpy(), fate, fates).join(
        keys, on="doc", how="left", maintain_order="left"
    )
    return found.select(
        ids.numbered("short", "x", "ordinal", width=6).alias("span_id"),
        "document_id",
        "source",
        "ordinal",
        pl.col("start", "end").cast(pl.Int64),
        "n_content",
        "fate",
        "row_id",
        "step",
        "text",
    )
