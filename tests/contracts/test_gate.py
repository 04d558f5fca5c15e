"""The gate: nothing lost, a bad row takes what hangs on it, verdicts by tolerance."""

import json
from pathlib import Path

import polars as pl
import pytest

from contracts import engine
from contracts.registry import CONTRACTS, empty
from contracts.withdraw import CONTENT
from tasks import gate
from tasks.records import RunInfo
from tests.contracts.made import batch, changed, document_id

RUN = RunInfo("r0", "1")
NO_MONTH = {"publish_month": "soon"}


def content() -> dict[str, pl.DataFrame]:
    return {table: frame for table, frame in batch().items() if table in CONTENT}


def rejected(result: gate.GateResult, table: str) -> pl.DataFrame:
    return result.tables["rejections"].filter(table_name=table)


def test_a_clean_batch_passes_whole() -> None:
    result = gate.split_tables(content(), RUN)
    assert result.verdict == "pass"
    assert all(result.tables[table].equals(frame) for table, frame in content().items())
    assert result.tables["rejections"].is_empty()
    assert result.tables["failures"].is_empty()


def test_no_tables_at_all_pass() -> None:
    result = gate.split_tables({}, RUN)
    assert result.verdict == "pass"
    assert set(result.tables) == {*CONTENT, "rejections", "failures", "metrics"}


def test_a_bad_sentence_takes_its_article_and_leaves_the_other() -> None:
    tables = content()
    tables["sentences"] = changed(tables["sentences"], 0, text="云溪县\n召开会议。")
    result = gate.split_tables(tables, RUN)
    assert result.verdict == "warn"
    assert rejected(result, "articles")["row_key"].to_list() == [tables["articles"]["article_id"][0]]
    assert rejected(result, "paragraphs").height == 2
    assert rejected(result, "sentences").height == 3
    assert rejected(result, "anomalies").height == 1
    # links to it go too
    assert rejected(result, "continuations").height == 1
    assert rejected(result, "duplicates").height == 1
    assert result.tables["articles"].height == 3
    document = result.tables["documents"].row(0, named=True)
    assert (document["n_articles"], document["n_paragraphs"], document["n_sentences"]) == (1, 1, 2)


def test_spans_of_a_withdrawn_article_stay_as_removed_and_still_tile_the_document() -> None:
    tables = content()
    tables["sentences"] = changed(tables["sentences"], 0, text=" ")
    spans = gate.split_tables(tables, RUN).tables["spans"].filter(document_id=document_id(0))
    assert spans["n_content"].sum() == tables["documents"]["n_content"][0]
    gone = spans.filter(step="rejected")
    assert gone["fate"].to_list() == ["removed"] * 3
    assert gone["row_id"].null_count() == 3
    assert gone["text"].null_count() == 3


def test_withdrawing_goes_on_until_every_relation_holds() -> None:
    # the anomaly of a withdrawn article is gone with it; one that points across takes its own document in round two
    tables = content()
    tables["paragraphs"] = changed(tables["paragraphs"], 5, role="footer")
    other = tables["articles"]["article_id"][3]
    tables["anomalies"] = changed(tables["anomalies"], 0, article_id=None)
    tables["spans"] = changed(tables["spans"], 1, row_id=f"{other}-p0001")
    result = gate.split_tables(tables, RUN)
    names = set(result.tables["failures"]["rule"])
    assert "role_is_known" in names
    assert "paragraphs_lead_back_to_a_span" in names
    assert other not in result.tables["articles"]["article_id"]
    assert tables["articles"]["article_id"][0] not in result.tables["articles"]["article_id"]
    again = gate.split_tables({table: result.tables[table] for table in CONTENT}, RUN)
    left = {"articles_are_numbered_without_gaps"}  # the gap that withdrawing left
    assert set(again.tables["failures"]["rule"]) <= left


def test_a_document_that_breaks_conservation_goes_whole() -> None:
    broken = pl.DataFrame({"document_id": [document_id(1)], "rule": ["rows_hold_their_content"], "message": ["2 lost"]})
    result = gate.split_tables(content(), RUN, broken)
    for table in ("documents", "articles", "paragraphs", "sentences", "spans", "anomalies", "sightings"):
        assert document_id(1) not in result.tables[table]["document_id"]
        assert document_id(1) in rejected(result, table)["document_id"]
    assert rejected(result, "documents")["reason"].to_list() == ["rows_hold_their_content"]
    assert "2 lost" in rejected(result, "documents")["message"][0]
    metric = result.tables["metrics"].filter(rule="rows_hold_their_content").row(0, named=True)
    assert (metric["n_rows"], metric["n_failed"], metric["verdict"]) == (2, 1, "warn")


def test_a_rejected_document_takes_everything() -> None:
    tables = content()
    tables["documents"] = changed(tables["documents"], 0, residual_noise=float("nan"))
    result = gate.split_tables(tables, RUN)
    assert all(document_id(0) not in result.tables[table]["document_id"] for table in CONTENT)


