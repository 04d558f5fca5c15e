"""The report stage: one self-contained page about a release, and the same facts as Markdown for the Prefect UI.

Everything shown comes from scrapes, so all of it is escaped: Jinja does it in the page, `_cell` in Markdown.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tasks.lake.lake import open_lake
from tasks.lake.releases import Release, load

_SAMPLE = 30
_EXCERPT = 120

# What each counter of `documents` counts, in the order in which the steps run.
COUNTERS = {
    "n_invisible_removed": "invisible characters removed",
    "n_compat_mapped": "compatibility forms mapped",
    "n_annotations_removed": "glosses (pinyin, bopomofo) removed",
    "n_script_converted": "characters converted to Simplified",
    "n_marks_widened": "marks made full-width",
    "n_lines_joined": "lines joined",
    "n_spaces_removed": "spaces removed",
    "n_lines_removed": "lines removed as boilerplate",
    "n_chars_removed": "characters removed as boilerplate",
}


def write_summary(lake: Path, release: int) -> Path:
    """Write `<lake>/reports/000012.html`, a page that needs nothing from outside, and return its path.

    Args:
        lake: root of the lake.
        release: number of the release; an unknown one raises `tasks.lake.errors.UnknownRelease`.
    """
    page = lake / "reports" / f"{release:06d}.html"
    page.parent.mkdir(exist_ok=True)
    draft = page.with_suffix(".tmp")
    draft.write_text(_render(summary(lake, load(lake, release))), encoding="utf-8")
    draft.replace(page)
    return page


def summary(lake: Path, release: Release) -> dict[str, Any]:
    """Gather what the page shows; every value is a number, a string, or a list of rows of such."""

    def scan(table: str) -> pl.LazyFrame:
        return opened.scan(table, release)

    opened = open_lake(lake)
    return {
        "release": release,
        "rows": {name: table.rows for name, table in release.tables.items()},
        "cleaning": _cleaning(scan("documents")),
        "kinds": _counted(scan("articles"), "kind"),
        "months": _counted(scan("articles"), "publish_month"),
        "anomalies": _counted(scan("anomalies"), "kind"),
        "rejections": _counted(scan("rejections"), "table_name", "reason"),
        "articles": _sample(scan("articles"), scan("paragraphs")),
    }


def rejected_by_reason(run_dir: Path) -> dict[str, int]:
    """Count what the staged batches of a run rejected, by reason, the most frequent first."""
    files = sorted(run_dir.glob("batch-*/rejections.parquet"))
    if not files:
        return {}
    counted = _counted(pl.scan_parquet(files), "reason")
    return {str(row["reason"]): int(row["n"]) for row in counted}


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


def _cleaning(documents: pl.LazyFrame) -> list[dict[str, Any]]:
    """Per counter: the sum, and the number of documents it touched."""
    present = [name for name in COUNTERS if name in documents.collect_schema().names()]
    sums = documents.select(
        *(pl.col(name).sum().cast(pl.Int64).alias(name) for name in present),
        *((pl.col(name) > 0).sum().cast(pl.Int64).alias(f"{name}:documents") for name in present),
    ).collect()
    row = sums.row(0, named=True) if sums.height else {}
    return [{"what": COUNTERS[name], "n": row[name] or 0, "documents": row[f"{name}:documents"]} for name in present]


def _counted(frame: pl.LazyFrame, *columns: str) -> list[dict[str, Any]]:
    return (
        (frame.group_by(*columns).agg(n=pl.len()).sort("n", *columns, descending=[True] + [False] * len(columns)))
        .collect()
        .to_dicts()
    )


def _sample(articles: pl.LazyFrame, paragraphs: pl.LazyFrame) -> list[dict[str, Any]]:
    """The first articles with the beginning of their text."""
    chosen = articles.sort("document_id", "ordinal").head(_SAMPLE)
    opening = (
        paragraphs.filter(pl.col("role") == "body")
        .sort("article_id", "ordinal")
        .group_by("article_id", maintain_order=True)
        .agg(opening=pl.col("text").first().str.head(_EXCERPT))
    )
    return chosen.join(opening, on="article_id", how="left", maintain_order="left").collect().to_dicts()


def _render(facts: Mapping[str, Any]) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["grouped"] = lambda number: f"{number:,}"
    return environment.get_template("summary.html.j2").render(facts)


def _table(header: Sequence[str], rows: Iterable[tuple[Any, Any]]) -> list[str]:
    lines = [f"| {_cell(name)} | {_cell(value)} |" for name, value in rows]
    return ["\n".join([f"| {header[0]} | {header[1]} |", "|---|--:|", *lines])] if lines else []


def _cell(value: object) -> str:
    text = html.escape(" ".join(str(value).split()), quote=False)
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+!|~" else sign for sign in text)
