"""`qingliu explain`: the changes of each step on one file, what was taken out, a row beside its raw span, or a page."""

import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows import looking
from flows.settings import Settings
from flows.terminal import plain
from tasks.beside import beside
from tasks.cards import load_cards
from tasks.changes import Hunk, groups, hunks, signs, visible
from tasks.explain import Explained, Explanation, Step, explain
from tasks.explain_page import says, write_page
from tasks.plan import PlanError
from tasks.report import COUNTERS
from tasks.tables import Curated

# On a terminal a step shows its most frequent changes, and the first places; the page and `--lost` have them all.
_GROUPS, _HUNKS, _SPANS, _CONTEXT, _LONG = 6, 8, 12, 10, 80
_FACTS = ("encoding", "script", "layout", "n_bytes", "n_chars", "n_articles", "n_paragraphs", "n_sentences")
_STYLES = {"old": "red strike", "new": "green", "own": "green", "removed": "red strike", "other": "dim"}


def run(file: str, source: str | None, *, lost: bool, row: str | None, html: Path | None) -> None:
    """Explain one file on the terminal, in the way asked for.

    Raises:
        PlanError: there is nothing to explain, no such row, or no folder for the page.
    """
    console = Console(highlight=False)
    cards = load_cards(Settings().cards)
    documents, rejections = looking.read([file], source, cards)
    if documents.height + rejections.height == 0:
        raise PlanError(f"nothing to explain in {file}")
    looking.print_rejections(console, rejections)
    if not documents.height:
        return
    explained = explain(documents.unique("document_id", keep="first", maintain_order=True), cards)
    if html is not None:
        if not html.parent.is_dir():
            raise PlanError(f"no folder {html.parent} to write the page to")
        write_page(explained, html)
        console.print(Text(plain(f"written to {html}")))
    elif row is not None:
        _print_beside(console, explained, row)
    elif lost:
        _print_lost(console, explained)
    else:
        _print_all(console, documents, explained)


def _print_all(console: Console, documents: pl.DataFrame, explained: Explained) -> None:
    facts = {row["document_id"]: row for row in explained.curated.tables["documents"].iter_rows(named=True)}
    for told in explained.documents:
        console.rule(plain(told.file_name), align="left")
        _print_counters(console, facts[told.document_id])
        for step in told.steps:
            _print_step(console, step)
        closed = [one for row in told.rows for one in row.changes]
        if closed:
            console.print(f"\n[bold]spaces[/]: {len(closed):,} changes inside headlines and paragraphs")
            _print_groups(console, groups(closed))
    _print_removed(console, explained.curated.tables["spans"], _SPANS, _LONG)
    _print_broken(console, explained.curated)
    looking.print_articles(console, documents, explained.curated.tables)


def _print_counters(console: Console, row: Mapping[str, object]) -> None:
    console.print("  ".join(f"{name.removeprefix('n_')} {row[name]}" for name in _FACTS), markup=False)
    for name, what in COUNTERS.items():
        if row.get(name):
            console.print(f"  {row[name]:>7,}  {what}")


def _print_step(console: Console, step: Step) -> None:
    """The step as a diff: red was taken out, green put in."""
    if step.order is not None:
        console.print(f"\n[bold]{step.name}[/]: {len(step.order):,} lines put into reading order")
        return
    if not step.changes:
        return
    plural = "" if len(step.changes) == 1 else "s"
    console.print(f"\n[bold]{step.name}[/]: {len(step.changes):,} change{plural}  [dim]{says(step.name)}[/]")
    _print_groups(console, groups(step.changes))
    shown = list(islice(hunks(step.before, step.changes, _CONTEXT), _HUNKS + 1))
    for hunk in shown[:_HUNKS]:
        console.print(_told(hunk))
    if len(shown) > _HUNKS:
        console.print("           … (--html FILE shows every place)", style="dim")


