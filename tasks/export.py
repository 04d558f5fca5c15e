"""Articles of a release as files for other programs: one JSON a raw file (`score`), or one row an article."""

import json
from pathlib import Path
from typing import Any

import polars as pl

from tasks.lake.lake import Lake

FORMATS = ("score", "jsonl", "csv")
_FIELDS = (
    "article_id",
    "source",
    "kind",
    "kicker",
    "title",
    "subtitle",
    "publisher",
    "published_on",
    "published_basis",
)


class ExportError(ValueError):
    """There is no such format."""


def export_articles(lake: Lake, out: Path, form: str) -> int:
    """Write the articles of the current release below the folder `out`; returns the number of files.

    Args:
        lake: the lake.
        out: folder, made when absent; files of the same names are replaced.
        form: `score`: `<stem of the raw file>.json`, a list of {title, subtitle, paragraphs, sentences, kind}, empty
            for a document without articles. `jsonl`, `csv`: `articles.<form>`, text with a newline between paragraphs;
            a cell of `csv` that a spreadsheet would take for a formula begins with an apostrophe instead.

    Raises:
        ExportError: no such format.
        tasks.lake.errors.QueryFailed: nothing is published yet.
    """
    if form not in FORMATS:
        raise ExportError(f"no export format {form!r}; there are: {', '.join(FORMATS)}")
    out.mkdir(parents=True, exist_ok=True)
    if form == "score":
        return _score(lake, out)
    rows = _rows(lake)
    if form == "jsonl":
        rows.write_ndjson(out / "articles.jsonl")
    else:
        rows.with_columns(_no_formula(pl.col(pl.String))).write_csv(out / "articles.csv")
    return 1


def _no_formula(text: pl.Expr) -> pl.Expr:
    """Text as a cell that no spreadsheet carries out; full-width signs are ones where the input method writes them so.

    Source: OWASP, CSV Injection.
    """
    return pl.when(text.str.contains(r"^[=+\-@\t\r\n＝＋－＠]")).then("'" + text).otherwise(text).name.keep()


def _rows(lake: Lake) -> pl.DataFrame:
    texts = (
        lake.scan("paragraphs")
        .sort("article_id", "ordinal")
        .group_by("article_id", maintain_order=True)
        .agg(text=pl.col("text").str.join("\n"))
    )
    files = lake.scan("documents").select("document_id", "file_name")
    return (
        lake.scan("articles")
        .join(texts, on="article_id", how="left")
        .join(files, on="document_id", how="left")
        .sort("document_id", "ordinal")
        .select(*_FIELDS, "file_name", "text")
        .collect()
    )


def _score(lake: Lake, out: Path) -> int:
    sentences = (
        lake.scan("sentences")
        .sort("paragraph_id", "ordinal")
        .group_by("paragraph_id", maintain_order=True)
        .agg(sentences=pl.col("text"))
    )
    paragraphs = (
        lake.scan("paragraphs")
        .join(sentences, on="paragraph_id", how="left")
        .sort("article_id", "ordinal")
        .group_by("article_id", maintain_order=True)
        .agg(paragraphs=pl.col("text"), sentences=pl.col("sentences"))
    )
    articles = (
        lake.scan("articles")
        .join(paragraphs, on="article_id", how="left")
        .sort("document_id", "ordinal")
        .select("document_id", article=pl.struct("title", "subtitle", "paragraphs", "sentences", "kind"))
        .group_by("document_id", maintain_order=True)
        .agg("article")
    )
    # A file is known by every name it was seen under; a record in a container by the name of the container only.
    seen = lake.scan("sightings").select("document_id", seen_at="source_uri")
    named = pl.when(pl.col("source_uri").str.ends_with(pl.col("file_name"))).then(
        pl.col("seen_at").str.extract(r"([^/]*)$")
    )
    documents = (
        lake.scan("documents")
        .select("document_id", "file_name", "source_uri", "ordinal")
        .join(seen, on="document_id", how="left")
        .with_columns(name=named.otherwise(pl.col("file_name")))
        .unique(["document_id", "name"])
        .join(articles, on="document_id", how="left")
        .sort("name", "ordinal", "document_id")
        .collect()
    )
    by_stem: dict[str, list[Any]] = {}
    for name, found in documents.select("name", "article").iter_rows():
        by_stem.setdefault(_stem(name), []).extend(found or [])
    for stem, found in by_stem.items():
        (out / f"{stem}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(by_stem)


def _stem(file_name: str) -> str:
    name = Path(file_name)
    return Path(name.stem).stem if name.suffix in {".gz", ".zst"} else name.stem
