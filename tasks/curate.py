"""Curates one batch: read, clean, segment, describe, check, stage. Its tables go to files; what it returns is small."""

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import polars as pl

from contracts import registry
from tasks import decisions, describe, gate, tables
from tasks import documents as batch
from tasks.cards import SourceCard, load_cards
from tasks.dedupe.sign import sign_articles
from tasks.lake.disk import write_frame
from tasks.lake.raw import put_all
from tasks.plan import Batch, Plan
from tasks.plan_file import read_part
from tasks.read import ReadLimits, ReadResult, read_files
from tasks.records import BatchRecord, RunInfo

RECORD = "batch.json"
# Bytes of text: less is not worth a thread, more would take memory by the gigabyte.
SHARE_BYTES, LARGEST_SHARE_BYTES = 8_000_000, 16_000_000


def curate_documents(
    documents: pl.DataFrame, cards: Mapping[str, SourceCard] | None = None, recipe_version: str = "none"
) -> tables.Curated:
    """Turn read documents into the content tables.

    Args:
        documents: the frame of `tasks.read.read_files`, one row a content.
        cards: source cards by name, for the years, dates and publishers they give.
        recipe_version: stamped on the documents.

    Returns:
        documents, articles, paragraphs, sentences, spans, anomalies as DESIGN section 4 has them, and what
        breaks conservation.
    """

    def curated(share: pl.DataFrame) -> tables.Curated:
        cut = batch.segment(share)
        del share  # its text is in the lines now
        return describe.complete(cut, tables.assemble(cut), cards or {}, recipe_version)

    shares = _shares(documents)
    del documents
    if pl.thread_pool_size() == 1:
        # a worker of `flows.pool` is on that thread: another one that asks Polars would wait for it for ever
        done = [curated(shares.pop(0)) for _ in range(len(shares))]
    else:
        with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
            done = list(threads.map(curated, shares))
    # in an order that no cut into shares can change: everything else is in the order of documents
    return tables.Curated(
        {name: pl.concat([one.tables[name] for one in done], rechunk=True) for name in done[0].tables}
        | {"anomalies": pl.concat([one.tables["anomalies"] for one in done]).sort("anomaly_id")},
        pl.concat([one.broken for one in done]).sort("document_id"),
    )


