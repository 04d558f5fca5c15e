"""Decisions of people: read strictly, applied before the contracts, counted."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from contracts.registry import CONTRACTS
from contracts.withdraw import CONTENT, EXCLUDED
from tasks import gate
from tasks.decisions import Decided, Decision, DecisionError, apply, load_decisions
from tasks.records import RunInfo
from tests.contracts.made import batch, changed, document_id

RUN = RunInfo("r0", "1")
SIGNED = {"reason": "seen", "by": "Lin", "on": date(2031, 5, 7)}


def decision(**values: Any) -> Decision:
    return Decision.model_validate({"document": document_id(0), **SIGNED, **values})


def content() -> dict[str, pl.DataFrame]:
    return {table: frame for table, frame in batch().items() if table in CONTENT}


def judged(tables: dict[str, pl.DataFrame], *decisions: Decision) -> tuple[gate.GateResult, Decided]:
    decided = apply(tables, decisions)
    return gate.split_tables(decided.tables, RUN, None, decided), decided


def effects(result: gate.GateResult) -> dict[str, list[Any]]:
    rows = result.tables["metrics"].filter(pl.col("rule").str.ends_with("_decisions_have_an_effect"))
    return {rule.split("_")[0]: rest for rule, *rest in rows.select("rule", "n_rows", "n_failed", "verdict").rows()}


def test_a_batch_without_decisions_is_left_alone() -> None:
    tables = content()
    other = Decision.model_validate({"document": "0" * 64, "action": "exclude", **SIGNED})
    result, decided = judged(tables, other)
    assert decided.counts == ()
    assert all(result.tables[table].equals(frame) for table, frame in tables.items())


def test_an_excluded_document_goes_whole_and_keeps_its_reason() -> None:
    result, _ = judged(content(), decision(action="exclude"))
    assert all(document_id(0) not in result.tables[table]["document_id"] for table in CONTENT)
    row = result.tables["rejections"].filter(table_name="documents").row(0, named=True)
    assert (row["reason"], row["row_key"]) == (EXCLUDED, document_id(0))
    assert "seen (Lin, 2031-05-07)" in row["message"]
    assert effects(result)["exclude"] == [1, 0, "pass"]
    assert result.measured.filter(measure="documents_rejected")["total"].to_list() == [0.0]


def test_an_excluded_article_goes_and_its_document_stays() -> None:
    result, _ = judged(content(), decision(action="exclude", article=1))
    rejected = result.tables["rejections"].filter(table_name="articles")
    assert rejected["row_key"].to_list() == [f"{document_id(0)[:20]}-a0001"]
    assert result.tables["articles"].height == 3
    assert document_id(0) in result.tables["documents"]["document_id"]


def test_an_accepted_row_is_published_though_it_breaks_its_rule() -> None:
    tables = content()
    far = {"published_on": date(1850, 5, 6), "publish_month": "1850-05"}
    tables["articles"] = changed(tables["articles"], 0, **far)
    for table in ("paragraphs", "sentences"):
        first = pl.col("article_id") == tables["articles"]["article_id"][0]
        month = pl.when(first).then(pl.lit("1850-05")).otherwise("publish_month")
        tables[table] = tables[table].with_columns(month.alias("publish_month"))
    assert judged(tables)[0].tables["articles"].height == 3
    accepted = decision(action="accept", article=1, rule="published_on_is_plausible")
    result, _ = judged(tables, accepted)
    assert result.tables["articles"].equals(tables["articles"])
    assert result.tables["rejections"].is_empty()
    assert effects(result)["accept"] == [1, 0, "pass"]
    # the other article of the document, and other rules, are held to their contract as before
    tables["articles"] = changed(tables["articles"], 0, kind="essay", **far)
    result, _ = judged(tables, accepted)
    assert result.tables["rejections"].filter(table_name="articles")["reason"].to_list() == ["kind_is_known"]


def test_an_accepted_warning_is_no_longer_counted() -> None:
    tables = content()
    tables["documents"] = changed(tables["documents"], 0, residual_noise=0.5)
    assert judged(tables)[0].verdict == "warn"
    result, _ = judged(tables, decision(action="accept", rule="residual_noise_is_low"))
    assert result.verdict == "pass"
    assert result.tables["failures"].is_empty()


def test_a_corrected_date_moves_the_article_and_its_rows() -> None:
    result, _ = judged(
        content(), decision(action="correct", article=2, column="published_on", value=date(2030, 12, 31))
    )
    article = f"{document_id(0)[:20]}-a0002"
    row = result.tables["articles"].filter(article_id=article).row(0, named=True)
    assert (row["published_on"], row["published_basis"], row["publish_month"]) == (
        date(2030, 12, 31),
        "decision",
        "2030-12",
    )
    for table in ("paragraphs", "sentences"):
        assert set(result.tables[table].filter(article_id=article)["publish_month"]) == {"2030-12"}
    assert result.tables["rejections"].is_empty()
    assert effects(result)["correct"] == [1, 0, "pass"]


def test_a_corrected_value_changes_one_cell() -> None:
    tables = content()
    result, _ = judged(tables, decision(action="correct", article=1, column="kind", value="speech"))
    assert result.tables["articles"]["kind"].to_list() == ["speech", *tables["articles"]["kind"][1:]]


def test_a_decision_that_changes_nothing_is_counted_and_warned_of() -> None:
    same = decision(action="correct", article=1, column="kind", value="news_report")
    missing = decision(action="exclude", article=9)
    result, _ = judged(content(), same, missing)
    assert effects(result) == {"correct": [1, 1, "warn"], "exclude": [1, 1, "warn"]}
    assert result.tables["articles"].height == content()["articles"].height


HEAD = f'[[decision]]\ndocument = "{"a" * 64}"\nreason = "r"\nby = "b"\non = 2031-01-01\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nonsense", "not a TOML file"),
        ("[decision]\n", "double brackets"),
        ("[[decisions]]\n", "unknown key `decisions`"),
        (HEAD + 'action = "drop"', "decision 1: action"),
        (HEAD + 'action = "exclude"\nwhy = 1', "decision 1: why.*known keys"),
        (HEAD + 'action = "exclude"\nrule = "x"', "goes with action accept"),
        (HEAD + 'action = "accept"', "goes with action accept"),
        (HEAD + 'action = "accept"\nrule = "key_is_unique"', "cannot be waived; these can: .*residual_noise_is_low"),
        (HEAD + 'action = "correct"\narticle = 1\ncolumn = "kind"\nvalue = "essay"', "is no kind"),
        (HEAD + 'action = "correct"\narticle = 1\ncolumn = "published_on"\nvalue = "soon"', "takes a date"),
        (HEAD + 'action = "correct"\ncolumn = "kind"\nvalue = "notice"', "give its number"),
        (HEAD + 'action = "correct"\narticle = 1\ncolumn = "text"\nvalue = "x"', "column"),
        (HEAD.replace("a" * 64, "abc") + 'action = "exclude"', "decision 1: document"),
        ((HEAD + 'action = "exclude"\n') * 2, "decisions 1 and 2 are about the same thing"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "decisions.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DecisionError, match=why):
        load_decisions(tmp_path / "decisions.toml")


def test_no_file_means_no_decisions_and_ours_can_be_read(tmp_path: Path) -> None:
    assert load_decisions(tmp_path / "none.toml") == ()
    load_decisions(Path(__file__).parents[2] / "seeds" / "decisions.toml")


def test_rules_that_hold_tables_together_cannot_be_waived() -> None:
    rules = {rule.name for model in CONTRACTS.values() for rule in model.rules() if rule.waivable and rule.rejects}
    assert rules == {
        "published_on_is_plausible",
        "headline_holds_no_control_or_mark_character",
        "text_holds_no_control_character",
    }
