"""The catalogue's views: whole columns, comments, and a newer content at an address in place of the older."""

from pathlib import Path

import pytest

from tasks.lake import open_lake, sql
from tasks.lake.views import VIEWS
from tasks.publish import publish
from tests.lake.staged import PASS, Doc, stage


@pytest.mark.parametrize("name", [view.name for view in VIEWS])
def test_view_of_a_nearly_empty_lake_reads_and_is_described(root: Path, name: str) -> None:
    publish(root, stage(root, [Doc("a")]), PASS)
    lake = open_lake(root)
    sql(lake, f"FROM {name}")
    _, comments = sql(
        lake,
        "SELECT view_name, column_name, c.comment FROM duckdb_views() v JOIN duckdb_columns() c "
        "ON c.table_name = v.view_name WHERE NOT v.internal",
    )
    told = {column: comment for view, column, comment in comments if view == name}
    assert told
    assert all(told.values()), told


def test_newer_content_at_an_address_supersedes_the_older(root: Path) -> None:
    place = "news/today.html"
    publish(root, stage(root, [Doc("monday", uri=place), Doc("other")]), PASS)
    publish(root, stage(root, [Doc("tuesday", uri=place)]), PASS)
    _, rows = sql(open_lake(root), "SELECT title FROM v_articles ORDER BY title")
    assert [title for (title,) in rows] == ["other新闻", "tuesday新闻"]
    _, rows = sql(open_lake(root), "SELECT newer_document_id FROM v_documents WHERE NOT is_current")
    assert rows == [(Doc("tuesday").id,)]
    _, rows = sql(open_lake(root), "SELECT count(*) FROM articles")
    assert rows == [(3,)]


def test_content_still_at_another_address_stays_current(root: Path) -> None:
    publish(root, stage(root, [Doc("a", uri="x")]), PASS)
    publish(root, stage(root, [Doc("a", uri="y"), Doc("b", uri="x")]), PASS)
    _, rows = sql(open_lake(root), "SELECT count(*) FROM v_articles")
    assert rows == [(2,)]


def test_two_contents_at_one_address_in_one_run_are_both_current(root: Path) -> None:
    publish(root, stage(root, [Doc("a", uri="x"), Doc("b", uri="x")]), PASS)
    _, rows = sql(open_lake(root), "SELECT count(*) FROM v_articles")
    assert rows == [(2,)]


def test_what_came_is_told_with_its_outcome_and_summed_by_source(root: Path) -> None:
    publish(root, stage(root, [Doc("a"), Doc("b", source="dahe")], rejected=[Doc("c"), Doc("d", source="only")]), PASS)
    _, rows = sql(open_lake(root), "SELECT source, outcome, reasons, first_release FROM v_intake ORDER BY ALL")
    assert rows == [
        ("dahe", "published", None, 1),
        ("only", "rejected", "empty", 1),
        ("qinghe", "published", None, 1),
        ("qinghe", "rejected", "empty", 1),
    ]
    _, rows = sql(open_lake(root), "SELECT source, n_documents, rejected_share, n_articles FROM dim_source ORDER BY 1")
    assert rows == [("dahe", 1, 0.0, 1), ("only", 1, 1.0, 0), ("qinghe", 2, 0.5, 1)]


def test_wide_views_keep_one_row_an_article_and_a_sentence(root: Path) -> None:
    publish(root, stage(root, [Doc("a"), Doc("b", n_paragraphs=3)]), PASS)
    _, rows = sql(open_lake(root), "SELECT (SELECT count(*) FROM v_articles), (SELECT count(*) FROM v_sentences)")
    assert rows == [(2, 5)]
    _, rows = sql(open_lake(root), "SELECT count(*), min(text) FROM v_texts")
    assert rows == [(2, "清河镇举行座谈会。\n清河镇举行座谈会。")]


def test_catalogue_of_older_views_is_made_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr("tasks.lake.derive._VIEWS", "older")
        publish(root, stage(root, [Doc("a")]), PASS)
    before = (root / "catalog.duckdb").stat().st_ino
    sql(open_lake(root), "FROM v_articles")
    assert (root / "catalog.duckdb").stat().st_ino != before


def test_days_run_from_the_first_to_the_last(root: Path) -> None:
    publish(root, stage(root, [Doc("a", "2020-02"), Doc("b", "2020-03"), Doc("c", "unknown")]), PASS)
    _, rows = sql(open_lake(root), "SELECT count(*), min(date)::VARCHAR, max(date)::VARCHAR FROM dim_date")
    assert rows == [(30, "2020-02-11", "2020-03-11")]


def test_sentences_and_quotations_of_another_article_are_reused(root: Path) -> None:
    first = "县长在座谈会上说：“一定要把防汛物资备足备好备到位。”会议还听取了各乡镇防汛准备情况的汇报。"
    later = "记者从县里了解到，“一定要把防汛物资备足、备好、备到位”已经写进了责任书。"
    publish(root, stage(root, [Doc("a", "2020-02", n_paragraphs=1)], text=first), PASS)
    publish(root, stage(root, [Doc("b", "2020-03", n_paragraphs=1)], text=first), PASS)
    publish(root, stage(root, [Doc("c", "2020-04", n_paragraphs=1)], text=later), PASS)
    publish(
        root,
        stage(root, [Doc("d", "2020-05", n_paragraphs=1)], text="码头上的货船都已离港，候船大厅里空无一人。"),
        PASS,
    )
    _, rows = sql(open_lake(root), "FROM v_reuse")
    told = {article: counts for article, *counts in rows}
    a, b, c, d = (f"{Doc(name).id[:20]}-a0001" for name in "abcd")
    assert told == {a: [1, 1, 1, 1, None], b: [1, 1, 1, 1, a], c: [1, 0, 1, 1, a], d: [1, 0, 0, 0, None]}
