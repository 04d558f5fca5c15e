"""Holds a batch against its contracts (`split_tables`), and a staged run against tolerances and history (`judge`)."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from contracts import engine, verdicts
from contracts.base import NEVER_FAILS, Tolerance
from contracts.registry import CONTRACTS, empty
from contracts.relations import RELATIONS
from contracts.verdicts import Reason, Verdict
from contracts.withdraw import CONTENT, EXCLUDED, Kept, settle
from tasks import baseline, expectations, measures, rejected
from tasks.cards import SourceCard, load_cards
from tasks.decisions import FILE, Decided, load_decisions
from tasks.lake.disk import write_frame
from tasks.records import RunInfo

BROKEN = pl.Schema({"document_id": pl.String(), "rule": pl.String(), "message": pl.String()})
MEASURED = "measured"  # what `GateResult.measured` is staged as
COUNTED = pl.Schema({"table_name": pl.String(), **engine.COUNT_COLUMNS})


@dataclass(frozen=True)
class GateResult:
    """A batch after its contracts: each table's valid rows, with rejections, failures and metrics; and the verdict.

    `measured` holds the sums of `tasks.measures`, from which `judge` measures the run.
    """

    tables: dict[str, pl.DataFrame]
    verdict: str
    measured: pl.DataFrame


class GateError(Exception):
    """The gate was handed something it cannot judge; the message says what."""


def split_tables(
    tables: Mapping[str, pl.DataFrame],
    run: RunInfo,
    broken: pl.DataFrame | None = None,
    decided: Decided | None = None,
) -> GateResult:
    """Split the tables of a batch into rows to publish and rejections.

    A rejected row takes its article with it, a broken ledger its document. Every row ends up in its table or in
    `rejections`, never in both; the spans of a withdrawn article stay, as removed by the step `rejected`.

    Args:
        tables: content tables by name, columns as in their contracts (in any order); and under `rejections` the files
            that could not be read.
        run: what the rows are stamped with.
        broken: documents whose content is not conserved: document_id, rule, message.
        decided: what people have excluded and excused; its tables are not looked at.

    Raises:
        GateError: a table is no content table.
        contracts.engine.SchemaBrokenError: a table lacks a column, or has one too many or of another type.
    """
    if unknown := sorted(set(tables) - {*CONTENT, "rejections"}):
        raise GateError(f"no content table is called {', '.join(unknown)}; known are {', '.join(CONTENT)}")
    broken = BROKEN.to_frame() if broken is None else broken.select(list(BROKEN))
    tables = {table: tables.get(table, empty(table)) for table in (*CONTENT, "rejections")}
    documents, files = tables["documents"], tables["rejections"]
    decided = decided or Decided({})
    splits = {table: engine.split(CONTRACTS[table], tables[table], decided.waived) for table in CONTENT}
    kept = settle(splits, broken, decided.excluded)
    out = dict(kept.tables)
    for table in ("documents", "spans"):
        # the only tables whose rows are changed after their contract was asked
        if len(kept.gone) and not engine.holds(CONTRACTS[table], out[table]):
            raise GateError(f"withdrawing articles broke the contract of {table}")
    out["rejections"] = rejected.rejections(splits, kept, documents, files, run)
    out["failures"] = rejected.failures(splits, kept, broken, run)
    _assert_nothing_lost(tables, out)
    seen = [*documents["document_id"].drop_nulls(), *files["rejection_id"]]
    counts = pl.concat([_counts(splits, kept, broken, documents.height), _decisions(decided)])
    out["metrics"] = _metrics(counts, run, seen)
    return GateResult(out, verdicts.worst(out["metrics"]["verdict"].to_list()), measures.sums(out))


def judge(run_dir: Path, lake: Path, today: date | None = None) -> Verdict:
    """Judge all staged batches of a run together, and compare it with the releases of the lake.

    What was measured is staged beside the batches, as `metrics.parquet`: published with the run, it is the history that
    later runs are compared with. A replay is warned about at most, and leaves no history.

    Args:
        run_dir: the run's directory, with `plan.json` and a folder a batch.
        lake: the lake it would be published to.
        today: the day that freshness is reckoned from.

    Raises:
        GateError: the run has no plan, or a planned batch is not finished.
        tasks.cards.CardError: a source card is wrong.
    """
    plan = _plan(run_dir)
    metrics = pl.concat([empty("metrics"), *_staged(run_dir, plan, "metrics")])
    tolerances = verdicts.tolerances()
    findings = []
    counted = metrics.group_by("table_name", "rule", "severity", maintain_order=True).agg(pl.sum("n_rows", "n_failed"))
    for table, rule, severity, n_rows, n_failed in counted.iter_rows():
        tolerance = _tolerance(tolerances, table, rule, severity)
        verdict = verdicts.of_rule(severity, tolerance, n_rows, n_failed)
        if verdict != "pass":
            findings.append(_finding(table, rule, verdict, tolerance, n_rows, n_failed))
    run, known = _run(run_dir, plan), baseline.read_baseline(lake)
    told = expectations.findings(run, known, _cards(plan), today or datetime.now(UTC).date())
    told += _standing(plan, run, known)
    if run.whole:
        _stage_measures(run_dir, plan, run, told)
    every = [*_files_read(run_dir, plan), *findings, *told]
    if not run.whole:
        # what was rejected once is no fair sample: what passes now is published, the rest is kept with its count
        every = [replace(one, verdict="warn") if one.verdict == "fail" else one for one in every]
    return verdicts.together(every)


def _run(run_dir: Path, plan: Mapping[str, object]) -> expectations.Run:
    documents, articles, rejections = (
        pl.concat([schema.to_frame(), *(frame.select(list(schema)) for frame in _staged(run_dir, plan, table))])
        for table, schema in (
            ("documents", pl.Schema({"document_id": pl.String(), "source": pl.String()})),
            ("articles", baseline.PLACES),
            ("rejections", pl.Schema(dict.fromkeys(("document_id", "table_name", "reason"), pl.String()))),
        )
    )
    whole = rejections.filter(pl.col("table_name").is_in(["file", "documents"]))
    return expectations.Run(
        measured=measures.together(_staged(run_dir, plan, MEASURED)),
        documents=documents,
        articles=articles,
        rejected=whole.filter(pl.col("reason") != EXCLUDED)["document_id"].unique(),
        withdrawn=whole.filter(pl.col("reason") == EXCLUDED)["document_id"].unique(),
        recipe=str(plan.get("recipe_version")),
        whole=not plan.get("replay"),
    )


def _standing(plan: Mapping[str, object], run: expectations.Run, known: baseline.Baseline) -> list[Reason]:
    """Documents that a person has excluded and that are published still, from before the decision."""
    if "cards" not in plan:
        return []
    decided = load_decisions(Path(str(plan["cards"])).parent / FILE)
    excluded = {one.document for one in decided if one.action == "exclude" and one.article is None}
    here = set(known.documents.filter(pl.col("document_id").is_in(list(excluded)))["document_id"])
    n = len(here - set(run.withdrawn))
    if not n:
        return []
    expected, actual = "no excluded document published", f"{n} still are: qingliu replay --decided"
    return [Reason("decisions_are_in_force", "documents", "warn", expected, actual)]


def _cards(plan: Mapping[str, object]) -> dict[str, SourceCard]:
    return load_cards(Path(str(plan["cards"]))) if "cards" in plan else {}


def _stage_measures(run_dir: Path, plan: Mapping[str, object], run: expectations.Run, told: list[Reason]) -> None:
    graded = pl.DataFrame(
        [(one.source, one.rule, one.verdict) for one in told if one.source is not None],
        schema=dict.fromkeys(("source", "family", "verdict"), pl.String),
        orient="row",
    ).unique(["source", "family"], keep="first")
    run_id = str(plan.get("run_id", run_dir.name))
    rows = run.measured.with_columns(family=pl.col("measure").str.split(":").list.first()).join(
        graded, on=["source", "family"], how="left", maintain_order="left"
    )
    rows = rows.select(
        metric_id=pl.format("{}-{}-{}", pl.lit(run_id), "source", "measure"),
        document_id=pl.lit(None, pl.String),
        run_id=pl.lit(run_id),
        table_name="table_name",
        rule="measure",
        source="source",
        value="value",
        severity=pl.lit("info"),
        n_rows=pl.col("n").fill_null(pl.col("total").cast(pl.Int64)),
        n_failed=pl.lit(0, pl.Int64),
        verdict=pl.col("verdict").fill_null("pass"),
        measured_at=pl.lit(datetime.now(UTC)).dt.cast_time_unit("us"),
    )
    draft = run_dir / ".metrics.draft"
    write_frame(rejected.own(rows, "metrics"), draft)
    draft.replace(run_dir / "metrics.parquet")


def _assert_nothing_lost(tables: Mapping[str, pl.DataFrame], out: Mapping[str, pl.DataFrame]) -> None:
    withheld = dict(out["rejections"].group_by("table_name").len().iter_rows())
    for table in CONTENT:
        before, after, gone = tables[table].height, out[table].height, withheld.get(table, 0)
        if before != after + gone:
            raise engine.RowsLostError(f"{table}: {before} rows in, {after} valid, {gone} rejected")


def _counts(splits: Mapping[str, engine.Split], kept: Kept, broken: pl.DataFrame, n_documents: int) -> pl.DataFrame:
    parts = [split.counts.select(pl.lit(table).alias("table_name"), pl.all()) for table, split in splits.items()]
    rows = [
        (relation.table, relation.name, "reject", _height(splits, relation.table), _failed(kept, relation.name))
        for relation in RELATIONS
    ]
    rows += [
        ("documents", rule, "reject", n_documents, n) for rule, n in broken.group_by("rule").len().sort("rule").rows()
    ]
    return pl.concat([COUNTED.to_frame(), *parts, pl.DataFrame(rows, schema=COUNTED, orient="row")])


def _decisions(decided: Decided) -> pl.DataFrame:
    """How many decisions were about documents of the batch, and how many of them changed nothing."""
    rows = [
        ("documents", f"{action}_decisions_have_an_effect", "warn", n, idle) for action, n, idle in decided.counts if n
    ]
    return pl.DataFrame(rows, schema=COUNTED, orient="row")


def _height(splits: Mapping[str, engine.Split], table: str) -> int:
    return splits[table].valid.height + splits[table].rejected.height


def _failed(kept: Kept, relation: str) -> int:
    return kept.broken[relation]["row_key"].n_unique() if relation in kept.broken else 0


def _metrics(counts: pl.DataFrame, run: RunInfo, seen: list[str]) -> pl.DataFrame:
    tolerances = verdicts.tolerances()
    told = [
        verdicts.of_rule(severity, _tolerance(tolerances, table, rule, severity), n_rows, n_failed)
        for table, rule, severity, n_rows, n_failed in counts.iter_rows()
    ]
    # batches have no number here: what they read tells them apart
    batch = hashlib.sha256("".join(seen).encode()).hexdigest()[:12]
    rows = counts.with_columns(
        pl.Series("verdict", told, dtype=pl.String),
        metric_id=pl.format("{}-{}-{}-{}", pl.lit(run.run_id), pl.lit(batch), "table_name", "rule"),
        document_id=pl.lit(None, pl.String),
        run_id=pl.lit(run.run_id),
        source=pl.lit(None, pl.String),
        value=pl.lit(None, pl.Float64),
        measured_at=pl.lit(datetime.now(UTC)).dt.cast_time_unit("us"),
    )
    return rejected.own(rows, "metrics")


def _tolerance(known: Mapping[tuple[str, str], Tolerance], table: str, rule: str, severity: str) -> Tolerance:
    """The declared tolerance; rules that are no contract's (conservation, decisions) have the usual ones."""
    return known.get((table, rule), Tolerance() if severity == "reject" else NEVER_FAILS)