def test_two_documents_with_one_id_are_both_rejected_and_both_kept_in_rejections() -> None:
    tables = content()
    tables["documents"] = pl.concat([tables["documents"], tables["documents"].head(1)])
    result = gate.split_tables(tables, RUN)
    assert rejected(result, "documents").height == 2
    assert result.tables["rejections"]["rejection_id"].is_unique().all()


@pytest.mark.parametrize("column", ["document_id", "article_id", "sentence_id"])
def test_a_row_without_an_id_is_rejected_and_nothing_is_lost(column: str) -> None:
    tables = content()
    tables["sentences"] = changed(tables["sentences"], 0, **{column: None})
    result = gate.split_tables(tables, RUN)
    assert result.tables["sentences"].height + rejected(result, "sentences").height == tables["sentences"].height
    assert tables["articles"]["article_id"][0] not in result.tables["articles"]["article_id"]


def test_a_rejected_row_is_kept_whole_and_can_be_read_back() -> None:
    tables = content()
    tables["paragraphs"] = changed(tables["paragraphs"], 0, text="春\n耕")
    row = rejected(gate.split_tables(tables, RUN), "paragraphs").row(0, named=True)
    assert json.loads(row["row_json"]) == tables["paragraphs"].row(0, named=True)
    assert row["start"] == tables["paragraphs"]["source_start"][0]
    assert row["source_uri"] == "0.txt"
    assert row["contract_version"] == CONTRACTS["paragraphs"].about().version


def test_rejections_of_reading_are_passed_on() -> None:
    given = batch()["rejections"].with_columns(table_name=pl.lit("file"))
    result = gate.split_tables({"rejections": given}, RUN)
    assert result.tables["rejections"].equals(given)


def test_an_unknown_table_or_column_is_refused() -> None:
    with pytest.raises(gate.GateError, match="pages"):
        gate.split_tables({"pages": empty("runs")}, RUN)
    with pytest.raises(engine.SchemaBrokenError, match="colour is unknown"):
        gate.split_tables({"articles": content()["articles"].with_columns(colour=pl.lit("red"))}, RUN)


def stage(run_dir: Path, results: list[gate.GateResult], **plan: object) -> Path:
    batches = [{"number": number} for number in range(1, len(results) + 1)]
    run_dir.mkdir(parents=True)
    (run_dir / "plan.json").write_text(json.dumps({"batches": batches, "rejections": [], "skipped": [], **plan}))
    for number, result in enumerate(results, 1):
        folder = run_dir / f"batch-{number:06d}"
        folder.mkdir()
        for table, frame in result.tables.items():
            frame.write_parquet(folder / f"{table}.parquet")
        (folder / "batch.json").write_text("{}")
    return run_dir


def test_a_run_of_clean_batches_passes(tmp_path: Path) -> None:
    run = stage(tmp_path / "run", [gate.split_tables(content(), RUN)])
    assert gate.judge(run, tmp_path).verdict == "pass"


def test_a_run_without_files_passes(tmp_path: Path) -> None:
    assert gate.judge(stage(tmp_path / "run", []), tmp_path).verdict == "pass"


def test_a_run_in_which_every_document_failed_fails(tmp_path: Path) -> None:
    tables = content()
    tables["documents"] = tables["documents"].with_columns(source=pl.lit("Not A Slug"))
    verdict = gate.judge(stage(tmp_path / "run", [gate.split_tables(tables, RUN)]), tmp_path)
    assert verdict.verdict == "fail"
    assert verdict.findings[0].rule == "every_file_becomes_a_document"
    assert "2 of 2" in verdict.reasons[0]


def test_one_bad_file_beside_known_ones_warns(tmp_path: Path) -> None:
    bad = gate.split_tables({"rejections": batch()["rejections"].with_columns(table_name=pl.lit("file"))}, RUN)
    assert gate.judge(stage(tmp_path / "alone", [bad]), tmp_path).verdict == "fail"
    assert gate.judge(stage(tmp_path / "beside", [bad], skipped=["a.txt"]), tmp_path).verdict == "warn"


def test_few_failures_warn_and_many_fail(tmp_path: Path) -> None:
    tables = content()
    tables["sentences"] = changed(tables["sentences"], 0, text=" ")
    run = stage(tmp_path / "few", [gate.split_tables(tables, RUN)])
    assert gate.judge(run, tmp_path).verdict == "warn"
    tables["sentences"] = tables["sentences"].with_columns(publish_month=pl.lit("soon"))
    run = stage(tmp_path / "many", [gate.split_tables(tables, RUN)])
    verdict = gate.judge(run, tmp_path)
    assert verdict.verdict == "fail"
    finding = next(f for f in verdict.findings if f.rule == "publish_month_is_a_month_or_unknown")
    assert (finding.table, finding.expected, finding.actual) == (
        "sentences",
        "at most 20.0% of rows failing",
        "9 of 9 (100.0%)",
    )


def test_an_unfinished_batch_is_refused(tmp_path: Path) -> None:
    run = stage(tmp_path / "run", [gate.split_tables(content(), RUN)])
    (run / "batch-000001" / "batch.json").unlink()
    with pytest.raises(gate.GateError, match="not finished"):
        gate.judge(run, tmp_path)
