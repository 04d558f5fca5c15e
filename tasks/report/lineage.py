"""Where a release comes from: its versions, the run, the raw files, the data files with their hashes, its ancestors."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import polars as pl

from tasks.lake import releases
from tasks.lake.errors import CorruptRelease, UnknownRelease
from tasks.report import words
from tasks.report.numbers import size
from tasks.report.shown import shown
from tasks.report.view import View

_DOCUMENTS, _FILES, _ANCESTORS = 60, 60, 15


@dataclass(frozen=True)
class Ancestor:
    """A release in the chain that led here."""

    number: int
    operation: str
    created_at: str
    verdict: str
    documents: int
    articles: int
    rejections: int
    recipe: str
    note: str


@dataclass(frozen=True)
class Lineage:
    """Versions, the run that measured, documents, data files and ancestors; `more_*` were left out of the page."""

    versions: list[tuple[str, str]]
    run: dict[str, Any] | None
    documents: list[dict[str, Any]]
    more_documents: int
    files: list[dict[str, Any]]
    more_files: int
    ancestors: list[Ancestor]


def lineage(view: View) -> Lineage:
    """Gather it all; an ancestor whose file is gone or damaged ends the chain."""
    release = view.release
    versions = [(name, str(value)) for name, value in release.versions.items() if not isinstance(value, dict)]
    name = releases.release_name(release.number)
    with suppress(FileNotFoundError):
        # it names every data file with its own hash
        versions.append((name, hashlib.sha256(view.lake.store.read(name)).hexdigest()))
    runs = view.logged("runs").collect()
    seen = view.scan("sightings").filter(pl.col("first_seen_run") == release.run_id).select("document_id").unique()
    documents = (
        view.scan("documents")
        .select("file_name", "source", "document_id", "encoding", "script", "layout", "n_bytes", "n_articles")
        .join(seen.with_columns(new=pl.lit(value=True)), on="document_id", how="left")
        .sort("new", "source", "file_name", "document_id", nulls_last=True)
    )
    files = [
        {
            "table": name,
            "partition": shown(file.partition, 40),
            "rows": file.rows,
            "size": size(file.bytes),
            "sha256": file.sha256,
        }
        for name, table in release.tables.items()
        for file in table.files
    ]
    return Lineage(
        versions,
        runs.row(0, named=True) if runs.height else None,
        [row | {"file_name": shown(row["file_name"], 60)} for row in documents.head(_DOCUMENTS).collect().to_dicts()],
        max(0, view.rows("documents") - _DOCUMENTS),
        files[:_FILES],
        max(0, len(files) - _FILES),
        list(_ancestors(view)),
    )


def _ancestors(view: View) -> list[Ancestor]:
    found = [_ancestor(view.release)]
    parent = view.release.parent
    while parent and len(found) < _ANCESTORS:
        try:
            release = releases.load(view.lake.root, parent)
        except (CorruptRelease, UnknownRelease):
            break
        found.append(_ancestor(release))
        parent = release.parent
    return found


def _ancestor(release: releases.Release) -> Ancestor:
    rows = {name: table.rows for name, table in release.tables.items()}
    return Ancestor(
        release.number,
        release.operation,
        release.created_at,
        str(release.verdict.get("verdict", "–")),
        rows.get("documents", 0),
        rows.get("articles", 0),
        rows.get("rejections", 0),
        str(release.versions.get("recipe", "–")),
        shown(release.note, 120) if release.note else "",
    )


def opening_of(view: View, most: int) -> list[dict[str, Any]]:
    """The newest articles with the beginning of their text."""
    chosen = (
        view.scan("articles").sort("published_on", "article_id", descending=[True, False], nulls_last=True).head(most)
    )
    articles = chosen.select(
        "article_id", "title", "kind", "publisher", "published_on", "published_basis", "source"
    ).collect()
    first = (
        view.scan("paragraphs")
        .filter(pl.col("article_id").is_in(articles["article_id"].implode()), pl.col("role") == "body")
        .sort("article_id", "ordinal")
        .group_by("article_id", maintain_order=True)
        .agg(opening=pl.col("text").first().str.head(90))
        .collect()
    )
    rows = articles.join(first, on="article_id", how="left", maintain_order="left").to_dicts()
    return [
        row | {"title": shown(row["title"], 60) if row["title"] else None, "opening": shown(row["opening"], 90)}
        for row in rows
    ]


def tables(view: View) -> list[dict[str, Any]]:
    """Rows, files and bytes of every table, and what the release changed."""
    contracts = view.release.versions.get("contracts", {})
    return [
        {
            "table": words.table(name),
            "contract": str(contracts.get(name, "–")),
            "rows": table.rows,
            "files": len(table.files),
            "size": size(table.bytes),
            "added": view.release.changes.get(name, {}).get("added", 0),
            "removed": view.release.changes.get(name, {}).get("removed", 0),
        }
        for name, table in view.release.tables.items()
    ]