def _plan(run_dir: Path) -> dict[str, object]:
    try:
        plan: dict[str, object] = json.loads((run_dir / "plan.json").read_bytes())
    except (OSError, ValueError) as error:
        raise GateError(f"{run_dir / 'plan.json'}: no readable plan ({error}); run it again") from error
    return plan


def _staged(run_dir: Path, plan: Mapping[str, object], table: str) -> Iterator[pl.DataFrame]:
    batches = plan.get("batches")
    for batch in batches if isinstance(batches, list) else []:
        folder = run_dir / f"batch-{batch['number']:06d}"
        if not (folder / "batch.json").exists():
            raise GateError(f"{folder}: this batch is not finished; run it again, it goes on from there")
        if (folder / f"{table}.parquet").exists():
            yield pl.read_parquet(folder / f"{table}.parquet")


def _files_read(run_dir: Path, plan: Mapping[str, object]) -> list[Reason]:
    """Whether documents came out of the files: all failing is a fail, some a warning, no files at all no matter."""
    accepted = sum(frame.height for frame in _staged(run_dir, plan, "documents"))
    lost = [
        frame.filter(pl.col("table_name").is_in(["file", "documents"]), pl.col("reason") != EXCLUDED).height
        for frame in _staged(run_dir, plan, "rejections")
    ]
    refused = plan.get("rejections")
    failed = sum(lost) + (len(refused) if isinstance(refused, list) else 0)
    if not failed:
        return []
    # with known files left out of the plan, a few bad new ones are no reason to call the whole input bad
    verdict = "fail" if accepted == 0 and not plan.get("skipped") else "warn"
    actual = f"{failed} of {accepted + failed} files and records"
    return [Reason("every_file_becomes_a_document", "documents", verdict, "none rejected", actual)]


def _finding(table: str, rule: str, verdict: str, tolerance: Tolerance, n_rows: int, n_failed: int) -> Reason:
    share = tolerance.fail if verdict == "fail" else tolerance.warn
    expected = f"at most {share:.1%} of rows failing"
    return Reason(rule, table, verdict, expected, f"{n_failed} of {n_rows} ({n_failed / max(n_rows, 1):.1%})")
