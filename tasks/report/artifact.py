"""What a run did, as Markdown for the Prefect UI. All of it comes from scrapes, so every cell is escaped."""

import html
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any


def markdown(outcome: Mapping[str, Any]) -> str:
    """The quality table of a run, from `flows.direct.Outcome` as a mapping."""
    parts = [
        f"## {cell(outcome['state'])}",
        f"Run `{cell(outcome['run_id'])}`, verdict **{cell(outcome['verdict'])}**",
    ]
    parts += [f"- {cell(reason)}" for reason in outcome["reasons"]]
    if outcome["release"] is not None:
        parts.append(f"Release {outcome['release']:06d}, report at {cell(outcome['report'])}")
    parts += table(("table", "rows"), outcome["rows"].items())
    parts += table(("rejected because", "rows"), outcome["rejected"].items())
    parts += table(("stage", "seconds"), outcome["seconds"].items())
    return "\n\n".join(parts) + "\n"


def table(header: Sequence[str], rows: Collection[Sequence[Any]]) -> list[str]:
    """One table, numbers to the right; none where there are no rows."""
    lines = [f"| {' | '.join(cell(value) for value in row)} |" for row in rows]
    # told by the first row: a column of numbers is one throughout
    marks = ["--:" if isinstance(value, int | float) else "---" for value in next(iter(rows), ())]
    return ["\n".join([f"| {' | '.join(header)} |", f"|{'|'.join(marks)}|", *lines])] if lines else []


def cell(value: object) -> str:
    """One line of text in which nothing means anything to Markdown or HTML; counts with separators."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    text = html.escape(" ".join(str(value).split()), quote=False)
    escaped = "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+!|~" else sign for sign in text)
    # A bare address would become a link: what a scrape names is not for an operator to click on.
    return re.sub(r"://|\bwww\.", lambda found: found[0].replace(":", "\\:").replace(".", "\\."), escaped)
