"""`qingliu explain` and `qingliu preview`: the recipe on a few files, in memory, printed and forgotten."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from flows.settings import Settings
from flows.terminal import plain
from tasks.cards import SourceCard, load_cards
from tasks.curate import curate_documents
from tasks.diff import Change, changes
from tasks.plan import PlanError, make_plan
from tasks.read import ReadLimits, read_files
from tasks.report import COUNTERS
from tasks.tables import Curated
from tasks.trace import trace

# What is removed is shown whole up to this many characters; the table `spans` has all of it.
_SHOWN = 60
# Edits shown a step, each with so many characters on both sides.
_EDITS = 12
_CONTEXT = 8
_FACTS = ("encoding", "script", "layout", "n_bytes", "n_chars", "n_articles", "n_paragraphs", "n_sentences")


def preview(inputs: list[str], source: str | None) -> None:
    """Print the articles of some files: title, kind, date, paragraphs."""
    console = Console(highlight=False)
    cards = load_cards(Settings().cards)
    documents, rejections = _read(inputs, source, cards)
    _print_rejections(console, rejections)
    if documents.height:
        _print_articles(console, documents, curate_documents(documents, cards).tables)


def explain(file: str, source: str | None) -> None:
    """Print what cleaning did to one file: counts, each step as a diff, removed text by rule, then the articles."""
    console = Console(highlight=False)
    cards = load_cards(Settings().cards)
    documents, rejections = _read([file], source, cards)
    if documents.height + rejections.height == 0:
        raise PlanError(f"nothing to explain in {file}")
    _print_rejections(console, rejections)
    if not documents.height:
        return
    curated = curate_documents(documents, cards)
    _print_counters(console, curated.tables["documents"])
    _print_steps(console, documents)
    _print_removed(console, curated.tables["spans"])
    _print_broken(console, curated)
    _print_articles(console, documents, curated.tables)


def _read(inputs: list[str], source: str | None, cards: Mapping[str, SourceCard]) -> tuple[pl.DataFrame, pl.DataFrame]:
    plan = make_plan(inputs, Path(), Settings().cards, recipe_version="", source=source, batch_bytes=1 << 62)
    result = read_files(plan.batches[0].files, cards, ReadLimits())
    return result.documents, result.rejections


def _print_counters(console: Console, documents: pl.DataFrame) -> None:
    for row in documents.iter_rows(named=True):
        console.rule(plain(row["file_name"]), align="left")
        facts = ("encoding", "script", "layout", "n_bytes", "n_chars", "n_articles", "n_paragraphs", "n_sentences")
        console.print(
            "  ".join(f"{name.removeprefix('n_')} {row[name]}" for name in facts if name in row), markup=False
        )
        for name, what in COUNTERS.items():
            if row.get(name):
                console.print(f"  {row[name]:>7,}  {what}")


def _print_steps(console: Console, documents: pl.DataFrame) -> None:
    """What each step changed, as a coloured diff: red was taken out, green put in."""
    before: pl.Series | None = None
    for step, after in trace(documents):
        pairs = [] if before is None else list(zip(before, after, strict=True))
        edits = [(old, one) for old, new in pairs for one in changes(old, new)]
        if edits:
            console.print(f"\n[bold]{step}[/]: {len(edits):,} changes")
        for text, one in edits[:_EDITS]:
            console.print(_edit(text, one))
        if len(edits) > _EDITS:
            console.print(f"  … and {len(edits) - _EDITS:,} more", style="dim")
        before = after


def _edit(text: str, one: Change) -> Text:
    end = one.start + len(one.before)
    return Text.assemble(
        (f"  {one.start:>7} ", "dim"),
        plain(text[max(0, one.start - _CONTEXT) : one.start]),
        (_shown(one.before), "red strike"),
        (_shown(one.after), "green"),
        plain(text[end : end + _CONTEXT]),
    )


def _shown(text: str) -> str:
    """A piece of text with its line ends visible, cut in the middle when it is long."""
    if len(text) > _SHOWN:
        text = f"{text[: _SHOWN // 2]}…{text[-_SHOWN // 2 :]}"
    return plain(text.replace("\n", "⏎"))


def _print_removed(console: Console, spans: pl.DataFrame) -> None:
    """Removed spans by the step that took them out, in order of place."""
    removed = spans.filter(pl.col("fate") == "removed").sort("document_id", "ordinal")
    for (step,), rows in removed.group_by("step", maintain_order=True):
        console.print(f"\n[bold]removed by {step}[/]: {rows.height} spans, {rows['n_content'].sum():,} characters")
        for start, end, text in rows.select("start", "end", "text").iter_rows():
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            console.print(Text(f"  {start:>7}–{end:<7} ", style="dim") + Text(plain(shown), style="red"))


def _print_broken(console: Console, curated: Curated) -> None:
    for rule, message in curated.broken.select("rule", "message").iter_rows():
        console.print(f"\n[bold red]withheld[/]: {rule}: {message}")


def _print_articles(console: Console, documents: pl.DataFrame, tables: dict[str, pl.DataFrame]) -> None:
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
        console.print(Padding(Text(plain(text), style=styles.get(role, "")), (0, 0, 0, 2)))


def _print_rejections(console: Console, rejections: pl.DataFrame) -> None:
    rows: Iterable[tuple[Any, ...]] = rejections.select("source_uri", "reason", "message").iter_rows()
    for uri, reason, message in rows:
        console.print(Text(plain(f"rejected: {uri}: {reason}: {message}"), style="yellow"))
