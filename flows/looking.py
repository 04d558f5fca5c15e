"""`qingliu preview`: the recipe on a few files, in memory, printed and forgotten."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from rich.cells import chop_cells
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from flows.settings import Settings
from flows.terminal import plain
from tasks.cards import SourceCard, load_cards
from tasks.curate import curate_documents
from tasks.plan import make_plan
from tasks.read import ReadLimits, read_files


def preview(inputs: list[str], source: str | None) -> None:
    """Print the articles of some files: title, kind, date, paragraphs."""
    console = Console(highlight=False)
    cards = load_cards(Settings().cards)
    documents, rejections = read(inputs, source, cards)
    print_rejections(console, rejections)
    if documents.height:
        print_articles(console, documents, curate_documents(documents, cards).tables)


def read(inputs: list[str], source: str | None, cards: Mapping[str, SourceCard]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read some files as a run would: the documents and the rejections."""
    plan = make_plan(inputs, Path(), Settings().cards, recipe_version="", source=source, batch_bytes=1 << 62)
    result = read_files(plan.batches[0].files, cards, ReadLimits())
    return result.documents, result.rejections


def print_articles(console: Console, documents: pl.DataFrame, tables: dict[str, pl.DataFrame]) -> None:
    """Print what was found in each document, in order."""
    names = dict(documents.select("document_id", "file_name").iter_rows())
    by_article = {
        key: rows for (key,), rows in tables["paragraphs"].sort("ordinal").group_by("article_id", maintain_order=True)
    }
    articles = tables["articles"].sort("document_id", "ordinal", maintain_order=True)
    for row in articles.iter_rows(named=True):
        console.print()
        console.rule(plain(f"{names[row['document_id']]} · {row['ordinal']} · {row['kind']}"), align="left")
        for part, style in (("title", "bold"), ("subtitle", "italic")):
            if row[part]:
                console.print(Text(plain(row[part]), style=style))
        if row["published_on"]:
            console.print(Text(f"{row['published_on']} ({row['published_basis']})", style="dim"))
        _print_paragraphs(console, by_article.get(row["article_id"], tables["paragraphs"].clear()))
    if articles.is_empty():
        console.print("\nNo article found.")


def _print_paragraphs(console: Console, paragraphs: pl.DataFrame) -> None:
    styles = {"heading": "cyan", "credit": "dim", "byline": "dim"}
    for role, text in paragraphs.select("role", "text").iter_rows():
        # by cells: rich would carry all that follows a space over to the next line, as one word
        lines = "\n".join(chop_cells(plain(text), max(console.width - 2, 2)))
        console.print(Padding(Text(lines, style=styles.get(role, "")), (0, 0, 0, 2)))


def print_rejections(console: Console, rejections: pl.DataFrame) -> None:
    """Print which files could not be read, and why."""
    rows: Iterable[tuple[Any, ...]] = rejections.select("source_uri", "reason", "message").iter_rows()
    for uri, reason, message in rows:
        console.print(Text(plain(f"rejected: {uri}: {reason}: {message}"), style="yellow"))
