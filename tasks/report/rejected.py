"""What was withheld: by reason, with the first of each; and the same counts of a run that is only staged."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from contracts.registry import CONTRACTS
from tasks.rejections import by_reason
from tasks.report import words
from tasks.report.shown import shown
from tasks.report.view import View

_REASONS, _SAMPLES, _EXCERPT = 30, 3, 200


@dataclass(frozen=True)
class Sample:
    """A row that was withheld."""

    table: words.Words
    row_key: str
    place: str
    message: str
    row: str
    key: tuple[str, str]
    document_id: str


@dataclass(frozen=True)
class Reason:
    """All rejections of a reason code or rule; `attempts` is how often the most tried of them was."""

    reason: str
    zh: str
    rows: int
    documents: int
    attempts: int
    samples: list[Sample]


def reasons(view: View) -> list[Reason]:
    """Rejections of a release by single rule or reason code, the most frequent first."""
    schema = CONTRACTS["rejections"].polars_schema()
    rows = view.scan("rejections")
    there = rows.collect_schema().names()
    # whole rows are kept for replay; the page shows their beginning
    cut = rows.select(
        (pl.col(name) if name in there else pl.lit(None)).cast(dtype).alias(name) for name, dtype in schema.items()
    ).with_columns(pl.col("row_json", "message").str.head(_EXCERPT))
    frame = cut.collect()
    ids = dict(zip(zip(frame["table_name"], frame["row_key"], strict=True), frame["document_id"], strict=True))
    return [
        Reason(
            one.reason,
            _zh(one.reason),
            one.rows,
            one.documents,
            one.attempts,
            [_sample(sample, ids) for sample in one.samples],
        )
        for one in by_reason(frame, _SAMPLES)[:_REASONS]
    ]


def rejected_by_reason(run_dir: Path) -> dict[str, int]:
    """Count what the staged batches of a run rejected, by reason, the most frequent first."""
    files = sorted(run_dir.glob("batch-*/rejections.parquet"))
    if not files:
        return {}
    counted = pl.scan_parquet(files).group_by("reason").agg(n=pl.len()).sort("n", "reason", descending=[True, False])
    return {str(reason): int(n) for reason, n in counted.collect().iter_rows()}


def _sample(row: dict[str, str | None], ids: dict[tuple[str, str | None], str]) -> Sample:
    table = row["table_name"] or ""
    document_id = ids.get((table, row["row_key"]), "")
    return Sample(
        words.table(table),
        shown(row["row_key"], 80),
        shown(row["place"], 80),
        shown(row["message"], _EXCERPT),
        shown(row["row"], _EXCERPT) if row["row"] else "",
        (table, row["row_key"] or document_id),
        document_id,
    )


def _zh(reason: str) -> str:
    if reason in words.REASONS:
        return words.REASONS[reason]
    for model in CONTRACTS.values():
        for rule in model.rules():
            if rule.name == reason:
                return rule.zh
    return ""
