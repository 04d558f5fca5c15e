"""Says of each article what it is, who published it, when and where, and completes the tables of a batch."""

from collections.abc import Mapping

import polars as pl

from tasks.cards import SourceCard
from tasks.documents import Segmented
from tasks.enrich import datelines, kinds, published
from tasks.segment import anomalies
from tasks.tables import Curated

HEADER_STEPS_LEFT_OUT = ("annotation", "ruby", "hidden_text")
LONGEST_HEADER = 80
NO_MONTH = "unknown"


def complete(cut: Segmented, curated: Curated, cards: Mapping[str, SourceCard], recipe_version: str) -> Curated:
    """Add to articles their kind, dateline and date, to all rows their partition, and build the documents table.

    Args:
        cut: the segmented batch.
        curated: paragraphs, sentences, articles, spans and anomalies by name.
        cards: source cards by name (years and dates they give).
        recipe_version: stamped on the documents.
    """
    tables = dict(curated.tables)
    noise = (
        tables["paragraphs"]
        .group_by("article_id", maintain_order=True)
        .agg(n_residue=anomalies.residue(pl.col("text")).sum(), n_weighed=pl.col("n_chars").sum())
    )
    articles = _dated(cut, tables, cards).join(noise, on="article_id", how="left", maintain_order="left")
    interleaved = tables["anomalies"].filter(pl.col("kind") == "interleaved_columns")["article_id"].implode()
    noisy = (10 * pl.col("n_residue") / pl.max_horizontal("n_weighed", 1)).fill_null(0.0).clip(0.0, 1.0)
    share = pl.when(pl.col("article_id").is_in(interleaved)).then(1.0).otherwise(noisy)
    articles = articles.with_columns(
        residual_noise=share,
        kind=kinds.kind_of(
            pl.col("title"),
            pl.col("head"),
            continued=pl.col("continued_from"),
            dateline=pl.col("dateline"),
            hint=pl.col("card_kind"),
        ),
    )
    known = (pl.col("published_basis") != "inferred").fill_null(False) & (
        pl.col("published_precision") != "year"
    ).fill_null(False)
    articles = articles.with_columns(
        publish_month=pl.when(known).then(pl.col("published_on").dt.strftime("%Y-%m")).otherwise(pl.lit(NO_MONTH))
    )
    months = articles.select("article_id", "publish_month")
    for name in ("paragraphs", "sentences"):
        tables[name] = tables[name].join(months, on="article_id", how="left", maintain_order="left")
    tables["articles"] = articles
    tables["documents"] = _documents(cut, tables, recipe_version)
    return Curated({name: frame.select(COLUMNS[name]) for name, frame in tables.items()}, curated.broken)


def _dated(cut: Segmented, tables: Mapping[str, pl.DataFrame], cards: Mapping[str, SourceCard]) -> pl.DataFrame:
    text, paragraphs = pl.col("text"), tables["paragraphs"].select("article_id", "ordinal", "text")
    # filtered before they are grouped: rows are cheaper than lists
    opening, dated = paragraphs.filter(pl.col("ordinal") <= 6), paragraphs.filter(text.str.contains("年", literal=True))
    ends = paragraphs.group_by("article_id", maintain_order=True).agg(lead=text.first(), tail=text.last())
    heads = opening.group_by("article_id", maintain_order=True).agg(head=text)
    bodies = dated.group_by("article_id", maintain_order=True).agg(body=text)
    articles = (
        tables["articles"]
        .drop("lead", strict=False)
        .join(ends, on="article_id", how="left", maintain_order="left")
        .join(heads, on="article_id", how="left", maintain_order="left")
        .join(bodies, on="article_id", how="left", maintain_order="left")
        .join(_headers(tables["spans"]), on="document_id", how="left", maintain_order="left")
        .join(_known(cut.documents, cards), on="document_id", how="left", maintain_order="left")
        .with_columns(
            # a list is joined in half the time of a group
            head=pl.col("head").list.join("\n"),
            body=pl.col("body").list.head(8).list.join("\n"),
            _line=datelines.parse_dateline(pl.col("lead")),
        )
    )
    line = pl.col("_line").struct
    printed = pl.when(~line.field("publisher").is_in(["本报", "本网", "本刊", "本台"])).then(line.field("publisher"))
    articles = articles.with_columns(
        dateline=line.field("text"),
        dateline_place=line.field("place"),
        date_text=line.field("date_text"),
        publisher=pl.coalesce(printed, line.field("agency"), "meta_publisher", "card_publisher"),
        byline=pl.coalesce(
            "byline", pl.when(line.field("journalists").list.len() > 0).then(line.field("journalists").list.join("、"))
        ),
    )
    return published.published(articles)


def _headers(spans: pl.DataFrame) -> pl.DataFrame:
    """What was taken out of each document as a short line, all of it and what stood above the text."""
    begins = pl.col("ordinal").filter(pl.col("fate") == "paragraph").min().over("document_id")
    taken = (pl.col("fate") == "removed") & ~pl.col("step").is_in(HEADER_STEPS_LEFT_OUT)
    return (
        spans.with_columns(above=(pl.col("ordinal") < begins).fill_null(value=True))
        .filter(taken & (pl.col("end") - pl.col("start") < LONGEST_HEADER))
        .group_by("document_id", maintain_order=True)
        .agg(header=pl.col("text").str.join("\n"), header_above=pl.col("text").filter("above").str.join("\n"))
    )


