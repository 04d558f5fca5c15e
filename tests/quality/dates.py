"""Scores the date finder on labelled spans, and datelines and kinds on the articles of the reference sets."""

import json
from pathlib import Path
from typing import Any

import polars as pl

from tasks.enrich.datelines import parse_dateline
from tasks.enrich.dates import find_dates
from tasks.enrich.kinds import kind_of

# labels of whole days; periods, clock times and durations are no dates of publication
DAYS = ("DateExtractor:",)


def score_dates(shared: Path) -> dict[str, float]:
    """Return recall and precision (shares of 1) of exact spans that name a day, calendar or relative.

    Args:
        shared: the folder of real data, with `data/dates.jsonl`.
    """
    lines = (shared / "data" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["id"].startswith(DAYS)]
    found = find_dates(pl.Series([case["text"] for case in cases]))
    got = set(found.select("row", "start", "end").rows())
    labelled = {
        (row, date["Start"], date["Start"] + date["Length"])
        for row, case in enumerate(cases)
        for date in case["results"] or []
    }
    return {"recall": len(got & labelled) / len(labelled), "precision": len(got & labelled) / len(got)}


def score_heads(shared: Path) -> dict[str, float]:
    """Return the share of right datelines (publisher, reporters, day; of those scored) and of right kinds.

    Args:
        shared: the folder of real data, with `reference` and `noised/gold`.
    """
    frame = pl.DataFrame([_head_of(article) for article in _articles(shared)], infer_schema_length=None)
    line = parse_dateline(pl.col("lead")).struct
    names = pl.coalesce(line.field("publisher"), line.field("agency"))
    judged = frame.with_columns(
        line_right=(names.eq_missing(pl.col("house")))
        & (line.field("journalists") == pl.col("journalists"))
        & line.field("date_text").eq_missing(pl.col("date_text")),
        kind_right=kind_of(pl.col("title"), pl.col("head"), continued=pl.col("continued"), dateline=line.field("text"))
        == pl.col("kind"),
    )
    return {
        "datelines": float(judged.filter("scored").select(pl.col("line_right").mean()).item()),
        "kinds": float(judged.select(pl.col("kind_right").mean()).item()),
    }


def _articles(shared: Path) -> list[dict[str, Any]]:
    files = sorted([*(shared / "reference").glob("*.json"), *(shared / "noised" / "gold").glob("*.json")])
    return [article for file in files for article in json.loads(file.read_text(encoding="utf-8"))["articles"]]


def _head_of(article: dict[str, Any]) -> dict[str, Any]:
    line = article.get("dateline") or {}
    if line.get("position") == "tail":
        line = {}
    return {
        "title": article["title"],
        "lead": article["paragraphs"][0],
        "head": "\n".join(article["paragraphs"][:6]),
        "continued": (article.get("continuation") or {}).get("marker"),
        "kind": article["kind"],
        "house": line.get("newspaper") or line.get("agency"),
        "journalists": line.get("journalists") or [],
        "date_text": line.get("date_text"),
        "scored": bool(line) and article.get("dateline_scored") is not False,
    }
