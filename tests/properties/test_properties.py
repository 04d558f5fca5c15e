"""What holds for any text and any bytes: company and order do not matter, clean text stays, bytes give rows."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.read import ReadLimits, read_files
from tasks.records import PlannedFile
from tests.curating import articles, curated, documents

WORDS = [
    *("全省防汛工作会议召开", "本报讯（记者 李书田）", "7月19日，", "会议要求，"),
    *("各地要压实责任。", "一、", "（一）", "\n", "\n\n", "\u3000\u3000"),
]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=3, max_size=30).map("".join)
CLEAN = (
    "环湖公路改造全线完工\n\n本报讯（记者 丁书田）3月5日，环湖公路改造工程全线完工，沿线六个乡镇出行方便。\n\n"
    "这条公路全长36公里，始建于上世纪九十年代。“路好走了，日子也好过了。”村民罗大川说。"
)
CONTENT_TABLES = ("documents", "articles", "paragraphs", "sentences", "spans", "anomalies")


def of_document(tables: dict[str, pl.DataFrame], document_id: str) -> dict[str, list[dict[str, object]]]:
    return {name: tables[name].filter(pl.col("document_id") == document_id).to_dicts() for name in CONTENT_TABLES}


@settings(max_examples=6, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_rows_of_a_document_do_not_depend_on_its_company(texts: list[str], chance: object) -> None:
    together = curated(*reversed(texts)).tables
    for text in texts:
        name = documents(text)["document_id"].item()
        alone = of_document(curated(text).tables, name)
        beside = of_document(together, name)
        for table in CONTENT_TABLES:
            for row in (*alone[table], *beside[table]):
                row.pop("file_name", None)
                row.pop("source_uri", None)
            assert alone[table] == beside[table], table


def test_clean_text_comes_out_as_it_went_in() -> None:
    (once,) = articles(CLEAN)
    assert "\n\n".join([once["title"], *once["paragraphs"]]) == CLEAN


@settings(max_examples=8, deadline=None)
@given(TEXTS)
def test_cleaning_twice_changes_no_paragraph(text: str) -> None:
    first = articles(text)
    again = "\n\n".join("\n\n".join([*filter(None, [a["title"], a["subtitle"]]), *a["paragraphs"]]) for a in first)
    kept = "".join("".join([a["title"] or "", a["subtitle"] or "", *a["paragraphs"]]) for a in first)
    twice = "".join("".join([a["title"] or "", a["subtitle"] or "", *a["paragraphs"]]) for a in articles(again))
    assert "".join(sorted(twice.replace(" ", ""))) == "".join(sorted(kept.replace(" ", "")))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".txt", ".html", ".jsonl", ".txt.gz"]))
def test_any_bytes_give_rows_or_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("bytes") / f"any{suffix}"
    path.write_bytes(data)
    found = read_files([PlannedFile(path, "default", path.name, len(data))], {}, ReadLimits())
    assert len(found.documents) + len(found.rejections) >= 1
    assert found.rejections["reason"].null_count() == 0
