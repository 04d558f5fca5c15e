"""The explanation of a batch as one page: every change of every step, every removed span, every article.

It holds text of scrapes, so Jinja escapes all of it, and it needs nothing from outside.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tasks.changes import groups, hunks, signs, visible
from tasks.explain import Explained, Explanation
from tasks.report import COUNTERS

CONTEXT = 24
SAYS = {
    "metadata": "Reading kept the page's title and data apart.",
    "site_chrome": "Reading found parts of the page that are not its text.",
    "hidden_text": "Reading found text that a reader of the page does not see.",
    "ruby": "Reading found glosses set above characters.",
    "strip": "Takes out what is marked.",
    "lines": "Cuts the text into lines: blank lines and indents become numbers.",
    "articles": "Lines that found no article.",
}


def says(step: str) -> str:
    """What a step does, in the words of its module."""
    if step in SAYS:
        return SAYS[step]
    name = f"tasks.clean.{step.partition(':')[0]}"
    said = (import_module(name).__doc__ or "") if find_spec(name) else ""
    return said.splitlines()[0] if said else ""


def write_page(explained: Explained, path: Path) -> None:
    """Write the page; a file of that name is replaced."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    template = environment.get_template("explain.html.j2")
    path.write_text(template.render(documents=[_told(explained, one) for one in explained.documents]), encoding="utf-8")


def _told(explained: Explained, told: Explanation) -> dict[str, Any]:
    tables = explained.curated.tables
    own = pl.col("document_id") == told.document_id
    facts = tables["documents"].filter(own).row(0, named=True)
    removed = tables["spans"].filter(own, pl.col("fate") == "removed").sort("step", "ordinal")
    texts = tables["paragraphs"].filter(own)
    return {
        "name": visible(told.file_name),
        "id": told.document_id,
        "facts": facts,
        "counters": [(facts[name], what) for name, what in COUNTERS.items() if facts[name]],
        "steps": [
            {
                "name": step.name,
                "says": says(step.name),
                "n": len(step.changes) if step.order is None else len(step.order),
                "unit": "changes" if step.order is None else "lines moved",
                "groups": [(signs(before), signs(after), n) for before, after, n in groups(step.changes) if n > 1],
                "hunks": list(hunks(step.before, step.changes, CONTEXT)),
            }
            for step in told.steps
        ],
        "rows": [(row.row_id, hunk) for row in told.rows for hunk in hunks(row.before, row.changes, CONTEXT)],
        "removed": [row | {"text": visible(row["text"])} for row in removed.iter_rows(named=True)],
        "articles": [
            article | {"paragraphs": texts.filter(article_id=article["article_id"]).to_dicts()}
            for article in tables["articles"].filter(own).iter_rows(named=True)
        ],
    }
