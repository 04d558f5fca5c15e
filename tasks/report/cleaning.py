"""What cleaning did: its counters, what each step took out, and the strings that cost the most."""

from typing import Any

import polars as pl

from tasks.report import words
from tasks.report.numbers import percent
from tasks.report.shown import shown
from tasks.report.view import View

_STRINGS, _OF_ONE_STEP, _EXAMPLES = 24, 5, 3


def counters(view: View) -> list[dict[str, Any]]:
    """Per counter of `documents`: what it counts in both languages, the sum, and the documents it touched."""
    documents = view.scan("documents")
    present = [name for name in words.COUNTERS if name in documents.collect_schema().names()]
    sums = documents.select(
        *(pl.col(name).cast(pl.Int64).sum().alias(name) for name in present),
        *((pl.col(name) > 0).sum().cast(pl.Int64).alias(f"{name}:documents") for name in present),
    ).collect()
    row = sums.row(0, named=True)
    return [
        {
            "what": words.COUNTERS[name],
            "zh": words.COUNTERS_ZH[name],
            "n": row[name] or 0,
            "documents": row[f"{name}:documents"] or 0,
        }
        for name in present
    ]


def removals(view: View) -> list[dict[str, Any]]:
    """Per step that took text out: spans, content, documents, share of all content, and its commonest strings."""
    taken = gone(view).with_columns(pl.col("text").str.head(80))
    each = taken.group_by("step").agg(
        n=pl.len(), n_content=pl.col("n_content").cast(pl.Int64).sum(), documents=pl.col("document_id").n_unique()
    )
    strings = taken.group_by("step", "text").agg(times=pl.len()).sort("times", "text", descending=[True, False])
    common = strings.group_by("step", maintain_order=True).agg(pl.col("text", "times").head(_EXAMPLES))
    whole = view.scan("documents").select(pl.col("n_content").sum()).collect().item() or 0
    rows = each.join(common, on="step", how="left", nulls_equal=True).sort(
        "n_content", "step", descending=[True, False]
    )
    return [
        {
            "step": words.step(row["step"]),
            "n": row["n"],
            "n_content": row["n_content"],
            "documents": row["documents"],
            "share": percent(row["n_content"] / whole) if whole else "–",
            "strings": [(shown(text, 24), times) for text, times in zip(row["text"], row["times"], strict=True)],
        }
        for row in rows.collect().iter_rows(named=True)
    ]


def strings(view: View) -> list[dict[str, Any]]:
    """The strings that cost the most content over all documents, with the steps that took them out."""
    found = (
        gone(view)
        .group_by("step", "text")
        .agg(
            times=pl.len(),
            n_content=pl.col("n_content").cast(pl.Int64).sum(),
            documents=pl.col("document_id").n_unique(),
        )
        .sort("n_content", "text", descending=[True, False])
        # one step that takes out thousands of glosses must not hide what the others did
        .group_by("step", maintain_order=True)
        .head(_OF_ONE_STEP)
        .sort("n_content", "text", descending=[True, False])
        .head(_STRINGS)
        .collect()
    )
    return [row | {"step": words.step(row["step"]), "text": shown(row["text"], 60)} for row in found.to_dicts()]


def gone(view: View) -> pl.LazyFrame:
    """The removed spans of a release, with a text each."""
    return view.scan("spans").filter(pl.col("fate") == "removed").with_columns(pl.col("text").fill_null(""))