def _known(documents: pl.DataFrame, cards: Mapping[str, SourceCard]) -> pl.DataFrame:
    """What is known of each document besides its text: what came with it, and what its source card says."""

    def of_card(values: Mapping[str, object], dtype: type[pl.DataType]) -> pl.Expr:
        return pl.col("source").replace_strict(values, default=None, return_dtype=dtype)

    return documents.select(
        "document_id",
        "meta_published",
        "meta_publisher",
        uri=pl.coalesce("meta_uri", "source_uri"),
        card_year=of_card({name: card.default_year for name, card in cards.items()}, pl.Int32),
        card_published=of_card({name: card.published_on for name, card in cards.items()}, pl.Date),
        card_publisher=of_card({name: card.publisher or None for name, card in cards.items()}, pl.String),
        card_kind=of_card({name: card.kind_hint for name, card in cards.items()}, pl.String),
        card_place=of_card({name: card.place or None for name, card in cards.items()}, pl.String),
    ).unique("document_id", keep="first", maintain_order=True)


def _documents(cut: Segmented, tables: Mapping[str, pl.DataFrame], recipe_version: str) -> pl.DataFrame:

    def by_doc(name: str, *aggregates: pl.Expr) -> pl.DataFrame:
        return tables[name].group_by("document_id").agg(*aggregates)

    per_line = cut.lines.group_by("doc").agg(
        n_lines_joined=pl.col("joins").sum().cast(pl.Int32),
        n_lines_removed=pl.col("removed").is_not_null().sum().cast(pl.Int32),
        n_line_chars=pl.when(pl.col("part").is_not_null())
        .then(pl.col("text").str.len_chars() + pl.col("joiner").fill_null("").str.len_chars())
        .sum()
        .cast(pl.Int64),
        flat=pl.col("flat").any(),
        wrapped=pl.col("wrap_width").is_not_null().any(),
    )
    articles = by_doc(
        "articles",
        pl.len().cast(pl.Int32).alias("n_articles"),
        pl.col("n_paragraphs", "n_sentences").sum().cast(pl.Int32),
        (pl.col("residual_noise") * pl.col("n_chars")).sum().alias("noise"),
        pl.col("n_chars").sum().cast(pl.Int64).alias("n_clean"),
        (pl.col("title").str.len_chars().fill_null(0) + pl.col("subtitle").str.len_chars().fill_null(0))
        .sum()
        .cast(pl.Int64)
        .alias("n_head"),
    )
    spans = by_doc(
        "spans",
        pl.col("n_content").sum().cast(pl.Int64),
        pl.col("n_content").filter(pl.col("fate") == "removed").sum().cast(pl.Int32).alias("n_chars_removed"),
    )
    n_chars = pl.Series("n_chars", cut.origin.view_starts[1:] - cut.origin.view_starts[:-1])
    whole = (
        cut.documents.with_row_index("doc")
        .with_columns(n_chars)
        .join(per_line, on="doc", how="left", maintain_order="left")
        .join(articles, on="document_id", how="left", maintain_order="left")
        .join(spans, on="document_id", how="left", maintain_order="left")
    )
    return whole.with_columns(
        pl.col("^n_.*$").fill_null(0),
        n_spaces_removed=(pl.col("n_line_chars") - pl.col("n_clean") - pl.col("n_head"))
        .fill_null(0)
        .clip(0)
        .cast(pl.Int32),
        residual_noise=(pl.col("noise") / pl.max_horizontal("n_clean", 1)).fill_null(0.0).clip(0.0, 1.0),
        layout=pl.when("flat")
        .then(pl.lit("flattened"))
        .when("wrapped")
        .then(pl.lit("wrapped"))
        .otherwise(pl.lit("lines")),
        superseded_by=pl.lit(None, pl.String),
        recipe_version=pl.lit(recipe_version),
    )


COLUMNS: dict[str, list[str]] = {
    "documents": [
        "document_id",
        "file_name",
        "source",
        "source_uri",
        "ordinal",
        "media_type",
        "encoding",
        "script",
        "layout",
        "n_bytes",
        "n_chars",
        "n_content",
        "n_articles",
        "n_paragraphs",
        "n_sentences",
        "n_invisible_removed",
        "n_compat_mapped",
        "n_annotations_removed",
        "n_marks_widened",
        "n_script_converted",
        "n_lines_joined",
        "n_spaces_removed",
        "n_lines_removed",
        "n_chars_removed",
        "residual_noise",
        "meta_title",
        "meta_published",
        "superseded_by",
        "recipe_version",
    ],
    "articles": [
        "article_id",
        "document_id",
        "source",
        "ordinal",
        "title",
        "title_original",
        "subtitle",
        "kicker",
        "kind",
        "publisher",
        "byline",
        "dateline",
        "dateline_place",
        "published_on",
        "published_precision",
        "published_basis",
        "continued_from",
        "continued_to",
        "n_chars",
        "n_paragraphs",
        "n_sentences",
        "residual_noise",
        "publish_month",
    ],
    "paragraphs": [
        "paragraph_id",
        "article_id",
        "document_id",
        "source",
        "ordinal",
        "role",
        "outline",
        "outline_path",
        "text",
        "n_chars",
        "source_start",
        "source_end",
        "publish_month",
    ],
    "sentences": [
        "sentence_id",
        "paragraph_id",
        "article_id",
        "document_id",
        "source",
        "ordinal",
        "text",
        "start",
        "end",
        "source_start",
        "source_end",
        "publish_month",
    ],
    "spans": [
        "span_id",
        "document_id",
        "source",
        "ordinal",
        "start",
        "end",
        "n_content",
        "fate",
        "row_id",
        "step",
        "text",
    ],
    "anomalies": ["anomaly_id", "document_id", "article_id", "row_id", "source", "kind", "text", "start", "end"],
}
