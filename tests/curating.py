"""Runs the real recipe on texts written in a test."""

from typing import Any

import polars as pl

from tasks.curate import curate_documents
from tasks.read.documents import DOCS, sha256
from tasks.tables import Curated


def documents(*texts: str, title: str | None = None) -> pl.DataFrame:
    """Make the read frame of texts, as if each were a file of its own, or a record that names its title."""
    rows = [
        {
            "document_id": sha256(text.encode()),
            "file_name": f"{number}.txt",
            "source": "default",
            "source_uri": f"{number}.txt",
            "media_type": "application/jsonl" if title else "text/plain",
            "encoding": "utf-8",
            "n_bytes": len(text.encode()),
            "text": text,
            "meta_title": title,
            "file_id": sha256(text.encode()),
        }
        for number, text in enumerate(texts)
    ]
    return pl.DataFrame(rows, schema=DOCS)


def curated(*texts: str, title: str | None = None) -> Curated:
    """Curate texts with no source cards."""
    return curate_documents(documents(*texts, title=title))


def articles(text: str, title: str | None = None) -> list[dict[str, Any]]:
    """Curate one text: its articles in order, each with `paragraphs` as a list of texts."""
    tables = curated(text, title=title).tables
    paragraphs = tables["paragraphs"].group_by("article_id", maintain_order=True).agg(paragraphs=pl.col("text"))
    return tables["articles"].join(paragraphs, on="article_id", how="left", maintain_order="left").to_dicts()
