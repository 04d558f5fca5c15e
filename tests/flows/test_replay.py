"""A rule broken on purpose, a run, the rule mended, a replay: nothing lost, nothing twice."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from contracts.articles import Articles
from contracts.base import rule
from contracts.documents import Documents
from contracts.registry import CONTRACTS
from tasks.lake.lake import open_lake
from tests.flows.conftest import ARTICLE, Command

CONTENT = ("documents", "sightings", "articles", "paragraphs", "sentences", "spans", "anomalies")
RULE = "title_is_not_blank"


@pytest.fixture
def broken() -> Iterator[pytest.MonkeyPatch]:
    """A rule that wrongly refuses every article of 清河; `undo` mends it."""
    about = Articles.about()

    class Broken(Articles, table="articles", key=about.key, version=about.version, zh=about.zh):
        """An article, wrongly judged."""

        @rule(zh="写错的规则")
        def title_is_not_blank(cls) -> pl.Expr:  # noqa: N805
            return ~pl.col("title").str.contains("清河")

    patch = pytest.MonkeyPatch()
    patch.setitem(CONTRACTS, "articles", Broken)
    yield patch
    patch.undo()


def said(qingliu: Command, *words: str | Path) -> dict[str, Any]:
    told = qingliu(*words, "--json")
    assert told.code == 0, told.err
    outcome: dict[str, Any] = json.loads(told.out)
    return outcome


def rows(lake: Path) -> dict[str, pl.DataFrame]:
    opened = open_lake(lake)
    clocks = ("first_seen_run",)
    return {name: opened.scan(name).collect().drop(clocks, strict=False) for name in CONTENT}


def rejected(lake: Path) -> pl.DataFrame:
    return open_lake(lake).scan("rejections").collect()


def assert_same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> None:
    for name in CONTENT:
        assert one[name].sort(pl.all().exclude(pl.List)).equals(other[name].sort(pl.all().exclude(pl.List))), name


def test_what_a_broken_rule_withheld_is_published_by_a_replay(
    qingliu: Command, scrapes: Path, broken: pytest.MonkeyPatch
) -> None:
    lake = scrapes.parent / "lake"
    outcome = said(qingliu, "run", scrapes, "--direct")
    assert (outcome["state"], outcome["rows"]["articles"]) == ("CompletedWithRejections", 1)
    listed = said(qingliu, "rejections")
    assert [(one["reason"], one["documents"], one["attempts"]) for one in listed["reasons"]] == [(RULE, 1, 1)]
    assert any("清河" in (sample["row"] or "") for sample in listed["reasons"][0]["samples"])
    before = rejected(lake)

    # still broken: kept, counted, and nothing else changes
    assert said(qingliu, "replay", "--direct")["rows"]["rejections"] == before.height
    again = rejected(lake)
    assert again["n_attempts"].unique().to_list() == [2]
    assert (
        again.select("row_key", "row_json").sort("row_key").equals(before.select("row_key", "row_json").sort("row_key"))
    )
    assert rows(lake)["articles"].height == 1
    assert "tried up to 2 times" in qingliu("rejections").out

    broken.undo()
    outcome = said(qingliu, "replay", "--rule", RULE, "--direct")
    assert (outcome["state"], outcome["rejected"]) == ("Completed", {})
    assert rejected(lake).is_empty()
    assert said(qingliu, "run", scrapes, "--lake", "fresh", "--direct")["release"] == 1
    assert_same(rows(lake), rows(scrapes.parent / "fresh"))
    assert said(qingliu, "replay", "--direct")["state"] == "NothingNew"
    assert said(qingliu, "run", scrapes, "--direct")["state"] == "NothingNew"
    assert "Nothing is rejected" in qingliu("rejections").out


def test_a_whole_document_is_replayed_with_every_place_it_was_seen_at(qingliu: Command, scrapes: Path) -> None:
    refused = pytest.MonkeyPatch()
    refuse_documents(refused)
    said(qingliu, "run", scrapes, "--direct", "--accept", "every_file_becomes_a_document", "--reason", "a test")
    refused.undo()
    lake = scrapes.parent / "lake"
    assert open_lake(lake).current().verdict["findings"][0]["accepted"] == "a test"  # type: ignore[union-attr]
    assert rows(lake)["documents"].is_empty()
    assert said(qingliu, "replay", "--release", "1", "--direct")["rows"]["sightings"] == 3
    said(qingliu, "run", scrapes, "--lake", "fresh", "--direct")
    assert_same(rows(lake), rows(scrapes.parent / "fresh"))


def refuse_documents(patch: pytest.MonkeyPatch) -> None:
    about = Documents.about()

    class Broken(Documents, table="documents", key=about.key, version=about.version, zh=about.zh):
        """A document, wrongly judged."""

        @rule(zh="写错的规则")
        def encoding_is_named(cls) -> pl.Expr:  # noqa: N805
            return pl.col("encoding") == "none"

    patch.setitem(CONTRACTS, "documents", Broken)


def test_a_record_of_a_container_is_replayed_and_its_siblings_stay(
    qingliu: Command, tmp_path: Path, broken: pytest.MonkeyPatch
) -> None:
    texts = [ARTICLE, ARTICLE.replace("清河", "云山"), ARTICLE.replace("清河", "白石")]
    lines = [json.dumps({"text": text, "title": text.partition("\n")[0]}, ensure_ascii=False) for text in texts]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "feed.jsonl").write_text("\n".join([lines[0], "{broken", *lines[1:]]), encoding="utf-8")
    said(qingliu, "run", "in", "--direct")
    assert rejected(tmp_path / "lake")["file_uri"].unique().to_list() == ["feed.jsonl"]
    broken.undo()
    outcome = said(qingliu, "replay", "--direct")
    assert (outcome["rows"]["documents"], outcome["rows"]["articles"]) == (1, 1)
    left = rejected(tmp_path / "lake")
    assert left.select("table_name", "n_attempts").rows() == [("file", 2)]
    assert rows(tmp_path / "lake")["articles"]["article_id"].is_unique().all()
    assert rows(tmp_path / "lake")["articles"].height == 3


def test_a_replay_in_which_all_fails_again_is_counted_and_no_failure(qingliu: Command, scrapes: Path) -> None:
    for number in range(5):
        (scrapes / f"{number}.jsonl").write_text(f"{{broken {number}", encoding="utf-8")
    said(qingliu, "run", scrapes, "--direct")
    outcome = said(qingliu, "replay", "--direct")
    assert (outcome["verdict"], outcome["release"]) == ("warn", 2)
    assert rejected(scrapes.parent / "lake")["n_attempts"].to_list() == [2] * 5


def test_a_rejection_without_a_raw_file_stays_and_is_counted(qingliu: Command, scrapes: Path) -> None:
    (scrapes / "empty.txt").touch()
    said(qingliu, "run", scrapes, "--direct")
    listed = said(qingliu, "rejections")
    assert (listed["reasons"][0]["reason"], listed["files"], listed["without_raw"]) == ("empty", 0, 1)
    assert said(qingliu, "replay", "--direct")["state"] == "NothingNew"
    assert rejected(scrapes.parent / "lake").height == 1


def test_damaged_rejections_and_metrics_are_an_error_that_says_so(qingliu: Command, scrapes: Path) -> None:
    (scrapes / "empty.txt").touch()
    said(qingliu, "run", scrapes, "--direct")
    lake = open_lake(scrapes.parent / "lake")
    for table, command in (
        ("rejections", ("rejections",)),
        ("rejections", ("replay", "--direct")),
        ("metrics", ("bounds",)),
    ):
        (file,) = lake.files(table)
        whole = file.read_bytes()
        file.chmod(0o644)
        file.write_bytes(b"no parquet")
        damaged = qingliu(*command)
        file.write_bytes(whole)
        assert damaged.code == 1
        assert "qingliu verify" in damaged.err


def test_a_hostile_name_and_text_cannot_steer_the_terminal(qingliu: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "\x1b[31m[bold]a.txt").write_bytes(b"")
    said(qingliu, "run", "in", "--direct", "--accept", "every_file_becomes_a_document", "--reason", "\x1b[2J[red]")
    shown = qingliu("rejections").out
    assert "\x1b" not in shown
    assert "[bold]a.txt" in shown


def test_a_failed_gate_is_resumed_and_accepted(qingliu: Command, scrapes: Path) -> None:
    patch = pytest.MonkeyPatch()
    refuse_documents(patch)
    failed = qingliu("run", scrapes, "--direct")
    patch.undo()
    assert failed.code == 1
    assert "--resume --accept RULE" in failed.out
    lake = scrapes.parent / "lake"
    assert (next((lake / ".staging").glob("r*/batch-*/rejections.parquet"))).exists()
    assert qingliu("run", "--resume", "--accept", "every_file_becomes_a_document", "--direct").code == 2
    wrong = qingliu("run", "--resume", "--accept", "no_such_rule", "--reason", "x", "--direct")
    assert wrong.code == 2
    assert "the gate has no finding no_such_rule; it found" in wrong.err
    assert "every_file_becomes_a_document" in wrong.err
    assert qingliu("run", "--resume", "--direct").code == 1
    done = said(
        qingliu, "run", "--resume", "--accept", "every_file_becomes_a_document", "--reason", "known", "--direct"
    )
    assert done["release"] == 1
    assert any("accepted (known)" in reason for reason in done["reasons"])
    nothing = qingliu("run", "--resume", "--direct")
    assert nothing.code == 2
    assert "nothing to resume" in nothing.err


def test_resume_takes_no_input_and_a_reason_needs_a_rule(qingliu: Command, scrapes: Path) -> None:
    assert qingliu("run", scrapes, "--resume", "--direct").code == 2
    assert qingliu("run", scrapes, "--reason", "why", "--direct").code == 2
    assert not (scrapes.parent / "lake").exists()
    assert qingliu("replay", "--direct").code == 2
    assert not (scrapes.parent / "lake").exists()


def test_bounds_are_printed_as_lines_of_a_card(qingliu: Command, scrapes: Path) -> None:
    import tomllib

    from tasks.cards import SourceCard

    said(qingliu, "run", scrapes, "--direct")
    printed = qingliu("bounds").out
    assert printed.startswith("# default: 1 releases")
    SourceCard(name="default", title="T", **tomllib.loads(printed))


def test_a_decision_changes_what_is_published_already(
    qingliu: Command, scrapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = scrapes.parent
    (folder / "sources").mkdir()
    monkeypatch.setenv("QINGLIU_CARDS", str(folder / "sources"))
    said(qingliu, "run", scrapes, "--direct")
    lake = folder / "lake"
    ids = dict(rows(lake)["documents"].select("file_name", "document_id").iter_rows())
    signed = 'reason = "read"\nby = "Lin"\non = 2031-05-07\n'
    exclude = f'[[decision]]\ndocument = "{ids["b.txt.gz"]}"\naction = "exclude"\n{signed}'
    correct = (
        f'[[decision]]\ndocument = "{ids["a.txt"]}"\narticle = 1\naction = "correct"\n'
        f'column = "published_on"\nvalue = 2030-03-05\n{signed}'
    )
    (folder / "decisions.toml").write_text(exclude + correct, encoding="utf-8")
    (scrapes / "c.txt").write_text(ARTICLE.replace("清河", "白石"), encoding="utf-8")
    told = said(qingliu, "run", scrapes, "--direct")["reasons"]
    assert any("1 still are: qingliu replay --decided" in reason for reason in told)
    (scrapes / "c.txt").unlink()
    done = said(qingliu, "replay", "--decided", "--direct")
    assert set(done["rejected"]) == {"excluded_by_decision"}
    assert ids["b.txt.gz"] not in rows(lake)["documents"]["document_id"]
    mine = rows(lake)["articles"].filter(document_id=ids["a.txt"])
    assert mine.select("publish_month", "published_basis").rows() == [("2030-03", "decision")]
    assert rows(lake)["articles"].height == 2
    assert set(rejected(lake)["document_id"]) == {ids["b.txt.gz"]}
    for again in (("--decided",), ()):
        assert said(qingliu, "replay", *again, "--direct")["state"] == "NothingNew"

    # taken back: both are as the recipe makes them
    (folder / "decisions.toml").write_text("", encoding="utf-8")
    said(qingliu, "replay", "--rule", "excluded_by_decision", "--direct")
    assert rows(lake)["documents"].height == 3
    (folder / "decisions.toml").write_text("[[decision]]", encoding="utf-8")
    assert qingliu("replay", "--direct").code == 2


def pages(folder: Path, name: str, *, headline: bool) -> Path:
    """Twelve different articles, with or without headline."""
    (folder / name).mkdir()
    head, _, body = ARTICLE.partition("\n")
    for number in range(12):
        text = f"{head if headline else ''}\n{body}\n{name}第{number + 1}次会议还讨论了经费安排。\n"
        (folder / name / f"{number}.txt").write_text(text.replace("清河", "清云白石青松"[number % 5] + "河"))
    return folder / name


def test_a_run_that_drifted_publishes_nothing_until_it_is_accepted(qingliu: Command, tmp_path: Path) -> None:
    first = said(qingliu, "run", pages(tmp_path, "春", headline=True), "--direct")
    assert any("no baseline: first run of default" in reason for reason in first["reasons"])
    second = said(qingliu, "run", pages(tmp_path, "夏", headline=True), "--direct")
    assert not any("default" in reason for reason in second["reasons"])
    drifted = qingliu("run", pages(tmp_path, "秋", headline=False), "--direct", "--json")
    assert drifted.code == 1
    outcome = json.loads(drifted.out)
    (reason,) = [reason for reason in outcome["reasons"] if reason.startswith("fail")]
    assert reason == (
        "fail: articles of default: articles_without_title: expected about 0.0% (median of 2 releases), found 100.0%"
    )
    lake = open_lake(tmp_path / "lake")
    assert lake.current().number == 2  # type: ignore[union-attr]
    staged = pl.read_parquet(lake.root / ".staging" / outcome["run_id"] / "metrics.parquet")
    assert staged.filter(rule="articles_without_title").select("value", "verdict").rows() == [(1.0, "fail")]
    accepted = ("--accept", "articles_without_title", "--reason", "the paper prints none")
    assert said(qingliu, "run", "--resume", *accepted, "--direct")["release"] == 3
    assert lake.current().verdict["verdict"] == "warn"  # type: ignore[union-attr]
    history = lake.scan("metrics").filter(rule="articles_without_title").sort("release").collect()
    assert history["value"].to_list() == [0.0, 0.0, 1.0]