def _print_groups(console: Console, found: list[tuple[str, str, int]]) -> None:
    repeated = [one for one in found if one[2] > 1]
    for before, after, n in repeated[:_GROUPS]:
        console.print(Text.assemble((f"  {n:>7,}× ", "dim"), *_arrow(before, after)))
    if len(repeated) > _GROUPS:
        console.print(f"           … {len(repeated) - _GROUPS:,} other kinds more than once", style="dim")


def _arrow(before: str, after: str) -> list[tuple[str, str]]:
    return [(_elided(signs(before)), "red"), (" → ", ""), (_elided(signs(after)), "green")]


def _told(hunk: Hunk) -> Text:
    pieces = [(_elided(plain(text)), _STYLES.get(kind, "")) for kind, text in hunk.pieces]
    return Text.assemble((f"  {hunk.source:>7}  ", "dim"), *pieces)


def _elided(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG // 2]}…{text[-_LONG // 2 :]}"


def _print_removed(console: Console, spans: pl.DataFrame, most: int, longest: int) -> None:
    """Removed spans by the step that took them out, in order of place."""
    removed = spans.filter(pl.col("fate") == "removed").sort("document_id", "ordinal")
    for (step,), rows in removed.group_by("step", maintain_order=True):
        console.print(f"\n[bold]removed by {step}[/]: {rows.height:,} spans, {rows['n_content'].sum():,} characters")
        for start, end, text in rows.head(most).select("start", "end", "text").iter_rows():
            shown = text if len(text) <= longest else f"{text[:longest]}…"
            console.print(Text.assemble((f"  {start:>7}–{end:<7} ", "dim"), (plain(visible(shown)), "red")))
        if rows.height > most:
            console.print("           … (--lost lists every span)", style="dim")


def _print_lost(console: Console, explained: Explained) -> None:
    """All that was taken out: content by rule with its place; then marks, spaces and invisible characters by step."""
    _print_removed(console, explained.curated.tables["spans"], sys.maxsize, sys.maxsize)
    for told in explained.documents:
        for name, found in _dropped(told).items():
            console.print(f"\n[bold]dropped by {name}[/] [dim](no content)[/]: {sum(map(len, found.values())):,}")
            for (before, after), places in found.items():
                told_places = "" if before.isspace() else f"  at {', '.join(map(str, places))}"
                count = (f"  {len(places):>7,}× ", "dim")
                console.print(Text.assemble(count, *_arrow(before, after), (told_places, "dim")))


def _dropped(told: Explanation) -> dict[str, dict[tuple[str, str], list[int]]]:
    """Changes that only took out what is no content, by step and kind, with their places in the decoded view."""
    found: dict[str, dict[tuple[str, str], list[int]]] = {}
    for step in told.steps:
        for one in step.changes:
            if len(one.before) > len(one.after) and not any(sign.isalnum() for sign in one.before):
                found.setdefault(step.name, {}).setdefault((one.before, one.after), []).append(one.source)
    closed = groups(one for row in told.rows for one in row.changes)
    for before, after, n in closed:
        found.setdefault("spaces", {})[before, after] = [0] * n
    return found


def _print_beside(console: Console, explained: Explained, row_id: str) -> None:
    pairs = beside(explained, row_id)
    if not pairs:
        known = explained.curated.tables["paragraphs"]["paragraph_id"].head(1).to_list()
        raise PlanError(
            f"no article, paragraph or sentence {row_id} in this file" + "".join(f"; one is {k}" for k in known)
        )
    for pair in pairs:
        console.rule(plain(f"{pair.row_id}  source {pair.start}–{pair.end}"), align="left")
        table = Table("raw", "clean", show_edge=False, pad_edge=False, expand=True)
        raw = Text.assemble(*((plain(text), _STYLES.get(kind, "")) for kind, text in pair.raw))
        table.add_row(raw, Text(plain(pair.clean)))
        console.print(table)


def _print_broken(console: Console, curated: Curated) -> None:
    for rule, message in curated.broken.select("rule", "message").iter_rows():
        console.print(f"\n[bold red]withheld[/]: {rule}: {message}")
