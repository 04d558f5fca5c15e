"""The page: gathers every section of a release, renders it with all of it escaped, and puts it in place whole."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from contracts.verdicts import Verdict
from tasks.lake.errors import writing
from tasks.lake.lake import REPORTS
from tasks.measures import MEASURES
from tasks.report import (
    charts,
    cleaning,
    coverage,
    excerpts,
    gallery,
    lineage,
    rejected,
    rules,
    suspects,
    trends,
    words,
)
from tasks.report.funnel import funnel
from tasks.report.numbers import grouped, percent, size, valued
from tasks.report.raw_texts import decoded
from tasks.report.shown import shown
from tasks.report.staged import STAGED, staged_view
from tasks.report.view import View, view_of

_ARTICLES = 20
# Who else wants to know what the page shows, before it is written.
Listener = Callable[[Mapping[str, Any]], None]


def write_summary(lake: Path, release: int, listener: Listener | None = None) -> Path:
    """Write `<lake>/reports/000012.html`, a page that needs nothing from outside, and return its path.

    Args:
        lake: root of the lake.
        release: number of the release; an unknown one raises `tasks.lake.errors.UnknownRelease`.
        listener: handed all facts of the page.

    Raises:
        tasks.lake.errors.WriteFailed, LakeReadOnly: the disk refused the page.
    """
    view = view_of(lake, release)
    page = _write(view, f"{release:06d}", listener)
    view.lake.store.show(f"{REPORTS}/{page.name}")
    return page


def write_failed(lake: Path, run_dir: Path, verdict: Verdict, listener: Listener | None = None) -> Path:
    """Write `<lake>/reports/r0123456789abcdef.html` about a run that its gate did not let through, and return its path.

    Args:
        lake: root of the lake.
        run_dir: the run's directory, every batch finished.
        verdict: the gate's.
        listener: handed all facts of the page.
    """
    return _write(staged_view(lake, run_dir, verdict), run_dir.name, listener)


def _write(view: View, name: str, listener: Listener | None) -> Path:
    page = view.lake.root / REPORTS / f"{name}.html"
    told = facts(view)
    if listener:
        listener(told)
    text = render(told)
    with writing(page):
        page.parent.mkdir(exist_ok=True)
        # two runs may write it at once
        draft = page.with_suffix(f".{os.getpid()}.tmp")
        draft.write_text(text, encoding="utf-8")
        draft.replace(page)
    return page


def facts(view: View) -> dict[str, Any]:
    """Everything the page shows, by section."""
    chosen = gallery.choose(view)
    failed, withheld = rules.failed(view), rejected.reasons(view)
    wanted = [
        (rule.table, one.row_key, one.document_id) for rule in failed for one in rule.offenders if one.document_id
    ]
    wanted += [(*sample.key, sample.document_id) for reason in withheld for sample in reason.samples]
    located = excerpts.places(view, wanted)
    raw = decoded(view, [*(str(row["document_id"]) for row in chosen), *(place[0] for place in located.values())])
    moved = trends.trends(view)
    releases, history = rules.history(view)
    return {
        "release": view.release,
        "rows": {name: view.rows(name) for name in words.TABLES},
        "size": size,
        "findings": view.release.verdict.get("findings", []),
        "reasons": view.release.verdict.get("reasons", []),
        "measured": view.measured(),
        "staged": view.release.operation == STAGED,
        "funnel": funnel(view),
        "counters": cleaning.counters(view),
        "removals": cleaning.removals(view),
        "strings": cleaning.strings(view),
        "suspects": suspects.suspects(view),
        "gallery": gallery.exhibits(view, chosen, raw.texts),
        "damaged": raw.damaged,
        "n_chosen": len(chosen),
        "rules": failed,
        "held": rules.held(view),
        "rejections": withheld,
        "excerpts": excerpts.excerpts(located, raw.texts, _names(view, located)),
        "trends": moved,
        "distributions": charts.distributions(moved.families, dict(_titles())),
        "volumes": charts.volumes(moved.volumes) if moved.n_before else "",
        "coverage": coverage.coverage(view),
        "kinds": _counted(view, "articles", "kind"),
        "anomalies": _counted(view, "anomalies", "kind"),
        "articles": lineage.opening_of(view, _ARTICLES),
        "releases": releases,
        "history": history,
        "lineage": lineage.lineage(view),
        "tables": lineage.tables(view),
    }


def render(told: dict[str, Any]) -> str:
    """The page as text; every value is escaped, but for our own charts."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"grouped": grouped, "percent": percent, "size": size, "valued": valued, "shown": shown}
    environment.filters |= {"words": words.told, "chart": lambda drawn: Markup(drawn)}  # noqa: S704 - a chart is drawn by us
    environment.globals["words"] = words
    environment.globals["said"] = rules.said
    environment.globals["coverage_of"] = coverage
    return environment.get_template("page.html.j2").render(told)


def _titles() -> Iterator[tuple[str, str]]:
    for name, measure in MEASURES.items():
        if measure.kind == "family":
            zh, en = words.measure(name)
            yield name, f"{zh} {en}"


def _counted(view: View, table: str, column: str) -> list[dict[str, Any]]:
    counted = view.scan(table).group_by(column).agg(n=pl.len()).sort("n", column, descending=[True, False])
    return [{"name": shown(row[column], 40), "n": row["n"]} for row in counted.collect().to_dicts()]


def _names(view: View, located: dict[tuple[str, str], excerpts.Place]) -> dict[str, str]:
    ids = pl.Series([place[0] for place in located.values()], dtype=pl.String).unique()
    chosen = view.scan("documents").filter(pl.col("document_id").is_in(ids.implode()))
    return dict(chosen.select("document_id", "file_name").collect().iter_rows())
