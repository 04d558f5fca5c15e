"""Staged runs made up for the lake's tests: small, of fictional text, with a row in every table."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from contracts import registry

RECIPE = "recipe-one"


@dataclass(frozen=True)
class Verdict:
    verdict: str = "pass"
    reasons: tuple[str, ...] = ()


PASS = Verdict()


@dataclass(frozen=True)
class Doc:
    """A made-up document: its text is its name repeated, its month is where its article lands."""

    name: str
    month: str = "2020-02"
    source: str = "qinghe"
    n_paragraphs: int = 2
    uri: str = ""

    @property
    def id(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()

    @property
    def place(self) -> str:
        return self.uri or f"{self.name}.txt"


def stage(
    lake: Path,
    docs: Iterable[Doc],
    *,
    recipe: str = RECIPE,
    rejected: Iterable[Doc] = (),
    batch_size: int = 3,
    text: str = "清河镇举行座谈会。",
) -> Path:
    """Stage a run as `tasks.curate` would; the run's id follows from what it holds."""
    docs, rejected = list(docs), list(rejected)
    told = [recipe, text, *(f"{doc.id}{doc.place}{doc.month}" for doc in (*docs, *rejected)), str(batch_size)]
    run_id = "r" + hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
    run_dir = lake / ".staging" / run_id
    groups = [docs[start : start + batch_size] for start in range(0, len(docs), batch_size)] or [[]]
    run_dir.mkdir(parents=True, exist_ok=True)
    for number, group in enumerate(groups, start=1):
        turned_down = rejected if number == 1 else []
        _write_batch(run_dir, number, tables_of(group, turned_down, recipe, run_id, text))
    batches = [
        {"number": number, "files": [_file(doc) for doc in (*group, *(rejected if number == 1 else []))]}
        for number, group in enumerate(groups, start=1)
    ]
    plan = {"run_id": run_id, "lake": str(lake), "recipe_version": recipe, "skipped": 0, "batches": batches}
    (run_dir / "plan.json").write_text(json.dumps(plan))
    return run_dir


def _file(doc: Doc) -> dict[str, Any]:
    return {"path": doc.place, "source": doc.source, "source_uri": doc.place, "n_bytes": 10, "file_id": doc.id}


def _write_batch(run_dir: Path, number: int, tables: Mapping[str, pl.DataFrame]) -> None:
    folder = run_dir / f"batch-{number:06d}"
    folder.mkdir(exist_ok=True)
    for name, frame in tables.items():
        if not frame.is_empty():
            frame.write_parquet(folder / f"{name}.parquet")
    record = {"number": number, "rows": {name: frame.height for name, frame in tables.items()}, "finished": True}
    (folder / "batch.json").write_text(json.dumps(record))


def tables_of(docs: list[Doc], rejected: list[Doc], recipe: str, run_id: str, text: str) -> dict[str, pl.DataFrame]:
    """Rows of every table for some documents, as the contracts' columns."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in registry.CONTRACTS}
    for doc in docs:
        _tell(rows, doc, recipe, run_id, text)
    for doc in rejected:
        rows["rejections"].append(
            {
                "rejection_id": f"{doc.id[:20]}-file",
                "document_id": doc.id,
                "table_name": "file",
                "row_key": doc.id,
                "reason": "empty",
                "message": "nothing in it",
                "source": doc.source,
                "source_uri": doc.place,
                "run_id": run_id,
                "recipe_version": recipe,
                "contract_version": "1",
            }
        )
    metric = {"metric_id": f"{run_id}-m1", "run_id": run_id, "table_name": "articles", "rule": "r", "severity": "warn"}
    measured = datetime(2026, 1, 1, tzinfo=UTC)
    rows["metrics"].append(metric | {"n_rows": 1, "n_failed": 0, "verdict": "pass", "measured_at": measured})
    return {name: _frame(name, told) for name, told in rows.items()}


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = registry.empty(name).schema
    filled = [{column: row.get(column, _blank(dtype)) for column, dtype in schema.items()} for row in rows]
    return pl.DataFrame(filled, schema=schema)


def _blank(dtype: pl.DataType) -> Any:
    return 0 if dtype.is_numeric() else None


def _tell(rows: dict[str, list[dict[str, Any]]], doc: Doc, recipe: str, run_id: str, text: str) -> None:
    start = doc.id[:20]
    article = f"{start}-a0001"
    common = {"document_id": doc.id, "source": doc.source}
    rows["documents"].append(common | {"file_name": doc.place, "source_uri": doc.place, "recipe_version": recipe})
    seen = hashlib.sha256(f"{doc.id}\n{doc.source}\n{doc.place}".encode()).hexdigest()[:20]
    rows["sightings"].append(common | {"sighting_id": seen, "source_uri": doc.place, "first_seen_run": run_id})
    month = {"publish_month": doc.month}
    published = None if doc.month == "unknown" else date.fromisoformat(f"{doc.month}-11")
    rows["articles"].append(
        common | month | {"article_id": article, "ordinal": 1, "title": f"{doc.name}新闻", "published_on": published}
    )
    for number in range(1, doc.n_paragraphs + 1):
        paragraph = f"{article}-p{number:04d}"
        inside = common | month | {"article_id": article, "paragraph_id": paragraph, "ordinal": number}
        place = {"source_start": number * 10, "source_end": number * 10 + 9}
        rows["paragraphs"].append(inside | place | {"role": "body", "text": text, "outline": ["一"]})
        rows["sentences"].append(inside | place | {"sentence_id": f"{paragraph}-s0001", "ordinal": 1, "text": text})
        span = {"span_id": f"{start}-x{number:06d}", "ordinal": number, "start": number * 10, "end": number * 10 + 9}
        rows["spans"].append(common | span | {"fate": "paragraph", "row_id": paragraph})
    removed = {"span_id": f"{start}-x999999", "ordinal": 999999, "fate": "removed", "step": "furniture"}
    rows["spans"].append(common | removed | {"text": "第3版"})