def _shares(documents: pl.DataFrame) -> list[pl.DataFrame]:
    """Cut a batch into runs of documents: one for each of Polars' threads, since many steps keep only one of them busy.

    A file of many records is one batch however large it is: it has more shares, a few of which are worked on at a time.
    """
    ends = documents["text"].str.len_bytes().cum_sum()
    whole = int(ends[-1]) if len(ends) else 0
    n_shares = max(1, min(pl.thread_pool_size(), whole // SHARE_BYTES), -(-whole // LARGEST_SHARE_BYTES))
    edges = [0, *(int((ends <= whole * i // n_shares).sum()) for i in range(1, n_shares)), len(documents)]
    return [documents[start:end] for start, end in pairwise(edges) if end > start] or [documents]


def curate_batch(run_dir: Path, number: int) -> BatchRecord:
    """Curate and stage one batch of a planned run; a finished batch is not done again.

    Args:
        run_dir: the run's folder, with its plan.
        number: which batch.

    Raises:
        OSError: the staging disk refused.
    """
    plan = read_part(run_dir, number)
    folder = run_dir / f"batch-{number:06d}"
    if (folder / RECORD).exists():
        return _recorded(folder)
    (chosen,) = plan.batches
    with ThreadPoolExecutor(1) as beside:
        # the raw store waits for the disk, the batch for the processor
        kept = beside.submit(_keep_raw, plan, chosen)
        record = _curated(plan, chosen, folder)
        kept.result()
    _write_record(folder, record)
    return record


def _curated(plan: Plan, chosen: Batch, folder: Path) -> BatchRecord:
    """Take the batch through its stages, each timed, and leave its tables in `folder`."""
    seconds: dict[str, float] = {}
    cards = load_cards(plan.cards)
    with _timed(seconds, "read"):
        found = read_files(list(chosen.files), cards, ReadLimits())
    with _timed(seconds, "curate"):
        documents = [found.documents.unique("document_id", keep="first", maintain_order=True)]
        found = ReadResult(found.documents.drop("text"), found.rejections)
        # handed over: the tables hold the text in the end, and nothing else shall
        curated = curate_documents(documents.pop(), cards, plan.recipe_version)
    with _timed(seconds, "check"):
        run = RunInfo(plan.run_id, plan.recipe_version, registry.versions())
        content = curated.tables | {
            "sightings": _sightings(found.documents, plan.run_id),
            "rejections": _file_rejections(found.rejections, run),
        }
        decided = decisions.apply(content, decisions.load_decisions(plan.cards.parent / decisions.FILE))
        result = gate.split_tables(decided.tables, run, curated.broken, decided)
        result.tables["rejections"] = _from_files(result.tables["rejections"], found, chosen)
    with _timed(seconds, "sign"):
        result.tables["signatures"] = sign_articles(result.tables["articles"], result.tables["paragraphs"])
    with _timed(seconds, "stage"):
        _stage(folder, result.tables | {gate.MEASURED: result.measured})
    return BatchRecord(
        number=chosen.number,
        rows={name: len(frame) for name, frame in result.tables.items()},
        n_bytes=chosen.n_bytes,
        n_files=len(chosen.files),
        verdict=result.verdict,
        seconds=seconds,
    )


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - start, 4)


def _keep_raw(plan: Plan, chosen: Batch) -> None:
    """Put the inputs into the raw store; a file that vanished or changed since the plan is left out."""
    files = zip(chosen.files, chosen.file_ids, strict=True)
    put_all(
        plan.lake,
        ((file.path, file_id) for file, file_id in files if file.leads and file.n_bytes and file.path.is_file()),
    )


def _sightings(documents: pl.DataFrame, run_id: str) -> pl.DataFrame:
    place = pl.concat_str("document_id", "source", "source_uri", separator="\t")
    seen = documents.select(
        "document_id",
        "source",
        "source_uri",
        first_seen_run=pl.lit(run_id),
        place=place,
    ).unique("place", keep="first", maintain_order=True)
    return seen.select(
        sighting_id=pl.concat_str(pl.col("document_id").str.head(20), pl.lit("-w"), _short_hash(pl.col("place"))),
        document_id="document_id",
        source="source",
        source_uri="source_uri",
        first_seen_run="first_seen_run",
    )


def _file_rejections(rejected: pl.DataFrame, run: RunInfo) -> pl.DataFrame:
    key = pl.concat_str("document_id", "reason", "source_uri", separator="\t")
    return rejected.select(
        rejection_id=pl.concat_str(pl.col("document_id").str.head(20), pl.lit("-r"), _short_hash(key)),
        document_id="document_id",
        source="source",
        source_uri="source_uri",
        table_name=pl.lit("file"),
        row_key="document_id",
        reason="reason",
        message="message",
        row_json=pl.lit(None, pl.String),
        start=pl.lit(None, pl.Int64),
        end=pl.lit(None, pl.Int64),
        run_id=pl.lit(run.run_id),
        release=pl.lit(None, pl.Int32),
        recipe_version=pl.lit(run.recipe_version),
        contract_version=pl.lit(run.contract_versions.get("documents", "")),
        file_id=pl.lit(None, pl.String),
        file_uri=pl.lit(None, pl.String),
        n_attempts=pl.lit(1, pl.Int32),
    )


def _from_files(rejections: pl.DataFrame, found: ReadResult, chosen: Batch) -> pl.DataFrame:
    """Note for each rejection the raw file that held it, and where that was seen: what a replay starts from."""
    both = pl.concat([frame.select("document_id", "file_id") for frame in (found.documents, found.rejections)])
    places = pl.DataFrame(
        {"file_id": chosen.file_ids, "file_uri": [file.source_uri for file in chosen.files]},
        schema=dict.fromkeys(("file_id", "file_uri"), pl.String),
    )
    held = both.unique("document_id", keep="first").join(
        places.unique("file_id", keep="first"), on="file_id", how="left"
    )
    columns = rejections.columns
    return (
        rejections.drop("file_id", "file_uri")
        .join(held, on="document_id", how="left", maintain_order="left")
        .select(columns)
    )


def _short_hash(text: pl.Expr) -> pl.Expr:
    """Twelve hex digits that are the same on every machine (polars' own hash may change between versions)."""
    return text.map_batches(_hashes, return_dtype=pl.String)


def _hashes(values: pl.Series) -> pl.Series:
    import hashlib

    return pl.Series(values.name, [hashlib.sha256(v.encode()).hexdigest()[:12] for v in values], dtype=pl.String)


def _stage(folder: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, frame in frames.items():
        # written once, read by link, gate and publish: quick beats small, twice the bytes at half the cost
        write_frame(frame, folder / f"{name}.parquet", compression="uncompressed", statistics=False)


def _write_record(folder: Path, record: BatchRecord) -> None:
    """The record comes last and whole: where it is, the batch is done."""
    draft = folder / f"{RECORD}.{os.getpid()}.tmp"
    draft.write_text(json.dumps(asdict(record) | {"finished": True}), encoding="ascii")
    draft.replace(folder / RECORD)


def _recorded(folder: Path) -> BatchRecord:
    data = json.loads((folder / RECORD).read_text(encoding="ascii"))
    data.pop("finished")
    return BatchRecord(**data)
