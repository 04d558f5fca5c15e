"""Rows on a terminal: a table where it fits, else each row by itself; whole lines when the output goes elsewhere."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.terminal import plain

# below it a column is a tower of single characters
_LEAST_WIDTH = 12


def show(names: Sequence[str], rows: Sequence[Sequence[object]], *, as_json: bool = False) -> None:
    """Print rows and how many there are, or one JSON list of objects."""
    if as_json:
        told = [dict(zip(names, row, strict=True)) for row in rows]
        print(json.dumps(told, ensure_ascii=False, default=str))  # noqa: T201 - what was asked for
        return
    console = Console(highlight=False)
    made = table(names, rows)
    wide = console.measure(made, options=console.options.update(max_width=100_000)).maximum
    if not console.is_terminal:
        console.width = max(console.width, wide)
    if wide > console.width and console.width < _LEAST_WIDTH * len(names):
        for number, row in enumerate(rows, 1):
            console.rule(f"row {number}", align="left", style="dim")
            console.print(_upright(names, row))
    else:
        console.print(made)
    console.print(f"{len(rows)} rows", style="dim")


def table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table whose long cells are folded."""
    made = Table()
    for name in names:
        made.add_column(Text(name), overflow="fold")
    for row in rows:
        made.add_row(*(_cell(value) for value in row))
    return made


def table_of(rows: Sequence[Mapping[str, object]]) -> Table:
    """A table of records that all have the same names."""
    return table(list(rows[0]), [list(row.values()) for row in rows])


def _upright(names: Sequence[str], row: Sequence[object]) -> Table:
    made = Table(show_header=False, box=None)
    made.add_column(style="bold", no_wrap=True)
    made.add_column(overflow="fold")
    for name, value in zip(names, row, strict=True):
        made.add_row(Text(name), Text(plain(value)))
    return made


def _cell(value: Any) -> Text:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Text(f"{value:,}", justify="right")
    return Text(plain(value))
