"""The explanation is exact: replayed on the decoded view it gives the published text, and nothing but it."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.cards import card_for, load_cards
from tasks.changes import Change, State, apply, difference
from tasks.clean.marks import ANY_MARK
from tasks.content import content_table
from tasks.explain import Explained, Explanation, explain
from tasks.read import ReadLimits, read_files
from tasks.records import PlannedFile
from tests.conftest import ROOT
from tests.curating import documents
from tests.test_ledger import TEXT

SEEDS = ROOT / "seeds"


def state(text: str) -> State:
    content = content_table()
    return State(text, pl.Series(range(sum(content[ord(sign)] for sign in text)), dtype=pl.Int64).to_numpy())


def replayed(told: Explanation) -> dict[str, list[tuple[str, str]]]:
    """Carry out what the explanation lists on the decoded view: (part, text) of what is published, by row."""
    text = told.view
    for step in told.steps:
        assert step.before == text
        text = apply(text, step.changes)
        if step.order is not None:
            text = "\n".join(text[start:end] for start, end in step.order)
        assert step.text == text
    rows: dict[str, list[tuple[str, str]]] = {}
    for row in told.rows:
        before = "".join(joiner + text[start:end] for joiner, start, end in row.pieces)
        rows.setdefault(row.row_id, []).append((row.part, apply(before, row.changes)))
    return rows


def published(found: Explained, document: str) -> dict[str, dict[str, str | None]]:
    """What the tables hold of a document: text by row and field."""
    own = pl.col("document_id") == document
    paragraphs = found.curated.tables["paragraphs"].filter(own).select("paragraph_id", "text")
    heads = found.curated.tables["articles"].filter(own).select("article_id", "title", "subtitle", "kicker")
    rows: dict[str, dict[str, str | None]] = {row: {"text": text} for row, text in paragraphs.iter_rows()}
    return rows | {row["article_id"]: row for row in heads.to_dicts()}


def agrees(found: Explained, told: Explanation) -> None:
    made = replayed(told)
    tables = published(found, told.document_id)
    for row, fields in tables.items():
        if "text" in fields:
            assert [text for _, text in made.pop(row)] == [fields["text"]]
            continue
        parts = made.pop(row, [])
        for field, names in (("title", ("kicker", "title")), ("subtitle", ("subtitle",)), ("kicker", ("kicker",))):
            assert " ".join(text for part, text in parts if part in names) == (fields[field] or "")
    assert made == {}


def read(*paths: Path) -> pl.DataFrame:
    cards = load_cards(SEEDS / "sources")
    files = [PlannedFile(path, card_for(path, cards).name, path.name, path.stat().st_size) for path in paths]
    return read_files(files, cards, ReadLimits()).documents.unique("document_id", keep="first", maintain_order=True)


def replay(frame: pl.DataFrame) -> None:
    found = explain(frame, load_cards(SEEDS / "sources"))
    views = dict(frame.select("document_id", pl.col("text").str.replace_all(ANY_MARK, "")).iter_rows())
    assert [told.document_id for told in found.documents] == list(views)
    for told in found.documents:
        assert told.view == views[told.document_id]
        agrees(found, told)


def test_explanation_of_every_specimen_replays_to_what_is_published() -> None:
    replay(read(*sorted((SEEDS / "scrapes").iterdir())))


@pytest.mark.parametrize(("folder", "step"), [("scrapes", 2), ("noised/raw", 2), ("data/pdf_pages", 15)])
def test_explanation_of_the_shared_scrapes_replays(folder: str, step: int, shared: Path) -> None:
    replay(read(*sorted((shared / folder).glob("*.txt"))[::step]))


@settings(max_examples=20, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3, unique=True))
def test_explanation_of_any_text_replays(texts: list[str]) -> None:
    replay(documents(*texts))


def test_step_names_what_it_changed_and_where_it_stood() -> None:
    text = "\ufeff省委 書記今天到清河縣調研,要求抓好生產。\n会议结束。"
    (told,) = explain(documents(text), {}).documents
    changes = {step.name: [(one.source, one.before, one.after) for one in step.changes] for step in told.steps}
    assert changes["invisible"] == [(0, "\ufeff", "")]
    assert changes["punctuation"] == [(text.index(","), ",", "，")]
    assert (text.index("縣"), "縣", "县") in changes["script"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("会议。", "会议。", []),
        ("会 议 。", "会议。", [Change(1, " ", ""), Change(3, " ", "")]),
        ("書記,", "书记，", [Change(0, "書", "书"), Change(1, "記", "记"), Change(2, ",", "，")]),
        ("会\n\n议", "会议", [Change(1, "\n\n", "")]),
        ("", "。", [Change(0, "", "。")]),
        ("書", "“书", [Change(0, "", "“"), Change(0, "書", "书")]),
    ],
)
def test_difference_is_told_place_by_place(before: str, after: str, expected: list[Change]) -> None:
    assert difference(state(before), state(after)) == expected


@given(TEXT, TEXT)
def test_difference_of_any_texts_is_exact(before: str, after: str) -> None:
    assert apply(before, difference(state(before), state(after))) == after


def test_change_that_does_not_fit_its_text_is_refused() -> None:
    with pytest.raises(ValueError, match="is not"):
        apply("会议", [Change(0, "议", "")])
