"""The same facts as Markdown, for the Prefect UI. All of it comes from scrapes, so every cell is escaped."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def markdown(outcome: Mapping[str, Any]) -> str:
    """The quality table of a run, from `flows.direct.Outcome` as a mapping."""
    parts = [
        f"## {_cell(outcome['state'])}",
        f"Run `{_cell(outcome['run_id'])}`, verdict **{_cell(outcome['verdict'])}**",
    ]
    parts += [f"- {_cell(reason)}" for reason in outcome["reasons"]]
    if outcome["release"] is not None:
        parts.append(f"Release {outcome['release']:06d}, report at {_cell(outcome['report'])}")
    parts += _table(("table", "rows"), outcome["rows"].items())
    parts += _table(("rejected because", "rows"), outcome["rejected"].items())
    parts += _table(("stage", "seconds"), outcome["seconds"].items())
    return "\n\n".join(parts) + "\n"


def _table(header: Sequence[str], rows: Iterable[tuple[Any, Any]]) -> list[str]:
    lines = [f"| {_cell(name)} | {_cell(value)} |" for name, value in rows]
    return ["\n".join([f"| {header[0]} | {header[1]} |", "|---|--:|", *lines])] if lines else []


def _cell(value: object) -> str:
    text = html.escape(" ".join(str(value).split()), quote=False)
    escaped = "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+!|~" else sign for sign in text)
    # A bare address would become a link: what a scrape names is not for an operator to click on.
    return re.sub(r"://|\bwww\.", lambda found: found[0].replace(":", "\\:").replace(".", "\\."), escaped)
