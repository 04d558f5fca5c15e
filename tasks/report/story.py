"""The sections of the page that an operator looks for, as Markdown for the Prefect UI: each one artifact of the run."""

from collections.abc import Iterable, Mapping
from typing import Any

from tasks.report.artifact import cell, table
from tasks.report.gallery import Exhibit
from tasks.report.lineage import Lineage
from tasks.report.rejected import Reason
from tasks.report.words import Words

_SAMPLES, _EXHIBITS, _ANCESTORS = 3, 4, 5


def stories(told: Mapping[str, Any]) -> dict[str, str]:
    """Cleaning, rejections, before and after, lineage: from the facts of the page, a text each.

    Args:
        told: what `tasks.report.page.facts` gathers of a release, or of a run that failed its gate.
    """
    of = "of a run that is not published" if told["staged"] else f"of release {told['release'].number}"
    return {
        "cleaning": _text(f"What cleaning did, {of}", _cleaning(told)),
        "rejections": _text(f"What was rejected, {of}", _rejections(told["rejections"])),
        "before-after": _text(f"Before and after, {of}", _before_after(told["gallery"])),
        "lineage": _text(f"Where it comes from, {of}", _lineage(told["lineage"])),
    }


def _text(title: str, parts: Iterable[str]) -> str:
    return "\n\n".join([f"## {title}", *parts]) + "\n"


def _cleaning(told: Mapping[str, Any]) -> list[str]:
    done = [(_words((row["zh"], row["what"])), row["n"], row["documents"]) for row in told["counters"] if row["n"]]
    gone = [
        (
            _words(row["step"]),
            row["n_content"],
            row["share"],
            row["documents"],
            f"{row['strings'][0][0]} ×{row['strings'][0][1]}",
        )
        for row in told["removals"]
    ]
    return [
        *(table(("step", "times", "documents"), done) or ["No step had anything to do."]),
        "### What was taken out",
        *(table(("step", "characters", "share", "documents", "most often"), gone) or ["Nothing was taken out."]),
    ]


def _rejections(reasons: Iterable[Reason]) -> list[str]:
    rows = [(_words((one.zh, one.reason)), one.rows, one.documents) for one in reasons]
    if not rows:
        return ["Nothing was rejected."]
    samples = [
        (_words(("", one.reason)), sample.place, sample.message) for one in reasons for sample in one.samples[:_SAMPLES]
    ]
    return [
        *table(("because", "rows", "documents"), rows),
        "### The first of each",
        *table(("because", "where", "what"), samples),
        "`qingliu rejections` shows more of them, `qingliu replay` tries them again.",
    ]


def _before_after(gallery: Mapping[Words, list[Exhibit]]) -> list[str]:
    parts = []
    shown = [(why, one) for why, exhibits in gallery.items() for one in exhibits[:1] if one.paragraphs]
    for why, one in shown[:_EXHIBITS]:
        parts += [f"### {cell(one.title)}", f"{cell(_words(why))} · {cell(one.file_name)}"]
        # A table would not wrap its lines.
        for row in one.paragraphs:
            parts += [f"> **raw** {cell(_joined(row.diff.raw))}", f"> **published** {cell(_joined(row.diff.clean))}"]
    return parts or ["No article whose raw text is there."]


def _joined(pieces: Iterable[tuple[str, str]]) -> str:
    return "".join(text for kind, text in pieces if kind != "other")


def _lineage(found: Lineage) -> list[str]:
    files = [
        (row["file_name"], row["source"], row["encoding"], row["n_articles"], "new" if row["new"] else "")
        for row in found.documents
    ]
    chain = [
        (one.number, one.operation, one.created_at, one.verdict, one.documents, one.articles, one.rejections)
        for one in found.ancestors[:_ANCESTORS]
    ]
    more = [f"… and {found.more_documents:,} more documents."] if found.more_documents else []
    return [
        "### Releases",
        *table(("release", "by", "at", "verdict", "documents", "articles", "rejections"), chain),
        "### Made by",
        *table(("what", "version"), found.versions),
        "### Raw files",
        *table(("file", "source", "encoding", "articles", "this run"), files),
        *more,
    ]


def _words(of: Words) -> str:
    return " ".join(part for part in of if part)
